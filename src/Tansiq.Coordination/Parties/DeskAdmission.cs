using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Statements;
using static Tansiq.Coordination.Admit;

namespace Tansiq.Coordination.Parties;

/// <summary>Admission of statements about officers and desks, and of who may release what (PTY-4 to PTY-6).</summary>
internal static class DeskAdmission
{
    /// <summary>
    /// Why the officer that a statement names may not release it; null where it may, or where nobody has to be named: the founding has no
    /// <c>authority</c>, the author is no signatory, the record of a STOP, or the first officers of a party, whom nobody could release.
    /// </summary>
    public static Admission? AuthorityProblem(PartyDesks desks, Founding founding, Statement statement)
    {
        if (founding.Authority is not { } authority || !founding.Parties.ContainsKey(statement.Party)) return null;
        if (statement.Body is Information.StopReport) return null;
        var type = StatementWriter.TypeOf(statement.Body);
        if (statement.Body is OfficerAppointment && !HasReleaser(desks, authority, statement.Party, type)) return null;
        if (statement.Officer is not { } officer) return Inert("parties.officer-missing", "/officer");
        if (desks.FindOfficer(statement.Party, officer.Id) is not { } appointed) return Inert("parties.unknown-officer", "/officer/id");
        if (!appointed.Roles.Contains(officer.Role)) return Inert("parties.officer-not-in-role", "/officer/role");
        return authority.May(officer.Role, Act.Release, type) ? null : Inert("parties.officer-may-not-release", "/officer/role");
    }

    /// <summary>What admission says, or null where the statement is of another capability.</summary>
    public static Admission? Decide(PartyDesks desks, Founding founding, Statement statement) => statement.Body switch
    {
        OfficerAppointment appointment => Appoint(desks, founding, appointment, statement.Party),
        OfficerEnd end => desks.FindOfficer(statement.Party, end.Officer) is null ? Inert("parties.unknown-officer", "/body/officer") : Admission.Admitted.Value,
        DutyRoster roster => Enter(desks, roster, statement.Party),
        DeskContacts => Admission.Admitted.Value,
        LineCheck check => check.With != statement.Party && IsDesk(founding, check.With) ? Admission.Admitted.Value : Inert("parties.unknown-party", "/body/with"),
        _ => null,
    };

    /// <summary>Whether there is a desk of that name: a signatory's or the office's.</summary>
    public static bool IsDesk(Founding founding, Id<Party> party) => party == founding.Office || founding.Parties.ContainsKey(party);

    private static bool HasReleaser(PartyDesks desks, AuthorityMatrix authority, Id<Party> party, string type) =>
        desks.OfficersOf(party).Values.Any(officer => officer.Roles.Any(role => authority.May(role, Act.Release, type)));

    private static Admission Appoint(PartyDesks desks, Founding founding, OfficerAppointment appointment, Id<Party> party)
    {
        if (appointment.At is { } at && (at == party || !IsDesk(founding, at))) return Inert("parties.unknown-party", "/body/at");
        if (appointment.At is { } place && appointment.Roles.Contains(OfficerRole.OfficeDesk) && place != founding.Office) return Inert("parties.not-the-office", "/body/at");
        var officers = desks.OfficersOf(party);
        return officers.Count < Officer.MaximumCount || officers.ContainsKey(appointment.Officer) ? Admission.Admitted.Value : Inert("parties.too-many-officers", "/body/officer");
    }

    private static Admission Enter(PartyDesks desks, DutyRoster roster, Id<Party> party)
    {
        for (var index = 0; index < roster.Duties.Length; index++)
        {
            var duty = roster.Duties[index];
            foreach (var officer in duty.Deputies.Insert(0, duty.Officer))
            {
                if (!desks.Serves(party, officer, duty.Role)) return Inert("parties.officer-not-in-role", FormattableString.Invariant($"/body/duties/{index}"));
            }
        }

        return Admission.Admitted.Value;
    }
}
