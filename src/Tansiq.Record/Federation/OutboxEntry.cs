using System.Collections.Immutable;
using NodaTime;
using Tansiq.Record.Merkle;

namespace Tansiq.Record.Federation;

/// <summary>An entry on its way to a place on the record.</summary>
/// <param name="Leaf">Its leaf hash.</param>
/// <param name="SaidAt">When it was said, or shown by its author, by one's own clock.</param>
/// <param name="For">For whom it is passed on; the default name for one's own.</param>
public sealed record OutboxEntry(MerkleHash Leaf, Instant SaidAt, NodeName For)
{
    /// <summary>Whether it is another centre's.</summary>
    public bool IsPassedOn => For != default;

    /// <summary>The index that the office gave; null while it has not answered.</summary>
    public long? Index { get; init; }

    /// <summary>Whether it stands there on the record that is held.</summary>
    public bool IsPlaced { get; init; }

    /// <summary>When it first went to the office since this centre started; null for never.</summary>
    public Instant? SentAt { get; init; }

    /// <summary>Up to which size it was looked for and not found.</summary>
    internal long LookedThrough { get; init; } = -1;

    /// <summary>Whether a <see cref="CentreEffect.Look"/> is under way.</summary>
    internal bool IsLookedFor { get; init; }
}

/// <summary>The one request to the office at a time: so the order is that of the outbox.</summary>
internal sealed record Sending(long Number, ImmutableArray<MerkleHash> Leaves, Instant Until, int Failures, Instant NotBefore)
{
    public static Sending Nothing { get; } = new(0, [], default, 0, default);

    public bool IsUnderWay => Leaves.Length > 0;
}

/// <summary>One step of following at a time.</summary>
internal sealed record Lookout
{
    /// <summary>Who is followed now; the default name for nobody. Following ends by itself, or whoever drives it ends it.</summary>
    public NodeName UnderWay { get; init; }

    /// <summary>Whether the office is known to have something new.</summary>
    public bool IsWanted { get; init; } = true;

    public Instant LookDue { get; init; }

    public int Failures { get; init; }

    public Instant NotBefore { get; init; }

    public Instant CopyNotBefore { get; init; }

    /// <summary>Since when the record's time is away from one's own clock at all that is shown.</summary>
    public Instant? WrongClockSince { get; init; }
}

/// <summary>What goes to another node: one request at a time.</summary>
internal sealed record Correspondence
{
    public bool IsUnderWay { get; init; }

    public Instant Until { get; init; }

    public bool IsWanted { get; init; } = true;

    public int Failures { get; init; }

    public Instant NotBefore { get; init; }

    public Instant GreetingDue { get; init; }

    public Instant UnansweredDue { get; init; }
}
