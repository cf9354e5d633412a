using System.Text.Json;
using Tansiq.Geo;
using Tansiq.Geo.Outlines;
using Tansiq.Geo.Text;

namespace Tansiq.Coordination.Flights;

/// <summary>Places and outlines as statements hold them: <c>[longitude, latitude]</c> in whole units of 10⁻⁷ degree.</summary>
internal static class RecordGeometry
{
    /// <summary>A place; 0° N 0° E if refused.</summary>
    public static GeoPoint Place(JsonCursor place) => PlaceOf(place.Element, () => place) ?? default;

    /// <summary>An outline: its rings, the first of them the shell, first vertices not repeated; null if refused.</summary>
    public static Outline? OutlineOrNull(JsonCursor place)
    {
        var rings = place.ItemsAtLeastOne(Outline.MaximumHoles + 1);
        var places = new List<IReadOnlyList<GeoPoint>>(rings.Count);
        foreach (var ring in rings) places.Add(Ring(ring));
        if (place.Reading.IsRefused) return null;
        if (Outline.Create(places[0], places.GetRange(1, places.Count - 1)).TryGet(out var outline, out var refusal)) return outline;
        place.Refuse(refusal);
        return null;
    }

    /// <summary>Writes a place.</summary>
    public static void Write(Utf8JsonWriter writer, GeoPoint place)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(place.LongitudeE7);
        writer.WriteNumberValue(place.LatitudeE7);
        writer.WriteEndArray();
    }

    /// <summary>Writes an outline.</summary>
    public static void Write(Utf8JsonWriter writer, Outline outline)
    {
        writer.WriteStartArray();
        foreach (var ring in outline.Holes.Prepend(outline.Shell))
        {
            writer.WriteStartArray();
            foreach (var vertex in ring) Write(writer, vertex.ToGeoPoint());
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    private static List<GeoPoint> Ring(JsonCursor ring)
    {
        var places = new List<GeoPoint>();
        if (ring.Kind != JsonValueKind.Array)
        {
            ring.Refuse("json.wrong-type", "a ring: an array of places");
            return places;
        }

        foreach (var place in ring.Element.EnumerateArray())
        {
            var index = places.Count;
            if (PlaceOf(place, () => new(place, $"{ring.Pointer}/{index}", ring.Reading)) is not { } point) break;
            places.Add(point);
        }

        return places;
    }

    private static GeoPoint? PlaceOf(JsonElement place, Func<JsonCursor> cursor)
    {
        if (place.ValueKind == JsonValueKind.Array && place.GetArrayLength() == 2
            && place[0].ValueKind == JsonValueKind.Number && place[0].TryGetInt64(out var longitude)
            && place[1].ValueKind == JsonValueKind.Number && place[1].TryGetInt64(out var latitude)
            && Math.Abs((decimal)longitude) <= GeoPoint.HalfTurnE7 && Math.Abs((decimal)latitude) <= GeoPoint.MaximumLatitudeE7)
            return GeoPoint.FromE7(latitude, longitude);
        cursor().Refuse("statement.place", "[longitude, latitude] in whole units of 1e-7 degree, WGS 84");
        return null;
    }
}
