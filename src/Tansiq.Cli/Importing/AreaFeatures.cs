using System.Text.Encodings.Web;
using System.Text.Json;
using NodaTime.Text;
using Tansiq.Feeds.Airspaces;
using Tansiq.Feeds.Writing;
using Tansiq.Geo;
using Tansiq.Geo.Text;

namespace Tansiq.Cli.Importing;

/// <summary>Writes airspaces as the areas of a scenario (areas.geojson of docs/formats/scenario.md), one a line.</summary>
internal sealed class AreaFeatures
{
    private static readonly JsonWriterOptions Layout = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Utf8JsonWriter _json;

    private AreaFeatures(Utf8JsonWriter json) => _json = json;

    /// <summary>Writes all features.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="airspaces">The airspaces.</param>
    /// <param name="classIds">The identifier of each of their classes.</param>
    public static void Write(Stream stream, IReadOnlyList<Airspace> airspaces, IReadOnlyDictionary<string, string> classIds)
    {
        var ids = new ReadableIds();
        using var json = new Utf8JsonWriter(stream, Layout);
        var features = new AreaFeatures(json);
        stream.Write("{\"type\":\"FeatureCollection\",\"features\":[\n"u8);
        for (var index = 0; index < airspaces.Count; index++)
        {
            if (index > 0) stream.Write(",\n"u8);
            json.Reset();
            features.Write(airspaces[index], ids.Next(airspaces[index].Name, "area"), classIds[airspaces[index].Class]);
            json.Flush();
        }

        stream.Write("\n]}\n"u8);
    }

    private void Write(Airspace airspace, string id, string classId)
    {
        _json.WriteStartObject();
        _json.WriteString("type", "Feature");
        _json.WriteString("id", id);
        _json.WriteStartObject("properties");
        _json.WriteStartObject("name");
        foreach (var language in AirspaceScenarioTexts.Languages) _json.WriteString(language, airspace.Name);
        _json.WriteEndObject();
        _json.WriteString("class", classId);
        WriteHeight("floor", airspace.Heights.Floor);
        WriteHeight("ceiling", airspace.Heights.Ceiling);
        if (airspace.Validity is { HasStart: true } begun) _json.WriteString("from", InstantPattern.ExtendedIso.Format(begun.Start));
        if (airspace.Validity is { HasEnd: true } ended) _json.WriteString("until", InstantPattern.ExtendedIso.Format(ended.End));
        _json.WriteEndObject();
        _json.WritePropertyName("geometry");
        OutlineGeoJson.Write(_json, airspace.Outlines, runsOn: false);
        _json.WriteEndObject();
    }

    /// <summary>As a flight level or in feet where that is whole, as it will have been given, else in metres.</summary>
    private void WriteHeight(string member, Height? height)
    {
        if (height is not { } at) return;
        var (feet, rest) = Math.DivRem(at.Units, Height.UnitsPerFoot);
        _json.WriteStartObject(member);
        if (at.Reference == HeightReference.Pressure && rest == 0 && feet % 100 == 0)
        {
            _json.WriteNumber("flightLevel", feet / 100);
        }
        else
        {
            if (rest == 0) _json.WriteNumber("feet", feet);
            else _json.WriteNumber("metres", at.Units / (decimal)Height.UnitsPerMetre);
            _json.WriteString("reference", HeightReading.Word(at.Reference));
        }

        _json.WriteEndObject();
    }
}
