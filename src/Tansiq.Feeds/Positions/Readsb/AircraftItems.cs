using System.Text.Json;
using NodaTime;
using Tansiq.Feeds.Positions.Json;
using Tansiq.Geo;

namespace Tansiq.Feeds.Positions.Readsb;

/// <summary>Reads the aircraft of a list: <c>aircraft.json</c> of readsb, tar1090 and dump1090, and lists with OpenSky's names.</summary>
/// <remarks>readsb, README-json.md; OpenSky REST API, state vectors. A list's own names say the units: docs/formats/feeds-text.md.</remarks>
internal sealed class AircraftItems : IJsonItems
{
    private readonly JsonItem _json = new();
    private readonly PositionDraft _draft;
    private readonly JsonDocumentHead _head;
    private readonly TakeValue _takeItem;
    private readonly TakeMember _takeMember;
    private bool _hasOwnTime;
    private Duration _age;
    private IntegrityRadius _radius;

    public AircraftItems(JsonDocumentHead head, IdentifierCache identifiers)
    {
        _head = head;
        _draft = new(identifiers);
        _takeItem = TakeItem;
        _takeMember = TakeMember;
    }

    /// <inheritdoc/>
    public bool IsReady => _head.Now is not null;

    /// <inheritdoc/>
    public void Read(ReadOnlySpan<byte> item, RecordPlace place, List<PositionRecord> records)
    {
        _draft.Clear();
        _hasOwnTime = false;
        _age = Duration.Zero;
        _radius = default;
        if (JsonItem.Read(item, _takeItem) is { } malformed) _draft.Refuse(malformed);
        if (!_hasOwnTime) _draft.SetTime(_head.Now - _age);
        _draft.SetUncertainty(_radius.Metres);
        records.Add(new(place, _draft.Finish(place)));
    }

    private void TakeItem(ref Utf8JsonReader reader)
    {
        if (!_json.ReadMembers(ref reader, _takeMember)) _draft.Refuse(FeedRefusals.WrongType, reader.ValueSpan, "an object");
    }

    private void TakeMember(ReadOnlySpan<byte> name, ref Utf8JsonReader value)
    {
        switch (AircraftNames.Find(name))
        {
            case AircraftName.Track:
                if (_json.TryText(ref value, _draft, "an address as text", out var track)) _draft.SetTrack(track);
                break;
            case AircraftName.Callsign:
                if (_json.TryText(ref value, _draft, "a callsign as text", out var callsign)) _draft.SetCallsign(callsign);
                break;
            case AircraftName.PressureAltitudeFeet:
                TakeAltitude(ref value);
                break;
            case AircraftName.OnGround:
                if (value.TokenType is JsonTokenType.True or JsonTokenType.False) _draft.OnGround = value.GetBoolean();
                else value.Skip();
                break;
            case AircraftName.None:
                value.Skip();
                break;
            case var number:
                if (JsonItem.TryNumber(ref value, _draft, AircraftNames.Expected(number), out var digits)) TakeNumber(number, digits);
                break;
        }
    }

    /// <summary>An altitude in feet, or the word <c>ground</c>.</summary>
    private void TakeAltitude(ref Utf8JsonReader value)
    {
        if (value.TokenType == JsonTokenType.String && value.ValueTextEquals("ground"u8))
        {
            _draft.OnGround = true;
        }
        else if (JsonItem.TryNumber(ref value, _draft, "feet or \"ground\"", out var feet))
        {
            _draft.OnGround ??= false;
            _draft.SetHeight(feet, Height.UnitsPerFoot, HeightReference.Pressure);
        }
    }

    private void TakeNumber(AircraftName name, ReadOnlySpan<byte> digits)
    {
        switch (name)
        {
            case AircraftName.Latitude:
                _draft.SetLatitude(digits);
                break;
            case AircraftName.Longitude:
                _draft.SetLongitude(digits);
                break;
            case AircraftName.EllipsoidFeet:
                _draft.SetHeight(digits, Height.UnitsPerFoot, HeightReference.Ellipsoid);
                break;
            case AircraftName.PressureAltitudeMetres:
                _draft.SetHeight(digits, Height.UnitsPerMetre, HeightReference.Pressure);
                break;
            case AircraftName.EllipsoidMetres:
                _draft.SetHeight(digits, Height.UnitsPerMetre, HeightReference.Ellipsoid);
                break;
            case AircraftName.SpeedKnots:
                _draft.SetSpeed(digits, PositionDraft.MetresPerSecondPerKnot);
                break;
            case AircraftName.SpeedMetresPerSecond:
                _draft.SetSpeed(digits, 1);
                break;
            case AircraftName.PositionAge:
                TakeAge(digits);
                break;
            case AircraftName.PositionTime:
                _draft.SetSeconds(digits);
                _hasOwnTime = true;
                break;
            case AircraftName.IntegrityCategory:
                _radius.TakeCategory(digits);
                break;
            default:
                _radius.TakeRadius(digits);
                break;
        }
    }

    private void TakeAge(ReadOnlySpan<byte> digits)
    {
        const long maximumSeconds = 86_400;
        if (_draft.Number(digits, "an age in seconds") is not { } age) return;
        if (age is < 0 or > maximumSeconds * GeoPoint.UnitsPerDegree) _draft.Refuse(FeedRefusals.TimeOutOfRange, digits, "an age of 0 to 86,400 seconds");
        else _age = Duration.FromNanoseconds(age * 100);
    }
}
