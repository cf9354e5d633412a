using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights.Deciding;
using Tansiq.Coordination.Parties;

namespace Tansiq.Coordination.Flights;

/// <summary>
/// Says of a flight whether anything on record objects, and why: a pure function of the situation (<em>known at</em>), the
/// flight and a moment (<em>valid at</em>), the same bit for bit on every machine (FLT-3).
/// </summary>
public static class Decide
{
    /// <summary>The version of the rules by which verdicts are given; old versions stay runnable.</summary>
    public const int RulesVersion = 1;

    /// <summary>The verdict on a flight.</summary>
    /// <param name="situation">What is known: a situation that has its founding and a time.</param>
    /// <param name="flight">The flight; its actor and purpose are of the founding.</param>
    /// <param name="validAt">
    /// The moment asked for; null for the situation's own time. Statements made later than it (by <c>record.time</c>) have no
    /// effect, and deadlines are reckoned at it.
    /// </param>
    /// <exception cref="ArgumentException">The situation has no founding or no time yet.</exception>
    public static Verdict Flight(Situation situation, FlightInQuestion flight, Instant? validAt = null)
    {
        ArgumentNullException.ThrowIfNull(situation);
        ArgumentNullException.ThrowIfNull(flight);
        if (situation.Founding is not { } founding || situation.Time is not { } now)
        {
            throw new ArgumentException("A verdict needs a record with its founding and a time.", nameof(situation));
        }

        var context = new DecisionContext(situation, founding, flight, validAt ?? now);
        var reasons = new List<Reason>(OfNotice(context));
        var unsigned = Unsigned(context);
        if (unsigned is not null) reasons.Add(unsigned);
        foreach (var versions in context.Terms.GroupBy(term => term.Agreement.Id)) reasons.AddRange(OfAgreement(context, [.. versions]));
        return Combine(context, reasons);
    }

    /// <summary>Reasons that rest on what was said to the notice itself.</summary>
    private static IEnumerable<Reason> OfNotice(DecisionContext context)
    {
        if (context.Flight.Filed is not { } filed) yield break;
        if (NoticeStanding.IsWithdrawn(filed, context.ValidAt))
        {
            yield return new() { Code = "flight.withdrawn", Effect = ReasonEffect.Refuses, Parties = [filed.Reference.Party], From = filed.Withdrawn?.At };
        }

        foreach (var party in context.Founding.Parties.Keys)
        {
            if (NoticeStanding.LatestAnswer(context.Situation, filed, party, context.ValidAt) is { Kind: AnswerKind.Objection } objection)
            {
                yield return new() { Code = "flight.objection", Effect = ReasonEffect.Refuses, Parties = [party], From = objection.Place.At };
            }
        }
    }

    /// <summary>Says that agreements were proposed and none is signed by all; null where one is, or none was proposed.</summary>
    private static Reason? Unsigned(DecisionContext context)
    {
        if (context.Terms.Count > 0) return null;
        var proposed = context.Situation.Agreements.FindLast(each => Situation.Restricts(each.Proposed, context.ValidAt));
        return proposed is null
            ? null
            : new()
            {
                Code = "agreement.not-in-force",
                Effect = ReasonEffect.Notes,
                Agreement = proposed.Agreement.Id,
                Clause = proposed.Agreement.Duration.Id,
            };
    }

    private static IEnumerable<Reason> OfAgreement(DecisionContext context, ImmutableArray<AgreementTerm> versions)
    {
        foreach (var reason in AgreementTime.Decide(context, versions)) yield return reason;
        foreach (var term in versions)
        {
            if (context.VolumesIn(term) is []) continue;
            foreach (var clause in term.Agreement.Clauses)
            {
                foreach (var reason in OfClause(context, term, clause)) yield return reason;
            }
        }
    }

    private static IEnumerable<Reason> OfClause(DecisionContext context, AgreementTerm term, Clause clause)
    {
        IEnumerable<Reason> reasons = clause switch
        {
            StandDownClause standDown => StandDown.Decide(context, term, standDown),
            PriorNoticeClause notice => PriorNotice.Decide(context, term, notice),
            JointConsentClause consent => JointConsent.Decide(context, term, consent),
            SeparationClause separation => FlightSeparation.Decide(context, term, separation),
            ProtectionClause protection => Protection.Decide(context, term, protection),
            _ => [],
        };
        if (context.SuspensionOf(clause) is not { } suspension) return reasons;
        return reasons.Any()
            ? [DecisionContext.Reason(term, clause, "clause.suspended", ReasonEffect.Notes) with { Parties = [suspension.Party], From = suspension.Since.At }]
            : [];
    }

    private static Verdict Combine(DecisionContext context, List<Reason> reasons)
    {
        var strongest = reasons.Count == 0 ? ReasonEffect.Notes : reasons.Max(reason => reason.Effect);
        return new()
        {
            Kind = strongest switch
            {
                ReasonEffect.Refuses => VerdictKind.Refused,
                ReasonEffect.LeavesUnclear => VerdictKind.Unclear,
                ReasonEffect.Asks => VerdictKind.NeedsConsent,
                ReasonEffect.DoesNotObject => VerdictKind.NoObjection,
                _ => VerdictKind.NotCovered,
            },
            ConsentOf = reasons.Where(reason => reason.Effect == ReasonEffect.Asks).SelectMany(reason => reason.Parties).ToImmutableSortedSet(),
            Reasons = [.. reasons.Select((reason, index) => (reason, index)).OrderByDescending(each => each.reason.Effect).ThenBy(each => each.index).Select(each => each.reason)],
            KnownAtSize = context.Situation.Size,
            JointSize = context.Situation.JointSize,
            ValidAt = context.ValidAt,
            RulesVersion = RulesVersion,
            RecordKind = context.Founding.Kind,
        };
    }
}
