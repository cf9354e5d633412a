using System.Collections.Immutable;
using Tansiq.Coordination.Parties;
using Tansiq.Geo.Text;

namespace Tansiq.Coordination.Agreements;

/// <summary>Reads the exemptions of clauses (AGR-6).</summary>
internal sealed class ExemptionReader(Founding founding)
{
    /// <summary>The most exemptions of one clause, and the most that one any-of names.</summary>
    public const int MaximumExemptions = 100;

    /// <summary>Reads the exemptions of a clause; none where the list is not there.</summary>
    /// <param name="place">The list.</param>
    /// <param name="hasAreas">Whether the clause is about areas, in which ground can be gained.</param>
    public ImmutableArray<Exemption> Read(JsonCursor place, bool hasAreas)
    {
        var used = new HashSet<Id<Exemption>>();
        return place.Exists ? [.. place.Items(MaximumExemptions).Select(item => One(item, used, hasAreas)).OfType<Exemption>()] : [];
    }

    /// <summary>Reads the name of an exemption, <c>clause/exemption</c>; the last <c>/</c> divides them.</summary>
    /// <returns>The reference, or null if refused.</returns>
    public static ExemptionReference? Reference(JsonCursor place)
    {
        var text = place.Text(2 * JsonCursor.MaximumIdentifierLength + 1);
        var divide = text.LastIndexOf('/');
        if (JsonCursor.IsIdentifier(text.AsSpan(0, Math.Max(divide, 0))) && JsonCursor.IsIdentifier(text.AsSpan(divide + 1)))
            return new(new(text[..divide]), new(text[(divide + 1)..]));
        place.Refuse("json.wrong-type", "an exemption as clause/exemption");
        return null;
    }

    private Exemption? One(JsonCursor place, ISet<Id<Exemption>> used, bool hasAreas)
    {
        var read = place["kind"].OneOf<Func<JsonCursor, Id<Exemption>, Exemption>?>(
            ("purpose", ByPurpose), ("gained-ground", ByGainedGround), ("any-of", AnyOf));
        var id = place.NewId(used);
        if (id.Value.Contains('/')) place["id"].Refuse("agreements.exemption-id", "an identifier without /");
        var exemption = place.Reading.IsRefused ? null : read?.Invoke(place, id);
        if (exemption is Exemption.ByGainedGround && !hasAreas)
            place["kind"].Refuse("agreements.exemption-without-area", "one of purpose, any-of: the clause has no areas");
        return exemption;
    }

    private Exemption.ByPurpose ByPurpose(JsonCursor place, Id<Exemption> id)
    {
        place.Only("id", "kind", "purposes", "categories");
        if (!place["purposes"].Exists && !place["categories"].Exists) place["purposes"].Refuse("json.missing", "purposes or categories");
        return new()
        {
            Id = id,
            Purposes = place["purposes"].OptionalSet(item => item.KnownPurpose(founding)),
            Categories = place["categories"].OptionalSet(FoundingWords.Category),
        };
    }

    private Exemption.ByGainedGround ByGainedGround(JsonCursor place, Id<Exemption> id)
    {
        place.Only("id", "kind", "holder", "as", "mapMaximumAgeHours");
        return new()
        {
            Id = id,
            Holder = place["holder"].KnownActor(founding),
            As = place["as"].OneOf(("place", GainKind.Place), ("condition", GainKind.Condition)),
            MapMaximumAgeHours = place["mapMaximumAgeHours"].Threshold(ClauseReader.MaximumHours),
        };
    }

    private static Exemption.AnyOf AnyOf(JsonCursor place, Id<Exemption> id)
    {
        place.Only("id", "kind", "exemptions");
        var references = place["exemptions"].ItemsAtLeastOne(MaximumExemptions).Select(Reference).OfType<ExemptionReference>();
        return new() { Id = id, Exemptions = [.. references] };
    }
}
