using Tansiq.Feeds.Positions.Ordering;
using Tansiq.Geo;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Positions.Sbs;

/// <summary>Reads SBS-1 (BaseStation, port 30003): a position for each message of type 2 or 3 that has a place.</summary>
/// <remarks>Callsign and speed stand in other messages of the aircraft and hold for a time (<see cref="SbsAircraft"/>).</remarks>
internal sealed class SbsReader
{
    /// <summary>The longest line in bytes, without its end: a log that lost power has blocks of zeros in its lines.</summary>
    public const int MaximumLineBytes = 64 * 1024;

    /// <summary>How far the end of a line that is too long is looked for before the source is given up.</summary>
    public const int MaximumPassedOverBytes = 1024 * 1024;

    /// <summary>The most aircraft of which callsign and speed are kept; those of further ones are in their own messages only.</summary>
    public const int MaximumAircraft = 100_000;

    private const int CallsignMessage = 1;
    private const int SurfacePosition = 2;
    private const int AirbornePosition = 3;
    private const int Velocity = 4;

    private readonly CsvLines _lines;
    private readonly SbsClock _clock;
    private readonly IdentifierCache _identifiers = new();
    private readonly PositionDraft _draft;
    private readonly Dictionary<string, SbsAircraft> _aircraft = new(StringComparer.Ordinal);

    public SbsReader(FeedInput input, PositionContext context)
    {
        _lines = new(input, MaximumLineBytes, MaximumPassedOverBytes);
        _clock = new(context.Clock);
        _draft = new(_identifiers);
    }

    /// <summary>Whether the first bytes of an input are those of SBS-1, with or without a time before it.</summary>
    public static bool IsStart(ReadOnlySpan<byte> start)
    {
        var content = FeedInput.WithoutPreamble(start).TrimStart(" \t\r\n"u8);
        return content.StartsWith("START,"u8) || IsOtherMessage(content) || SbsMessage.IsStart(content);
    }

    /// <summary>Gives each position once, and each line that is none of the format.</summary>
    public IEnumerable<PositionRecord> Read()
    {
        while (_lines.Next() is var outcome and not LineOutcome.End)
        {
            var place = new RecordPlace(RecordKind.Line, _lines.Number);
            if (outcome == LineOutcome.TooLong) yield return new(place, Refuse(FeedRefusals.LineTooLong, "a longer line", place));
            else if (ReadLine(place) is { } content) yield return new(place, content);
        }

        if (_lines.Failure is { } failure) yield return new(new(RecordKind.Line, _lines.Number), failure);
    }

    /// <summary>Looks at the times of the messages alone.</summary>
    public TimeSpread? LookThrough()
    {
        var spread = new TimeSpread();
        while (_lines.Next() is var outcome and not LineOutcome.End)
        {
            if (outcome == LineOutcome.TooLong) continue;
            var line = Line();
            if (StartOf(line) is var start and >= 0) _clock.TryStart(line[start..]);
            else if (SbsMessage.TrySplit(line, out var message) && message.Type is SurfacePosition or AirbornePosition
                && _clock.TimeOf(message) is { } at && ReportTime.IsInRange(at)) spread.Add(TimeSpread.Nanoseconds(at));
        }

        return spread;
    }

    private Parsed<ReportedPosition>? ReadLine(RecordPlace place)
    {
        var line = Line();
        if (StartOf(line) is var start and >= 0)
        {
            var isStarted = _clock.TryStart(line[start..]);
            if (start == "START,".Length && isStarted) return null;
            return Refuse(FeedRefusals.MalformedLine, FeedRefusals.Show(line), place);
        }

        if (SbsMessage.TrySplit(line, out var message)) return ReadMessage(message, line, place);
        if (line.IsEmpty || IsOtherMessage(line)) return null;
        return Refuse(FeedRefusals.MalformedLine, FeedRefusals.Show(line), place);
    }

    private ReadOnlySpan<byte> Line() =>
        (_lines.Number == 1 ? FeedInput.WithoutPreamble(_lines.Current) : _lines.Current).Trim(" \t"u8);

    /// <summary>What follows <c>START,</c> begins there, or −1. A program that begins anew writes on where it was cut off in a line.</summary>
    private static int StartOf(ReadOnlySpan<byte> line)
    {
        var start = line.IndexOf("START,"u8);
        return start < 0 ? -1 : start + "START,".Length;
    }

