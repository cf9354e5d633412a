using NodaTime;
using Tansiq.Coordination;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Record.Federation;
using Tansiq.Record.Notes;

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
    /// <summary>The hash of the founding's text that it trusts: nothing of a record that begins otherwise is taken or cosigned. Null where any is taken.</summary>
    public ContentHash? Founding { get; init; }

    /// <summary>What the nodes have agreed of times and bounds.</summary>
    public FederationTimes Times { get; init; } = FederationTimes.Default;

    /// <summary>The folder in which it keeps snapshots of its situation, a cache; null for none.</summary>
    public string? SnapshotFolder { get; init; }

    /// <summary>From what the spread of its pauses is drawn, another at each node, so that those who lost a line together do not come back together.</summary>
    public ulong JitterSeed { get; init; }

    /// <summary>Told what goes wrong beside the record, each in one line: snapshots that can't be written, a disk that fails.</summary>
    public Action<string> Told { get; init; } = _ => { };
}
