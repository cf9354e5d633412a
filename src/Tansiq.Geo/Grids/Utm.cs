using System.Globalization;
using Tansiq.Geo.Text;

namespace Tansiq.Geo.Grids;

/// <summary>A place in the Universal Transverse Mercator grid of WGS 84 (NGA.SIG.0012).</summary>
/// <remarks>The default value is not legal: zone 0 does not exist. Immutable and thread-safe.</remarks>
public readonly record struct UtmCoordinate
{
    /// <summary>Northing of the equator for places south of it, metres.</summary>
    public const double SouthernFalseNorthingMetres = 10_000_000;

    /// <summary>Easting of every zone's central meridian, metres.</summary>
    public const double FalseEastingMetres = 500_000;

    private UtmCoordinate(int zone, bool isSouth, double eastingMetres, double northingMetres)
    {
        Zone = zone;
        IsSouth = isSouth;
        EastingMetres = eastingMetres;
        NorthingMetres = northingMetres;
    }

    /// <summary>The zone, 1 to 60; zone 31 begins at Greenwich.</summary>
    public int Zone { get; }

    /// <summary>Whether the northing counts from 10,000 km south of the equator.</summary>
    public bool IsSouth { get; }

    /// <summary>Metres east, the central meridian at 500,000; 0 to 1,000,000.</summary>
    public double EastingMetres { get; }

    /// <summary>Metres north of the equator, plus 10,000,000 in the south; 0 to 10,000,000.</summary>
    public double NorthingMetres { get; }

    /// <summary>Creates a coordinate.</summary>
    /// <param name="zone">1 to 60.</param>
    /// <param name="isSouth">Whether the northing counts from 10,000 km south of the equator.</param>
    /// <param name="eastingMetres">0 to 1,000,000: a little beyond the zone's edges.</param>
    /// <param name="northingMetres">0 to 9,400,000 in the north, 1,000,000 to 10,000,000 in the south: 84.4° N to 81° S.</param>
    /// <returns>The coordinate, or a refusal: <c>geo.utm-zone</c>, <c>geo.utm-easting</c>, <c>geo.utm-northing</c>.</returns>
    public static Parsed<UtmCoordinate> Create(int zone, bool isSouth, double eastingMetres, double northingMetres)
    {
        if (zone is < 1 or > 60)
            return new Refusal("geo.utm-zone", "", Text($"zone {zone}"), "a zone of 1 to 60");
        if (!(eastingMetres is >= 0 and <= 1_000_000))
            return new Refusal("geo.utm-easting", "", Text($"easting {eastingMetres}"), "an easting of 0 to 1,000,000 m");
        if (!(isSouth ? northingMetres is >= 1_000_000 and <= 10_000_000 : northingMetres is >= 0 and <= 9_400_000))
            return new Refusal("geo.utm-northing", "", Text($"northing {northingMetres}"), "a northing between 80° S and 84° N");
        return new UtmCoordinate(zone, isSouth, eastingMetres, northingMetres);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Conversion between the UTM grid and latitude and longitude, WGS 84.</summary>
/// <remarks>Right to 5 nm before rounding to the grid of 10⁻⁷ degree. The same on every machine; pure and thread-safe.</remarks>
public static class Utm
{
    /// <summary>The southern end of the grid, 80° S, which belongs to it; units of 10⁻⁷ degree.</summary>
    public const int MinimumLatitudeE7 = -80 * GeoPoint.UnitsPerDegree;

    /// <summary>The northern end of the grid, 84° N, which belongs to it; units of 10⁻⁷ degree.</summary>
    public const int MaximumLatitudeE7 = 84 * GeoPoint.UnitsPerDegree;

    private const double CentralScale = 0.9996;

    /// <summary>The grid zone of a point, with the exceptions of south-west Norway and Svalbard; latitudes outside the grid as if inside.</summary>
    public static int ZoneOf(GeoPoint point)
    {
        const long degree = GeoPoint.UnitsPerDegree;
        var zone = (int)((point.LongitudeE7 + 180 * degree) / (6 * degree)) + 1;
        var (latitude, longitude) = (point.LatitudeE7, point.LongitudeE7);
        if (latitude is >= 56 * (int)degree and < 64 * (int)degree && zone == 31 && longitude >= 3 * degree) return 32;
        if (latitude < 72 * degree || longitude < 0 || longitude >= 42 * degree) return zone;
        return longitude < 9 * degree ? 31 : longitude < 21 * degree ? 33 : longitude < 33 * degree ? 35 : 37;
    }

    /// <summary>Longitude of a zone's central meridian, degrees.</summary>
    /// <param name="zone">1 to 60.</param>
    public static int CentralMeridianDegrees(int zone) => zone * 6 - 183;

    /// <summary>The grid coordinates of a point, or a refusal <c>geo.outside-utm</c> south of 80° S and north of 84° N.</summary>
    public static Parsed<UtmCoordinate> FromPoint(GeoPoint point)
    {
        if (point.LatitudeE7 is < MinimumLatitudeE7 or > MaximumLatitudeE7)
            return new Refusal("geo.outside-utm", "", point.ToString(), "a latitude of 80° S to 84° N");
        var zone = ZoneOf(point);
        // The whole units of 10⁻⁷ are exact, so that the difference is rounded once.
        var fromMeridian = point.LongitudeE7 - (long)CentralMeridianDegrees(zone) * GeoPoint.UnitsPerDegree;
        var (x, y) = TransverseMercator.Forward(point.LatitudeDegrees, fromMeridian / (double)GeoPoint.UnitsPerDegree);
        var isSouth = point.LatitudeE7 < 0;
        return UtmCoordinate.Create(
            zone,
            isSouth,
            UtmCoordinate.FalseEastingMetres + CentralScale * x,
            (isSouth ? UtmCoordinate.SouthernFalseNorthingMetres : 0) + CentralScale * y);
    }

    /// <summary>The point nearest to grid coordinates.</summary>
    /// <exception cref="ArgumentException"><paramref name="coordinate"/> is the default value.</exception>
    public static GeoPoint ToPoint(UtmCoordinate coordinate)
    {
        if (coordinate.Zone == 0) throw new ArgumentException("The default value is no place.", nameof(coordinate));
        var (latitude, longitude) = ToDegrees(
            coordinate.Zone,
            coordinate.EastingMetres,
            coordinate.NorthingMetres - (coordinate.IsSouth ? UtmCoordinate.SouthernFalseNorthingMetres : 0));
        return GeoPoint.FromDegrees(latitude, longitude);
    }

    /// <summary>Latitude and longitude (−180 to 180) of a place of a zone; the northing is negative south of the equator.</summary>
    internal static (double LatitudeDegrees, double LongitudeDegrees) ToDegrees(int zone, double eastingMetres, double signedNorthingMetres)
    {
        var (latitude, fromMeridian) = TransverseMercator.Inverse(
            (eastingMetres - UtmCoordinate.FalseEastingMetres) / CentralScale, signedNorthingMetres / CentralScale);
        var longitude = fromMeridian + CentralMeridianDegrees(zone);
        return (latitude, longitude < -180 ? longitude + 360 : longitude > 180 ? longitude - 360 : longitude);
    }
}
