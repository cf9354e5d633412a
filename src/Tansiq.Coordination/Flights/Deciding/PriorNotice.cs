using NodaTime;
using Tansiq.Coordination.Agreements;

namespace Tansiq.Coordination.Flights.Deciding;

/// <summary>Decides prior-notice clauses (FLT-5): one reason for the flight.</summary>
internal static class PriorNotice
{
    public static void Decide(DecisionContext context, AgreementTerm term, PriorNoticeClause clause, List<Reason> reasons)
    {
        if (!clause.AppliesTo.Holds(context.Flight.Notice.Actor, context.Purpose)) return;
        var period = clause.Periods.FirstOrDefault(each => each.Purposes.IsEmpty || each.Purposes.Contains(context.Purpose.Id));
        if (period is null || context.VolumesIn(term) is []) return;
        var given = context.Flight.Notice.Start - context.Flight.FiledAt(context.ValidAt);
        var givenMinutes = new ReasonNumber(ReasonNumbers.NoticeMinutes, (long)Math.Floor(given.TotalMinutes));
        if (!period.Hours.IsDefined)
        {
            reasons.Add(DecisionContext.Reason(term, clause, "prior-notice.period-undefined", ReasonEffect.LeavesUnclear) with { Numbers = [givenMinutes] });
            return;
        }

        var asked = context.NotConsented(context.OtherSignatories);
        var isInTime = given >= Duration.FromHours(period.Hours.Value);
        var (code, effect) = isInTime ? ("prior-notice.given", ReasonEffect.DoesNotObject)
            : asked.IsEmpty ? ("prior-notice.consented", ReasonEffect.DoesNotObject)
            : ("prior-notice.short", ReasonEffect.Asks);
        reasons.Add(DecisionContext.Reason(term, clause, code, effect) with
        {
            Parties = isInTime ? [] : asked,
            From = context.Flight.Notice.Start,
            Numbers = [givenMinutes, new(ReasonNumbers.AgreedNoticeMinutes, period.Hours.Value * 60)],
        });
    }
}
