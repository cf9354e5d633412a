using System.Text;
using System.Xml;
using Tansiq.Feeds.Positions.Clocks;
using Tansiq.Feeds.Positions.Xml;
using Tansiq.Geo;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Positions.Tracks;

/// <summary>Reads the track points of GPX 1.0 and 1.1; waypoints and routes have no time and are passed over.</summary>
/// <remarks>topografix.com/GPX/1/1: <c>ele</c> in metres, here above sea level; <c>time</c> in UTC; <c>speed</c> (GPX 1.0) in metres a second.</remarks>
internal sealed class GpxReader
{
    /// <summary>The longest tag or text in bytes.</summary>
    public const int MaximumMarkupBytes = 1024 * 1024;

    private readonly FeedInput _input;
    private readonly ClockRule _clock;
    private readonly PositionDraft _draft = new(new IdentifierCache());
    private long _point;
    private long _track;
    private string? _name;
    private int _trackDepth;
    private int _pointDepth;
    private string _element = "";
    private Refusal? _failure;

    public GpxReader(FeedInput input, PositionContext context)
    {
        _input = input;
        _clock = context.Clock;
    }

    private RecordPlace Place => new(RecordKind.Item, _point);

    /// <summary>Whether the first bytes of an input are those of GPX.</summary>
    public static bool IsStart(ReadOnlySpan<byte> start) => XmlStart.RootName(start).SequenceEqual("gpx"u8);

    /// <summary>Gives each track point once; the last is a fatal refusal where the document cannot be read to its end.</summary>
    public IEnumerable<PositionRecord> Read()
    {
        using var stream = new MarkupStream(_input, MaximumMarkupBytes);
        using var reader = XmlReader.Create(stream, XmlSafety.Settings);
        while (TryRead(reader, stream, out var record)) yield return record;

        if (_failure is not null) yield return new(Place, _failure);
    }

    /// <summary>Reads to the end of the next point; false at the document's end or where <see cref="_failure"/> is set.</summary>
    private bool TryRead(XmlReader reader, MarkupStream stream, out PositionRecord record)
    {
        record = default;
        try
        {
            while (reader.Read())
            {
                if (reader.Depth > XmlSafety.MaximumDepth)
                {
                    _failure = new(FeedRefusals.MalformedDocument, Place.ToString(), "deeper elements", FeedRefusals.Invariant($"at most {XmlSafety.MaximumDepth} levels"));
                    return false;
                }

                if (TryFinish(reader, out record)) return true;
            }
        }
        catch (XmlException malformed)
        {
            _failure = stream.Failure ?? new(FeedRefusals.MalformedDocument, FeedRefusals.Invariant($"line {malformed.LineNumber}"), JsonText.Shorten(malformed.Message), "GPX (XML without a document type)");
        }

        return false;
    }

    /// <summary>Takes what the reader stands on; true where it ends a point.</summary>
    private bool TryFinish(XmlReader reader, out PositionRecord record)
    {
        record = default;
        switch (reader.NodeType)
        {
            case XmlNodeType.Element:
                Begin(reader);
                return reader.IsEmptyElement && End(reader, out record);
            case XmlNodeType.Text or XmlNodeType.CDATA:
                TakeText(reader);
                return false;
            case XmlNodeType.EndElement:
                return End(reader, out record);
            default:
                return false;
        }
    }

    private void Begin(XmlReader reader)
    {
        _element = reader.LocalName;
        if (_pointDepth == 0 && _element == "trk")
        {
            _track++;
            _name = null;
            _trackDepth = reader.Depth;
        }
        else if (_pointDepth == 0 && _element == "trkpt" && reader.Depth > 0)
        {
            _point++;
            _pointDepth = reader.Depth;
            _draft.Clear();
            if (reader.GetAttribute("lat") is { } latitude) _draft.SetLatitude(Bytes(latitude));
            if (reader.GetAttribute("lon") is { } longitude) _draft.SetLongitude(Bytes(longitude));
        }
    }

    private bool End(XmlReader reader, out PositionRecord record)
    {
        record = default;
        _element = "";
        if (reader.Depth != _pointDepth || _pointDepth == 0) return false;
        _pointDepth = 0;
        _draft.SetTrack(_name is null ? FeedRefusals.Invariant($"track-{_track}") : TrackName.Of(_name) ?? FeedRefusals.Invariant($"track-{_track}"));
        if (_name is not null && Encoding.UTF8.GetByteCount(_name) <= IdentifierCache.MaximumLength) _draft.SetCallsign(Bytes(_name));
        record = new(Place, _draft.Finish(Place));
        return true;
    }

    private void TakeText(XmlReader reader)
    {
        // A text stands one level below its element.
        if (_pointDepth == 0)
        {
            if (_element == "name" && reader.Depth == _trackDepth + 2 && _track > 0) _name = reader.Value;
            return;
        }

        if (reader.Depth != _pointDepth + 2) return;
        if (_element == "ele") _draft.SetHeight(Bytes(reader.Value), Height.UnitsPerMetre, HeightReference.SeaLevel);
        else if (_element == "speed") _draft.SetSpeed(Bytes(reader.Value), 1);
        else if (_element == "time") TakeTime(Bytes(reader.Value));
    }

    private void TakeTime(byte[] text)
    {
        var at = ReportTime.FromIso(text) ?? ReportTime.FromIsoWithoutZone(text, _clock);
        if (at is null) _draft.Refuse(FeedRefusals.WrongType, text, "ISO 8601");
        _draft.SetTime(at);
    }

    /// <summary>A value in UTF-8; one that is too long for any value is cut, and then is none.</summary>
    private static byte[] Bytes(string value)
    {
        value = value.Trim();
        return Encoding.UTF8.GetBytes(value.Length <= XmlSafety.MaximumTextLength ? value : value[..XmlSafety.MaximumTextLength]);
    }
}
