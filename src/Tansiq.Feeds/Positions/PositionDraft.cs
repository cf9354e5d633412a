using NodaTime;
using Tansiq.Feeds.Positions.Clocks;
using Tansiq.Geo;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Positions;

/// <summary>One position while it is put together from the texts of a format; used again for the next.</summary>
/// <remarks>What is wrong with a value is kept; <see cref="Finish"/> gives the first that is wrong. Used by one thread.</remarks>
internal sealed class PositionDraft(IdentifierCache identifiers)
{
    /// <summary>1 knot is 1852 m an hour.</summary>
    public const double MetresPerSecondPerKnot = 1852.0 / 3600;

    /// <summary>The greatest uncertainty that is kept, metres; what is less certain is somewhere on the Earth.</summary>
    public const int MaximumUncertaintyMetres = 20_040_000;

    private const long MaximumHeightE7 = 400_000 * (long)GeoPoint.UnitsPerDegree;

    private Refusal? _refusal;
    private Instant? _at;
    private string? _track;
    private string? _callsign;
    private long? _latitudeE7;
    private long? _longitudeE7;
    private Height? _pressure;
    private Height? _ellipsoid;
    private Height? _seaLevel;
    private double? _speed;
    private int _uncertaintyMetres;

    /// <summary>Whether the aircraft says that it is on the ground, or null.</summary>
    public bool? OnGround { get; set; }

    /// <summary>Forgets the last position.</summary>
    public void Clear()
    {
        _refusal = null;
        _at = null;
        _track = _callsign = null;
        OnGround = null;
        _latitudeE7 = _longitudeE7 = null;
        _pressure = _ellipsoid = _seaLevel = null;
        _speed = null;
        _uncertaintyMetres = 0;
    }

    /// <summary>Keeps the first refusal, so that one record gives one.</summary>
    public void Refuse(string code, ReadOnlySpan<byte> found, string expected) =>
        _refusal ??= new(code, "", FeedRefusals.Show(found), expected);

    /// <summary>Keeps a refusal that is already made, if it is the first.</summary>
    public void Refuse(Refusal refusal) => _refusal ??= refusal;

    /// <summary>Takes the time; null is none.</summary>
    public void SetTime(Instant? at)
    {
        _at = at;
        if (at is { } time && !ReportTime.IsInRange(time))
            _refusal ??= new(FeedRefusals.TimeOutOfRange, "", time == Instant.MaxValue ? "a later time" : time.ToString(), "a time from 1990 to 2099");
    }

    /// <summary>Takes the time as digits with an optional fraction: seconds since 1970.</summary>
    public void SetSeconds(ReadOnlySpan<byte> digits)
    {
        var at = ReportTime.FromSeconds(digits);
        if (at is null) Refuse(FeedRefusals.WrongType, digits, "seconds since 1970");
        SetTime(at);
    }

    /// <summary>Takes the time as ISO 8601, by the clock's rule where it has no zone, or as seconds or milliseconds since 1970.</summary>
    public void SetTime(ReadOnlySpan<byte> text, ClockRule clock)
    {
        var at = ReportTime.FromSecondsOrMilliseconds(text) ?? ReportTime.FromIso(text) ?? ReportTime.FromIsoWithoutZone(text, clock);
        if (at is null) Refuse(FeedRefusals.WrongType, text, "ISO 8601, or seconds or milliseconds since 1970");
        SetTime(at);
    }

    /// <summary>Takes the identifier, in lower case.</summary>
    public void SetTrack(ReadOnlySpan<byte> text)
    {
        text = text.Trim(" \t"u8);
        if (text.IsEmpty) return;
        _track = identifiers.LowerCase(text);
        if (_track is null) Refuse(FeedRefusals.WrongType, text, FeedRefusals.Invariant($"1 to {IdentifierCache.MaximumLength} of a-z 0-9 ~ - _ . :"));
    }

    /// <summary>Takes an identifier or callsign that was read before.</summary>
    public void SetTrack(string track) => _track = track;

    /// <summary>Takes the callsign as it is written, without the blanks around it; empty is none.</summary>
    public void SetCallsign(ReadOnlySpan<byte> text)
    {
        text = text.Trim(" \t"u8);
        if (text.IsEmpty) return;
        _callsign = identifiers.AsWritten(text);
        if (_callsign is null) Refuse(FeedRefusals.WrongType, text, FeedRefusals.Invariant($"a callsign of at most {IdentifierCache.MaximumLength} characters"));
    }

    /// <summary>Takes a callsign that was read before.</summary>
    public void SetCallsign(string? callsign) => _callsign = callsign;

    /// <summary>Takes the latitude, degrees north.</summary>
    public void SetLatitude(ReadOnlySpan<byte> text) => _latitudeE7 = Number(text, "a latitude in degrees");

    /// <summary>Takes the longitude, degrees east.</summary>
    public void SetLongitude(ReadOnlySpan<byte> text) => _longitudeE7 = Number(text, "a longitude in degrees");

    /// <summary>Takes the place in units of 10⁻⁷ degree.</summary>
    public void SetPlace(long latitudeE7, long longitudeE7) => (_latitudeE7, _longitudeE7) = (latitudeE7, longitudeE7);

