using System.Collections.Immutable;
using Tansiq.Geo.Text;
using Tansiq.Record.Notes;

namespace Tansiq.Coordination.Parties;

/// <summary>Reads the member <c>keys</c> of a founding (docs/formats/scenario.md).</summary>
internal sealed class FoundingKeysReader
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _publicKeys = new(StringComparer.Ordinal);

    private FoundingKeysReader()
    {
    }

    /// <summary>Who has to have which keys: the office a recovery key and no witness, signatories both, observers as they like.</summary>
    private enum Holder
    {
        Office = 0,
        Signatory = 1,
        Observer = 2,
    }

    /// <summary>The keys; null where there are none or they were refused.</summary>
    /// <param name="place">The member.</param>
    /// <param name="office">The office.</param>
    /// <param name="signatories">The signatories.</param>
    /// <param name="observers">The observers.</param>
    public static FoundingKeys? Read(JsonCursor place, Id<Party> office, IEnumerable<Id<Party>> signatories, IEnumerable<Id<Party>> observers)
    {
        if (!place.Exists || place.Reading.IsRefused) return null;
        var holders = new Dictionary<Id<Party>, Holder> { [office] = Holder.Office };
        foreach (var party in signatories) holders.Add(party, Holder.Signatory);
        foreach (var party in observers) holders.Add(party, Holder.Observer);
        return new FoundingKeysReader().ReadAll(place, holders);
    }

    private FoundingKeys? ReadAll(JsonCursor place, Dictionary<Id<Party>, Holder> holders)
    {
        place.Only("log", "parties");
        var log = Distinct(place["log"], place["log"].Key(KeyRole.Statement));
        var byParty = ImmutableSortedDictionary.CreateBuilder<Id<Party>, StartingKeys>();
        foreach (var item in place["parties"].ItemsAtLeastOne(holders.Count))
        {
            item.Only("party", "statement", "witness", "recovery");
            var party = item["party"].KnownId<Party>(holders.ContainsKey, "parties.unknown-party", "the office, a signatory or an observer of this record");
            if (place.Reading.IsRefused || KeysOf(item, holders[party]) is not { } keys) return null;
            if (!byParty.TryAdd(party, keys)) item["party"].Refuse("json.duplicate-id", "each party once");
        }

        foreach (var missing in holders.Keys.Where(party => !byParty.ContainsKey(party)).Order().Take(1))
            place["parties"].Refuse("parties.keys-missing", $"keys of {missing} too: of the office, of every signatory and of every observer");
        return place.Reading.IsRefused || log is null ? null : new(log, byParty.ToImmutable());
    }

    private StartingKeys? KeysOf(JsonCursor item, Holder holder)
    {
        if (holder == Holder.Office && item["witness"].Exists) item["witness"].Refuse("parties.key-type", "no witness key of the office");
        var statement = Distinct(item["statement"], item["statement"].Key(KeyRole.Statement));
        var witness = Optional(item["witness"], KeyRole.Witness, isNeeded: holder == Holder.Signatory);
        var recovery = Optional(item["recovery"], KeyRole.Recovery, isNeeded: holder != Holder.Observer);
        return item.Reading.IsRefused || statement is null ? null : new(statement, witness, recovery);
    }

    private VerifierKey? Optional(JsonCursor place, KeyRole role, bool isNeeded) => isNeeded || place.Exists ? Distinct(place, place.Key(role)) : null;

    // One key under two names, or two under one, would let a signature stand for something else than was meant.
    private VerifierKey? Distinct(JsonCursor place, VerifierKey? key)
    {
        if (key is not null && (!_names.Add(key.Name) | !_publicKeys.Add(Convert.ToHexString(key.PublicKeyBytes()))))
            place.Refuse("parties.key-used", "a name and a key that stand once in the founding");
        return key;
    }
}
