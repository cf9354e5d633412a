using Tansiq.Geo.Geodesy;

namespace Tansiq.Geo.Separation;

/// <summary>A point in space, geocentric Cartesian coordinates in metres (x to 0° E, z to the north pole).</summary>
internal readonly record struct SurfacePoint(double X, double Y, double Z)
{
    /// <summary>WGS 84 semi-major axis (NGA.STND.0036).</summary>
    public const double EquatorialRadiusMetres = 6_378_137;

    private const double Flattening = 1 / 298.257223563;
    private const double EccentricitySquared = Flattening * (2 - Flattening);

    /// <summary>The point on the ellipsoid at plane coordinates in units of 10⁻⁷ degree, which need not be whole.</summary>
    public static SurfacePoint At(double xE7, double yE7)
    {
        var (sinLatitude, cosLatitude) = Deterministic.SinCosDegrees(yE7 / GeoPoint.UnitsPerDegree);
        var (sinLongitude, cosLongitude) = Deterministic.SinCosDegrees(xE7 / GeoPoint.UnitsPerDegree);
        var normal = EquatorialRadiusMetres / Math.Sqrt(1 - EccentricitySquared * sinLatitude * sinLatitude);
        return new(
            normal * cosLatitude * cosLongitude,
            normal * cosLatitude * sinLongitude,
            normal * (1 - EccentricitySquared) * sinLatitude);
    }

    /// <summary>The radius of the parallel at a latitude, metres.</summary>
    public static double ParallelRadiusMetres(double yE7) => At(0, yE7).X;

    public double Dot(SurfacePoint other) => X * other.X + Y * other.Y + Z * other.Z;

    public static SurfacePoint operator +(SurfacePoint left, SurfacePoint right) =>
        new(left.X + right.X, left.Y + right.Y, left.Z + right.Z);

    public static SurfacePoint operator -(SurfacePoint left, SurfacePoint right) =>
        new(left.X - right.X, left.Y - right.Y, left.Z - right.Z);

    public static SurfacePoint operator *(double factor, SurfacePoint point) =>
        new(factor * point.X, factor * point.Y, factor * point.Z);
}

/// <summary>A box in space, edges along the geocentric axes, metres.</summary>
internal readonly record struct SpaceBox(SurfacePoint Low, SurfacePoint High)
{
    /// <summary>The smallest box that holds two points and everything within a distance of them.</summary>
    public static SpaceBox Around(SurfacePoint first, SurfacePoint second, double marginMetres) => new(
        new(Math.Min(first.X, second.X) - marginMetres, Math.Min(first.Y, second.Y) - marginMetres, Math.Min(first.Z, second.Z) - marginMetres),
        new(Math.Max(first.X, second.X) + marginMetres, Math.Max(first.Y, second.Y) + marginMetres, Math.Max(first.Z, second.Z) + marginMetres));

    /// <summary>The smallest box that holds both.</summary>
    public SpaceBox With(SpaceBox other) => new(
        new(Math.Min(Low.X, other.Low.X), Math.Min(Low.Y, other.Low.Y), Math.Min(Low.Z, other.Low.Z)),
        new(Math.Max(High.X, other.High.X), Math.Max(High.Y, other.High.Y), Math.Max(High.Z, other.High.Z)));

    /// <summary>The least distance between points of the boxes, metres.</summary>
    public double DistanceMetres(SpaceBox other)
    {
        var gap = new SurfacePoint(
            Gap(Low.X, High.X, other.Low.X, other.High.X),
            Gap(Low.Y, High.Y, other.Low.Y, other.High.Y),
            Gap(Low.Z, High.Z, other.Low.Z, other.High.Z));
        return Math.Sqrt(gap.Dot(gap));
    }

    private static double Gap(double low, double high, double otherLow, double otherHigh) =>
        Math.Max(0, Math.Max(otherLow - high, low - otherHigh));
}
