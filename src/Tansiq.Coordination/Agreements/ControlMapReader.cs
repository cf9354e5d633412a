using Tansiq.Coordination.Parties;
using Tansiq.Geo.Text;

namespace Tansiq.Coordination.Agreements;

/// <summary>Reads control maps (control/*.geojson of docs/formats/scenario.md).</summary>
public static class ControlMapReader
{
    /// <summary>The most bytes of a map's text.</summary>
    public const int MaximumBytes = 16 * 1024 * 1024;

    /// <summary>The most parts of ground.</summary>
    public const int MaximumParts = 10_000;

    /// <summary>Reads a control map.</summary>
    /// <param name="utf8">Its bytes.</param>
    /// <param name="founding">Whose actors it names.</param>
    /// <returns>The map, or why it was not taken; unknown members are refused.</returns>
    public static Parsed<ControlMap> Read(ReadOnlyMemory<byte> utf8, Founding founding)
    {
        ArgumentNullException.ThrowIfNull(founding);
        return JsonReading.Read(utf8, MaximumBytes, refusesUnknownMembers: true, root => Read(root, founding));
    }

    private static ControlMap Read(JsonCursor root, Founding founding)
    {
        var used = new HashSet<Id<HeldGround>>();
        return new(
            root["id"].Id<ControlMap>(),
            root["asOf"].Instant(),
            [.. root.Features(MaximumParts, "id", "asOf").Select(feature => Part(feature, used, founding))]);
    }

    private static HeldGround Part(JsonCursor feature, ISet<Id<HeldGround>> used, Founding founding)
    {
        var properties = feature["properties"];
        properties.Only("holder", "gained");
        return new(
            feature.NewId(used),
            properties["holder"].KnownActor(founding),
            properties["gained"].Exists && properties["gained"].Boolean(),
            feature["geometry"].Outlines());
    }
}
