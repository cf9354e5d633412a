using System.Collections.Immutable;
using NodaTime;
using Tansiq.Record.Merkle;

namespace Tansiq.Record.Federation;

/// <summary>Who is who for a centre.</summary>
/// <param name="Self">Its own name.</param>
/// <param name="Office">The office.</param>
/// <param name="Others">The other centres, and observers that show heads.</param>
/// <param name="Times">What was agreed.</param>
/// <param name="JitterSeed">From which pauses get their jitter, so that nodes do not all try at once; another one at each node.</param>
public sealed record CentreSettings(NodeName Self, NodeName Office, ImmutableArray<NodeName> Others, FederationTimes Times, ulong JitterSeed)
{
    /// <summary>Whether it cosigns; an observer does not.</summary>
    public bool IsCosigner { get; init; } = true;
}

/// <summary>All that a centre's steps remember. Immutable.</summary>
public sealed record CentreState
{
    /// <summary>Who is who.</summary>
    public required CentreSettings Settings { get; init; }

    /// <summary>How much of the record is held.</summary>
    public long Size { get; init; }

    /// <summary>How much of it has been joint at some time (<see cref="EffectiveJointSize"/> is what counts).</summary>
    public long JointSize { get; init; }

    /// <summary>What one has cosigned last.</summary>
    public long CosignedSize { get; init; }

    /// <summary>The last time on the record that is held.</summary>
    public Instant? RecordTime { get; init; }

    /// <summary>One's own entries that are not joint yet, and those that are passed on for others, in the order in which they go to the office.</summary>
    public ImmutableList<OutboxEntry> Outbox { get; init; } = [];

    /// <summary>The request to the office that is under way.</summary>
    internal Sending Sending { get; init; } = Sending.Nothing;

    /// <summary>How following stands.</summary>
    internal Lookout Lookout { get; init; } = new();

    /// <summary>What is known of each other node.</summary>
    public ImmutableSortedDictionary<NodeName, PeerState> Peers { get; init; } = ImmutableSortedDictionary<NodeName, PeerState>.Empty;

    /// <summary>What was found and still stands, oldest first.</summary>
    public ImmutableList<Finding> Findings { get; init; } = [];

    /// <summary>Since when the record stands still by one's own clock; null while it goes on.</summary>
    public Instant? StandsStillSince { get; init; }

    /// <summary>Whether a finding stands that the log has shown two histories.</summary>
    public bool IsForked => Findings.Exists(finding => finding.IsFork);

    /// <summary>How much is joint for all who ask: nothing while the record is forked.</summary>
    public long EffectiveJointSize => IsForked ? 0 : JointSize;

    /// <summary>Whether permissions may have effect: the record goes on and is one, and one's own clock is not known to be wrong (REC-6).</summary>
    public bool MayPermit => StandsStillSince is null && !IsForked && !Findings.Exists(finding => finding.About == Settings.Self && finding.Fault.Code == RecordFaults.WrongClock);

    /// <summary>When <see cref="CentreInput.Tick"/> is due next.</summary>
    public Instant NextDue { get; init; }
}

/// <summary>What is known of another node.</summary>
public sealed record PeerState
{
    /// <summary>The largest size that it has shown.</summary>
    public long ShownSize { get; init; }

    /// <summary>The largest size that it has cosigned of what is held here.</summary>
    public long CosignedSize { get; init; }

    /// <summary>When it was last heard of.</summary>
    public Instant? HeardAt { get; init; }

    /// <summary>What was last read of its clock.</summary>
    public ClockReading? Clock { get; init; }

    /// <summary>Since when it shows more than is held here.</summary>
    internal Instant? AheadSince { get; init; }

    /// <summary>What has to be sent to it, and when.</summary>
    internal Correspondence Heads { get; init; } = new();

    /// <summary>When its clock is read next.</summary>
    internal Instant ClockDue { get; init; }
}
