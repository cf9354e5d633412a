using System.Net;
using System.Net.Sockets;

namespace Tansiq.Server.Federation;

/// <summary>How a node connects to others: bounded, without redirects, and with names under <c>localhost</c> always at this machine (RFC 6761, 6.3).</summary>
public static class NodeConnections
{
    private const string LocalSuffix = ".localhost";
    private static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(5);

    // So that another address of a name is found, and no connection stands for ever.
    private static readonly TimeSpan ConnectionLife = TimeSpan.FromMinutes(10);

    /// <summary>What sends the requests to one node.</summary>
    public static SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.GZip,
        MaxConnectionsPerServer = 16,
        EnableMultipleHttp2Connections = true,
        MaxResponseHeadersLength = 16,
        ConnectTimeout = ConnectTime,
        PooledConnectionLifetime = ConnectionLife,
        ConnectCallback = static (context, cancellationToken) => ConnectAsync(context.DnsEndPoint, cancellationToken),
    };

    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint endpoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (IsLocal(endpoint.Host)) await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, endpoint.Port), cancellationToken).ConfigureAwait(false);
            else await socket.ConnectAsync(endpoint, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static bool IsLocal(string host) => host == LocalSuffix[1..] || host.EndsWith(LocalSuffix, StringComparison.OrdinalIgnoreCase);
}
