using Tansiq.Coordination;
using Tansiq.Coordination.Parties;
using Tansiq.Record.Notes;
using NodaTime;

namespace Tansiq.Server.Nodes;

/// <summary>The private keys by which a node speaks. They stay the caller's to dispose, after the node.</summary>
/// <param name="Statement">Signs what the node's party says, and the node's requests.</param>
public sealed record NodeKeys(SigningKey Statement)
{
    /// <summary>A centre's: cosigns checkpoints. Null for others.</summary>
    public SigningKey? Cosigning { get; init; }

    /// <summary>The office's: signs checkpoints. Null for others.</summary>
    public SigningKey? Log { get; init; }
}

/// <summary>Another node.</summary>
/// <param name="Party">For whom it speaks.</param>
/// <param name="Role">What it is for.</param>
/// <param name="Name">What people know it by.</param>
/// <param name="Address">Where it is served; plain HTTP on loopback only.</param>
public sealed record NodePeer(Id<Party> Party, NodeRole Role, string Name, Uri Address);

/// <summary>How a node works.</summary>
/// <param name="Identity">Who it is.</param>
/// <param name="Keys">Its keys.</param>
/// <param name="LogKey">The key of the office's log that it trusts.</param>
/// <param name="Clock">Its clock.</param>
public sealed record NodeSettings(NodeIdentity Identity, NodeKeys Keys, VerifierKey LogKey, IClock Clock)
{
    /// <summary>How far the record's time and other nodes' clocks may be from its own (REC-6).</summary>
    public Duration ClockLimit { get; init; } = Duration.FromSeconds(10);

    /// <summary>After how long without a new time on the record it stands still: more than the minute within which the office has to enter one (REC-6).</summary>
    public Duration StandstillLimit { get; init; } = Duration.FromMinutes(2);

    /// <summary>After how long a statement that the office has not answered is shown to the other centres (PTY-2).</summary>
    public Duration UnansweredLimit { get; init; } = Duration.FromSeconds(5);

    /// <summary>How often heads and clocks are exchanged with each other node where nothing else is.</summary>
    public Duration ExchangeInterval { get; init; } = Duration.FromSeconds(2);

    /// <summary>How long the office waits for cosignatures of one checkpoint before it shows a newer one.</summary>
    public Duration RoundLimit { get; init; } = Duration.FromMilliseconds(250);

    /// <summary>The folder in which it keeps snapshots of its situation, a cache; null for none.</summary>
    public string? SnapshotFolder { get; init; }

    /// <summary>From what the spread of its waiting times is drawn, so that nodes which lost a line together do not come back together.</summary>
    public int Seed { get; init; }
}
