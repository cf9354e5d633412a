using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination.Flights.Deciding;
using Tansiq.Coordination.Statements;

namespace Tansiq.Coordination.Flights;

/// <summary>A verdict that changed: whom to alarm is the filer and the officers on duty (FLT-2).</summary>
/// <param name="Flight">The notice.</param>
/// <param name="Before">What was said before; null for a notice that is new, and where the verdict of an opening is said for the first time.</param>
/// <param name="After">What is said now.</param>
/// <param name="Cause">
/// The statement with which the change was found; null where statements that were on record already became joint, where several may have caused what was decided
/// later, and for the first verdict of an opening.
/// </param>
public sealed record VerdictChange(FlightReference Flight, Verdict? Before, Verdict After, Statement? Cause);

/// <summary>
/// The verdicts on all standing notices (filed, not ended, not over), decided again whenever a statement may touch them.
/// Immutable: each entry of the record gives the next value.
/// </summary>
/// <remarks>
/// On a large record some wait (<see cref="Opened"/>): those of the opening, and those that a statement touches which touches very many. What waits is decided by
/// <see cref="Settled"/>, or as soon as another statement touches it: as it was before all that it waits for, and as it is, so that no change is missed.
/// </remarks>
public sealed class StandingVerdicts
{
    private readonly ImmutableSortedDictionary<long, Verdict> _byIndex;

    // Of all standing notices and perhaps of some that ended early: when they are over, and when words are due.
    private readonly ImmutableSortedSet<Due> _ends;
    private readonly ImmutableSortedSet<Due> _deadlines;

    private StandingVerdicts(
        ImmutableSortedDictionary<long, Verdict> byIndex, ImmutableSortedSet<Due> ends, ImmutableSortedSet<Due> deadlines, WaitingNotices waiting, int atOnce) =>
        (_byIndex, _ends, _deadlines, Waiting, AtOnce) = (byIndex, ends, deadlines, waiting, atOnce);

    /// <summary>No notice stands. What a statement touches is decided with it, however many notices that are.</summary>
    public static StandingVerdicts Empty { get; } = new(
        ImmutableSortedDictionary<long, Verdict>.Empty,
        ImmutableSortedSet.Create<Due>(InOrderOfTime.Value),
        ImmutableSortedSet.Create<Due>(InOrderOfTime.Value),
        WaitingNotices.None,
        int.MaxValue);

    /// <summary>
    /// The verdicts by the notices' indices on the record. Those of notices that were not decided since the opening are missing, and what waits may have changed,
    /// until <see cref="IsSettled"/>.
    /// </summary>
    public IReadOnlyDictionary<long, Verdict> ByIndex => _byIndex;

    /// <summary>Whether nothing waits: every standing notice has its verdict of now.</summary>
    public bool IsSettled => Waiting.Count == 0;

    /// <summary>How many notices wait at most.</summary>
    public int WaitingCount => Waiting.Count;

    private WaitingNotices Waiting { get; }

    /// <summary>How many notices are decided with one statement at most; where it touches more, only those that it speaks of are, and the others wait.</summary>
    private int AtOnce { get; }

    /// <summary>The verdicts of a situation, each decided anew: where following a record begins in the middle of it.</summary>
    /// <param name="situation">The situation.</param>
    public static StandingVerdicts Of(Situation situation)
    {
        ArgumentNullException.ThrowIfNull(situation);
        return Opened(situation, int.MaxValue).Settled(situation, int.MaxValue).Verdicts;
    }

    /// <summary>The verdicts of a situation, none of them decided yet: ready at once, however large the record is.</summary>
    /// <param name="situation">The situation.</param>
    /// <param name="atOnce">How many notices are decided with one statement at most, at least 1; where it touches more, they wait.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="atOnce"/> is outside its range.</exception>
    public static StandingVerdicts Opened(Situation situation, int atOnce)
    {
        ArgumentNullException.ThrowIfNull(situation);
        ArgumentOutOfRangeException.ThrowIfLessThan(atOnce, 1);
        var (ends, deadlines) = (new List<Due>(), new List<Due>());
        var standing = new List<int>();
        for (var number = 0; situation.Time is { } now && number < situation.Notices.Count; number++)
        {
            var filed = situation.Notice(number);
            if (filed.Notice.End <= now || NoticeStanding.HasEnded(filed, now)) continue;
            standing.Add(number);
            ends.Add(new(filed.Notice.End, number));
            if (filed.Notice.AnswerBy is { } answerBy && answerBy > now) deadlines.Add(new(answerBy, number));
        }

        return new(
            Empty._byIndex, Empty._ends.Union(ends), Empty._deadlines.Union(deadlines), WaitingNotices.None.With(standing, sweptFrom: null, cause: null), atOnce);
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
        return Decided(before, after, touched, statement);
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
        if (after.Time is null) return (this, []);
        var touched = new Touched(after);
        touched.ByJoint(before.JointSize, after.JointSize);
        return Decided(before, after, touched, cause: null);
    }

    /// <summary>Decides some of those that wait, the longest waiting first.</summary>
    /// <param name="situation">The situation that these verdicts follow.</param>
    /// <param name="count">How many at most, at least 1.</param>
    /// <returns>The verdicts now; those of an opening that are said for the first time, and those that say something else than before.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is outside its range.</exception>
    public (StandingVerdicts Verdicts, ImmutableArray<VerdictChange> Changes) Settled(Situation situation, int count)
    {
        ArgumentNullException.ThrowIfNull(situation);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (IsSettled || situation.Time is not { } now) return (this, []);
        var step = new StandingStep(Waiting.SweptFrom ?? situation, situation, situation, _byIndex, Waiting.Cause);
        foreach (var number in Waiting.First(count))
        {
            // Where nothing was swept, what is decided already says what is so.
            if (Waiting.SweptFrom is not null || !step.IsDecided(number)) step.Decide(number, now);
        }

        return (new(step.ByIndex, _ends, _deadlines, Waiting.Without(count), AtOnce), step.Changes);
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

    private (StandingVerdicts Verdicts, ImmutableArray<VerdictChange> Changes) Decided(Situation before, Situation after, Touched touched, Statement? cause)
    {
        var now = after.Time!.Value;
        if (touched.IsAll) touched.Numbers.UnionWith(_ends.Select(end => end.Number));
        var isTooMany = touched.Numbers.Count > AtOnce;
        var numbers = isTooMany ? touched.SpokenOf : touched.Numbers;
        var step = new StandingStep(Waiting.SweptFrom ?? before, before, after, _byIndex, cause);
        var (ends, deadlines) = (_ends.ToBuilder(), _deadlines.ToBuilder());
        while (deadlines.Count > 0 && deadlines.Min!.At <= now) deadlines.Remove(deadlines.Min);
        while (ends.Count > 0 && ends.Min!.At <= now)
        {
            step.Forget(ends.Min.Number);
            ends.Remove(ends.Min);
        }

        foreach (var number in numbers)
        {
            step.Decide(number, now);
            var notice = after.Notice(number).Notice;
            if (!step.IsDecided(number))
            {
                ends.Remove(new(notice.End, number));
                continue;
            }

            ends.Add(new(notice.End, number));
            if (notice.AnswerBy is { } answerBy && answerBy > now) deadlines.Add(new(answerBy, number));
        }

        var waiting = isTooMany ? Waiting.With(touched.Numbers.Except(touched.SpokenOf), before, cause) : Waiting;
        return (new(step.ByIndex, ends.ToImmutable(), deadlines.ToImmutable(), waiting, AtOnce), step.Changes);
    }
}
