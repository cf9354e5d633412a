using System.Text.Json;
using Tansiq.Feeds.Airspaces;

namespace Tansiq.Feeds.Writing;

/// <summary>Airspaces as features of GeoJSON.</summary>
internal static class AirspaceGeoJson
{
    public static void Write(Stream output, IEnumerable<Airspace> airspaces)
    {
        using var features = new GeoJsonFeatures(output);
        foreach (var airspace in airspaces)
            features.Write(json => WriteProperties(json, airspace), json => OutlineGeoJson.Write(json, airspace.Outlines, runsOn: true));
        features.Complete();
    }

    private static void WriteProperties(Utf8JsonWriter json, Airspace airspace)
    {
        json.WriteString("name", airspace.Name);
        json.WriteString("class", airspace.Class);
        if (airspace.Type is { } type) json.WriteString("type", type);
        json.WriteString("floor", WrittenText.Floor(airspace.Heights));
        json.WriteString("ceiling", WrittenText.Ceiling(airspace.Heights));
        if (airspace.Validity is not { } validity) return;
        if (validity.HasStart) json.WriteString("from", WrittenText.Time(validity.Start));
        if (validity.HasEnd) json.WriteString("until", WrittenText.Time(validity.End));
    }
}
