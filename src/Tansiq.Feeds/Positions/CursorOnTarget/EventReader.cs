using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using System.Xml;
using Tansiq.Feeds.Positions.Tracks;
using Tansiq.Feeds.Positions.Xml;
using Tansiq.Geo;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Positions.CursorOnTarget;

/// <summary>Reads Cursor on Target events of things in the air; every other event is refused as <c>feeds.not-aircraft</c>.</summary>
/// <remarks>
/// MITRE, Cursor on Target message router user's guide: <c>hae</c> metres above the WGS 84 ellipsoid, <c>ce</c> metres around the
/// point, 9999999 unknown; <c>track</c>'s speed in metres a second. Whose a thing is said to be is not read (<see cref="EventType"/>).
/// </remarks>
internal sealed class EventReader
{
    /// <summary>The longest event in bytes.</summary>
    public const int MaximumEventBytes = 256 * 1024;

    /// <summary>From here on, metres mean that the value is unknown: some programs write fewer nines.</summary>
    public const int UnknownMetres = 999_999;

    private static readonly SearchValues<char> HexadecimalDigits = SearchValues.Create("0123456789abcdefABCDEF");

    private readonly EventItems _events;
    private readonly PositionDraft _draft = new(new IdentifierCache());
    private long _number;

    public EventReader(FeedInput input) => _events = new(input, MaximumEventBytes);

    private RecordPlace Place => new(RecordKind.Item, _number);

    /// <summary>Whether the first bytes of an input are those of an event, or of an element around events.</summary>
    public static bool IsStart(ReadOnlySpan<byte> start)
    {
        var name = XmlStart.RootName(start);
        return name.SequenceEqual("event"u8) || name.SequenceEqual("events"u8);
    }

    /// <summary>Gives each event once; the last is a fatal refusal where the events cannot be told apart to their end.</summary>
    public IEnumerable<PositionRecord> Read()
    {
        while (_events.MoveNext())
        {
            _number++;
            yield return new(Place, ReadEvent(_events.Current));
        }

        if (_events.Failure is { } failure) yield return new(Place, failure with { Where = Place.ToString() });
    }

    private Parsed<ReportedPosition> ReadEvent(ReadOnlyMemory<byte> bytes)
    {
        if (!Utf8.IsValid(bytes.Span)) return new Refusal(FeedRefusals.InvalidUtf8, Place.ToString(), FeedRefusals.Show(bytes.Span), "UTF-8");
        _draft.Clear();
        MemoryMarshal.TryGetArray(bytes, out var segment);
        using var stream = new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false);
        try
        {
            using var reader = XmlReader.Create(stream, XmlSafety.Settings);
            while (reader.Read())
            {
                if (reader.Depth > XmlSafety.MaximumDepth) return new Refusal(FeedRefusals.MalformedItem, Place.ToString(), "deeper elements", FeedRefusals.Invariant($"at most {XmlSafety.MaximumDepth} levels"));
                if (reader.NodeType == XmlNodeType.Element) Take(reader);
            }
        }
        catch (XmlException malformed)
        {
            return new Refusal(FeedRefusals.MalformedItem, Place.ToString(), JsonText.Shorten(malformed.Message), "an event (XML)");
        }

        return _draft.Finish(Place);
    }

    private void Take(XmlReader reader)
    {
        switch (reader.Depth, reader.LocalName)
        {
            case (0, "event"):
                TakeEvent(reader);
                break;
            case (1, "point"):
                TakePoint(reader);
                break;
            case (2, "contact"):
                if (Attribute(reader, "callsign") is { } callsign) _draft.SetCallsign(callsign);
                break;
            case (2, "track"):
                if (Attribute(reader, "speed") is { } speed && IsKnown(speed, "a speed")) _draft.SetSpeed(speed, 1);
                break;
        }
    }

    private void TakeEvent(XmlReader reader)
    {
        var type = Attribute(reader, "type");
        if (!EventType.IsAir(type)) _draft.Refuse(FeedRefusals.NotAircraft, type ?? "no type"u8, "the type of something in the air");
        if (reader.GetAttribute("uid") is { } identifier && TrackOf(identifier) is { } track) _draft.SetTrack(track);
        if ((Attribute(reader, "time") ?? Attribute(reader, "start")) is not { } time) return;
        var at = ReportTime.FromIso(time);
        if (at is null) _draft.Refuse(FeedRefusals.WrongType, time, "ISO 8601 with zone");
        _draft.SetTime(at);
    }

    private void TakePoint(XmlReader reader)
    {
        if (Attribute(reader, "lat") is { } latitude) _draft.SetLatitude(latitude);
        if (Attribute(reader, "lon") is { } longitude) _draft.SetLongitude(longitude);
        if (Attribute(reader, "hae") is { } height && IsKnown(height, "a height")) _draft.SetHeight(height, Height.UnitsPerMetre, HeightReference.Ellipsoid);
        if (Attribute(reader, "ce") is { } radius && IsKnown(radius, "a radius in metres")) _draft.SetUncertainty(radius);
    }

    private bool IsKnown(byte[] text, string expected) =>
        _draft.Number(text, expected) is { } number && number < UnknownMetres * (long)GeoPoint.UnitsPerDegree;

    /// <summary>The address of a <c>uid</c> such as <c>ICAO-ABC123</c>, else the <c>uid</c> as a track's name.</summary>
    private static string? TrackOf(string identifier)
    {
        const string address = "ICAO-";
        const int addressDigits = 6;
        var isAddress = identifier.Length == address.Length + addressDigits && identifier.StartsWith(address, StringComparison.OrdinalIgnoreCase)
            && identifier.AsSpan(address.Length).IndexOfAnyExcept(HexadecimalDigits) < 0;
        return TrackName.Of(isAddress ? identifier[address.Length..] : identifier);
    }

    private static byte[]? Attribute(XmlReader reader, string name) =>
        reader.GetAttribute(name) is { Length: <= XmlSafety.MaximumTextLength } value ? Encoding.UTF8.GetBytes(value) : null;
}
