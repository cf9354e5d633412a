using System.Collections.Immutable;
using NodaTime;

namespace Tansiq.Coordination.Monitoring;

/// <summary>How many positions of one kind were not taken, with the first of them.</summary>
/// <param name="Kind">The refusal's stable code.</param>
/// <param name="Count">How many.</param>
/// <param name="Examples">The first ones, one line each.</param>
public sealed record RejectedPositions(string Kind, long Count, ImmutableArray<string> Examples);

/// <summary>What the feed showed and what it could not (MON-4).</summary>
public sealed record ReplayCoverage
{
    /// <summary>What holds of every figure that rests on reported positions, as stable codes (docs/formats/replay.md).</summary>
    public static ImmutableArray<string> Limits { get; } = ["coverage.military-aircraft-rarely-emit", "coverage.absence-is-not-compliance"];

    /// <summary>Time of the first position, or null where there was none.</summary>
    public required Instant? From { get; init; }

    /// <summary>Time of the last position, or null where there was none.</summary>
    public required Instant? Until { get; init; }

    /// <summary>How often a track came back after more than the greatest gap.</summary>
    public required long Gaps { get; init; }

    /// <summary>How long those gaps were, all tracks together.</summary>
    public required Duration GapTime { get; init; }

    /// <summary>Positions without a height.</summary>
    public required long PositionsWithoutHeight { get; init; }

    /// <summary>The longest time in which no track at all was heard.</summary>
    public required Duration LongestSilence { get; init; }

    /// <summary>When that silence began, or null where there was none.</summary>
    public required Instant? LongestSilenceFrom { get; init; }
}

/// <summary>The figures of a replay.</summary>
public sealed record ReplaySummary
{
    /// <summary>Positions read: accepted and rejected, here or by the reader.</summary>
    public required long PositionsRead { get; init; }

    /// <summary>Positions taken, those set aside among them.</summary>
    public required long PositionsAccepted { get; init; }

    /// <summary>Positions set aside because the track cannot have reached them.</summary>
    public required long PositionsAfterJump { get; init; }

    /// <summary>Positions set aside because the place was repeated although the track moves.</summary>
    public required long PositionsStale { get; init; }

    /// <summary>Positions not taken, by kind, in order of kind.</summary>
    public required ImmutableArray<RejectedPositions> Rejected { get; init; }

    /// <summary>Different tracks.</summary>
    public required long Tracks { get; init; }

    /// <summary>Whether there were more tracks than are remembered, so that <see cref="Tracks"/> and gaps are lower bounds.</summary>
    public required bool TracksIsLowerBound { get; init; }

    /// <summary>Events by kind, in the order of the kinds, every kind once.</summary>
    public required ImmutableArray<(ReplayEventKind Kind, long Count)> Events { get; init; }

    /// <summary>What the feed showed and what it could not.</summary>
    public required ReplayCoverage Coverage { get; init; }
}

/// <summary>What is left when the input ends.</summary>
/// <param name="Events">The last events.</param>
/// <param name="Summary">The figures.</param>
public sealed record ReplayEnd(ImmutableArray<ReplayEvent> Events, ReplaySummary Summary);
