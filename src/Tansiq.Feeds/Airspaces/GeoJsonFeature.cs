using System.Runtime.InteropServices;
using System.Text.Json;
using Tansiq.Geo;
using Tansiq.Geo.Outlines;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Airspaces;

/// <summary>One feature of GeoJSON, or a geometry alone, as an airspace.</summary>
internal sealed class GeoJsonFeature
{
    // How far past ±180° the longitudes of a ring may run on that crosses the antimeridian.
    private const long MaximumLongitudeE7 = 3L * GeoPoint.HalfTurnE7;

    private readonly string _place;
    private readonly DrawnParts _parts;
    private Refusal? _refusal;

    private GeoJsonFeature(string place, DrawnParts parts)
    {
        _place = place;
        _parts = parts;
    }

    /// <summary>Reads a feature.</summary>
    /// <param name="json">Its text, well-formed JSON.</param>
    /// <param name="place">Its pointer (RFC 6901) in the file.</param>
    public static Parsed<Airspace> Read(ReadOnlyMemory<byte> json, string place)
    {
        if (!JsonText.Parse(json, AirspaceFile.MaximumBytes).TryGet(out var element, out var malformed))
            return malformed with { Where = $"{place} {malformed.Where}".Trim() };
        return new GeoJsonFeature(place, new DrawnParts()).Read(element);
    }

    /// <summary>Adds a geometry to what is drawn of an airspace; the refusal where it cannot be drawn.</summary>
    /// <param name="geometry">The geometry.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="parts">What is drawn.</param>
    public static Refusal? Draw(JsonElement geometry, string place, DrawnParts parts)
    {
        var feature = new GeoJsonFeature(place, parts);
        feature.Draw(geometry, place);
        return feature._refusal;
    }

    private Parsed<Airspace> Read(JsonElement element)
    {
        var isFeature = Type(element) == "Feature";
        if (element.ValueKind != JsonValueKind.Object || (!isFeature && _place.Length > 0)) return NotAnArea(_place, Type(element));
        var geometry = isFeature ? Member(element, "geometry") : element;
        var properties = AirspaceProperties.Of(isFeature ? Member(element, "properties") : default);
        var otherwise = Member(element, "id") is { ValueKind: JsonValueKind.String } id && id.GetString() is { Length: > 0 } text
            ? AirspaceProperties.Printable(text)
            : Ordinal();
        if (!FeatureDescription.Read(properties, otherwise, _place).TryGet(out var description, out var refusal)) return refusal;
        Draw(geometry, isFeature ? _place + "/geometry" : _place);
        return _refusal is null ? description.Airspace(_parts, _place) : _refusal;
    }

    private string Ordinal() => _place.Length == 0 ? "Area" : "Area " + _place[(_place.LastIndexOf('/') + 1)..];

    private void Draw(JsonElement geometry, string place)
    {
        switch (Type(geometry))
        {
            case "Polygon":
                DrawPolygon(Member(geometry, "coordinates"), place + "/coordinates");
                break;
            case "MultiPolygon":
                DrawEach(Member(geometry, "coordinates"), place + "/coordinates", DrawPolygon);
                break;
            case "GeometryCollection":
                DrawEach(Member(geometry, "geometries"), place + "/geometries", Draw);
                break;
            case var other:
                Refuse(_parts.LeaveOut(NotAnArea(place, other), place));
                break;
        }
    }

    private void DrawEach(JsonElement parts, string place, Action<JsonElement, string> draw)
    {
        if (parts.ValueKind != JsonValueKind.Array || parts.GetArrayLength() == 0)
        {
            Refuse(NotAnArea(place, "nothing"));
            return;
        }

        var number = 0;
        foreach (var part in parts.EnumerateArray())
        {
            if (_refusal is not null) return;
            draw(part, FeedRefusals.Invariant($"{place}/{number++}"));
        }
    }

    private void DrawPolygon(JsonElement coordinates, string place)
    {
        if (coordinates.ValueKind != JsonValueKind.Array || coordinates.GetArrayLength() is < 1 or > Outline.MaximumHoles + 1)
        {
            Refuse(new(AirspaceRefusals.Coordinate, place, Shown(coordinates), FeedRefusals.Invariant($"a shell and at most {Outline.MaximumHoles} holes")));
            return;
        }

        var rings = new List<IReadOnlyList<GeoPoint>>();
        foreach (var ring in coordinates.EnumerateArray())
        {
            if (Ring(ring, FeedRefusals.Invariant($"{place}/{rings.Count}")) is not { } points) return;
            rings.Add(points);
        }

        Refuse(_parts.Add(rings, place, mustClose: true));
    }

    private List<GeoPoint>? Ring(JsonElement ring, string place)
    {
        if (ring.ValueKind != JsonValueKind.Array || ring.GetArrayLength() > Outline.MaximumVertices + 1)
        {
            Refuse(new(AirspaceRefusals.Coordinate, place, Shown(ring), FeedRefusals.Invariant($"an array of at most {Outline.MaximumVertices} positions")));
            return null;
        }

        var points = new List<GeoPoint>(ring.GetArrayLength());
        long? last = null;
        foreach (var position in ring.EnumerateArray())
        {
            if (UnitsE7(position, 0, MaximumLongitudeE7) is not { } longitude || UnitsE7(position, 1, GeoPoint.MaximumLatitudeE7) is not { } latitude)
            {
                var at = FeedRefusals.Invariant($"{place}/{points.Count}");
                Refuse(new(AirspaceRefusals.Coordinate, at, Shown(position), "[longitude, latitude] in degrees"));
                return null;
            }

            if (position.GetArrayLength() > 2 && !IsZero(position[2])) _parts.Remark(AirspaceRemarkKind.PointHeightsPassedOver, _place);
            if (Math.Abs(longitude - (last ?? longitude)) > GeoPoint.HalfTurnE7) _parts.Remark(AirspaceRemarkKind.ShortWayTaken, _place);
            last = longitude;
            points.Add(new PlanePoint(longitude, latitude).ToGeoPoint());
        }

        return points;
    }

    private static long? UnitsE7(JsonElement position, int index, long maximum)
    {
        if (position.ValueKind != JsonValueKind.Array || position.GetArrayLength() < 2 || position[index].ValueKind != JsonValueKind.Number) return null;
        return DecimalE7.Parse(JsonMarshal.GetRawUtf8Value(position[index])).TryGet(out var units, out _) && Math.Abs(units) <= maximum ? units : null;
    }

    private static bool IsZero(JsonElement number) => number.ValueKind == JsonValueKind.Number && number.TryGetDouble(out var value) && value == 0;

    private static string? Type(JsonElement element) => Member(element, "type") is { ValueKind: JsonValueKind.String } type ? type.GetString() : null;

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : default;

    private static string Shown(JsonElement element) => element.ValueKind == JsonValueKind.Undefined ? "nothing" : JsonText.Shorten(element.GetRawText());

    private static Refusal NotAnArea(string place, string? found) =>
        new(AirspaceRefusals.NotAnArea, place, found is null ? "nothing" : JsonText.Shorten(found), "a Feature of a Polygon or MultiPolygon");

    private void Refuse(Refusal? refusal) => _refusal ??= refusal;
}
