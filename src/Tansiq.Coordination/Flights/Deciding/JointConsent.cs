using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Parties;

namespace Tansiq.Coordination.Flights.Deciding;

/// <summary>
/// Decides joint-consent clauses (FLT-6): one reason for the flight, or for each stay in an area where the clause names classes;
/// two where some parties offered another date and others have not answered.
/// </summary>
internal static class JointConsent
{
    /// <summary>The code of an operation that lapsed unanswered.</summary>
    public const string Lapsed = "joint-consent.lapsed";

    public static void Decide(DecisionContext context, AgreementTerm term, JointConsentClause clause, List<Reason> reasons)
    {
        if (!clause.AppliesTo.Holds(context.Flight.Notice.Actor, context.Purpose) || context.VolumesIn(term) is []) return;
        var answers = Answers(context, term, clause);
        if (clause.AreaClasses.IsEmpty) reasons.AddRange(answers);
        else foreach (var visit in context.VisitsIn(term, clause.AreaClasses)) reasons.AddRange(answers.Select(visit.ToReason));
    }

    private static List<Reason> Answers(DecisionContext context, AgreementTerm term, JointConsentClause clause)
    {
        var needed = (clause.ConsentOf.IsEmpty ? context.OtherSignatories : clause.ConsentOf.Where(party => party != context.Flight.Filer)).ToImmutableSortedSet();
        var missing = context.NotConsented(needed);
        Reason Saying(string code, ReasonEffect effect, ImmutableSortedSet<Id<Party>> parties) =>
            DecisionContext.Reason(term, clause, code, effect) with { Parties = parties };

        if (missing.IsEmpty) return [Saying("joint-consent.given", ReasonEffect.DoesNotObject, needed)];
        var withdrawn = WhoSaid(context, missing, AnswerKind.ConsentWithdrawn);
        if (!withdrawn.IsEmpty) return [Saying("joint-consent.withdrawn", ReasonEffect.Refuses, withdrawn)];
        if (context.Flight.Notice.AnswerBy is { } answerBy && answerBy <= context.ValidAt)
        {
            return [Saying(Lapsed, ReasonEffect.Refuses, missing) with { Numbers = [Deadline(answerBy)] }];
        }

        ImmutableArray<ReasonNumber> deadline = context.Flight.Notice.AnswerBy is { } due ? [Deadline(due)] : [];
        var offering = WhoSaid(context, missing, AnswerKind.OtherDate);
        var awaited = missing.Except(offering);
        var reasons = new List<Reason>();
        if (!offering.IsEmpty)
        {
            var offered = new ReasonNumber(ReasonNumbers.OfferedStartUnixSeconds, EarliestOffer(context, offering).ToUnixTimeSeconds());
            reasons.Add(Saying("joint-consent.other-date", ReasonEffect.Asks, offering) with { Numbers = deadline.Add(offered) });
        }

        if (!awaited.IsEmpty) reasons.Add(Saying("joint-consent.awaited", ReasonEffect.Asks, awaited) with { Numbers = deadline });
        return reasons;
    }

    private static ReasonNumber Deadline(Instant answerBy) => new(ReasonNumbers.AnswerByUnixSeconds, answerBy.ToUnixTimeSeconds());

    private static ImmutableSortedSet<Id<Party>> WhoSaid(DecisionContext context, ImmutableSortedSet<Id<Party>> parties, AnswerKind kind) =>
        parties.Where(party => AnswerOf(context, party)?.Kind == kind).ToImmutableSortedSet();

    private static Instant EarliestOffer(DecisionContext context, ImmutableSortedSet<Id<Party>> parties) =>
        parties.Select(party => AnswerOf(context, party)?.OtherStart).OfType<Instant>().Min();

    private static NoticeAnswer? AnswerOf(DecisionContext context, Id<Party> party) =>
        context.Flight.Filed is { } filed ? NoticeStanding.LatestAnswer(context.Situation, filed, party, context.ValidAt) : null;
}
