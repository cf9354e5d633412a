using System.Collections.Immutable;
using NodaTime;
using Tansiq.Cli.Exercise;
using Tansiq.Coordination;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Monitoring;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;

namespace Tansiq.Cli.Scenarios;

/// <summary>A worked example, read whole: who takes part, what was agreed, and what was said in which order.</summary>
internal sealed record Scenario
{
    /// <summary>Who takes part.</summary>
    public required Founding Founding { get; init; }

    /// <summary>The agreement with its areas.</summary>
    public required Agreement Agreement { get; init; }

    /// <summary>Control maps by identifier.</summary>
    public required ImmutableSortedDictionary<Id<ControlMap>, ControlMap> ControlMaps { get; init; }

    /// <summary>Protected sites by identifier, each with its notifier.</summary>
    public required ImmutableSortedDictionary<Id<Site>, NotifiedSite> Sites { get; init; }

    /// <summary>Notices by identifier, whether the timeline files them or not.</summary>
    public required ImmutableSortedDictionary<Id<Statement>, DraftNotice> Notices { get; init; }

    /// <summary>What was said, in order.</summary>
    public required ImmutableArray<TimelineEntry> Timeline { get; init; }

    /// <summary>The verdicts that were expected before the code was written.</summary>
    public required ImmutableArray<ExpectedVerdict> Expected { get; init; }

    /// <summary>The tracks that are declared to fly notices, for a replay; empty where none are.</summary>
    public required ImmutableDictionary<Id<Statement>, ImmutableSortedSet<string>> Declared { get; init; }

    /// <summary>What was declared or assessed of whose aircraft tracks are, for a replay.</summary>
    public required AttributionRules Attribution { get; init; }

    /// <summary>What exercise traffic is made from; null where the scenario has none.</summary>
    public required TrafficPlan? Traffic { get; init; }

    /// <summary>What statements name by hash: founding, agreement, areas and control maps, exactly as their files are.</summary>
    public required IReadOnlyDictionary<ContentHash, ReadOnlyMemory<byte>> Attachments { get; init; }

    /// <summary>The statements, with the identifier of each.</summary>
    public required ImmutableArray<(string EntryId, Statement Statement)> Recorded { get; init; }

    /// <summary>The texts of <see cref="Recorded"/>, byte for byte, as they would be signed.</summary>
    public required ImmutableArray<ReadOnlyMemory<byte>> RecordedTexts { get; init; }

    /// <summary>The statements with their texts, in order.</summary>
    public IEnumerable<(Statement Statement, ReadOnlyMemory<byte> Text)> Texts => Recorded.Zip(RecordedTexts, (recorded, text) => (recorded.Statement, text));

    /// <summary>
    /// Everything as statements in order: the founding, then each entry of the timeline, with the office's
    /// <see cref="RecordTime"/> wherever the time advances (<c>time-1</c> …). Each was written as text and read again.
    /// </summary>
    public IReadOnlyList<(string EntryId, Statement Statement)> Statements() => Recorded;

    /// <summary>As it stood at a moment: what was said by then, that moment too.</summary>
    public Scenario Until(Instant moment)
    {
        var said = Recorded.Zip(RecordedTexts).Where(each => (each.First.Statement.Body is RecordTime time ? time.Now : each.First.Statement.Made) <= moment).ToList();
        return this with
        {
            Timeline = [.. Timeline.Where(entry => entry.At <= moment)],
            Recorded = [.. said.Select(each => each.First)],
            RecordedTexts = [.. said.Select(each => each.Second)],
        };
    }
}

/// <summary>One thing that was said.</summary>
/// <param name="Id">The identifier of its statement.</param>
/// <param name="At">When.</param>
/// <param name="Party">Who said it.</param>
/// <param name="Type">The type of its statement.</param>
internal sealed record TimelineEntry(Id<Statement> Id, Instant At, Id<Party> Party, string Type);

/// <summary>A verdict as it was expected, reasoned from the documents alone.</summary>
internal sealed record ExpectedVerdict
{
    /// <summary>The notice that it is of.</summary>
    public required Id<Statement> Notice { get; init; }

    /// <summary>The last entry known; null where <see cref="KnownAtTime"/> is given, or the whole timeline is known.</summary>
    public required Id<Statement>? KnownAtEntry { get; init; }

    /// <summary>Everything up to and including that moment is known; null where it is not given so.</summary>
    public required Instant? KnownAtTime { get; init; }

    /// <summary>The moment asked for; null for the record's time at what is known.</summary>
    public required Instant? ValidAt { get; init; }

    /// <summary>What it says.</summary>
    public required VerdictKind Verdict { get; init; }

    /// <summary>The codes of its reasons.</summary>
    public required ImmutableSortedSet<string> Reasons { get; init; }

    /// <summary>The clauses that its reasons name.</summary>
    public required ImmutableSortedSet<Id<Clause>> Clauses { get; init; }

    /// <summary>The areas that its reasons name.</summary>
    public required ImmutableSortedSet<Id<DesignatedArea>> Areas { get; init; }

    /// <summary>The sites that its reasons name.</summary>
    public required ImmutableSortedSet<Id<Site>> Sites { get; init; }

    /// <summary>The other flights that its reasons name, by notice.</summary>
    public required ImmutableSortedSet<Id<Statement>> Flights { get; init; }

    /// <summary>Whose word is still needed.</summary>
    public required ImmutableSortedSet<Id<Party>> ConsentOf { get; init; }
}
