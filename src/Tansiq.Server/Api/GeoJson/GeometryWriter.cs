using System.Globalization;
using System.Text.Json;
using Tansiq.Geo;
using Tansiq.Geo.Outlines;

namespace Tansiq.Server.Api.GeoJson;

/// <summary>
/// Writes places as geometries of GeoJSON (RFC 7946): WGS 84, longitude first, exact to seven decimals, shells counter-clockwise and holes clockwise, cut
/// along the antimeridian.
/// </summary>
internal static class GeometryWriter
{
    /// <summary>Writes outlines: one piece as a Polygon, several as a MultiPolygon.</summary>
    public static void Write(Utf8JsonWriter json, IEnumerable<Outline> outlines)
    {
        var pieces = outlines.SelectMany(AntimeridianCut.Pieces).ToList();
        json.WriteStartObject();
        json.WriteString("type", pieces.Count == 1 ? "Polygon" : "MultiPolygon");
        json.WritePropertyName("coordinates");
        if (pieces.Count != 1) json.WriteStartArray();
        foreach (var piece in pieces)
        {
            json.WriteStartArray();
            foreach (var ring in piece) WriteRing(json, ring);
            json.WriteEndArray();
        }

        if (pieces.Count != 1) json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes a Point.</summary>
    public static void Write(Utf8JsonWriter json, GeoPoint point)
    {
        json.WriteStartObject();
        json.WriteString("type", "Point");
        json.WritePropertyName("coordinates");
        WritePosition(json, point.LongitudeE7, point.LatitudeE7);
        json.WriteEndObject();
    }

    private static void WriteRing(Utf8JsonWriter json, IReadOnlyList<PlanePoint> ring)
    {
        json.WriteStartArray();
        for (var index = 0; index <= ring.Count; index++) WritePosition(json, ring[index % ring.Count].X, ring[index % ring.Count].Y);
        json.WriteEndArray();
    }

    private static void WritePosition(Utf8JsonWriter json, long longitudeE7, long latitudeE7)
    {
        json.WriteStartArray();
        json.WriteRawValue(Degrees(longitudeE7), skipInputValidation: true);
        json.WriteRawValue(Degrees(latitudeE7), skipInputValidation: true);
        json.WriteEndArray();
    }

    private static string Degrees(long unitsE7) => (unitsE7 / (decimal)GeoPoint.UnitsPerDegree).ToString("0.#######", CultureInfo.InvariantCulture);
}
