using System.Collections.Immutable;
using System.Net;
using Microsoft.Extensions.Logging;
using NodaTime;
using Tansiq.Coordination;
using Tansiq.Coordination.Parties;
using Tansiq.Server.Nodes;

namespace Tansiq.Server.Hosting.Configuration;

/// <summary>How one node runs, as its file says it (docs/formats/node-config.md). Paths are whole.</summary>
public sealed record NodeConfig
{
    /// <summary>What the node is for.</summary>
    public required NodeRole Role { get; init; }

    /// <summary>For whom it speaks.</summary>
    public required Id<Party> Party { get; init; }

    /// <summary>What people know it by.</summary>
    public required string Name { get; init; }

    /// <summary>The folder of record and private database.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The founding that the node trusts, with all keys; the office's own comes from its record.</summary>
    public required string? FoundingFile { get; init; }

    /// <summary>Where it is served.</summary>
    public required ImmutableArray<IPEndPoint> Listen { get; init; }

    /// <summary>The certificate for TLS; null for plain HTTP on loopback.</summary>
    public required TlsConfig? Tls { get; init; }

    /// <summary>Further names under which others call the node.</summary>
    public required ImmutableArray<string> OtherNames { get; init; }

    /// <summary>The folder of its keys.</summary>
    public required string KeysFolder { get; init; }

    /// <summary>Where their passphrase comes from; null where they lie under none.</summary>
    public required SecretConfig? Passphrase { get; init; }

    /// <summary>The other nodes.</summary>
    public required ImmutableArray<PeerConfig> Peers { get; init; }

    /// <summary>What it takes at most.</summary>
    public required NodeLimits Limits { get; init; }

    /// <summary>A session of an officer ends when nothing was asked in it for so long.</summary>
    public required Duration SessionIdle { get; init; }

    /// <summary>A session of an officer ends after so long in any case.</summary>
    public required Duration SessionLength { get; init; }

    /// <summary>How officers log in with another organisation's accounts; null for not at all.</summary>
    public required OidcConfig? Oidc { get; init; }

    /// <summary>What is added to the machine's clock, on a record of kind exercise.</summary>
    public required Duration ClockOffset { get; init; }

    /// <summary>Where metrics and traces go; null for nowhere.</summary>
    public required Uri? Telemetry { get; init; }

    /// <summary>From which level on it writes to its log.</summary>
    public required LogLevel LogLevel { get; init; }
}

/// <summary>The files of a certificate.</summary>
/// <param name="CertificateFile">PEM with the certificate and those between it and the root, or PKCS #12 (<c>.pfx</c>, <c>.p12</c>).</param>
/// <param name="KeyFile">PEM of its private key; null for PKCS #12.</param>
/// <param name="Passphrase">Under which the private key lies; null where under none.</param>
public sealed record TlsConfig(string CertificateFile, string? KeyFile, SecretConfig? Passphrase);

/// <summary>Where a secret comes from: exactly one of the two. It never stands in the file of settings.</summary>
/// <param name="File">A file that only its owner reads.</param>
/// <param name="Variable">A variable of the environment.</param>
public sealed record SecretConfig(string? File, string? Variable);

/// <summary>Logging in with another organisation's accounts (OpenID Connect).</summary>
/// <param name="Issuer">Who answers for its accounts; HTTPS, or plain HTTP on loopback.</param>
/// <param name="ClientId">Under which name it knows this node.</param>
/// <param name="ClientSecret">Where the secret that goes with it comes from; null for none.</param>
/// <param name="OfficerClaim">The claim that names the officer.</param>
public sealed record OidcConfig(Uri Issuer, string ClientId, SecretConfig? ClientSecret, string OfficerClaim);

/// <summary>Another node.</summary>
/// <param name="Party">Whose.</param>
/// <param name="Address">Where it is called.</param>
/// <param name="AuthorityFile">PEM of the certificate by which its TLS certificate is trusted; null for those that the machine trusts.</param>
public sealed record PeerConfig(Id<Party> Party, Uri Address, string? AuthorityFile);
