using System.Text;
using NodaTime;
using Tansiq.Geo;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Positions;

/// <summary>The form in which a value stands in its format.</summary>
internal enum ValueForm
{
    /// <summary>JSON <c>null</c>, an empty CSV field, or one that says <c>null</c>.</summary>
    Nothing = 0,

    /// <summary>A JSON number.</summary>
    Number,

    /// <summary>A JSON string.</summary>
    Text,

    /// <summary>JSON <c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>A JSON array or object.</summary>
    Nested,

    /// <summary>A CSV field, which may be any of them.</summary>
    Field,
}

/// <summary>The values of one record while it is read; used again for the next.</summary>
internal sealed class PositionRow(IdentifierCache identifiers)
{
    /// <summary>The greatest speed that is taken, metres a second: faster than anything that flies in air.</summary>
    public const int MaximumSpeedMetresPerSecond = 5_000;

    private const long E7 = GeoPoint.UnitsPerDegree;

    // Beyond any height in metres or feet, and small enough for whole numbers.
    private const long MaximumHeightE7 = 400_000 * E7;

    // 1 knot is 1852 m an hour.
    private const double MetresPerSecondPerKnot = 1852.0 / 3600;

    private int _seen;
    private Refusal? _refusal;
    private Instant? _timestamp;
    private Instant? _time;
    private string? _track;
    private string? _callsign;
    private bool? _onGround;
    private long? _latitudeE7;
    private long? _longitudeE7;
    private long? _pressureAltitudeE7;
    private long? _geometricAltitudeE7;
    private long? _speedE7;

    /// <summary>Forgets the last record.</summary>
    public void Clear()
    {
        _seen = 0;
        _refusal = null;
        _timestamp = _time = null;
        _track = _callsign = null;
        _onGround = null;
        _latitudeE7 = _longitudeE7 = _pressureAltitudeE7 = _geometricAltitudeE7 = _speedE7 = null;
    }

    /// <summary>Takes a value. What is wrong with it is kept, the first that is wrong is given by <see cref="Finish"/>.</summary>
    public void Set(PositionColumn column, ValueForm form, ReadOnlySpan<byte> value)
    {
        if (column == PositionColumn.None) return;
        var bit = PositionColumns.Bit(column);
        if ((_seen & bit) != 0) Refuse(FeedRefusals.DuplicateName, value, "each name once");
        _seen |= bit;
        if (form == ValueForm.Field)
        {
            value = value.Trim(" \t"u8);
            if (MeansNothing(value)) form = ValueForm.Nothing;
        }

        if (form == ValueForm.Nothing) return;
        if (form == ValueForm.Nested)
        {
            Refuse(FeedRefusals.WrongType, value, "a number, a text, true, false or null");
            return;
        }

        Take(column, form, value);
    }

    /// <summary>The record's position, or the first thing that is wrong with it.</summary>
    public Parsed<ReportedPosition> Finish(RecordPlace place) =>
        Compose().TryGet(out var position, out var refusal) ? position : refusal with { Where = place.ToString() };

    private void Take(PositionColumn column, ValueForm form, ReadOnlySpan<byte> value)
    {
        switch (column)
        {
            case PositionColumn.Timestamp:
                _timestamp = Moment(form, value, milliseconds: true);
                break;
            case PositionColumn.Time:
                _time = Moment(form, value, milliseconds: false);
                break;
            case PositionColumn.Track:
                _track = Identifier(form, value);
                break;
            case PositionColumn.Callsign:
                _callsign = Name(form, value);
                break;
            case PositionColumn.OnGround:
                _onGround = Boolean(form, value);
                break;
            case PositionColumn.Latitude or PositionColumn.StateLatitude:
                _latitudeE7 = Decimal(form, value, "a latitude in degrees");
                break;
            case PositionColumn.Longitude or PositionColumn.StateLongitude:
                _longitudeE7 = Decimal(form, value, "a longitude in degrees");
                break;
            case PositionColumn.Altitude or PositionColumn.StateBaroAltitude:
                _pressureAltitudeE7 = Decimal(form, value, "a pressure altitude");
                break;
            case PositionColumn.GeoAltitude:
                _geometricAltitudeE7 = Decimal(form, value, "a geometric altitude");
                break;
            default:
                _speedE7 = Decimal(form, value, "a speed");
                break;
        }
    }

