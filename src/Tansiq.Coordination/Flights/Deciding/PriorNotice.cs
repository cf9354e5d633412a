using NodaTime;
using Tansiq.Coordination.Agreements;

namespace Tansiq.Coordination.Flights.Deciding;

/// <summary>Decides prior-notice clauses (FLT-5): one reason for the flight.</summary>
internal static class PriorNotice
{
    public static IEnumerable<Reason> Decide(DecisionContext context, AgreementTerm term, PriorNoticeClause clause)
    {
        if (!clause.AppliesTo.Holds(context.Flight.Notice.Actor, context.Purpose)) yield break;
        var period = clause.Periods.FirstOrDefault(each => each.Purposes.IsEmpty || each.Purposes.Contains(context.Purpose.Id));
        if (period is null || context.VolumesIn(term) is []) yield break;
        var given = context.Flight.Notice.Start - context.Flight.FiledAt(context.ValidAt);
        var givenMinutes = new ReasonNumber(ReasonNumbers.NoticeMinutes, (long)Math.Floor(given.TotalMinutes));
        if (!period.Hours.IsDefined)
        {
            yield return DecisionContext.Reason(term, clause, "prior-notice.period-undefined", ReasonEffect.LeavesUnclear) with { Numbers = [givenMinutes] };
            yield break;
        }

        var asked = context.NotConsented(context.OtherSignatories);
        var isInTime = given >= Duration.FromHours(period.Hours.Value);
        var (code, effect) = isInTime ? ("prior-notice.given", ReasonEffect.DoesNotObject)
            : asked.IsEmpty ? ("prior-notice.consented", ReasonEffect.DoesNotObject)
            : ("prior-notice.short", ReasonEffect.Asks);
        yield return DecisionContext.Reason(term, clause, code, effect) with
        {
            Parties = isInTime ? [] : asked,
            From = context.Flight.Notice.Start,
            Numbers = [givenMinutes, new(ReasonNumbers.AgreedNoticeMinutes, period.Hours.Value * 60)],
        };
    }
}