    /// <summary>Takes a height; of several, pressure goes before ellipsoid, ellipsoid before sea level.</summary>
    /// <param name="text">The number.</param>
    /// <param name="heightUnits">The number's unit in units of <see cref="Height"/>, for example <see cref="Height.UnitsPerFoot"/>.</param>
    /// <param name="reference">What it is measured from: not the ground.</param>
    public void SetHeight(ReadOnlySpan<byte> text, long heightUnits, HeightReference reference)
    {
        if (Number(text, "a height") is { } valueE7) SetHeight(valueE7, heightUnits, reference);
    }

    /// <summary>Takes a height that was read before, in units of 10⁻⁷ of its unit.</summary>
    public void SetHeight(long valueE7, long heightUnits, HeightReference reference)
    {
        // What is beyond would not fit, and is far out of range.
        if (valueE7 is < -MaximumHeightE7 or > MaximumHeightE7 || !Height.IsInRange(RoundedUnits(valueE7 * heightUnits)))
        {
            _refusal ??= new(FeedRefusals.HeightOutOfRange, "", DecimalE7.Format(valueE7), "a height of −8,000 m to 100,000 m");
            return;
        }

        var height = Height.FromUnits(RoundedUnits(valueE7 * heightUnits), reference);
        if (reference == HeightReference.Pressure) _pressure = height;
        else if (reference == HeightReference.Ellipsoid) _ellipsoid = height;
        else _seaLevel = height;
    }

    /// <summary>Takes the speed over ground.</summary>
    /// <param name="text">The number.</param>
    /// <param name="metresPerSecond">Its unit in metres a second.</param>
    public void SetSpeed(ReadOnlySpan<byte> text, double metresPerSecond)
    {
        if (Number(text, "a speed") is not { } value) return;
        SetSpeed(value / (double)GeoPoint.UnitsPerDegree * metresPerSecond, text);
    }

    /// <summary>Takes a speed that was read before, metres a second.</summary>
    public void SetSpeed(double? metresPerSecond) => _speed = metresPerSecond;

    /// <summary>Takes the radius in which the true place lies, metres, rounded up; 0 is unknown.</summary>
    public void SetUncertainty(int metres) => _uncertaintyMetres = Math.Clamp(metres, 0, MaximumUncertaintyMetres);

    /// <summary>Takes the radius as text, metres.</summary>
    public void SetUncertainty(ReadOnlySpan<byte> text)
    {
        if (Number(text, "a radius in metres") is not { } value) return;
        if (value < 0) Refuse(FeedRefusals.WrongType, text, "a radius in metres, 0 or more");
        else SetUncertainty((int)Math.Min(MaximumUncertaintyMetres, (value + GeoPoint.UnitsPerDegree - 1) / GeoPoint.UnitsPerDegree));
    }

    /// <summary>A decimal number in units of 10⁻⁷; null where it is none, which is then refused.</summary>
    public long? Number(ReadOnlySpan<byte> text, string expected)
    {
        text = text.Trim(" \t"u8);
        if (DecimalE7.Parse(text).TryGet(out var units, out _)) return units;
        Refuse(PositionRow.IsNotFinite(text) ? FeedRefusals.NotFinite : FeedRefusals.WrongType, text, expected);
        return null;
    }

    /// <summary>The position, or the first thing that is wrong with it.</summary>
    public Parsed<ReportedPosition> Finish(RecordPlace place) =>
        Compose().TryGet(out var position, out var refusal) ? position : refusal with { Where = place + refusal.Where };

    private Parsed<ReportedPosition> Compose()
    {
        if (_refusal is not null) return _refusal;
        if (_at is not { } at) return new Refusal(FeedRefusals.MissingTime, "", "no time", "a time");
        if (_track is null) return new Refusal(FeedRefusals.MissingTrack, "", "no identifier", "an identifier");
        if (_latitudeE7 is not { } latitude || _longitudeE7 is not { } longitude)
            return new Refusal(FeedRefusals.MissingPosition, "", "no position", "latitude and longitude");
        if (latitude is < -GeoPoint.MaximumLatitudeE7 or > GeoPoint.MaximumLatitudeE7)
            return new Refusal(FeedRefusals.LatitudeOutOfRange, "", DecimalE7.Format(latitude), "a latitude of −90 to 90");
        if (longitude is < -GeoPoint.HalfTurnE7 or > GeoPoint.HalfTurnE7)
            return new Refusal(FeedRefusals.LongitudeOutOfRange, "", DecimalE7.Format(longitude), "a longitude of −180 to 180");
        var place = GeoPoint.FromE7(latitude, longitude);
        return new ReportedPosition(_track, new(place, _uncertaintyMetres, _pressure ?? _ellipsoid ?? _seaLevel, at), _speed, OnGround, _callsign);
    }

    /// <summary>A value times 10⁷ as whole units, ties to even.</summary>
    private static long RoundedUnits(long e7)
    {
        var (whole, rest) = Math.DivRem(Math.Abs(e7), GeoPoint.UnitsPerDegree);
        if (rest > GeoPoint.UnitsPerDegree / 2 || rest == GeoPoint.UnitsPerDegree / 2 && (whole & 1) == 1) whole++;
        return e7 < 0 ? -whole : whole;
    }

    private void SetSpeed(double metresPerSecond, ReadOnlySpan<byte> text)
    {
        if (metresPerSecond is >= 0 and <= PositionRow.MaximumSpeedMetresPerSecond) _speed = metresPerSecond;
        else Refuse(FeedRefusals.SpeedOutOfRange, text, FeedRefusals.Invariant($"a speed of 0 to {PositionRow.MaximumSpeedMetresPerSecond} m/s"));
    }
}
