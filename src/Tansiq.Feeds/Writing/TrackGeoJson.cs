using System.Text.Json;
using Tansiq.Geo;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Writing;

/// <summary>
/// Pieces of tracks as features of GeoJSON: a LineString with a time for each of its points (<c>coordTimes</c>), a Point with its
/// <c>time</c>. Heights above the ellipsoid are the third coordinate (RFC 7946, 3.1.1), others stand in <c>heights</c>.
/// </summary>
internal sealed class TrackGeoJson : TrackWriter
{
    private readonly GeoJsonFeatures _features;
    private readonly TrackPieces _pieces;

    public TrackGeoJson(Stream output)
    {
        _features = new(output);
        _pieces = new(piece => _features.Write(json => WriteProperties(json, piece), json => WriteGeometry(json, piece)));
    }

    public override void Write(ReportedPosition position) => _pieces.Take(position);

    public override void Complete()
    {
        _pieces.GiveAll();
        _features.Complete();
    }

    protected override void Dispose(bool isDisposing) => _features.Dispose();

    private static void WriteProperties(Utf8JsonWriter json, TrackPiece piece)
    {
        json.WriteString("icao24", piece.First.Track);
        if (piece.First.Callsign is { } callsign) json.WriteString("callsign", callsign);
        if (piece.First.Source.Length > 0) json.WriteString("source", piece.First.Source);
        if (piece.Reference is { } reference) json.WriteString("heightReference", HeightReading.Word(reference));
        if (piece.Positions.Count == 1)
        {
            json.WriteString("time", WrittenText.Time(piece.First.Position.At));
            if (!HasHeights(piece)) return;
            json.WritePropertyName("height");
            json.WriteRawValue(Metres(piece.First));
            return;
        }

        json.WriteStartArray("coordTimes");
        foreach (var position in piece.Positions) json.WriteStringValue(WrittenText.Time(position.Position.At));
        json.WriteEndArray();
        if (!HasHeights(piece)) return;
        json.WriteStartArray("heights");
        foreach (var position in piece.Positions) json.WriteRawValue(Metres(position));
        json.WriteEndArray();
    }

    private static void WriteGeometry(Utf8JsonWriter json, TrackPiece piece)
    {
        json.WriteStartObject();
        json.WriteString("type", piece.Positions.Count == 1 ? "Point" : "LineString");
        json.WritePropertyName("coordinates");
        if (piece.Positions.Count > 1) json.WriteStartArray();
        foreach (var position in piece.Positions)
        {
            json.WriteStartArray();
            json.WriteRawValue(WrittenText.Degrees(position.Position.Place.LongitudeE7));
            json.WriteRawValue(WrittenText.Degrees(position.Position.Place.LatitudeE7));
            if (piece.Reference == HeightReference.Ellipsoid) json.WriteRawValue(Metres(position));
            json.WriteEndArray();
        }

        if (piece.Positions.Count > 1) json.WriteEndArray();
        json.WriteEndObject();
    }

    private static bool HasHeights(TrackPiece piece) => piece.Reference is not (null or HeightReference.Ellipsoid);

    private static string Metres(ReportedPosition position) => WrittenText.Metres(position.Position.Height!.Value);
}
