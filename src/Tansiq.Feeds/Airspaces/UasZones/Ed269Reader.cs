using System.Text.Json;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Airspaces.UasZones;

/// <summary>Reads geographical zones for drones from EUROCAE ED-269 (June 2020, also with its list under <c>features</c>).</summary>
internal static class Ed269Reader
{
    private static readonly string[] Lists = ["UASZoneList", "features"];

    /// <summary>Whether content is a JSON object that names a list of zones or their projections.</summary>
    public static bool IsFormatOf(ReadOnlyMemory<byte> content) =>
        GeoJsonAirspaceReader.IsFormatOf(content)
        && (content.Span.IndexOf("\"UASZoneList\""u8) >= 0 || content.Span.IndexOf("\"horizontalProjection\""u8) >= 0);

    /// <summary>Reads content.</summary>
    /// <returns>The airspaces of each zone or its refusal, in order; or one refusal for the whole.</returns>
    public static IReadOnlyList<Parsed<Airspace>> Read(ReadOnlyMemory<byte> content) => UasZoneList.Read(content, Lists, Zone);

    private static IReadOnlyList<Parsed<Airspace>> Zone(JsonElement json, string place)
    {
        var zone = new UasZone(json, place);
        if (zone.AddPeriods("applicability") is { } noTime) return [noTime];
        var volumes = UasZone.Member(json, "geometry");
        if (volumes.ValueKind != JsonValueKind.Array || volumes.GetArrayLength() is 0 or > UasZone.MaximumParts)
            return [new Refusal(AirspaceRefusals.NotAnArea, place + "/geometry", UasZone.Shown(volumes), FeedRefusals.Invariant($"1 to {UasZone.MaximumParts} volumes"))];
        var number = 0;
        foreach (var volume in volumes.EnumerateArray())
        {
            if (Volume(zone, volume, FeedRefusals.Invariant($"{place}/geometry/{number++}")) is { } refusal) return [refusal];
        }

        return zone.Finish("restriction", "type");
    }

    private static Refusal? Volume(UasZone zone, JsonElement volume, string at)
    {
        var unit = UasZone.Text(UasZone.Member(volume, "uomDimensions"));
        var shape = UasZone.Member(volume, "horizontalProjection");
        var atShape = at + "/horizontalProjection";
        return zone.AddVolume(
            new(UasZone.Member(volume, "lowerLimit"), UasZone.Member(volume, "lowerVerticalReference")),
            new(UasZone.Member(volume, "upperLimit"), UasZone.Member(volume, "upperVerticalReference")),
            unit,
            at,
            parts => UasZone.Text(UasZone.Member(shape, "type")) == "Circle"
                ? UasZone.DrawCircle(UasZone.Member(shape, "center"), UasZone.Number(UasZone.Member(shape, "radius")) * UasZone.MetresOf(unit), atShape, parts)
                : GeoJsonFeature.Draw(shape, atShape, parts));
    }
}