    private Parsed<ReportedPosition> Compose()
    {
        if (_refusal is not null) return _refusal;
        var isState = (_seen & PositionColumns.StateOnly) != 0;
        if (isState && (_seen & PositionColumns.TrafficOnly) != 0)
            return new Refusal(FeedRefusals.ContradictoryNames, "", PositionColumns.BothFamilies, PositionColumns.EitherFamily);
        if ((_timestamp ?? _time) is not { } at) return new Refusal(FeedRefusals.MissingTime, "", "no time", "timestamp or time");
        if (_track is null) return new Refusal(FeedRefusals.MissingTrack, "", "no icao24", "an identifier");
        if (_latitudeE7 is not { } latitude || _longitudeE7 is not { } longitude)
            return new Refusal(FeedRefusals.MissingPosition, "", "no position", "latitude and longitude");
        if (latitude is < -GeoPoint.MaximumLatitudeE7 or > GeoPoint.MaximumLatitudeE7)
            return OutOfRange(FeedRefusals.LatitudeOutOfRange, latitude, "a latitude of −90 to 90");
        if (longitude is < -GeoPoint.HalfTurnE7 or > GeoPoint.HalfTurnE7)
            return OutOfRange(FeedRefusals.LongitudeOutOfRange, longitude, "a longitude of −180 to 180");
        if (!TryHeight(isState, out var height))
            return OutOfRange(FeedRefusals.HeightOutOfRange, (_pressureAltitudeE7 ?? _geometricAltitudeE7)!.Value, "a height of −8,000 m to 100,000 m");
        var speed = _speedE7 / (double)E7 * (isState ? 1 : MetresPerSecondPerKnot);
        if (speed is < 0 or > MaximumSpeedMetresPerSecond)
            return OutOfRange(FeedRefusals.SpeedOutOfRange, _speedE7!.Value, FeedRefusals.Invariant($"a speed of 0 to {MaximumSpeedMetresPerSecond} m/s"));
        return new ReportedPosition(_track, new(GeoPoint.FromE7(latitude, longitude), 0, height, at), speed, _onGround, _callsign);
    }

    /// <summary>Pressure altitude before geometric: it is what separation is flown by, and what all rows have.</summary>
    private bool TryHeight(bool isState, out Height? height)
    {
        height = null;
        if ((_pressureAltitudeE7 ?? _geometricAltitudeE7) is not { } value) return true;
        if (value is < -MaximumHeightE7 or > MaximumHeightE7) return false;
        var units = RoundedUnits(value * (isState ? Height.UnitsPerMetre : Height.UnitsPerFoot));
        if (!Height.IsInRange(units)) return false;
        height = Height.FromUnits(units, _pressureAltitudeE7 is null ? HeightReference.Ellipsoid : HeightReference.Pressure);
        return true;
    }

    /// <summary>A value times 10⁷ as whole units, ties to even.</summary>
    private static long RoundedUnits(long e7)
    {
        var (whole, rest) = Math.DivRem(Math.Abs(e7), E7);
        if (rest > E7 / 2 || (rest == E7 / 2 && (whole & 1) == 1)) whole++;
        return e7 < 0 ? -whole : whole;
    }

