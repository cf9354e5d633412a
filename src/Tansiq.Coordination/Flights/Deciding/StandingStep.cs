using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination.Statements;

namespace Tansiq.Coordination.Flights.Deciding;

/// <summary>One step of the standing verdicts: some notices are decided, and compared with what was said of them.</summary>
/// <param name="waitedFrom">The situation in which those that have no verdict yet would have got theirs.</param>
/// <param name="before">The situation before the step. What had ended in it was decided for the last time when it ended, also while others waited.</param>
/// <param name="after">The situation now.</param>
/// <param name="byIndex">The verdicts before the step.</param>
/// <param name="cause">The statement of the step, or null.</param>
/// <remarks>Of one step; not safe for use from several threads.</remarks>
internal sealed class StandingStep(
    Situation waitedFrom, Situation before, Situation after, ImmutableSortedDictionary<long, Verdict> byIndex, Statement? cause)
{
    private readonly ImmutableSortedDictionary<long, Verdict>.Builder _byIndex = byIndex.ToBuilder();
    private readonly ImmutableArray<VerdictChange>.Builder _changes = ImmutableArray.CreateBuilder<VerdictChange>();

    /// <summary>The verdicts after the step.</summary>
    public ImmutableSortedDictionary<long, Verdict> ByIndex => _byIndex.ToImmutable();

    /// <summary>What changed.</summary>
    public ImmutableArray<VerdictChange> Changes => _changes.ToImmutable();

    /// <summary>Whether a notice has a verdict.</summary>
    public bool IsDecided(int number) => _byIndex.ContainsKey(after.Notice(number).Filed.Index);

    /// <summary>The notice is over.</summary>
    public void Forget(int number) => _byIndex.Remove(after.Notice(number).Filed.Index);

    /// <summary>Decides a notice that is not over; what ended with this step is decided for the last time.</summary>
    public void Decide(int number, Instant now)
    {
        var notice = after.Notice(number);
        if (notice.Notice.End <= now) return;
        var hasEnded = NoticeStanding.HasEnded(notice, now);
        var known = _byIndex.GetValueOrDefault(notice.Filed.Index) ?? FirstVerdict(number);
        if (hasEnded && known is null) return;
        var verdict = VerdictOn(after, notice);
        if (known is null || !known.SaysTheSame(verdict)) _changes.Add(new(notice.Reference, known, verdict, cause));
        if (hasEnded) _byIndex.Remove(notice.Filed.Index);
        else _byIndex[notice.Filed.Index] = verdict;
    }

    /// <summary>What would have been said of a notice whose verdict waited; null for one that is new or had ended before, and where that is what is decided now.</summary>
    private Verdict? FirstVerdict(int number)
    {
        if (ReferenceEquals(waitedFrom, after) || number >= waitedFrom.Notices.Count || waitedFrom.Time is null) return null;
        if (NoticeStanding.HasEnded(before.Notice(number), before.Time!.Value)) return null;
        var notice = waitedFrom.Notice(number);
        var verdict = VerdictOn(waitedFrom, notice);
        _changes.Add(new(notice.Reference, Before: null, verdict, Cause: null));
        return verdict;
    }

    private static Verdict VerdictOn(Situation situation, FiledNotice notice) => Flights.Decide.Flight(situation, FlightInQuestion.OnRecord(notice));
}
