using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using Tansiq.Geo.Outlines;

namespace Tansiq.Geo.Text;

/// <summary>Geometries of GeoJSON (RFC 7946): degrees WGS 84, longitude first, straight lines in longitude and latitude.</summary>
public static class GeoJsonGeometry
{
    /// <summary>The most polygons of one MultiPolygon.</summary>
    public const int MaximumPolygons = 1_000;

    private static readonly ImmutableArray<Outline> Nothing = [];

    /// <summary>The features of a FeatureCollection.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="maximumCount">The most features.</param>
    /// <param name="foreignMembers">Other members that the collection may have.</param>
    /// <returns>The features; none if refused.</returns>
    public static IReadOnlyList<JsonCursor> Features(this JsonCursor collection, int maximumCount, params ReadOnlySpan<string> foreignMembers)
    {
        collection.Only(["type", "features", "bbox", .. foreignMembers]);
        _ = collection["type"].OneOf(("FeatureCollection", 0));
        var features = collection["features"].Items(maximumCount);
        foreach (var feature in features)
        {
            feature.Only("type", "id", "geometry", "properties", "bbox");
            _ = feature["type"].OneOf(("Feature", 0));
        }

        return features;
    }

    /// <summary>The outlines of a Polygon or MultiPolygon, at most <see cref="Outline.MaximumVertices"/> vertices in all.</summary>
    /// <returns>The outlines, one or more; none if refused.</returns>
    public static ImmutableArray<Outline> Outlines(this JsonCursor geometry)
    {
        geometry.Only("type", "coordinates", "bbox");
        var isMulti = geometry["type"].OneOf(("Polygon", false), ("MultiPolygon", true));
        if (geometry.Reading.IsRefused) return Nothing;
        var polygons = isMulti ? geometry["coordinates"].ItemsAtLeastOne(MaximumPolygons) : [geometry["coordinates"]];
        if (VertexCount(polygons) > Outline.MaximumVertices + polygons.Count * (Outline.MaximumHoles + 1L))
        {
            RefuseVertices(geometry["coordinates"]);
            return Nothing;
        }

        var outlines = ImmutableArray.CreateBuilder<Outline>(polygons.Count);
        foreach (var polygon in polygons)
        {
            if (polygon.PolygonOutline() is not { } outline) return Nothing;
            outlines.Add(outline);
        }

        if (outlines.Sum(Vertices) <= Outline.MaximumVertices) return outlines.MoveToImmutable();
        RefuseVertices(geometry["coordinates"]);
        return Nothing;
    }

    /// <summary>The outline that the coordinates of one Polygon draw: its rings, the first of them the shell, each closed.</summary>
    /// <returns>The outline, or null if refused.</returns>
    public static Outline? PolygonOutline(this JsonCursor coordinates)
    {
        var rings = coordinates.ItemsAtLeastOne(Outline.MaximumHoles + 1);
        var places = new List<GeoPoint[]>(rings.Count);
        foreach (var ring in rings)
        {
            if (Ring(ring) is not { } closed) return null;
            places.Add(closed);
        }

        if (coordinates.Reading.IsRefused) return null;
        if (Outline.Create(places[0], places.GetRange(1, places.Count - 1)).TryGet(out var outline, out var refusal)) return outline;
        coordinates.Refuse(refusal);
        return null;
    }

    /// <summary>The place of a Point.</summary>
    /// <returns>The place; 0° N 0° E if refused.</returns>
    public static GeoPoint Point(this JsonCursor geometry)
    {
        geometry.Only("type", "coordinates", "bbox");
        _ = geometry["type"].OneOf(("Point", 0));
        return geometry["coordinates"].LongitudeLatitude();
    }

    /// <summary>A position <c>[longitude, latitude]</c> in degrees, rounded to 10⁻⁷ degree (ties to even). A height is refused.</summary>
    /// <returns>The place; 0° N 0° E if refused.</returns>
    public static GeoPoint LongitudeLatitude(this JsonCursor position) => Place(position.Element, () => position) ?? default;

    private static GeoPoint[]? Ring(JsonCursor ring)
    {
        if (ring.Kind != JsonValueKind.Array)
        {
            ring.Refuse(ring.Exists ? "json.wrong-type" : "json.missing", "a ring: an array of positions");
            return null;
        }

        var count = ring.Element.GetArrayLength();
        if (count > Outline.MaximumVertices + 1)
        {
            RefuseVertices(ring);
            return null;
        }

        var places = new GeoPoint[count];
        var index = 0;
        foreach (var position in ring.Element.EnumerateArray())
        {
            var at = index;
            if (Place(position, () => new(position, $"{ring.Pointer}/{at}", ring.Reading)) is not { } place) return null;
            places[index++] = place;
        }

        if (count >= 4 && places[0] == places[^1]) return places;
        ring.Refuse("geojson.ring-not-closed", "four or more positions, the last the same as the first");
        return null;
    }

    private static GeoPoint? Place(JsonElement position, Func<JsonCursor> cursor)
    {
        if (position.ValueKind != JsonValueKind.Array || position.GetArrayLength() != 2
            || position[0].ValueKind != JsonValueKind.Number || position[1].ValueKind != JsonValueKind.Number)
        {
            cursor().Refuse("geojson.position", "[longitude, latitude] in degrees");
            return null;
        }

        if (UnitsE7(position[0], GeoPoint.HalfTurnE7) is not { } longitude)
            cursor().Refuse("geo.longitude-out-of-range", "a longitude from -180 to 180");
        else if (UnitsE7(position[1], GeoPoint.MaximumLatitudeE7) is not { } latitude)
            cursor().Refuse("geo.latitude-out-of-range", "a latitude from -90 to 90");
        else
            return GeoPoint.FromE7(latitude, longitude);
        return null;
    }

    private static long? UnitsE7(JsonElement number, long maximum) =>
        DecimalE7.Parse(JsonMarshal.GetRawUtf8Value(number)).TryGet(out var units, out _) && Math.Abs(units) <= maximum ? units : null;

    private static long VertexCount(IEnumerable<JsonCursor> polygons)
    {
        var count = 0L;
        foreach (var polygon in polygons)
        {
            if (polygon.Kind != JsonValueKind.Array) continue;
            foreach (var ring in polygon.Element.EnumerateArray()) count += ring.ValueKind == JsonValueKind.Array ? ring.GetArrayLength() : 0;
        }

        return count;
    }

    private static int Vertices(Outline outline) => outline.Shell.Length + outline.Holes.Sum(hole => hole.Length);

    private static void RefuseVertices(JsonCursor place) =>
        place.Refuse("geo.outline-too-many-vertices", $"at most {Outline.MaximumVertices} vertices");
}
