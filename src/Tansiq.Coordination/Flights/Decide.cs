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
        var reasons = new List<Reason>();
        OfNotice(context, reasons);
        if (Unsigned(context) is { } unsigned) reasons.Add(unsigned);
        var terms = context.Terms;
        for (var first = 0; first < terms.Length;)
        {
            var next = first + 1;
            while (next < terms.Length && terms[next].Agreement.Id == terms[first].Agreement.Id) next++;
            OfAgreement(context, terms.AsSpan(first, next - first), reasons);
            first = next;
        }

        return Combine(context, reasons);
    }

    /// <summary>Reasons that rest on what was said to the notice itself.</summary>
    private static void OfNotice(DecisionContext context, List<Reason> reasons)
    {
        if (context.Flight.Filed is not { } filed) return;
        if (NoticeStanding.IsWithdrawn(filed, context.ValidAt))
        {
            reasons.Add(new() { Code = "flight.withdrawn", Effect = ReasonEffect.Refuses, Parties = [filed.Reference.Party], From = filed.Withdrawn?.At });
        }

        OfCourse(context, filed, reasons);
        if (filed.Answers.IsEmpty && filed.Replaces is null) return;
        foreach (var party in context.Founding.Parties.Keys)
        {
            if (NoticeStanding.LatestWord(context.Situation, filed, party, context.ValidAt) is { Kind: AnswerKind.Objection } objection)
            {
                reasons.Add(new() { Code = "flight.objection", Effect = ReasonEffect.Refuses, Parties = [party], From = objection.Place.At });
            }
        }
    }

    /// <summary>What the filer said of the flight's course: another notice in its place, its completion, and whose word was given to other terms.</summary>
    private static void OfCourse(DecisionContext context, FiledNotice filed, List<Reason> reasons)
    {
        var state = filed.StateAt(context.ValidAt);
        if (state == FlightState.Superseded) reasons.Add(new() { Code = "flight.superseded", Effect = ReasonEffect.Refuses, Flight = filed.SupersededBy, From = filed.Superseded?.At });
        if (state == FlightState.Completed) reasons.Add(new() { Code = "flight.completed", Effect = ReasonEffect.Notes, From = filed.Completed?.At });
        for (var old = NoticeStanding.Before(context.Situation, filed); old is not null; old = NoticeStanding.Before(context.Situation, old))
        {
            var consenting = context.Founding.Parties.Keys.Where(party => NoticeStanding.HasConsented(context.Situation, old, party, context.ValidAt)).ToImmutableSortedSet();
            if (!consenting.IsEmpty) reasons.Add(new() { Code = "flight.consent-to-other-terms", Effect = ReasonEffect.Notes, Flight = old.Reference, Parties = consenting });
        }
    }

    /// <summary>Says that agreements were proposed and none is signed by all; null where one is, or none was proposed.</summary>
    private static Reason? Unsigned(DecisionContext context)
    {
        if (context.Terms.Length > 0) return null;
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

    private static void OfAgreement(DecisionContext context, ReadOnlySpan<AgreementTerm> versions, List<Reason> reasons)
    {
        AgreementTime.Decide(context, versions, reasons);
        foreach (var term in versions)
        {
            if (context.VolumesIn(term) is []) continue;
            foreach (var clause in term.Agreement.Clauses) OfClause(context, term, clause, reasons);
        }
    }

    private static void OfClause(DecisionContext context, AgreementTerm term, Clause clause, List<Reason> reasons)
    {
        var before = reasons.Count;
        switch (clause)
        {
            case StandDownClause standDown:
                StandDown.Decide(context, term, standDown, reasons);
                break;
            case PriorNoticeClause notice:
                PriorNotice.Decide(context, term, notice, reasons);
                break;
            case JointConsentClause consent:
                JointConsent.Decide(context, term, consent, reasons);
                break;
            case SeparationClause separation:
                FlightSeparation.Decide(context, term, separation, reasons);
                break;
            case ProtectionClause protection:
                Protection.Decide(context, term, protection, reasons);
                break;
            default:
                // Other kinds say nothing of a flight.
                break;
        }

        if (reasons.Count == before || context.SuspensionOf(clause) is not { } suspension) return;
        reasons.RemoveRange(before, reasons.Count - before);
        reasons.Add(DecisionContext.Reason(term, clause, "clause.suspended", ReasonEffect.Notes) with { Parties = [suspension.Party], From = suspension.Since.At });
    }

    private static Verdict Combine(DecisionContext context, List<Reason> reasons)
    {
        var ordered = Ordered(reasons);
        return new()
        {
            Kind = (ordered.IsEmpty ? ReasonEffect.Notes : ordered[0].Effect) switch
            {
                ReasonEffect.Refuses => VerdictKind.Refused,
                ReasonEffect.LeavesUnclear => VerdictKind.Unclear,
                ReasonEffect.Asks => VerdictKind.NeedsConsent,
                ReasonEffect.DoesNotObject => VerdictKind.NoObjection,
                _ => VerdictKind.NotCovered,
            },
            ConsentOf = WordNeeded(ordered),
            Reasons = ordered,
            KnownAtSize = context.Situation.Size,
            JointSize = context.Situation.JointSize,
            ValidAt = context.ValidAt,
            RulesVersion = RulesVersion,
            RecordKind = context.Founding.Kind,
        };
    }

    /// <summary>The strongest effect first, those of one effect in the order in which they were found.</summary>
    private static ImmutableArray<Reason> Ordered(List<Reason> reasons)
    {
        var ordered = ImmutableArray.CreateBuilder<Reason>(reasons.Count);
        for (var effect = ReasonEffect.Refuses; effect >= ReasonEffect.Notes; effect--)
        {
            foreach (var reason in reasons)
            {
                if (reason.Effect == effect) ordered.Add(reason);
            }
        }

        return ordered.MoveToImmutable();
    }

    private static ImmutableSortedSet<Id<Party>> WordNeeded(ImmutableArray<Reason> reasons)
    {
        ImmutableSortedSet<Id<Party>> needed = [];
        foreach (var reason in reasons)
        {
            if (reason.Effect == ReasonEffect.Asks) needed = needed.Union(reason.Parties);
        }

        return needed;
    }
}
