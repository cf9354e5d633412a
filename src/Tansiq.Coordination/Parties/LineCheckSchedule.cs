using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination.Agreements;

namespace Tansiq.Coordination.Parties;

/// <summary>How a line stands that is to be checked at set times (PTY-6).</summary>
public enum LineCheckState
{
    /// <summary>No agreement in force says how often.</summary>
    NotSet = 0,

    /// <summary>The next check has not fallen due.</summary>
    Waiting = 1,

    /// <summary>It is due.</summary>
    Due = 2,

    /// <summary>It was not made within the time of grace.</summary>
    Missed = 3,
}

/// <summary>When the line to another centre is to be checked.</summary>
/// <param name="With">The other centre.</param>
/// <param name="LastAnswered">When somebody last answered, by the record's time; null for never.</param>
/// <param name="DueAt">When the next check falls due; null where no agreement says how often.</param>
/// <param name="State">How it stands.</param>
public sealed record LineCheckDue(Id<Party> With, Instant? LastAnswered, Instant? DueAt, LineCheckState State);

/// <summary>When lines between centres fall due to be checked: by the hotline clauses of the agreements in force.</summary>
public static class LineCheckSchedule
{
    /// <summary>How long after it fell due a check still counts as made in time.</summary>
    public static readonly Duration Grace = Duration.FromMinutes(10);

    /// <summary>The lines of a signatory to each other one, in the order of their identifiers.</summary>
    /// <remarks>
    /// A check that either end put on the record counts for both, whatever the means, if somebody answered. Times are those of the record; a
    /// hotline clause counts even while it is suspended: nobody is kept from a line by a quarrel.
    /// </remarks>
    /// <param name="situation">What is known.</param>
    /// <param name="party">The signatory.</param>
    /// <param name="now">The moment, by the clock of whoever asks: a check is missed though the record stands still.</param>
    public static ImmutableArray<LineCheckDue> Of(Situation situation, Id<Party> party, Instant now)
    {
        ArgumentNullException.ThrowIfNull(situation);
        ArgumentNullException.ThrowIfNull(party);
        if (situation.Founding is not { } founding) return [];
        var (every, since) = Interval(situation, now);
        return [.. founding.Parties.Keys.Where(other => other != party).Select(other =>
        {
            Instant?[] answered = [LastAnswered(situation, party, other), LastAnswered(situation, other, party)];
            var last = answered.Max();
            if (every is not { } interval) return new LineCheckDue(other, last, DueAt: null, LineCheckState.NotSet);
            var due = (last is { } known && known > since ? known : since) + interval;
            return new LineCheckDue(other, last, due, now < due ? LineCheckState.Waiting : now < due + Grace ? LineCheckState.Due : LineCheckState.Missed);
        })];
    }

    /// <summary>The shortest period that an agreement in force sets, and since when the first of them is in force.</summary>
    private static (Duration? Every, Instant Since) Interval(Situation situation, Instant now)
    {
        (Duration? Every, Instant Since) shortest = (null, now);
        foreach (var standing in AgreementStanding.Of(situation, now))
        {
            if (standing is not { State: AgreementState.InForce, Time: { } time }) continue;
            foreach (var hotline in standing.Proposed.Agreement.Clauses.OfType<HotlineClause>())
            {
                if (!hotline.CheckEveryHours.IsDefined) continue;
                var every = Duration.FromHours(hotline.CheckEveryHours.Value);
                if (shortest.Every is null || every < shortest.Every) shortest = (every, time.Start);
            }
        }

        return shortest;
    }

    private static Instant? LastAnswered(Situation situation, Id<Party> from, Id<Party> with)
    {
        if (!situation.Desks.LineChecks.TryGetValue(from, out var checks)) return null;
        Instant? last = null;
        foreach (var check in checks)
        {
            if (check.Check.IsAnswered && check.Check.With == with && (last is null || check.Place.At > last)) last = check.Place.At;
        }

        return last;
    }
}
