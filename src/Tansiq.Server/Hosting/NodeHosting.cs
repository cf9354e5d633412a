using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace Tansiq.Server.Hosting;

/// <summary>Where and how a node is served.</summary>
public sealed record NodeHosting
{
    /// <summary>The addresses to listen on; port 0 takes a free one.</summary>
    public required IReadOnlyList<IPEndPoint> Addresses { get; init; }

    /// <summary>The certificate for TLS; null for plain HTTP, which is for loopback alone. It stays the caller's.</summary>
    public X509Certificate2Collection? Certificates { get; init; }

    /// <summary>The names under which the node answers; none for whatever it is called.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>What it takes at most; null for no limit on how often a client asks.</summary>
    public NodeLimits Limits { get; init; } = new();

    /// <summary>From which level on it writes to its log; <see cref="LogLevel.None"/> for nothing.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.None;

    /// <summary>Where metrics and traces go by OTLP; null for nowhere.</summary>
    public Uri? Telemetry { get; init; }

    /// <summary>Whether clients are held to how often they may ask.</summary>
    public bool HoldsClients { get; init; } = true;
}
