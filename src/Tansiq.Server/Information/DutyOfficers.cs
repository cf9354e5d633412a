using Tansiq.Coordination;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;

namespace Tansiq.Server.Information;

/// <summary>Who answers for a role now, by the party's roster (PTY-5).</summary>
internal static class DutyOfficers
{
    /// <summary>The pseudonyms of those on duty and, after each, of those who stand in; none where no roster says it: then everybody of the role is told.</summary>
    public static IReadOnlyList<string> Of(Situation situation, Id<Party> party, OfficerRole role) =>
        situation.Time is { } now && situation.Desks.Rosters.GetValueOrDefault(party) is { Roster: var roster }
            ? [.. roster.OnDuty(role, now).SelectMany(duty => duty.Deputies.Prepend(duty.Officer)).Select(officer => officer.Value).Distinct()]
            : [];
}
