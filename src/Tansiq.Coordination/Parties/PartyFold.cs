using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Information;
using Tansiq.Coordination.Situations;
using Tansiq.Coordination.Statements;

namespace Tansiq.Coordination.Parties;

/// <summary>What statements about officers, desks, the office, renewals and direct messages do to the situation.</summary>
internal static class PartyFold
{
    /// <summary>What a statement does; null where it is of another capability.</summary>
    public static Effect? EffectOf(StatementBody body) => body switch
    {
        Succession => Effect.Succession,
        OfficerAppointment => Effect.Officer,
        OfficerEnd => Effect.OfficerEnd,
        DutyRoster => Effect.Roster,
        DeskContacts => Effect.Contacts,
        LineCheck => Effect.LineCheck,
        Renewal => Effect.Renewal,
        StopReport => Effect.Stop,
        _ => null,
    };

    /// <summary>The situation with what an admitted statement does; null where it is of another capability.</summary>
    public static Situation? Apply(Situation after, Statement statement, RecordPlace place) => statement.Body switch
    {
        Succession succession => Succeed(after, succession, place),
        Renewal renewal => Renewals.Apply(after, renewal, statement, place),
        StopReport report => after with { Stops = after.Stops.Add(new(report, statement.Party, statement.Hash, place)) },
        _ => after.Desks.After(statement, place) is { } desks ? after with { Desks = desks } : null,
    };

    private static Situation Succeed(Situation after, Succession succession, RecordPlace place)
    {
        var founding = after.Founding ?? throw new InvalidOperationException("Admitted a succession before the founding.");
        return after with { Founding = SuccessionAdmission.Apply(founding, succession), Keys = after.Keys.SucceededBy(founding.Office, succession, place.Index) };
    }
}