    private Parsed<ReportedPosition>? ReadMessage(in SbsMessage message, ReadOnlySpan<byte> line, RecordPlace place)
    {
        switch (message.Type)
        {
            case CallsignMessage or Velocity:
                Remember(message);
                return null;
            case SurfacePosition or AirbornePosition:
                if (message.Field(SbsField.Latitude).IsEmpty && message.Field(SbsField.Longitude).IsEmpty) return null;
                return Position(message).Finish(place);
            case >= 1 and <= 8:
                return null;
            default:
                return Refuse(FeedRefusals.MalformedLine, FeedRefusals.Show(line), place);
        }
    }

    private PositionDraft Position(in SbsMessage message)
    {
        _draft.Clear();
        var address = message.Field(SbsField.Address);
        var at = _clock.TimeOf(message);
        _draft.SetTime(at);
        _draft.SetTrack(address);
        if (!message.Field(SbsField.Latitude).IsEmpty) _draft.SetLatitude(message.Field(SbsField.Latitude));
        if (!message.Field(SbsField.Longitude).IsEmpty) _draft.SetLongitude(message.Field(SbsField.Longitude));
        var altitude = message.Field(SbsField.Altitude);
        if (!altitude.IsEmpty) _draft.SetHeight(altitude, Height.UnitsPerFoot, HeightReference.Pressure);
        _draft.OnGround = message.Type == SurfacePosition ? true : OnGround(message.Field(SbsField.IsOnGround));
        var aircraft = at is null || _identifiers.LowerCase(address) is not { } track ? null : _aircraft.GetValueOrDefault(track);
        if (aircraft is not null)
        {
            _draft.SetCallsign(aircraft.CallsignAt(at!.Value));
            _draft.SetSpeed(aircraft.SpeedAt(at.Value));
        }

        var speed = message.Field(SbsField.GroundSpeed);
        if (!speed.IsEmpty) _draft.SetSpeed(speed, PositionDraft.MetresPerSecondPerKnot);
        var callsign = message.Field(SbsField.Callsign);
        if (!callsign.IsEmpty) _draft.SetCallsign(callsign);
        return _draft;
    }

    /// <summary>Keeps callsign and speed for the positions that follow; what cannot be read of them is passed over.</summary>
    private void Remember(in SbsMessage message)
    {
        if (_clock.TimeOf(message) is not { } at || _identifiers.LowerCase(message.Field(SbsField.Address)) is not { } track) return;
        var callsign = message.Field(SbsField.Callsign).Trim(" @"u8);
        if (!callsign.IsEmpty && _identifiers.AsWritten(callsign) is { } name) AircraftOf(track)?.SetCallsign(name, at);
        if (!DecimalE7.Parse(message.Field(SbsField.GroundSpeed)).TryGet(out var knotsE7, out _)) return;
        var speed = knotsE7 / (double)GeoPoint.UnitsPerDegree * PositionDraft.MetresPerSecondPerKnot;
        if (speed is >= 0 and <= PositionRow.MaximumSpeedMetresPerSecond) AircraftOf(track)?.SetSpeed(speed, at);
    }

    private SbsAircraft? AircraftOf(string track)
    {
        if (_aircraft.TryGetValue(track, out var aircraft) || _aircraft.Count == MaximumAircraft) return aircraft;
        aircraft = new();
        _aircraft.Add(track, aircraft);
        return aircraft;
    }

    private static bool? OnGround(ReadOnlySpan<byte> field)
    {
        if (field.SequenceEqual("-1"u8) || field.SequenceEqual("1"u8)) return true;
        return field.SequenceEqual("0"u8) ? false : null;
    }

    /// <summary>The lines of the format that hold no message, and what some programs write when they stop for a while.</summary>
    private static bool IsOtherMessage(ReadOnlySpan<byte> line) =>
        line.StartsWith("SEL,"u8) || line.StartsWith("ID,"u8) || line.StartsWith("AIR,"u8) || line.StartsWith("STA,"u8) || line.StartsWith("CLK,"u8)
        || line.StartsWith("PAUSE,"u8) || line.StartsWith("UNPAUSE,"u8);

    private static Refusal Refuse(string code, string found, RecordPlace place) =>
        new(code, place.ToString(), found, FeedRefusals.Invariant($"a line of SBS-1 of at most {MaximumLineBytes} bytes"));
}
