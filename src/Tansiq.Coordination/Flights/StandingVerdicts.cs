using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights.Deciding;
using Tansiq.Coordination.Statements;

namespace Tansiq.Coordination.Flights;

/// <summary>A verdict that changed: whom to alarm is the filer and the officers on duty (FLT-2).</summary>
/// <param name="Flight">The notice.</param>
/// <param name="Before">What was said before; null for a notice that is new.</param>
/// <param name="After">What is said now.</param>
/// <param name="Cause">The statement that changed it.</param>
public sealed record VerdictChange(FlightReference Flight, Verdict? Before, Verdict After, Statement Cause);

/// <summary>
/// The verdicts on all standing notices (filed, not withdrawn, not over), decided again whenever a statement may touch them.
/// Immutable: each entry of the record gives the next value.
/// </summary>
public sealed class StandingVerdicts
{
    private readonly ImmutableSortedDictionary<long, Verdict> _byIndex;

    private StandingVerdicts(ImmutableSortedDictionary<long, Verdict> byIndex) => _byIndex = byIndex;

    /// <summary>No notice stands.</summary>
    public static StandingVerdicts Empty { get; } = new(ImmutableSortedDictionary<long, Verdict>.Empty);

    /// <summary>The verdicts by the notices' indices on the record.</summary>
    public IReadOnlyDictionary<long, Verdict> ByIndex => _byIndex;

    /// <summary>Decides again what an admitted statement may touch.</summary>
    /// <param name="before">The situation before the statement.</param>
    /// <param name="after">The situation after it.</param>
    /// <param name="statement">The statement, admitted.</param>
    /// <returns>The verdicts now, and those that say something else than before, in the order of the record.</returns>
    public (StandingVerdicts Verdicts, ImmutableArray<VerdictChange> Changes) Next(Situation before, Situation after, Statement statement)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(statement);
        if (after.Time is not { } now) return (this, []);
        var next = _byIndex.ToBuilder();
        var changes = ImmutableArray.CreateBuilder<VerdictChange>();
        var touched = Touched.By(before, after, statement);
        foreach (var (index, notice) in after.Notices)
        {
            var known = _byIndex.GetValueOrDefault(index);
            if (now >= notice.Extent.Until)
            {
                next.Remove(index);
                continue;
            }

            var isNewlyWithdrawn = known is not null && NoticeStanding.IsWithdrawn(notice, now);
            if (!isNewlyWithdrawn && (NoticeStanding.IsWithdrawn(notice, now) || (known is not null && !touched.Holds(notice)))) continue;
            var verdict = Decide.Flight(after, FlightInQuestion.OnRecord(notice));
            if (isNewlyWithdrawn) next.Remove(index);
            else next[index] = verdict;
            if (known is null || !known.SaysTheSame(verdict)) changes.Add(new(notice.Reference, known, verdict, statement));
        }

        return (new(next.ToImmutable()), changes.ToImmutable());
    }
}

/// <summary>Which standing notices a statement may touch: never too few.</summary>
internal sealed class Touched
{
    private readonly FiledNotice? _near;
    private readonly bool _all;
    private readonly Duration _reach;

    private Touched(bool all, FiledNotice? near, Duration reach)
    {
        _all = all;
        _near = near;
        _reach = reach;
    }

    public static Touched By(Situation before, Situation after, Statement statement) => statement.Body switch
    {
        RecordTime => new(DeadlinePassed(before, after), near: null, Duration.Zero),
        Notice => Near(after, after.FindNotice(statement.Hash)),
        Withdrawal withdrawal => Near(after, after.FindSpokenOf(withdrawal.Cites)),
        Consent consent => Near(after, after.FindNotice(consent.Cites)),
        Objection objection => Near(after, after.FindNotice(objection.Cites)),
        OtherDate other => Near(after, after.FindNotice(other.Cites)),
        ControlMapProposal or Lapse => new(all: false, near: null, Duration.Zero),
        _ => new(all: true, near: null, Duration.Zero),
    };

    /// <summary>Whether a notice may be touched: the one spoken of, and those whose time comes near to it.</summary>
    public bool Holds(FiledNotice notice) =>
        _all
        || (_near is { } near && notice.Extent.From <= near.Extent.Until + _reach && near.Extent.From <= notice.Extent.Until + _reach);

    private static Touched Near(Situation situation, FiledNotice? notice)
    {
        var clauses = situation.Agreements.SelectMany(agreement => agreement.Agreement.Clauses).OfType<SeparationClause>().ToList();
        var isBounded = clauses.TrueForAll(clause => clause.TimeSeconds.IsDefined);
        var seconds = clauses.Count == 0 ? 0 : clauses.Max(clause => clause.TimeSeconds.Value);
        return new(!isBounded, notice, Duration.FromSeconds(seconds));
    }

    /// <summary>Only the deadlines of operations make a verdict change by the passing of time alone.</summary>
    private static bool DeadlinePassed(Situation before, Situation after) =>
        after.Notices.Values.Any(notice =>
            notice.Notice.AnswerBy is { } answerBy && answerBy <= after.Time && (before.Time is not { } last || answerBy > last));
}
