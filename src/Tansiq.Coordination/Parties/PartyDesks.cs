using System.Collections.Immutable;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Statements;

namespace Tansiq.Coordination.Parties;

/// <summary>Officers, rosters, contacts and line checks as they stand at one size of the record: the newest of each (PTY-4, PTY-5, PTY-6).</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record PartyDesks
{
    /// <summary>Nothing said yet.</summary>
    public static PartyDesks None { get; } = new();

    /// <summary>The officers who serve, by party and pseudonym.</summary>
    public ImmutableSortedDictionary<Id<Party>, ImmutableSortedDictionary<Id<Officer>, AppointedOfficer>> Officers { get; private init; } =
        ImmutableSortedDictionary<Id<Party>, ImmutableSortedDictionary<Id<Officer>, AppointedOfficer>>.Empty;

    /// <summary>The newest roster of each signatory.</summary>
    public ImmutableSortedDictionary<Id<Party>, RecordedRoster> Rosters { get; private init; } = ImmutableSortedDictionary<Id<Party>, RecordedRoster>.Empty;

    /// <summary>The newest contacts of each signatory and the office.</summary>
    public ImmutableSortedDictionary<Id<Party>, RecordedContacts> Contacts { get; private init; } = ImmutableSortedDictionary<Id<Party>, RecordedContacts>.Empty;

    /// <summary>The newest check of each line, by who tried it: one for each other desk and means, in the order of the record.</summary>
    public ImmutableSortedDictionary<Id<Party>, ImmutableList<RecordedLineCheck>> LineChecks { get; private init; } =
        ImmutableSortedDictionary<Id<Party>, ImmutableList<RecordedLineCheck>>.Empty;

    /// <summary>The officers of a party who serve.</summary>
    public ImmutableSortedDictionary<Id<Officer>, AppointedOfficer> OfficersOf(Id<Party> party) =>
        Officers.GetValueOrDefault(party, ImmutableSortedDictionary<Id<Officer>, AppointedOfficer>.Empty);

    /// <summary>An officer of a party who serves, or null.</summary>
    public AppointedOfficer? FindOfficer(Id<Party> party, Id<Officer> officer) => OfficersOf(party).GetValueOrDefault(officer);

    /// <summary>Whether an officer of a party serves in a role.</summary>
    internal bool Serves(Id<Party> party, Id<Officer> officer, OfficerRole role) => FindOfficer(party, officer)?.Roles.Contains(role) == true;

    /// <summary>After an admitted statement; null where it is about something else.</summary>
    internal PartyDesks? After(Statement statement, RecordPlace place) => statement.Body switch
    {
        OfficerAppointment appointed => WithOfficers(
            statement.Party,
            OfficersOf(statement.Party).SetItem(appointed.Officer, new(appointed.Officer, appointed.Roles, appointed.At, statement.Hash, place))),
        OfficerEnd end => WithOfficers(statement.Party, OfficersOf(statement.Party).Remove(end.Officer)),
        DutyRoster roster => this with { Rosters = Rosters.SetItem(statement.Party, new(roster, statement.Hash, place)) },
        DeskContacts contacts => this with { Contacts = Contacts.SetItem(statement.Party, new(contacts, statement.Hash, place)) },
        LineCheck check => this with { LineChecks = LineChecks.SetItem(statement.Party, ChecksWith(statement.Party, new(check, statement.Hash, place))) },
        _ => null,
    };

    private PartyDesks WithOfficers(Id<Party> party, ImmutableSortedDictionary<Id<Officer>, AppointedOfficer> officers) =>
        this with { Officers = officers.IsEmpty ? Officers.Remove(party) : Officers.SetItem(party, officers) };

    private ImmutableList<RecordedLineCheck> ChecksWith(Id<Party> party, RecordedLineCheck newest) =>
        LineChecks.GetValueOrDefault(party, [])
            .RemoveAll(each => each.Check.With == newest.Check.With && each.Check.Path == newest.Check.Path)
            .Add(newest);
}
