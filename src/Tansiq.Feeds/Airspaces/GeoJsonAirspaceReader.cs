using System.Text.Json;
using System.Text.Unicode;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Airspaces;

/// <summary>Reads airspaces from GeoJSON (RFC 7946): a FeatureCollection, a Feature, or a geometry alone.</summary>
/// <remarks>
/// One feature is in memory as JSON at a time. Edges are straight in longitude and latitude, winding does not matter. Never
/// throws for what the text holds. Properties and rules: docs/formats/airspace.md.
/// </remarks>
internal static class GeoJsonAirspaceReader
{
    // A feature's own depth and that of the collection around it.
    private static readonly JsonReaderOptions Options = new() { MaxDepth = JsonText.MaximumDepth + 2 };

    /// <summary>Whether content begins as a JSON object does.</summary>
    public static bool IsFormatOf(ReadOnlyMemory<byte> content) =>
        FeedInput.WithoutPreamble(content.Span).TrimStart(" \t\r\n"u8).StartsWith("{"u8);

    /// <summary>Reads content.</summary>
    /// <returns>Each feature or its refusal, in order; or one refusal for the whole.</returns>
    public static IReadOnlyList<Parsed<Airspace>> Read(ReadOnlyMemory<byte> content)
    {
        content = content[(content.Length - FeedInput.WithoutPreamble(content.Span).Length)..];
        if (WhyNotJson(content.Span) is { } malformed) return [malformed];
        var document = Outermost(content.Span);
        if (document.CoordinateSystem is { } system) return [system];
        if (document.Features < 0) return [GeoJsonFeature.Read(content, "")];
        return new Collection(content).Read(document.Features);
    }

    /// <summary>A look through the whole, so that a file that breaks off gives no part of itself.</summary>
    private static Refusal? WhyNotJson(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json)) return new(FeedRefusals.InvalidUtf8, "", "bytes that are not UTF-8", "UTF-8");
        var reader = new Utf8JsonReader(json, Options);
        try
        {
            while (reader.Read())
            {
            }

            return null;
        }
        catch (JsonException exception)
        {
            var place = FeedRefusals.Invariant($"line {(exception.LineNumber ?? 0) + 1} byte {(exception.BytePositionInLine ?? 0) + 1}");
            return new("json.malformed", place, "something else", "I-JSON (RFC 7493), at most 32 levels deep");
        }
    }

    /// <summary>Where the features begin (−1 where there are none), and why the coordinate system is not taken.</summary>
    private static (int Features, Refusal? CoordinateSystem) Outermost(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, Options);
        var features = -1;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isFeatures, isSystem) = (reader.ValueTextEquals("features"u8), reader.ValueTextEquals("crs"u8));
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            if (isFeatures && reader.TokenType == JsonTokenType.StartArray) features = start;
            reader.Skip();
            if (!isSystem) continue;
            var system = FeedRefusals.Show(json[start..(int)reader.BytesConsumed]);
            if (!IsWgs84(json[start..(int)reader.BytesConsumed]))
                return (features, new(AirspaceRefusals.Coordinate, "/crs", system, "WGS 84, longitude first (RFC 7946, 4)"));
        }

        return (features, null);
    }

    private static bool IsWgs84(ReadOnlySpan<byte> system) =>
        system.SequenceEqual("null"u8) || system.IndexOf("CRS84"u8) >= 0 || system.IndexOf("4326"u8) >= 0 || system.IndexOf("4979"u8) >= 0;

    /// <summary>The features of a collection while they are read.</summary>
    private sealed class Collection(ReadOnlyMemory<byte> content)
    {
        private readonly List<Parsed<Airspace>> _airspaces = [];
        private long _vertices;

        public List<Parsed<Airspace>> Read(int start)
        {
            var reader = new Utf8JsonReader(content.Span[start..], Options);
            reader.Read();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                var place = FeedRefusals.Invariant($"/features/{_airspaces.Count}");
                var from = start + (int)reader.TokenStartIndex;
                reader.Skip();
                Keep(GeoJsonFeature.Read(content[from..(start + (int)reader.BytesConsumed)], place));
                if (_airspaces.Count < AirspaceFile.MaximumAirspaces && _vertices <= AirspaceFile.MaximumVertices) continue;
                _airspaces.Add(AirspaceRefusals.More(place));
                return _airspaces;
            }

            if (_airspaces.Count == 0) _airspaces.Add(new Refusal(AirspaceRefusals.Nothing, "/features", "nothing", "a feature"));
            return _airspaces;
        }

        private void Keep(Parsed<Airspace> airspace)
        {
            if (airspace.TryGet(out var read, out _)) _vertices += AirspaceRefusals.Vertices(read);
            _airspaces.Add(airspace);
        }
    }
}
