using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Recording;
using Tansiq.Coordination.Statements;
using Tansiq.Record;
using Tansiq.Record.Checkpoints;

namespace Tansiq.Server.Nodes;

/// <summary>What a node knows at one moment. Immutable.</summary>
public sealed record NodePicture
{
    /// <summary>The state after all entries that it holds.</summary>
    public required RecordedState State { get; init; }

    /// <summary>The checkpoint over them, with the cosignatures that are held; null before the founding.</summary>
    public required SignedCheckpoint? Checkpoint { get; init; }

    /// <summary>How many entries are joint (REC-2).</summary>
    public required long JointSize { get; init; }

    /// <summary>How the line to each other node is.</summary>
    public required ImmutableArray<NodeLine> Lines { get; init; }

    /// <summary>The party's own statements that have no place yet, in the order in which they were said.</summary>
    public required ImmutableArray<WaitingStatement> Waiting { get; init; }

    /// <summary>Since when the record stands still by the node's own clock, so that permissions run out and none is granted (REC-6); null while it goes on.</summary>
    public required Instant? StandsStillSince { get; init; }

    /// <summary>What must not be and was found: a fork, a rollback, a wrong clock. The evidence is in the store.</summary>
    public required ImmutableArray<Fault> Findings { get; init; }

    /// <summary>The situation, with as much of it joint as is; nothing is joint while the record is forked.</summary>
    public Situation Situation => State.Situation.WithJointSize(JointSize);

    /// <summary>How many entries it holds.</summary>
    public long Size => State.Situation.Size;
}

/// <summary>How the line to another node is.</summary>
/// <param name="Party">Whose node.</param>
/// <param name="Name">What people know it by.</param>
/// <param name="HeardAt">When it last answered, by the node's own clock; null for never.</param>
/// <param name="Size">The size that it last showed to hold; null where it is not known.</param>
/// <param name="CosignedSize">The size that it last cosigned; null for the office, or where it is not known.</param>
/// <param name="ClockSkew">Its clock less our own, as far as it could be measured; null where it could not.</param>
/// <param name="SkewUncertainty">Half the way there and back.</param>
public sealed record NodeLine(Id<Party> Party, string Name, Instant? HeardAt, long? Size, long? CosignedSize, Duration? ClockSkew, Duration? SkewUncertainty);

/// <summary>A statement of one's own that has no place on the record yet.</summary>
/// <param name="Hash">The hash of its text.</param>
/// <param name="Type">Its type.</param>
/// <param name="Id">Its identifier.</param>
/// <param name="SaidAt">When it was said, by the node's own clock.</param>
/// <param name="Refusal">Why the office gave it back; null while it waits.</param>
public sealed record WaitingStatement(ContentHash Hash, string Type, Id<Statement> Id, Instant SaidAt, Fault? Refusal);
