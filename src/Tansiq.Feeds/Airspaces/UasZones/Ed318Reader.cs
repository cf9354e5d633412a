using System.Text.Json;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Airspaces.UasZones;

/// <summary>Reads geographical zones for drones from EUROCAE ED-318: GeoJSON whose geometries have layers and extents.</summary>
internal static class Ed318Reader
{
    private static readonly string[] Lists = ["features"];

    /// <summary>Whether content is a JSON object that names layers with their references.</summary>
    public static bool IsFormatOf(ReadOnlyMemory<byte> content) =>
        GeoJsonAirspaceReader.IsFormatOf(content)
        && content.Span.IndexOf("\"features\""u8) >= 0
        && content.Span.IndexOf("\"layer\""u8) >= 0
        && (content.Span.IndexOf("\"upperReference\""u8) >= 0 || content.Span.IndexOf("\"lowerReference\""u8) >= 0);

    /// <summary>Reads content.</summary>
    /// <returns>The airspaces of each zone or its refusal, in order; or one refusal for the whole.</returns>
    public static IReadOnlyList<Parsed<Airspace>> Read(ReadOnlyMemory<byte> content) => UasZoneList.Read(content, Lists, Zone);

    private static IReadOnlyList<Parsed<Airspace>> Zone(JsonElement feature, string place)
    {
        var zone = new UasZone(UasZone.Member(feature, "properties"), place + "/properties");
        if (zone.AddPeriods("limitedApplicability") is { } noTime) return [noTime];
        var geometry = UasZone.Member(feature, "geometry");
        return Geometries(zone, geometry, place + "/geometry") is { } refusal ? [refusal] : zone.Finish("type", "variant");
    }

    private static Refusal? Geometries(UasZone zone, JsonElement geometry, string at)
    {
        var several = UasZone.Member(geometry, "geometries");
        if (several.ValueKind != JsonValueKind.Array) return Volume(zone, geometry, at);
        if (several.GetArrayLength() > UasZone.MaximumParts) return new(AirspaceRefusals.TooManyPoints, at, "more", FeedRefusals.Invariant($"at most {UasZone.MaximumParts} volumes"));
        var number = 0;
        foreach (var one in several.EnumerateArray())
        {
            if (Volume(zone, one, FeedRefusals.Invariant($"{at}/geometries/{number++}")) is { } refusal) return refusal;
        }

        return null;
    }

    private static Refusal? Volume(UasZone zone, JsonElement geometry, string at)
    {
        var layer = UasZone.Member(geometry, "layer");
        var extent = UasZone.Member(geometry, "extent");
        return zone.AddVolume(
            new(UasZone.Member(layer, "lower"), UasZone.Member(layer, "lowerReference")),
            new(UasZone.Member(layer, "upper"), UasZone.Member(layer, "upperReference")),
            UasZone.Text(UasZone.Member(layer, "uom")),
            at,
            parts => UasZone.Text(UasZone.Member(extent, "subType")) == "Circle"
                ? UasZone.DrawCircle(UasZone.Member(geometry, "coordinates"), UasZone.Number(UasZone.Member(extent, "radius")), at, parts)
                : GeoJsonFeature.Draw(geometry, at, parts));
    }
}
