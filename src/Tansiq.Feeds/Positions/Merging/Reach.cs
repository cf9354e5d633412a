using Tansiq.Geo;

namespace Tansiq.Feeds.Positions.Merging;

/// <summary>Whether a place is within reach of another at a speed, in whole numbers alone (docs/formats/feeds-merge.md).</summary>
internal static class Reach
{
    // 10⁻⁷ degree of the equator is 11.132 mm.
    private const long UnitsPerMicroscale = 1_000;
    private const long MillimetresPerMicroscale = 11_132;

    // No two places are farther apart, measured as below.
    private const long FarthestUnits = GeoPoint.HalfTurnE7 + (2L * GeoPoint.MaximumLatitudeE7);
    private const long UnitsPerHundredth = GeoPoint.UnitsPerDegree / 100;

    /// <summary>Whether the way between two places is no longer than a speed makes in a time.</summary>
    /// <param name="first">One place.</param>
    /// <param name="second">The other.</param>
    /// <param name="metresPerSecond">The speed.</param>
    /// <param name="milliseconds">The time.</param>
    public static bool Covers(GeoPoint first, GeoPoint second, long metresPerSecond, long milliseconds)
    {
        var allowed = metresPerSecond * milliseconds * UnitsPerMicroscale / MillimetresPerMicroscale;
        var northward = Math.Abs((long)second.LatitudeE7 - first.LatitudeE7);
        var eastward = Math.Abs((long)second.LongitudeE7 - first.LongitudeE7);
        eastward = Math.Min(eastward, GeoPoint.TurnE7 - eastward);
        if (northward + eastward <= allowed || allowed >= FarthestUnits) return true;
        return northward <= allowed && !IsLonger(northward, eastward, MiddleLatitude(first, second), allowed);
    }

    /// <summary>The middle latitude in whole hundredths of a degree, cut.</summary>
    private static long MiddleLatitude(GeoPoint first, GeoPoint second) =>
        Math.Abs((long)first.LatitudeE7 + second.LatitudeE7) / (2 * UnitsPerHundredth);

    // Bhāskara's rational cosine: (32400 − 4x²) / (32400 + x²) of x degrees.
    private static bool IsLonger(long northward, long eastward, long latitude, long allowed)
    {
        Int128 denominator = 324_000_000 + (latitude * latitude);
        Int128 numerator = 324_000_000 - (4 * latitude * latitude);
        var (north, east, most) = (northward * denominator, eastward * numerator, allowed * denominator);
        return (north * north) + (east * east) > most * most;
    }
}
