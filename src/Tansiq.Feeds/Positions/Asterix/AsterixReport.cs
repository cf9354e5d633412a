using NodaTime;
using Tansiq.Geo;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Positions.Asterix;

/// <summary>What one record says of an aircraft while it is read; used again for the next.</summary>
internal sealed class AsterixReport(IdentifierCache identifiers, RadarPlaces radars)
{
    private Refusal? _refusal;
    private GeoPoint? _place;
    private int _uncertaintyMetres;
    private (double RangeMetres, double AzimuthDegrees)? _polar;
    private long? _heightUnits;
    private HeightReference _heightReference;

    /// <summary>One string for each name.</summary>
    public IdentifierCache Identifiers => identifiers;

    /// <summary>The time of day, UTC.</summary>
    public Duration? TimeOfDay { get; set; }

    /// <summary>The number of the track at its source.</summary>
    public int? TrackNumber { get; set; }

    /// <summary>The 24-bit address; 0 is none.</summary>
    public int Address { get; set; }

    /// <summary>Whether the address is none that a state gave out for this aircraft (anonymous, of a vehicle, used twice).</summary>
    public bool IsOtherAddress { get; set; }

    /// <summary>The callsign, or null.</summary>
    public string? Callsign { get; set; }

    /// <summary>The speed over ground, metres a second, or null.</summary>
    public double? GroundSpeed { get; set; }

    /// <summary>Whether it is on the ground, or null.</summary>
    public bool? OnGround { get; set; }

    /// <summary>Forgets the last record.</summary>
    public void Clear()
    {
        _refusal = null;
        _place = null;
        _uncertaintyMetres = 0;
        _polar = null;
        _heightUnits = null;
        TimeOfDay = null;
        TrackNumber = null;
        Address = 0;
        IsOtherAddress = false;
        Callsign = null;
        GroundSpeed = null;
        OnGround = null;
    }

    /// <summary>Keeps the first thing for which the report is not taken.</summary>
    public void Refuse(string code, string found, string expected) => _refusal ??= new(code, "", found, expected);

    /// <summary>Takes a place in units of 180°/2ⁿ, which is one (<see cref="AsterixValues.IsPlace"/>).</summary>
    public void SetPlace(int latitude, int longitude, int powerOfTwo) =>
        _place = GeoPoint.FromE7(AsterixValues.AngleE7(latitude, powerOfTwo), AsterixValues.AngleE7(longitude, powerOfTwo));

    /// <summary>Takes the radius in which the true place lies.</summary>
    public void SetUncertainty(double metres) => _uncertaintyMetres = (int)Math.Ceiling(metres);

    /// <summary>Takes a place by slant range and azimuth from the radar.</summary>
    public void SetPolar(double rangeMetres, double azimuthDegrees) => _polar = (rangeMetres, azimuthDegrees);

    /// <summary>Takes a height in units of 0.1 mm.</summary>
    public void SetHeight(long units, HeightReference reference)
    {
        _heightUnits = units;
        _heightReference = reference;
    }

    /// <summary>The position, or the first thing that is wrong with it; the place in the source is left empty.</summary>
    /// <param name="systemAreaCode">SAC of the data source.</param>
    /// <param name="systemIdentificationCode">SIC of the data source.</param>
    /// <param name="at">The instant of <see cref="TimeOfDay"/>, or null where it has none.</param>
    public Parsed<ReportedPosition> Finish(int systemAreaCode, int systemIdentificationCode, Instant? at)
    {
        if (_refusal is not null) return _refusal;
        if (at is not { } moment) return new Refusal(FeedRefusals.MissingTime, "", "no time of day", "a time of day");
        if (!ReportTime.IsInRange(moment)) return new Refusal(FeedRefusals.TimeOutOfRange, "", moment.ToString(), "a time from 1990 to 2099");
        if (Track(systemAreaCode, systemIdentificationCode) is not { } track)
            return new Refusal(FeedRefusals.MissingTrack, "", "a plot", "an address or a track number");
        if (_heightUnits is { } units && !Height.IsInRange(units))
            return new Refusal(FeedRefusals.HeightOutOfRange, "", FeedRefusals.Invariant($"{units / (decimal)Height.UnitsPerMetre:0.####} m"), "a height of −8,000 m to 100,000 m");
        if (GroundSpeed > PositionRow.MaximumSpeedMetresPerSecond)
            return new Refusal(FeedRefusals.SpeedOutOfRange, "", FeedRefusals.Invariant($"{GroundSpeed:0.#} m/s"), FeedRefusals.Invariant($"a speed of 0 to {PositionRow.MaximumSpeedMetresPerSecond} m/s"));
        Height? height = _heightUnits is { } known ? Height.FromUnits(known, _heightReference) : null;
        if (!Place(systemAreaCode, systemIdentificationCode, height).TryGet(out var place, out var refusal)) return refusal;
        return new ReportedPosition(track, new(place.Place, place.UncertaintyMetres, height, moment), GroundSpeed, OnGround, Callsign);
    }

    private Parsed<(GeoPoint Place, int UncertaintyMetres)> Place(int systemAreaCode, int systemIdentificationCode, Height? height)
    {
        if (_place is { } place) return (place, _uncertaintyMetres);
        if (_polar is not { } polar) return new Refusal(FeedRefusals.MissingPosition, "", "no position", "a position in WGS 84 or by range and azimuth");
        return radars.Find(systemAreaCode, systemIdentificationCode) is { } radar
            ? SlantRange.Place(radar, polar.RangeMetres, polar.AzimuthDegrees, height?.Metres)
            : new Refusal(
                AsterixRefusals.RadarPlaceUnknown,
                "",
                FeedRefusals.Invariant($"a range and an azimuth from radar {systemAreaCode}/{systemIdentificationCode}"),
                "a radar whose place is in the list of radars");
    }

    /// <summary>The address in hexadecimal, after <c>~</c> where no state gave it out; else source and track number.</summary>
    private string? Track(int systemAreaCode, int systemIdentificationCode)
    {
        Span<byte> text = stackalloc byte[IdentifierCache.MaximumLength];
        int length;
        if (Address != 0)
        {
            text[0] = (byte)'~';
            if (!System.Buffers.Text.Utf8Formatter.TryFormat(Address, text[1..], out length, new('x', 6))) return null;
            return identifiers.LowerCase(IsOtherAddress ? text[..(length + 1)] : text.Slice(1, length));
        }

        if (TrackNumber is not { } number) return null;
        return System.Text.Unicode.Utf8.TryWrite(text, $"{systemAreaCode}-{systemIdentificationCode}-{number}", out length)
            ? identifiers.LowerCase(text[..length])
            : null;
    }
}
