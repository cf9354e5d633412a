using NodaTime;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;

namespace Tansiq.Coordination.Flights;

/// <summary>Admission of what a filer says of its own flight's course. Whether it may fly is never asked (FLT-2).</summary>
internal static class FlightCourseAdmission
{
    private const string CitesPointer = "/body/cites";

    /// <summary>What admission says, or null where the statement is of another capability.</summary>
    public static Admission? Decide(Situation situation, Founding founding, Statement statement, Instant now) => statement.Body switch
    {
        Activation activation => Own(situation, activation.Cites, statement.Party, notice =>
            notice.Activated is not null ? Inert("flights.already-active", CitesPointer) : NotOver(notice, now) ?? Admission.Admitted.Value),
        Completion completion => Own(situation, completion.Cites, statement.Party, notice =>
            notice.Activated is null ? Inert("flights.not-active", CitesPointer) : Admission.Admitted.Value),
        Amendment amendment => Own(situation, amendment.Cites, statement.Party, notice =>
            NotOver(notice, now) ?? FlightAdmission.File(founding, amendment.Notice, statement.Party, now)),
        Retiming retiming => Own(situation, retiming.Cites, statement.Party, notice => Retime(notice, retiming)),
        _ => null,
    };

    /// <summary>Why a notice is answered or changed no more, whatever the time; null where it can be.</summary>
    public static Admission? Ended(FiledNotice notice)
    {
        if (notice.Withdrawn is not null) return Inert("flights.withdrawn", CitesPointer);
        if (notice.Superseded is not null) return Inert("flights.superseded", CitesPointer);
        return notice.Completed is null ? null : Inert("flights.completed", CitesPointer);
    }

    private static Admission Own(Situation situation, ContentHash cites, Id<Party> party, Func<FiledNotice, Admission> decide)
    {
        if (situation.FindNotice(cites) is not { } notice) return Inert("record.cites-nothing", CitesPointer);
        if (notice.Reference.Party != party) return Inert("flights.not-your-notice", CitesPointer);
        return Ended(notice) ?? decide(notice);
    }

    // Also after its end: a flight that is late says so.
    private static Admission Retime(FiledNotice notice, Retiming retiming)
    {
        if (notice.Activated is null) return Inert("flights.not-active", CitesPointer);
        return retiming.Times.Length == notice.Notice.Volumes.Length ? Admission.Admitted.Value : Inert("flights.other-count", "/body/times");
    }

    private static Admission? NotOver(FiledNotice notice, Instant now) => now >= notice.Notice.End ? Inert("flights.already-over", CitesPointer) : null;

    private static Admission Inert(string code, string where) => Admit.Inert(code, where);
}
