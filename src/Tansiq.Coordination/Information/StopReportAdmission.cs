using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;

namespace Tansiq.Coordination.Information;

/// <summary>Admission of what ends report of direct messages: never refused for the state of agreements or flights.</summary>
internal static class StopReportAdmission
{
    /// <summary>What admission says, or null where the statement is of another capability.</summary>
    public static Admission? Decide(Founding founding, Statement statement)
    {
        if (statement.Body is not StopReport report) return null;
        if (!DeskAdmission.IsDesk(founding, report.From)) return Admit.Inert("parties.unknown-party", "/body/from");
        if (!DeskAdmission.IsDesk(founding, report.To) || report.To == report.From) return Admit.Inert("parties.unknown-party", "/body/to");
        return statement.Party == report.From || statement.Party == report.To ? Admission.Admitted.Value : Admit.Inert("information.not-an-end", "/party");
    }
}