    private Instant? Moment(ValueForm form, ReadOnlySpan<byte> value, bool milliseconds)
    {
        var moment = form switch
        {
            ValueForm.Field => ReportTime.FromField(value, milliseconds),
            ValueForm.Text => ReportTime.FromIso(value),
            ValueForm.Number => milliseconds ? ReportTime.FromMilliseconds(value) : ReportTime.FromSeconds(value),
            _ => null,
        };
        var unit = milliseconds ? "milliseconds" : "seconds";
        if (moment is null) Refuse(FeedRefusals.WrongType, value, unit + " since 1970 or ISO 8601 with zone");
        else if (!ReportTime.IsInRange(moment.Value)) Refuse(FeedRefusals.TimeOutOfRange, value, "a time from 1990 to 2099");
        return moment;
    }

    private string? Identifier(ValueForm form, ReadOnlySpan<byte> value)
    {
        if (form is not (ValueForm.Text or ValueForm.Field)) Refuse(FeedRefusals.WrongType, value, "an identifier as text");
        var trimmed = value.Trim(" \t"u8);
        if (trimmed.IsEmpty) return null;
        if (identifiers.LowerCase(trimmed) is { } track) return track;
        Refuse(FeedRefusals.WrongType, value, FeedRefusals.Invariant($"1 to {IdentifierCache.MaximumLength} of a-z 0-9 ~ - _ . :"));
        return null;
    }

    private string? Name(ValueForm form, ReadOnlySpan<byte> value)
    {
        if (form is not (ValueForm.Text or ValueForm.Field)) Refuse(FeedRefusals.WrongType, value, "a callsign as text");
        var trimmed = value.Trim(" \t"u8);
        if (trimmed.IsEmpty) return null;
        if (identifiers.AsWritten(trimmed) is { } callsign) return callsign;
        Refuse(FeedRefusals.WrongType, value, FeedRefusals.Invariant($"a callsign of at most {IdentifierCache.MaximumLength} characters"));
        return null;
    }

    private bool? Boolean(ValueForm form, ReadOnlySpan<byte> value)
    {
        if (form is ValueForm.Boolean or ValueForm.Field)
        {
            if (Ascii.EqualsIgnoreCase(value, "true"u8) || form == ValueForm.Field && value.SequenceEqual("1"u8)) return true;
            if (Ascii.EqualsIgnoreCase(value, "false"u8) || form == ValueForm.Field && value.SequenceEqual("0"u8)) return false;
        }

        Refuse(FeedRefusals.WrongType, value, "true or false");
        return null;
    }

    private long? Decimal(ValueForm form, ReadOnlySpan<byte> value, string expected)
    {
        if (form is ValueForm.Number or ValueForm.Field)
        {
            if (DecimalE7.Parse(value).TryGet(out var e7, out _)) return e7;
            if (form == ValueForm.Field && IsNotFinite(value))
            {
                Refuse(FeedRefusals.NotFinite, value, expected);
                return null;
            }
        }

        Refuse(FeedRefusals.WrongType, value, expected);
        return null;
    }

    /// <summary>Keeps the first refusal, so that one record gives one.</summary>
    public void Refuse(string code, ReadOnlySpan<byte> found, string expected) =>
        _refusal ??= new(code, "", FeedRefusals.Show(found), expected);

    private static Refusal OutOfRange(string code, long e7, string expected) =>
        new(code, "", FeedRefusals.Invariant($"{e7 / (decimal)E7:0.#######}"), expected);

    /// <summary>Whether a CSV field says that there is no value.</summary>
    internal static bool MeansNothing(ReadOnlySpan<byte> value) =>
        value.IsEmpty || (value.Length == 4 && (Ascii.EqualsIgnoreCase(value, "null"u8) || Ascii.EqualsIgnoreCase(value, "none"u8)));

    /// <summary>NaN and infinity in the spellings of Python, Java, C and JavaScript.</summary>
    internal static bool IsNotFinite(ReadOnlySpan<byte> value)
    {
        value = value.TrimStart("+-"u8);
        return Ascii.EqualsIgnoreCase(value, "nan"u8)
            || Ascii.EqualsIgnoreCase(value, "inf"u8)
            || Ascii.EqualsIgnoreCase(value, "infinity"u8);
    }
}
