using System.Collections.Immutable;
using Tansiq.Coordination.Parties;
using Tansiq.Geo.Outlines;
using Tansiq.Geo.Text;

namespace Tansiq.Coordination.Flights;

/// <summary>A site and who makes it known.</summary>
/// <param name="Site">The site.</param>
/// <param name="Notifier">A party or an observer.</param>
public sealed record NotifiedSite(Site Site, Id<Party> Notifier);

/// <summary>Reads protected sites (sites.geojson of docs/formats/scenario.md).</summary>
public static class SiteReader
{
    /// <summary>The most bytes of the sites' text.</summary>
    public const int MaximumBytes = 16 * 1024 * 1024;

    /// <summary>The most sites.</summary>
    public const int MaximumSites = 10_000;

    /// <summary>Reads sites.</summary>
    /// <param name="utf8">Their bytes.</param>
    /// <param name="founding">Whose parties, observers and languages they name.</param>
    /// <returns>The sites in order, or why they were not taken; unknown members are refused.</returns>
    public static Parsed<ImmutableArray<NotifiedSite>> Read(ReadOnlyMemory<byte> utf8, Founding founding)
    {
        ArgumentNullException.ThrowIfNull(founding);
        return JsonReading.Read(utf8, MaximumBytes, refusesUnknownMembers: true, root => Read(root, founding));
    }

    /// <summary>Reads a site as a statement holds it.</summary>
    internal static Site ReadRecord(JsonCursor place) => new()
    {
        Id = place["id"].Id<Site>(),
        Name = place["name"].WordsOfAnyLanguage(),
        Category = place["category"].SiteCategory(),
        Point = place["outlines"].Exists ? null : RecordGeometry.Place(place["point"]),
        Outlines = place["outlines"].Exists
            ? [.. place["outlines"].ItemsAtLeastOne(GeoJsonGeometry.MaximumPolygons).Select(RecordGeometry.OutlineOrNull).OfType<Outline>()]
            : [],
        UncertaintyMetres = (int)place["uncertaintyMetres"].Integer(0, Site.MaximumUncertaintyMetres),
        Verification = place["verification"].Verification(),
        Validity = place.OpenInterval(),
    };

    private static ImmutableArray<NotifiedSite> Read(JsonCursor root, Founding founding)
    {
        var used = new HashSet<Id<Site>>();
        return [.. root.Features(MaximumSites).Select(feature => Notified(feature, used, founding))];
    }

    private static NotifiedSite Notified(JsonCursor feature, ISet<Id<Site>> used, Founding founding)
    {
        var (geometry, properties) = (feature["geometry"], feature["properties"]);
        properties.Only("name", "category", "notifier", "uncertaintyMetres", "verification", "from", "until");
        var isPoint = geometry["type"].OneOf(("Point", true), ("Polygon", false), ("MultiPolygon", false));
        var site = new Site
        {
            Id = feature.NewId(used),
            Name = properties["name"].Words(founding.Languages),
            Category = properties["category"].SiteCategory(),
            Point = isPoint ? geometry.Point() : null,
            Outlines = isPoint ? [] : geometry.Outlines(),
            UncertaintyMetres = (int)properties["uncertaintyMetres"].Integer(0, Site.MaximumUncertaintyMetres),
            Verification = properties["verification"].Verification(),
            Validity = properties.OpenInterval(),
        };
        return new(site, properties["notifier"].KnownId<Party>(
            id => founding.Parties.ContainsKey(id) || founding.Observers.ContainsKey(id), "parties.unknown-party", "a party or observer of this record"));
    }
}

/// <summary>Words of sites, read and written.</summary>
internal static class SiteWords
{
    private static readonly (string Word, SiteCategory Value)[] Categories =
    [
        ("hospital", Flights.SiteCategory.Hospital), ("school", Flights.SiteCategory.School), ("water", Flights.SiteCategory.Water),
        ("convoy", Flights.SiteCategory.Convoy), ("camp", Flights.SiteCategory.Camp),
    ];

    private static readonly (string Word, Verification Value)[] Verifications =
    [
        ("unverified", Flights.Verification.Unverified), ("verified", Flights.Verification.Verified), ("disputed", Flights.Verification.Disputed),
    ];

    /// <summary>A category of sites.</summary>
    public static SiteCategory SiteCategory(this JsonCursor place) => place.OneOf(Categories);

    /// <summary>How far a site was verified.</summary>
    public static Verification Verification(this JsonCursor place) => place.OneOf(Verifications);

    /// <summary>The word of a category.</summary>
    public static string Word(SiteCategory category) => Array.Find(Categories, entry => entry.Value == category).Word;

    /// <summary>The word of a verification.</summary>
    public static string Word(Verification verification) => Array.Find(Verifications, entry => entry.Value == verification).Word;
}
