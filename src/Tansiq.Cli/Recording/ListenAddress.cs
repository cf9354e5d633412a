using System.Net;
using Tansiq.Geo.Text;

namespace Tansiq.Cli.Recording;

/// <summary>Reads where a record is served: <c>127.0.0.1:8080</c>, <c>[::1]:8080</c>; port 0 takes a free one.</summary>
internal static class ListenAddress
{
    /// <summary>The address, or <c>record.not-loopback</c>: plain HTTP is for this machine alone, before others stands a web server with TLS.</summary>
    public static Parsed<IPEndPoint> Parse(string text)
    {
        const string expected = "a loopback address with a port, as 127.0.0.1:8080";
        // Without brackets the last part of an IPv6 address would be taken for a port, or none at all.
        var hasPort = text.LastIndexOf(':') > text.LastIndexOf(']') && (text.StartsWith('[') || text.IndexOf(':', StringComparison.Ordinal) == text.LastIndexOf(':'));
        if (!hasPort || !IPEndPoint.TryParse(text, out var endpoint))
            return new Refusal("cli.not-an-address", "--listen", JsonText.Shorten(text), expected);
        return IPAddress.IsLoopback(endpoint.Address) ? endpoint : new Refusal("record.not-loopback", "--listen", JsonText.Shorten(text), expected);
    }
}
