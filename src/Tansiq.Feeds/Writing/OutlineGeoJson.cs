using System.Text.Json;
using Tansiq.Geo;
using Tansiq.Geo.Outlines;

namespace Tansiq.Feeds.Writing;

/// <summary>Outlines as geometries of GeoJSON: exact coordinates of seven places, shells counter-clockwise, holes clockwise.</summary>
public static class OutlineGeoJson
{
    /// <summary>Writes one outline as a Polygon, several as a MultiPolygon.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="outlines">The outlines, at least one.</param>
    /// <param name="runsOn">
    /// Whether longitudes run on past ±180° where an outline crosses the antimeridian, as programs draw it rightly; else they jump,
    /// and edges are to be taken the short way.
    /// </param>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<Outline> outlines, bool runsOn)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(outlines);
        json.WriteStartObject();
        json.WriteString("type", outlines.Count == 1 ? "Polygon" : "MultiPolygon");
        json.WritePropertyName("coordinates");
        if (outlines.Count > 1) json.WriteStartArray();
        foreach (var outline in outlines)
        {
            json.WriteStartArray();
            WriteRing(json, outline.Shell, runsOn);
            foreach (var hole in outline.Holes) WriteRing(json, hole, runsOn);
            json.WriteEndArray();
        }

        if (outlines.Count > 1) json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteRing(Utf8JsonWriter json, IReadOnlyList<PlanePoint> ring, bool runsOn)
    {
        json.WriteStartArray();
        for (var index = 0; index <= ring.Count; index++)
        {
            var point = ring[index % ring.Count];
            json.WriteStartArray();
            json.WriteRawValue(WrittenText.Degrees(runsOn ? point.X : point.ToGeoPoint().LongitudeE7));
            json.WriteRawValue(WrittenText.Degrees(point.Y));
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
