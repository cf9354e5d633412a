using Tansiq.Geo;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Writing;

/// <summary>
/// Pieces of tracks as <c>gx:Track</c> of KML. Heights above sea level or ground are those that KML knows; heights of other kinds
/// stand in an array beside the track, whose line then lies on the ground.
/// </summary>
internal sealed class TrackKml : TrackWriter
{
    private const string HeightArray = "heightMetres";

    private readonly KmlDocument _document;
    private readonly TrackPieces _pieces;

    public TrackKml(Stream output)
    {
        _document = new(output);
        WriteSchema();
        _pieces = new(Write);
    }

    public override void Write(ReportedPosition position) => _pieces.Take(position);

    public override void Complete()
    {
        _pieces.GiveAll();
        _document.Complete();
    }

    protected override void Dispose(bool isDisposing) => _document.Dispose();

    private void WriteSchema()
    {
        var xml = _document.Xml;
        xml.WriteStartElement("Schema");
        xml.WriteAttributeString("id", "heights");
        xml.WriteStartElement("SimpleArrayField", KmlDocument.TrackNamespace);
        xml.WriteAttributeString("name", HeightArray);
        xml.WriteAttributeString("type", "float");
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private void Write(TrackPiece piece)
    {
        var xml = _document.Xml;
        xml.WriteStartElement("Placemark");
        _document.WriteText("name", piece.First.Callsign ?? piece.First.Track);
        xml.WriteStartElement("ExtendedData");
        _document.WriteData("icao24", piece.First.Track);
        _document.WriteData("callsign", piece.First.Callsign);
        _document.WriteData("source", piece.First.Source.Length == 0 ? null : piece.First.Source);
        _document.WriteData("heightReference", piece.Reference is { } reference ? HeightReading.Word(reference) : null);
        xml.WriteEndElement();
        WriteTrack(piece);
        xml.WriteEndElement();
    }

    private void WriteTrack(TrackPiece piece)
    {
        var xml = _document.Xml;
        xml.WriteStartElement("Track", KmlDocument.TrackNamespace);
        var mode = piece.Reference switch { HeightReference.SeaLevel => "absolute", HeightReference.Ground => "relativeToGround", _ => "clampToGround" };
        xml.WriteElementString("altitudeMode", mode);
        foreach (var position in piece.Positions) xml.WriteElementString("when", WrittenText.Time(position.Position.At));
        var isDrawn = piece.Reference is HeightReference.SeaLevel or HeightReference.Ground;
        foreach (var position in piece.Positions)
        {
            var (place, height) = (position.Position.Place, isDrawn ? Metres(position) : "0");
            xml.WriteElementString("coord", KmlDocument.TrackNamespace, $"{WrittenText.Degrees(place.LongitudeE7)} {WrittenText.Degrees(place.LatitudeE7)} {height}");
        }

        if (!isDrawn && piece.Reference is not null) WriteHeights(piece);
        xml.WriteEndElement();
    }

    private void WriteHeights(TrackPiece piece)
    {
        var xml = _document.Xml;
        xml.WriteStartElement("ExtendedData");
        xml.WriteStartElement("SchemaData");
        xml.WriteAttributeString("schemaUrl", "#heights");
        xml.WriteStartElement("SimpleArrayData", KmlDocument.TrackNamespace);
        xml.WriteAttributeString("name", HeightArray);
        foreach (var position in piece.Positions) xml.WriteElementString("value", KmlDocument.TrackNamespace, Metres(position));
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static string Metres(ReportedPosition position) => WrittenText.Metres(position.Position.Height!.Value);
}
