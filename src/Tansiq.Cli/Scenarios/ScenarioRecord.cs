using NodaTime;
using Tansiq.Coordination;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Flights.Deciding;
using Tansiq.Coordination.Statements;

namespace Tansiq.Cli.Scenarios;

/// <summary>A scenario played: its statements on a record in memory, and the verdicts on standing notices along the way.</summary>
internal sealed class ScenarioRecord
{
    private readonly Dictionary<string, long> _sizeAfter = new(StringComparer.Ordinal);
    private readonly List<VerdictChange> _changes = [];

    /// <summary>Plays a scenario's statements in order.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="followsStandingVerdicts">Whether standing notices are decided again after each statement.</param>
    public ScenarioRecord(Scenario scenario, bool followsStandingVerdicts = false)
    {
        Scenario = scenario;
        var standing = StandingVerdicts.Empty;
        foreach (var (id, statement) in scenario.Statements())
        {
            var before = Record.Latest;
            var entry = Record.Append(statement);
            _sizeAfter[id] = entry.Index + 1;
            if (!followsStandingVerdicts || entry.Admission is not Admission.Admitted) continue;
            (standing, var changes) = standing.Next(before, Record.Latest, statement);
            _changes.AddRange(changes);
        }
    }

    /// <summary>The scenario.</summary>
    public Scenario Scenario { get; }

    /// <summary>The record.</summary>
    public StatementList Record { get; } = new();

    /// <summary>The verdicts that changed along the way, in order; empty unless they were followed.</summary>
    public IReadOnlyList<VerdictChange> Changes => _changes;

    /// <summary>The entries that admission found inert.</summary>
    public IEnumerable<Entry> Inert => Record.Entries.Where(entry => entry.Admission is Admission.Inert);

    /// <summary>The situation after the entry of that identifier, or null where there is none.</summary>
    public Situation? After(Id<Statement> entry) => _sizeAfter.TryGetValue(entry.Value, out var size) ? Record.At(size) : null;

    /// <summary>What a verdict is asked of: the notice on the record if exactly this one is filed in a situation, else as if it were filed then.</summary>
    public static FlightInQuestion InQuestion(Situation situation, DraftNotice draft)
    {
        var filed = situation.FindNotice(draft.Party, draft.Id);
        return filed is not null && filed.Notice.SaysTheSame(draft.Notice)
            ? FlightInQuestion.OnRecord(filed)
            : FlightInQuestion.NotFiled(draft.Notice, draft.Party);
    }

    /// <summary>The verdict that an expectation is about.</summary>
    public Verdict Decide(ExpectedVerdict expected)
    {
        var situation = expected.KnownAtEntry is { } entry ? After(entry) ?? Record.Latest
            : expected.KnownAtTime is { } moment ? Record.At(moment)
            : Record.Latest;
        return Coordination.Flights.Decide.Flight(situation, InQuestion(situation, Scenario.Notices[expected.Notice]), expected.ValidAt);
    }

    /// <summary>What a verdict says otherwise than was expected; empty where it says the same.</summary>
    public static IEnumerable<string> Differences(ExpectedVerdict expected, Verdict verdict)
    {
        if (expected.Verdict != verdict.Kind) yield return $"verdict {verdict.Kind}, expected {expected.Verdict}";
        var reasons = verdict.Reasons;
        foreach (var difference in new[]
                 {
                     Difference("reasons", expected.Reasons, reasons.Select(reason => reason.Code)),
                     Difference("clauses", expected.Clauses.Select(id => id.Value), reasons.Where(reason => reason.Clause is not null).Select(reason => reason.Clause!.Value)),
                     Difference("areas", expected.Areas.Select(id => id.Value), reasons.Where(reason => reason.Area is not null).Select(reason => reason.Area!.Value)),
                     Difference("sites", expected.Sites.Select(id => id.Value), reasons.Where(reason => reason.Site is not null).Select(reason => reason.Site!.Value)),
                     Difference("flights", expected.Flights.Select(id => id.Value), reasons.Where(reason => reason.Flight is not null).Select(reason => reason.Flight!.Id.Value)),
                     Difference("consentOf", expected.ConsentOf.Select(id => id.Value), verdict.ConsentOf.Select(id => id.Value)),
                 })
        {
            if (difference is not null) yield return difference;
        }
    }

    private static string? Difference(string what, IEnumerable<string> expected, IEnumerable<string> actual)
    {
        var wanted = string.Join(' ', expected.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        var found = string.Join(' ', actual.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        return wanted == found ? null : $"{what} [{found}], expected [{wanted}]";
    }
}
