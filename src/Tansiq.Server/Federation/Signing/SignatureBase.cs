using System.Text;

namespace Tansiq.Server.Federation.Signing;

/// <summary>The parts of a request that a signature may cover.</summary>
/// <param name="Method"><c>@method</c>.</param>
/// <param name="Authority"><c>@authority</c>: host in lower case, the port where it is not the scheme's.</param>
/// <param name="Path"><c>@path</c> as it was sent.</param>
/// <param name="Query"><c>@query</c> with its question mark, which stands alone where there is none.</param>
/// <param name="Field">A header field's value; null where it is not there.</param>
internal sealed record SignedParts(string Method, string Authority, string Path, string Query, Func<string, string?> Field)
{
    /// <summary>The path of a request target in origin form.</summary>
    public static (string Path, string Query)? Split(string target)
    {
        if (!target.StartsWith('/')) return null;
        var question = target.IndexOf('?', StringComparison.Ordinal);
        return question < 0 ? (target, "?") : (target[..question], target[question..]);
    }

    /// <summary>The authority as it is signed.</summary>
    public static string AuthorityOf(string host, string scheme)
    {
        var authority = host.ToLowerInvariant();
        var port = scheme == "https" ? ":443" : ":80";
        return authority.EndsWith(port, StringComparison.Ordinal) ? authority[..^port.Length] : authority;
    }

    /// <summary>The value of a component; null where it is not there or not understood.</summary>
    public string? Of(string component) => component switch
    {
        "@method" => Method,
        "@authority" => Authority,
        "@path" => Path,
        "@query" => Query,
        _ when component.StartsWith('@') => null,
        _ => Field(component),
    };
}

/// <summary>The text that is signed (RFC 9421, 2.5).</summary>
internal static class SignatureBase
{
    /// <summary>The text in UTF-8; null where a component is missing.</summary>
    public static byte[]? Of(SignedParts parts, SignatureInput input)
    {
        var text = new StringBuilder(512);
        foreach (var component in input.Components)
        {
            if (parts.Of(component) is not { } value) return null;
            text.Append('"').Append(component).Append("\": ").Append(value).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.Append("\"@signature-params\": ").Append(input.Text).ToString());
    }
}
