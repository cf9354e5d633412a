using System.Collections.Immutable;
using NodaTime.Text;
using Tansiq.Coordination;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Geo.Text;

namespace Tansiq.Cli.Scenarios;

/// <summary>Reads the verdicts that are expected (expected.json of docs/formats/scenario.md).</summary>
internal sealed class ExpectedReader
{
    /// <summary>The most verdicts.</summary>
    public const int MaximumVerdicts = 100_000;

    private readonly ScenarioContent _content;
    private readonly HashSet<Id<Statement>> _entries;
    private readonly HashSet<Id<Clause>> _clauses;
    private readonly HashSet<Id<DesignatedArea>> _areas;

    /// <summary>Reads verdicts that name what is in this scenario.</summary>
    public ExpectedReader(ScenarioContent content, ImmutableArray<TimelineEntry> timeline)
    {
        _content = content;
        _entries = [.. timeline.Select(entry => entry.Id)];
        _clauses = [.. content.Agreement.Clauses.Select(clause => clause.Id)];
        _areas = [.. content.Agreement.Areas.Select(area => area.Id)];
    }

    /// <summary>Reads the verdicts.</summary>
    /// <returns>The verdicts in order, or why they were not taken. Unknown members are refused.</returns>
    public Parsed<ImmutableArray<ExpectedVerdict>> Read(ReadOnlyMemory<byte> utf8) =>
        JsonReading.Read<ImmutableArray<ExpectedVerdict>>(utf8, ScenarioFile.MaximumBytes, refusesUnknownMembers: true, root =>
        {
            root.Only("format", "verdicts");
            _ = root["format"].OneOf(("tansiq-expected/1", 0));
            return [.. root["verdicts"].Items(MaximumVerdicts).Select(One)];
        });

    private ExpectedVerdict One(JsonCursor item)
    {
        item.Only("notice", "knownAt", "validAt", "verdict", "reasons", "clauses", "areas", "sites", "flights", "consentOf");
        var knownAt = item["knownAt"];
        var isTime = knownAt.Exists && InstantPattern.ExtendedIso.Parse(knownAt.Text(JsonCursor.MaximumIdentifierLength)).Success;
        return new()
        {
            Notice = Notice(item["notice"]),
            KnownAtEntry = knownAt.Exists && !isTime
                ? knownAt.KnownId<Statement>(_entries.Contains, "scenario.unknown-entry", "an entry of the timeline, or an instant")
                : null,
            KnownAtTime = isTime ? knownAt.Instant() : null,
            ValidAt = item["validAt"].Exists ? item["validAt"].Instant() : null,
            Verdict = item["verdict"].OneOf(
                ("no-objection", VerdictKind.NoObjection), ("not-covered", VerdictKind.NotCovered), ("needs-consent", VerdictKind.NeedsConsent),
                ("refused", VerdictKind.Refused), ("unclear", VerdictKind.Unclear)),
            Reasons = Set(item["reasons"], place => place.Identifier()),
            Clauses = Set(item["clauses"], place => place.KnownId<Clause>(_clauses.Contains, "agreements.unknown-clause", "a clause of the agreement")),
            Areas = Set(item["areas"], place => place.KnownId<DesignatedArea>(_areas.Contains, "agreements.unknown-area", "an area of the agreement")),
            Sites = Set(item["sites"], place => place.KnownId<Site>(_content.Sites.ContainsKey, "flights.unknown-site", "a site of the scenario")),
            Flights = Set(item["flights"], Notice),
            ConsentOf = Set(item["consentOf"], place => place.KnownId<Party>(
                _content.Founding.Parties.ContainsKey, "parties.unknown-party", "a party of this record")),
        };
    }

    private Id<Statement> Notice(JsonCursor place) =>
        place.KnownId<Statement>(_content.Notices.ContainsKey, "scenario.unknown-notice", "a notice of the scenario");

    // An empty list is an answer here: no clause, no area is named.
    private static ImmutableSortedSet<T> Set<T>(JsonCursor place, Func<JsonCursor, T> read) =>
        place.Items(NameReading.MaximumListLength).Count == 0 ? [] : place.Set(read);
}
