using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tansiq.Feeds.Writing;

/// <summary>A FeatureCollection while it is written, one feature a line.</summary>
internal sealed class GeoJsonFeatures : IDisposable
{
    private static readonly JsonWriterOptions Layout = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Stream _output;
    private readonly Utf8JsonWriter _json;
    private bool _hasFeature;

    public GeoJsonFeatures(Stream output)
    {
        _output = output;
        _json = new(output, Layout);
        output.Write("{\"type\":\"FeatureCollection\",\"features\":[\n"u8);
    }

    /// <summary>Writes a feature.</summary>
    /// <param name="properties">Writes the members of its properties.</param>
    /// <param name="geometry">Writes its geometry.</param>
    public void Write(Action<Utf8JsonWriter> properties, Action<Utf8JsonWriter> geometry)
    {
        if (_hasFeature) _output.Write(",\n"u8);
        _hasFeature = true;
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteString("type", "Feature");
        _json.WriteStartObject("properties");
        properties(_json);
        _json.WriteEndObject();
        _json.WritePropertyName("geometry");
        geometry(_json);
        _json.WriteEndObject();
        _json.Flush();
    }

    /// <summary>Writes the end of the collection.</summary>
    public void Complete() => _output.Write("\n]}\n"u8);

    public void Dispose() => _json.Dispose();
}
