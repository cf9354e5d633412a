using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Tansiq.Server.Hosting;

/// <summary>Puts addresses and limits into the web server: nothing is unbounded, and it does not say what it is.</summary>
internal static class KestrelBounds
{
    private static readonly TimeSpan RateGrace = TimeSpan.FromSeconds(5);

    /// <summary>Sets the limits.</summary>
    public static void Bound(KestrelServerOptions options, NodeLimits limits)
    {
        options.AddServerHeader = false;
        options.Limits.MaxConcurrentConnections = limits.Connections;
        options.Limits.MaxConcurrentUpgradedConnections = 0;
        options.Limits.MaxRequestBodySize = limits.BodyBytes;
        options.Limits.MaxRequestLineSize = limits.RequestLineBytes;
        options.Limits.MaxRequestHeadersTotalSize = limits.HeaderBytes;
        options.Limits.MaxRequestHeaderCount = limits.HeaderFields;
        options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(limits.HeaderSeconds);
        options.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(limits.IdleSeconds);
        options.Limits.MinRequestBodyDataRate = new(limits.BytesPerSecond, RateGrace);
        options.Limits.MinResponseDataRate = new(limits.BytesPerSecond, RateGrace);
        options.Limits.Http2.MaxStreamsPerConnection = limits.StreamsOfConnection;
        options.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(limits.IdleSeconds);
    }

    /// <summary>Sets the addresses: HTTP/1.1 and 2 under TLS; plain HTTP/1.1 on loopback.</summary>
    /// <exception cref="ArgumentException">Plain HTTP on an address that others reach.</exception>
    public static void Listen(KestrelServerOptions options, NodeHosting hosting)
    {
        foreach (var address in hosting.Addresses)
        {
            if (hosting.Certificates is null && !System.Net.IPAddress.IsLoopback(address.Address)) throw new ArgumentException("Plain HTTP is served on loopback only.", nameof(hosting));
            options.Listen(address, listening =>
            {
                listening.Protocols = hosting.Certificates is null ? HttpProtocols.Http1 : HttpProtocols.Http1AndHttp2;
                if (hosting.Certificates is { } certificates) listening.UseHttps(https => Present(https, certificates));
            });
        }
    }

    private static void Present(HttpsConnectionAdapterOptions https, X509Certificate2Collection certificates)
    {
        https.ServerCertificate = certificates[0];
        https.ServerCertificateChain = certificates;
        https.SslProtocols = System.Security.Authentication.SslProtocols.Tls12 | System.Security.Authentication.SslProtocols.Tls13;
    }
}
