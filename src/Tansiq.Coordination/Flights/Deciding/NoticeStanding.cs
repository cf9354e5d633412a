using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Parties;

namespace Tansiq.Coordination.Flights.Deciding;

/// <summary>How a notice stands at a moment: what each party last said to it, and whether it was withdrawn or lapsed.</summary>
public static class NoticeStanding
{
    /// <summary>What a party last said to a notice, of what has effect at a moment; null where it said nothing.</summary>
    public static NoticeAnswer? LatestAnswer(Situation situation, FiledNotice notice, Id<Party> party, Instant validAt)
    {
        NoticeAnswer? latest = null;
        foreach (var answer in notice.Answers)
        {
            if (answer.Party != party) continue;
            var hasEffect = answer.Kind == AnswerKind.Consent ? situation.Permits(answer.Place, validAt) : Situation.Restricts(answer.Place, validAt);
            if (hasEffect) latest = answer;
        }

        return latest;
    }

    /// <summary>
    /// What a party last said to a notice or, where it said nothing to that, to the one in whose place it stands: an objection is not shaken off by filing anew. A
    /// consent to other terms is none.
    /// </summary>
    public static NoticeAnswer? LatestWord(Situation situation, FiledNotice notice, Id<Party> party, Instant validAt)
    {
        for (var each = notice; each is not null; each = Before(situation, each))
        {
            if (LatestAnswer(situation, each, party, validAt) is { } answer) return answer;
        }

        return null;
    }

    /// <summary>The notice in whose place another stands, or null.</summary>
    public static FiledNotice? Before(Situation situation, FiledNotice notice) => notice.ReplacesNumber < 0 ? null : situation.Notice(notice.ReplacesNumber);

    /// <summary>Whether a party's word is given, and not taken back.</summary>
    public static bool HasConsented(Situation situation, FiledNotice? notice, Id<Party> party, Instant validAt) =>
        notice is not null && LatestAnswer(situation, notice, party, validAt) is { Kind: AnswerKind.Consent };

    /// <summary>Whether the notice stands no more at a moment, whatever its end says: withdrawn, superseded, or its flight completed.</summary>
    public static bool HasEnded(FiledNotice notice, Instant validAt)
    {
        ArgumentNullException.ThrowIfNull(notice);
        return notice.StateAt(validAt) is not (FlightState.Filed or FlightState.Active);
    }

    /// <summary>Whether a notice that stands is an operation that lapsed and did not take off: whatever its terms, what is in the air is in the way.</summary>
    public static bool IsOutOfTheWay(Situation situation, FiledNotice notice, Instant validAt)
    {
        ArgumentNullException.ThrowIfNull(notice);
        return notice.StateAt(validAt) != FlightState.Active && IsLapsed(situation, notice, validAt);
    }

    /// <summary>Whether the filer withdrew the notice by a moment.</summary>
    public static bool IsWithdrawn(FiledNotice notice, Instant validAt) =>
        notice.Withdrawn is { } place && Situation.Restricts(place, validAt);

    /// <summary>Whether the notice proposed an operation whose deadline passed by a moment without every word that it needs (FLT-6).</summary>
    public static bool IsLapsed(Situation situation, FiledNotice notice, Instant validAt)
    {
        if (notice.Notice.AnswerBy is not { } answerBy || answerBy > validAt || situation.Founding is not { } founding) return false;
        var context = new DecisionContext(situation, founding, FlightInQuestion.OnRecord(notice), validAt);
        var reasons = new List<Reason>();
        foreach (var term in context.Terms)
        {
            foreach (var clause in term.Agreement.Clauses)
            {
                if (clause is JointConsentClause { Mode: ClauseMode.Agree } consent && context.SuspensionOf(clause) is null)
                    JointConsent.Decide(context, term, consent, reasons);
            }
        }

        return reasons.Exists(reason => reason.Code == JointConsent.Lapsed);
    }
}
