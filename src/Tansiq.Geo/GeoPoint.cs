using System.Globalization;

namespace Tansiq.Geo;

/// <summary>A point on the WGS 84 ellipsoid in whole units of 10⁻⁷ degree (about 11 mm of latitude).</summary>
/// <remarks>
/// This is the only form in which a coordinate stands on the record. The antimeridian is −180°: longitude +180° is read
/// as −180°, so that one place has one form. The default value is 0° N 0° E, which is legal. Immutable and thread-safe.
/// </remarks>
public readonly record struct GeoPoint
{
    /// <summary>Units of one degree.</summary>
    public const int UnitsPerDegree = 10_000_000;

    /// <summary>The largest latitude, 90° N, in units of 10⁻⁷ degree.</summary>
    public const int MaximumLatitudeE7 = 90 * UnitsPerDegree;

    /// <summary>Half a turn, 180°, in units of 10⁻⁷ degree.</summary>
    public const int HalfTurnE7 = 180 * UnitsPerDegree;

    /// <summary>A whole turn, 360°, in units of 10⁻⁷ degree.</summary>
    public const long TurnE7 = 2L * HalfTurnE7;

    private GeoPoint(int latitudeE7, int longitudeE7)
    {
        LatitudeE7 = latitudeE7;
        LongitudeE7 = longitudeE7;
    }

    /// <summary>Latitude, north positive, in units of 10⁻⁷ degree: −900,000,000 to 900,000,000.</summary>
    public int LatitudeE7 { get; }

    /// <summary>Longitude, east positive, in units of 10⁻⁷ degree: −1,800,000,000 to 1,799,999,999.</summary>
    public int LongitudeE7 { get; }

    /// <summary>Latitude in degrees, north positive: the nearest double to the exact value.</summary>
    public double LatitudeDegrees => LatitudeE7 / (double)UnitsPerDegree;

    /// <summary>Longitude in degrees, east positive: the nearest double to the exact value.</summary>
    public double LongitudeDegrees => LongitudeE7 / (double)UnitsPerDegree;

    /// <summary>Creates a point from whole units of 10⁻⁷ degree.</summary>
    /// <param name="latitudeE7">Latitude, −900,000,000 to 900,000,000.</param>
    /// <param name="longitudeE7">Longitude, −1,800,000,000 to 1,800,000,000; the last becomes the first.</param>
    /// <exception cref="ArgumentOutOfRangeException">A coordinate is outside its range.</exception>
    public static GeoPoint FromE7(long latitudeE7, long longitudeE7)
    {
        if (latitudeE7 is < -MaximumLatitudeE7 or > MaximumLatitudeE7)
            throw new ArgumentOutOfRangeException(nameof(latitudeE7), latitudeE7, "Latitude must be −90° to 90°.");
        if (longitudeE7 is < -HalfTurnE7 or > HalfTurnE7)
            throw new ArgumentOutOfRangeException(nameof(longitudeE7), longitudeE7, "Longitude must be −180° to 180°.");
        return new((int)latitudeE7, longitudeE7 == HalfTurnE7 ? -HalfTurnE7 : (int)longitudeE7);
    }

    /// <summary>Creates the point nearest to a latitude and longitude in degrees (ties to even).</summary>
    /// <param name="latitudeDegrees">Latitude, −90 to 90.</param>
    /// <param name="longitudeDegrees">Longitude, −180 to 180.</param>
    /// <exception cref="ArgumentOutOfRangeException">A coordinate is not finite or is outside its range.</exception>
    public static GeoPoint FromDegrees(double latitudeDegrees, double longitudeDegrees)
    {
        if (!(Math.Abs(latitudeDegrees) <= 90))
            throw new ArgumentOutOfRangeException(nameof(latitudeDegrees), latitudeDegrees, "Latitude must be −90 to 90.");
        if (!(Math.Abs(longitudeDegrees) <= 180))
            throw new ArgumentOutOfRangeException(nameof(longitudeDegrees), longitudeDegrees, "Longitude must be −180 to 180.");
        return FromE7(
            (long)Math.Round(latitudeDegrees * UnitsPerDegree, MidpointRounding.ToEven),
            (long)Math.Round(longitudeDegrees * UnitsPerDegree, MidpointRounding.ToEven));
    }

    /// <summary>The point in the plane of unwrapped longitudes, in its own turn (−180° to 180°).</summary>
    public PlanePoint ToPlane() => new(LongitudeE7, LatitudeE7);

    /// <summary>Latitude and longitude in decimal degrees with seven places, for example <c>36.2083333 37.1500000</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{LatitudeE7 / (decimal)UnitsPerDegree:F7} {LongitudeE7 / (decimal)UnitsPerDegree:F7}");
}

/// <summary>
/// A point in the plane of unwrapped longitude (X) and latitude (Y), both in units of 10⁻⁷ degree. X may lie outside
/// ±180° so that an outline across the antimeridian is in one piece; points that differ by whole turns are one place.
/// </summary>
/// <param name="X">Unwrapped longitude, 10⁻⁷ degree, within ±540°.</param>
/// <param name="Y">Latitude, 10⁻⁷ degree, within ±90°.</param>
public readonly record struct PlanePoint(long X, long Y)
{
    /// <summary>The place of this point, with its longitude back in −180° to 180°.</summary>
    public GeoPoint ToGeoPoint()
    {
        var longitude = X % GeoPoint.TurnE7;
        if (longitude >= GeoPoint.HalfTurnE7) longitude -= GeoPoint.TurnE7;
        if (longitude < -GeoPoint.HalfTurnE7) longitude += GeoPoint.TurnE7;
        return GeoPoint.FromE7(Y, longitude);
    }

    /// <summary>This point moved east by whole turns (negative: west).</summary>
    public PlanePoint Turned(int turns) => new(X + turns * GeoPoint.TurnE7, Y);
}

/// <summary>A closed box in the plane of unwrapped longitude and latitude; its edges belong to it.</summary>
/// <param name="West">Smallest X.</param>
/// <param name="South">Smallest Y.</param>
/// <param name="East">Largest X.</param>
/// <param name="North">Largest Y.</param>
public readonly record struct PlaneBox(long West, long South, long East, long North)
{
    /// <summary>Whether the point lies in the box or on its edge; turns are not considered.</summary>
    public bool Contains(PlanePoint point) =>
        point.X >= West && point.X <= East && point.Y >= South && point.Y <= North;

    /// <summary>Whether the boxes share at least a point; turns are not considered.</summary>
    public bool Meets(PlaneBox other) =>
        West <= other.East && other.West <= East && South <= other.North && other.South <= North;

    /// <summary>The box moved east by whole turns (negative: west).</summary>
    public PlaneBox Turned(int turns) =>
        new(West + turns * GeoPoint.TurnE7, South, East + turns * GeoPoint.TurnE7, North);
}
