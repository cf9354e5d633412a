using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination.Flights.Deciding;
using Tansiq.Coordination.Statements;

namespace Tansiq.Coordination.Flights;

/// <summary>A verdict that changed: whom to alarm is the filer and the officers on duty (FLT-2).</summary>
/// <param name="Flight">The notice.</param>
/// <param name="Before">What was said before; null for a notice that is new.</param>
/// <param name="After">What is said now.</param>
/// <param name="Cause">The statement that changed it; null where statements that were on record already became joint.</param>
public sealed record VerdictChange(FlightReference Flight, Verdict? Before, Verdict After, Statement? Cause);

/// <summary>
/// The verdicts on all standing notices (filed, not withdrawn, not over), decided again whenever a statement may touch them.
/// Immutable: each entry of the record gives the next value.
/// </summary>
public sealed class StandingVerdicts
{
    private readonly ImmutableSortedDictionary<long, Verdict> _byIndex;

    // Of the notices in _byIndex and perhaps of some that were withdrawn: when they are over, and when words are due.
    private readonly ImmutableSortedSet<Due> _ends;
    private readonly ImmutableSortedSet<Due> _deadlines;

    private StandingVerdicts(ImmutableSortedDictionary<long, Verdict> byIndex, ImmutableSortedSet<Due> ends, ImmutableSortedSet<Due> deadlines) =>
        (_byIndex, _ends, _deadlines) = (byIndex, ends, deadlines);

    /// <summary>No notice stands.</summary>
    public static StandingVerdicts Empty { get; } = new(
        ImmutableSortedDictionary<long, Verdict>.Empty, ImmutableSortedSet.Create<Due>(InOrderOfTime.Value), ImmutableSortedSet.Create<Due>(InOrderOfTime.Value));

    /// <summary>The verdicts by the notices' indices on the record.</summary>
    public IReadOnlyDictionary<long, Verdict> ByIndex => _byIndex;

    /// <summary>The verdicts of a situation, each decided anew: where following a record begins in the middle of it.</summary>
    /// <param name="situation">The situation.</param>
    public static StandingVerdicts Of(Situation situation)
    {
        ArgumentNullException.ThrowIfNull(situation);
        var all = new SortedSet<int>(Enumerable.Range(0, situation.Notices.Count));
        return situation.Time is { } now ? Empty.Decided(situation, now, all, cause: null).Verdicts : Empty;
    }

    /// <summary>Decides again what an admitted statement may touch, and what other statements that became joint with it may.</summary>
    /// <param name="before">The situation before the statement, which these verdicts follow.</param>
    /// <param name="after">The situation after it, whose joint part is not smaller.</param>
    /// <param name="statement">The statement, admitted.</param>
    /// <returns>The verdicts now, and those that say something else than before, in the order of the record.</returns>
    public (StandingVerdicts Verdicts, ImmutableArray<VerdictChange> Changes) Next(Situation before, Situation after, Statement statement)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(statement);
        if (after.Time is not { } now) return (this, []);
        var touched = new Touched(after);
        touched.By(statement);
        touched.ByJoint(before.JointSize, Math.Min(before.Size, after.JointSize));
        foreach (var passed in DeadlinesUntil(now)) touched.Near(after.Notice(passed.Number));
        return Decided(after, now, NumbersOf(touched, after), statement);
    }

    /// <summary>Decides again what statements may touch that became joint, while the record did not grow.</summary>
    /// <param name="before">The situation before, which these verdicts follow.</param>
    /// <param name="after">The same size of the record with more of it joint.</param>
    /// <returns>The verdicts now, and those that say something else than before, in the order of the record.</returns>
    /// <exception cref="ArgumentException">The situations are not of one size.</exception>
    public (StandingVerdicts Verdicts, ImmutableArray<VerdictChange> Changes) Joint(Situation before, Situation after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        if (before.Size != after.Size) throw new ArgumentException("Situations of one size are meant.", nameof(after));
        if (after.Time is not { } now) return (this, []);
        var touched = new Touched(after);
        touched.ByJoint(before.JointSize, after.JointSize);
        return Decided(after, now, NumbersOf(touched, after), cause: null);
    }

    /// <summary>Something that comes with a moment, to the notice of a number.</summary>
    private sealed record Due(Instant At, int Number);

    private sealed class InOrderOfTime : IComparer<Due>
    {
        public static InOrderOfTime Value { get; } = new();

        public int Compare(Due? x, Due? y)
        {
            var byTime = x!.At.CompareTo(y!.At);
            return byTime != 0 ? byTime : x.Number.CompareTo(y.Number);
        }
    }

    private IEnumerable<Due> DeadlinesUntil(Instant now) => _deadlines.TakeWhile(due => due.At <= now);

    private SortedSet<int> NumbersOf(Touched touched, Situation after)
    {
        if (touched.IsAll) touched.Numbers.UnionWith(_ends.Select(end => end.Number));
        return touched.Numbers;
    }

    private (StandingVerdicts Verdicts, ImmutableArray<VerdictChange> Changes) Decided(Situation situation, Instant now, SortedSet<int> numbers, Statement? cause)
    {
        var next = _byIndex.ToBuilder();
        var (ends, deadlines) = (_ends.ToBuilder(), _deadlines.ToBuilder());
        var changes = ImmutableArray.CreateBuilder<VerdictChange>();
        while (deadlines.Count > 0 && deadlines.Min!.At <= now) deadlines.Remove(deadlines.Min);
        while (ends.Count > 0 && ends.Min!.At <= now)
        {
            next.Remove(situation.Notice(ends.Min.Number).Filed.Index);
            ends.Remove(ends.Min);
        }

        foreach (var number in numbers)
        {
            var notice = situation.Notice(number);
            var (index, end) = (notice.Filed.Index, notice.Notice.End);
            var known = _byIndex.GetValueOrDefault(index);
            var hasEnded = NoticeStanding.HasEnded(notice, now);
            if (end <= now || (hasEnded && known is null)) continue;
            var verdict = Decide.Flight(situation, FlightInQuestion.OnRecord(notice));
            if (known is null || !known.SaysTheSame(verdict)) changes.Add(new(notice.Reference, known, verdict, cause));
            if (hasEnded)
            {
                next.Remove(index);
                ends.Remove(new(end, number));
                continue;
            }

            next[index] = verdict;
            if (known is not null) continue;
            ends.Add(new(end, number));
            if (notice.Notice.AnswerBy is { } answerBy && answerBy > now) deadlines.Add(new(answerBy, number));
        }

        return (new(next.ToImmutable(), ends.ToImmutable(), deadlines.ToImmutable()), changes.ToImmutable());
    }
}
