using Tansiq.Geo.Text;

namespace Tansiq.Coordination.Parties;

/// <summary>Reads names that the founding must have.</summary>
internal static class KnownNames
{
    /// <summary>A signatory.</summary>
    public static Id<Party> KnownParty(this JsonCursor place, Founding founding) =>
        place.KnownId<Party>(founding.Parties.ContainsKey, "parties.unknown-party", "a party of this record");

    /// <summary>An actor.</summary>
    public static Id<Actor> KnownActor(this JsonCursor place, Founding founding) =>
        place.KnownId<Actor>(founding.Actors.ContainsKey, "parties.unknown-actor", "an actor of this record");

    /// <summary>A purpose.</summary>
    public static Id<Purpose> KnownPurpose(this JsonCursor place, Founding founding) =>
        place.KnownId<Purpose>(founding.Purposes.ContainsKey, "parties.unknown-purpose", "a purpose of this record");
}
