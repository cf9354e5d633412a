using System.Collections.Immutable;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;

namespace Tansiq.Coordination.Situations.Snapshots;

/// <summary>Writes what a situation holds of officers, desks, direct messages and renewals: by the hash of what was said, and its place (docs/formats/situation-digest.md).</summary>
internal static class WrittenDesks
{
    public static void Write(SnapshotWriter writer, Situation situation)
    {
        var desks = situation.Desks;
        writer.Text(situation.Founding?.Office.Value ?? "");
        Write(writer, desks.Officers.SelectMany(each => each.Value.Values.Select(officer => (each.Key, officer.Hash, officer.Since))));
        Write(writer, desks.Rosters.Select(each => (each.Key, each.Value.Hash, each.Value.Place)));
        Write(writer, desks.Contacts.Select(each => (each.Key, each.Value.Hash, each.Value.Place)));
        Write(writer, desks.LineChecks.SelectMany(each => each.Value.Select(check => (each.Key, check.Hash, check.Place))));
        Write(writer, situation.Stops.Select(stop => (stop.Party, stop.Hash, stop.Place)));
    }

    public static void Write(SnapshotWriter writer, ImmutableList<SaidRenewal> renewals) =>
        Write(writer, renewals.Select(renewal => (renewal.Party, renewal.Hash, renewal.Place)));

    private static void Write(SnapshotWriter writer, IEnumerable<(Id<Party> Party, ContentHash Hash, RecordPlace Place)> said)
    {
        var all = said.ToList();
        writer.Number(all.Count);
        foreach (var (party, hash, place) in all)
        {
            writer.Text(party.Value);
            writer.Hash(hash);
            writer.Int64(place.Index);
            writer.Instant(place.At);
        }
    }
}
