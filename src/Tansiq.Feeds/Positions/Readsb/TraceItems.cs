using System.Text.Json;
using NodaTime;
using Tansiq.Feeds.Positions.Json;
using Tansiq.Geo;

namespace Tansiq.Feeds.Positions.Readsb;

/// <summary>Reads the rows of a trace of readsb (<c>trace_full_*.json</c>, globe_history).</summary>
/// <remarks>
/// readsb, README-json.md, "trace jsons". Callsign and radius of containment stand in some rows only; they hold until
/// they are said anew, or a new leg begins.
/// </remarks>
internal sealed class TraceItems : IJsonItems
{
    // The bits of a row's flags.
    private const long NewLeg = 2;
    private const long AltitudeIsGeometric = 8;

    private readonly JsonItem _json = new();
    private readonly PositionDraft _draft;
    private readonly JsonDocumentHead _head;
    private readonly IdentifierCache _identifiers;
    private readonly TakeValue _takeRow;
    private readonly TakeMember _takeDetail;
    private string? _ofTrack;
    private string? _callsign;
    private IntegrityRadius _radius;
    private Row _row;

    public TraceItems(JsonDocumentHead head, IdentifierCache identifiers)
    {
        _head = head;
        _identifiers = identifiers;
        _draft = new(identifiers);
        _takeRow = TakeRow;
        _takeDetail = TakeDetail;
    }

    /// <inheritdoc/>
    public bool IsReady => _head.Timestamp is not null && _head.Track is not null;

    /// <inheritdoc/>
    public void Read(ReadOnlySpan<byte> item, RecordPlace place, List<PositionRecord> records)
    {
        _draft.Clear();
        _row = default;
        if (_head.Track != _ofTrack) Forget();
        _ofTrack = _head.Track;
        if (JsonItem.Read(item, _takeRow) is { } malformed) _draft.Refuse(malformed);
        if (_ofTrack is not null) _draft.SetTrack(_ofTrack);
        if (_row.After is { } after) _draft.SetTime(_head.Timestamp + after);
        if (_row.AltitudeE7 is { } altitude)
            _draft.SetHeight(altitude, Height.UnitsPerFoot, (_row.Flags & AltitudeIsGeometric) != 0 ? HeightReference.Ellipsoid : HeightReference.Pressure);
        _draft.SetCallsign(_callsign);
        _draft.SetUncertainty(_radius.Metres);
        records.Add(new(place, _draft.Finish(place)));
    }

    private void Forget()
    {
        _callsign = null;
        _radius = default;
    }

    private void TakeRow(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            _draft.Refuse(FeedRefusals.WrongType, reader.ValueSpan, "an array of seconds, latitude, longitude, altitude …");
            reader.Skip();
            return;
        }

        for (var column = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; column++) TakeColumn(column, ref reader);
    }

    private void TakeColumn(int column, ref Utf8JsonReader value)
    {
        const int details = 8;
        if (column == 3 && value.TokenType == JsonTokenType.String && value.ValueTextEquals("ground"u8)) _draft.OnGround = true;
        else if (column == details && value.TokenType == JsonTokenType.StartObject) _json.ReadMembers(ref value, _takeDetail);
        else if (column is details or 5 or 7 or 9 or > 10) value.Skip();
        else if (JsonItem.TryNumber(ref value, _draft, "a number", out var number)) TakeNumber(column, number);
    }

    private void TakeNumber(int column, ReadOnlySpan<byte> number)
    {
        switch (column)
        {
            case 0:
                TakeAfter(number);
                break;
            case 1:
                _draft.SetLatitude(number);
                break;
            case 2:
                _draft.SetLongitude(number);
                break;
            case 3:
                _draft.OnGround = false;
                _row.AltitudeE7 = _draft.Number(number, "an altitude in feet");
                break;
            case 4:
                _draft.SetSpeed(number, PositionDraft.MetresPerSecondPerKnot);
                break;
            case 6:
                _row.Flags = (_draft.Number(number, "flags") ?? 0) / GeoPoint.UnitsPerDegree;
                if ((_row.Flags & NewLeg) != 0) Forget();
                break;
            default:
                _draft.SetHeight(number, Height.UnitsPerFoot, HeightReference.Ellipsoid);
                break;
        }
    }

    private void TakeAfter(ReadOnlySpan<byte> number)
    {
        const long maximumSeconds = 31 * 86_400;
        if (_draft.Number(number, "seconds after the trace's timestamp") is not { } after) return;
        if (after is < 0 or > maximumSeconds * GeoPoint.UnitsPerDegree) _draft.Refuse(FeedRefusals.TimeOutOfRange, number, "0 to 2,678,400 seconds after the trace's timestamp");
        else _row.After = Duration.FromNanoseconds(after * 100);
    }

    private void TakeDetail(ReadOnlySpan<byte> name, ref Utf8JsonReader value)
    {
        switch (AircraftNames.Find(name))
        {
            case AircraftName.Callsign:
                if (_json.TryText(ref value, _draft, "a callsign as text", out var text)) TakeCallsign(text);
                break;
            case AircraftName.IntegrityCategory:
                if (JsonItem.TryNumber(ref value, _draft, "a number", out var category)) _radius.TakeCategory(category);
                break;
            case AircraftName.IntegrityRadius:
                if (JsonItem.TryNumber(ref value, _draft, "a number", out var radius)) _radius.TakeRadius(radius);
                break;
            default:
                value.Skip();
                break;
        }
    }

    private void TakeCallsign(ReadOnlySpan<byte> text)
    {
        text = text.Trim((byte)' ');
        _callsign = text.IsEmpty ? null : _identifiers.AsWritten(text);
        if (!text.IsEmpty && _callsign is null) _draft.Refuse(FeedRefusals.WrongType, text, "a callsign");
    }

    private struct Row
    {
        public Duration? After;
        public long? AltitudeE7;
        public long Flags;
    }
}
