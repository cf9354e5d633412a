using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;

namespace Tansiq.Coordination.Recording;

/// <summary>When the office enters its time (REC-6).</summary>
internal static class RecordTimes
{
    /// <summary>Time is entered before what comes more than this after the last time.</summary>
    private static readonly Duration Resolution = Duration.FromSeconds(1);

    /// <summary>The longest that the record goes without a time.</summary>
    private static readonly Duration LongestSilence = Duration.FromMinutes(1);

    /// <summary>The text of the next time, or null where none is due.</summary>
    public static ReadOnlyMemory<byte>? Text(Situation situation, Instant? nextDeadline, Instant now)
    {
        if (situation.Founding is not { } founding || !IsDue(situation.Time, nextDeadline, now)) return null;
        var id = new Id<Statement>(FormattableString.Invariant($"time-{situation.Size}"));
        return StatementWriter.Write(id, founding.Office, now, new RecordTime(now)).Value;
    }

    /// <summary>When a time falls due though nothing is appended; null before the first.</summary>
    public static Instant? Due(Situation situation, Instant? nextDeadline)
    {
        if (situation.Time is not { } last) return null;
        var due = last + LongestSilence;
        return nextDeadline is { } deadline && deadline < due ? deadline : due;
    }

    /// <summary>The next moment after a time at which an agreement begins or ends, as far as it is known.</summary>
    public static Instant? NextTerm(Situation situation, Instant time)
    {
        if (situation.Founding is not { } founding || situation.Agreements.IsEmpty) return null;
        Instant? next = null;
        foreach (var term in situation.Proposed.TermsAt(situation, founding, time))
        {
            if (term.Time is not { } interval) continue;
            if (interval.HasStart && interval.Start > time) next = Earlier(next, interval.Start);
            if (interval.HasEnd && interval.End > time) next = Earlier(next, interval.End);
        }

        return next;
    }

    /// <summary>The earlier of two moments, where there are both.</summary>
    public static Instant? Earlier(Instant? first, Instant? second) =>
        first is { } one && second is { } other ? Instant.Min(one, other) : first ?? second;

    private static bool IsDue(Instant? last, Instant? nextDeadline, Instant now) =>
        last is not { } before || now - before > Resolution || (now > before && nextDeadline <= now);
}
