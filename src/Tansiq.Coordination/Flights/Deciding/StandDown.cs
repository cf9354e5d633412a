using System.Collections.Immutable;
using Tansiq.Coordination.Agreements;
using Tansiq.Geo;

namespace Tansiq.Coordination.Flights.Deciding;

/// <summary>Decides stand-down clauses (AGR-6): one reason for each stay in an area.</summary>
internal static class StandDown
{
    public static void Decide(DecisionContext context, AgreementTerm term, StandDownClause clause, List<Reason> reasons)
    {
        if (!clause.AppliesTo.Holds(context.Flight.Notice.Actor, context.Purpose)) return;
        foreach (var visit in context.VisitsIn(term, clause.AreaClasses))
        {
            var answer = Exemptions.Ask(context, term, clause, clause.Exemptions, visit);
            var (code, effect) = answer switch
            {
                { Holds: true } => (answer.Code, ReasonEffect.DoesNotObject),
                { Holds: false } => (answer.Code, ReasonEffect.LeavesUnclear),
                null when visit.Certainty == Certainty.Certain => ("in-area", ReasonEffect.Refuses),
                null => ("possibly-in-area", ReasonEffect.LeavesUnclear),
            };
            reasons.Add(visit.ToReason(DecisionContext.Reason(term, clause, "stand-down." + code, effect)) with
            {
                Exemption = answer?.Exemption,
                Map = answer?.Map?.Id,
                Numbers = MapAge(answer, visit),
            });
        }
    }

    private static ImmutableArray<ReasonNumber> MapAge(ExemptionAnswer? answer, AreaVisit visit)
    {
        if (answer?.Map is not { } map) return [];
        var age = new ReasonNumber(ReasonNumbers.MapAgeMinutes, (long)Math.Ceiling((visit.VolumesEnd - map.AsOf).TotalMinutes));
        return answer.MapMaximumAgeHours is { } hours ? [age, new(ReasonNumbers.AgreedMapAgeMinutes, hours * 60)] : [age];
    }
}
