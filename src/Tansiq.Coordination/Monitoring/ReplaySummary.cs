using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Parties;

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

/// <summary>A time in which a feed delivered: from one of its positions to another, with no longer silence between.</summary>
/// <param name="From">The first position.</param>
/// <param name="Until">The last position; the same moment where there is only one.</param>
public readonly record struct CoverageWindow(Instant From, Instant Until);

/// <summary>When one feed delivered and when it was blind (MON-4).</summary>
public sealed record FeedCoverage
{
    /// <summary>The feed; empty where positions name none.</summary>
    public required string Source { get; init; }

    /// <summary>Positions taken from it.</summary>
    public required long Positions { get; init; }

    /// <summary>Different tracks among them.</summary>
    public required long Tracks { get; init; }

    /// <summary>Whether there were more than are remembered, so that <see cref="Tracks"/> is a lower bound.</summary>
    public required bool TracksIsLowerBound { get; init; }

    /// <summary>When it delivered, in order of time; the last <see cref="Replay.MaximumWindows"/>.</summary>
    public required ImmutableArray<CoverageWindow> Windows { get; init; }

    /// <summary>How many windows were joined to the first one because there were too many; the times between them are lost.</summary>
    public required long WindowsJoined { get; init; }

    /// <summary>How long it was silent, within the time of the whole replay; silences up to the greatest gap do not count.</summary>
    public required Duration Blind { get; init; }
}

/// <summary>How many alerts are about one thing.</summary>
/// <typeparam name="TSubject">An area, a clause, an actor or a state.</typeparam>
/// <param name="Subject">What they are about; null: none.</param>
/// <param name="Alerts">How many.</param>
/// <param name="Uncovered">How many of them are presences that no notice covers: <em>present, purpose unknown</em>.</param>
public sealed record AlertCount<TSubject>(TSubject? Subject, long Alerts, long Uncovered)
    where TSubject : class;

/// <summary>The alerts of a replay in figures.</summary>
public sealed record AlertTotals
{
    /// <summary>All alerts.</summary>
    public required long Total { get; init; }

    /// <summary>Those that went on when the input ended.</summary>
    public required long Open { get; init; }

    /// <summary>Those closed before their time because too many were open; what came later of the same is another alert.</summary>
    public required long ClosedEarly { get; init; }

    /// <summary>By what they are about, every kind once.</summary>
    public required ImmutableArray<(ReplayAlertKind Kind, long Count)> ByKind { get; init; }

    /// <summary>Presences by area, in order of identifier.</summary>
    public required ImmutableArray<AlertCount<Id<DesignatedArea>>> ByArea { get; init; }

    /// <summary>Presences and conflicts by clause, none first, then in order of identifier.</summary>
    public required ImmutableArray<AlertCount<Id<Clause>>> ByClause { get; init; }

    /// <summary>All alerts by actor, none first, then in order of identifier.</summary>
    public required ImmutableArray<AlertCount<Id<Actor>>> ByActor { get; init; }

    /// <summary>All alerts by state of registration, none first, then in order.</summary>
    public required ImmutableArray<AlertCount<string>> ByState { get; init; }
}

/// <summary>Tracks by what their attribution rests on, each track by its last attribution.</summary>
public sealed record AttributionTotals
{
    /// <summary>Tracks by basis, every basis once.</summary>
    public required ImmutableArray<(AttributionBasis Basis, long Tracks)> ByBasis { get; init; }

    /// <summary>Tracks without attribution.</summary>
    public required long Unattributed { get; init; }

    /// <summary>Tracks by actor, in order of identifier.</summary>
    public required ImmutableArray<(Id<Actor> Actor, long Tracks)> ByActor { get; init; }

    /// <summary>Tracks by state of registration, in order.</summary>
    public required ImmutableArray<(string State, long Tracks)> ByState { get; init; }
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

    /// <summary>Whose aircraft the tracks are taken to be.</summary>
    public required AttributionTotals Attribution { get; init; }

    /// <summary>The alerts.</summary>
    public required AlertTotals Alerts { get; init; }

    /// <summary>When each feed delivered, in the order of their first positions.</summary>
    public required ImmutableArray<FeedCoverage> Feeds { get; init; }

    /// <summary>Whether the replay was interrupted, so that all figures are of a part of the input.</summary>
    public required bool IsPartial { get; init; }
}

/// <summary>What is left when the input ends.</summary>
/// <param name="Events">The last events.</param>
/// <param name="Summary">The figures.</param>
public sealed record ReplayEnd(ImmutableArray<ReplayEvent> Events, ReplaySummary Summary);
