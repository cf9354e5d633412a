using System.Collections.Immutable;
using Tansiq.Coordination.Parties;
using Tansiq.Geo.Text;

namespace Tansiq.Coordination.Agreements;

/// <summary>Reads designated areas (areas.geojson of docs/formats/scenario.md).</summary>
public static class DesignatedAreasReader
{
    /// <summary>The most bytes of the areas' text.</summary>
    public const int MaximumBytes = 16 * 1024 * 1024;

    /// <summary>The most areas of one agreement.</summary>
    public const int MaximumAreas = 10_000;

    /// <summary>Reads the areas of an agreement.</summary>
    /// <param name="utf8">Their bytes.</param>
    /// <param name="agreement">The agreement, whose classes they name.</param>
    /// <param name="founding">Whose languages their names have.</param>
    /// <returns>The areas in order, or why they were not taken; unknown members are refused.</returns>
    public static Parsed<ImmutableArray<DesignatedArea>> Read(ReadOnlyMemory<byte> utf8, Agreement agreement, Founding founding)
    {
        ArgumentNullException.ThrowIfNull(agreement);
        ArgumentNullException.ThrowIfNull(founding);
        var classes = agreement.AreaClasses.Select(areaClass => areaClass.Id).ToHashSet();
        var used = new HashSet<Id<DesignatedArea>>();
        return JsonReading.Read(utf8, MaximumBytes, refusesUnknownMembers: true, root => Read(root, feature => Area(feature, used, classes, founding)));
    }

    private static ImmutableArray<DesignatedArea> Read(JsonCursor root, Func<JsonCursor, DesignatedArea> read) =>
        [.. root.Features(MaximumAreas).Select(read)];

    private static DesignatedArea Area(JsonCursor feature, ISet<Id<DesignatedArea>> used, HashSet<Id<AreaClass>> classes, Founding founding)
    {
        var properties = feature["properties"];
        properties.Only("name", "class", "floor", "ceiling", "from", "until");
        return new()
        {
            Id = feature.NewId(used),
            Name = properties["name"].Words(founding.Languages),
            Class = properties["class"].KnownId<AreaClass>(classes.Contains, "agreements.unknown-area-class", "a class of areas of the agreement"),
            Outlines = feature["geometry"].Outlines(),
            Heights = properties.HeightBand(HeightReading.Height),
            Validity = properties.OpenInterval(),
        };
    }
}
