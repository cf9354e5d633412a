namespace Tansiq.Geo.Geodesy;

/// <summary>The shortest path between two points.</summary>
/// <param name="DistanceMetres">Its length on the ellipsoid, metres.</param>
/// <param name="StartAzimuthDegrees">Its direction at the first point, degrees clockwise from north, 0 to below 360.</param>
/// <param name="EndAzimuthDegrees">Its direction at the second point (onward, not back), degrees, 0 to below 360.</param>
public readonly record struct GeodesicPath(double DistanceMetres, double StartAzimuthDegrees, double EndAzimuthDegrees);

/// <summary>The end of a geodesic of given start, direction and length.</summary>
/// <param name="LatitudeDegrees">Latitude, −90 to 90.</param>
/// <param name="LongitudeDegrees">Longitude, −180 to below 180.</param>
/// <param name="AzimuthDegrees">Direction at the end (onward), degrees clockwise from north, 0 to below 360.</param>
public readonly record struct GeodesicEnd(double LatitudeDegrees, double LongitudeDegrees, double AzimuthDegrees)
{
    /// <summary>The point of the grid that is nearest to the end.</summary>
    public GeoPoint ToGeoPoint() => GeoPoint.FromDegrees(LatitudeDegrees, LongitudeDegrees);
}

/// <summary>Geodesics on the WGS 84 ellipsoid.</summary>
/// <remarks>
/// After C. F. F. Karney, "Algorithms for geodesics", Journal of Geodesy 87 (2013) 43–55, series to sixth order. Distances
/// are right to 15 nm; both problems have an answer for every argument in range, nearly antipodal points included. At a
/// pole the azimuth is measured from the meridian of the longitude that was given there. Same bits on every machine; pure
/// and thread-safe.
/// </remarks>
public static class Geodesic
{
    /// <summary>The largest longitude that is taken, degrees either way: a turn and a half.</summary>
    public const double MaximumLongitudeDegrees = 540;

    /// <summary>The longest geodesic that <see cref="Direct(double, double, double, double)"/> follows, metres either way.</summary>
    public const double MaximumDistanceMetres = 1e9;

    /// <summary>The shortest path between two points.</summary>
    /// <param name="firstLatitudeDegrees">Latitude of the first point, −90 to 90.</param>
    /// <param name="firstLongitudeDegrees">Longitude of the first point, −540 to 540.</param>
    /// <param name="secondLatitudeDegrees">Latitude of the second point, −90 to 90.</param>
    /// <param name="secondLongitudeDegrees">Longitude of the second point, −540 to 540.</param>
    /// <returns>
    /// Distance and azimuths. Coincident points give 0 m and azimuths 0. Where several paths are shortest (opposite points
    /// on the equator, opposite meridians) the one that leaves to the north or over the north pole, and to the east, is given.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is not finite or is outside its range.</exception>
    public static GeodesicPath Inverse(
        double firstLatitudeDegrees, double firstLongitudeDegrees, double secondLatitudeDegrees, double secondLongitudeDegrees)
    {
        RequireLatitude(firstLatitudeDegrees);
        RequireLongitude(firstLongitudeDegrees);
        RequireLatitude(secondLatitudeDegrees);
        RequireLongitude(secondLongitudeDegrees);
        return GeodesicInverse.Solve(firstLatitudeDegrees, firstLongitudeDegrees, secondLatitudeDegrees, secondLongitudeDegrees);
    }

    /// <summary>The shortest path between two points of the grid.</summary>
    public static GeodesicPath Inverse(GeoPoint first, GeoPoint second) => GeodesicInverse.Solve(
        first.LatitudeDegrees, first.LongitudeDegrees, second.LatitudeDegrees, second.LongitudeDegrees);

    /// <summary>Follows a geodesic from a point.</summary>
    /// <param name="latitudeDegrees">Latitude of the start, −90 to 90.</param>
    /// <param name="longitudeDegrees">Longitude of the start, −540 to 540.</param>
    /// <param name="azimuthDegrees">Direction at the start, degrees clockwise from north, −720 to 720.</param>
    /// <param name="distanceMetres">Length, metres, −10⁹ to 10⁹; negative goes backwards.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is not finite or is outside its range.</exception>
    public static GeodesicEnd Direct(double latitudeDegrees, double longitudeDegrees, double azimuthDegrees, double distanceMetres)
    {
        RequireLatitude(latitudeDegrees);
        RequireLongitude(longitudeDegrees);
        if (!(Math.Abs(azimuthDegrees) <= 720))
            throw new ArgumentOutOfRangeException(nameof(azimuthDegrees), azimuthDegrees, "Azimuth must be −720 to 720.");
        if (!(Math.Abs(distanceMetres) <= MaximumDistanceMetres))
            throw new ArgumentOutOfRangeException(nameof(distanceMetres), distanceMetres, "Distance must be −10⁹ m to 10⁹ m.");
        return new GeodesicLine(latitudeDegrees, longitudeDegrees, azimuthDegrees).At(distanceMetres);
    }

    /// <summary>Follows a geodesic from a point of the grid to the nearest point of the grid.</summary>
    /// <param name="start">The start.</param>
    /// <param name="azimuthDegrees">Direction at the start, degrees clockwise from north, −720 to 720.</param>
    /// <param name="distanceMetres">Length, metres, −10⁹ to 10⁹; negative goes backwards.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is not finite or is outside its range.</exception>
    public static GeoPoint Direct(GeoPoint start, double azimuthDegrees, double distanceMetres) =>
        Direct(start.LatitudeDegrees, start.LongitudeDegrees, azimuthDegrees, distanceMetres).ToGeoPoint();

    private static void RequireLatitude(double degrees)
    {
        if (!(Math.Abs(degrees) <= 90))
            throw new ArgumentOutOfRangeException(nameof(degrees), degrees, "Latitude must be −90 to 90.");
    }

    private static void RequireLongitude(double degrees)
    {
        if (!(Math.Abs(degrees) <= MaximumLongitudeDegrees))
            throw new ArgumentOutOfRangeException(nameof(degrees), degrees, "Longitude must be −540 to 540.");
    }
}
