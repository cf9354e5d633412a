using System.Numerics;
using Tansiq.Geo;

namespace Tansiq.Coordination.Monitoring;

/// <summary>Whether a track would have had to go faster than a limit from one fix to another, in whole numbers alone.</summary>
internal static class ApparentSpeed
{
    // 0.011132 m is 10⁻⁷ degree of the equator; 0.2 % are nothing here. Ten times as much a tick of 100 ns:
    // metres × 10⁷ = units × 111,320.
    private const long MetresE7PerUnit = 111_320;
    private const long UnitsPerHundredth = GeoPoint.UnitsPerDegree / 100;

    /// <summary>Whether the way from the first to the second fix is longer than the speed allows.</summary>
    /// <param name="first">The earlier fix.</param>
    /// <param name="second">The later fix.</param>
    /// <param name="metresPerSecond">The limit.</param>
    /// <param name="allowanceTicks">Added to the time between the fixes, ticks of 100 ns.</param>
    public static bool Exceeds(in Fix first, in Fix second, int metresPerSecond, long allowanceTicks)
    {
        var allowed = metresPerSecond * (second.Ticks - first.Ticks + allowanceTicks);
        var northward = Math.Abs((long)second.Place.LatitudeE7 - first.Place.LatitudeE7);
        var eastward = Math.Abs((long)second.Place.LongitudeE7 - first.Place.LongitudeE7);
        eastward = Math.Min(eastward, GeoPoint.TurnE7 - eastward);
        return (northward + eastward) * MetresE7PerUnit > allowed && IsLonger(northward, eastward, MiddleLatitude(first, second), allowed);
    }

    // Bhāskara's rational cosine, with the latitude in hundredths of a degree.
    private static bool IsLonger(long northward, long eastward, long latitude, long allowed)
    {
        BigInteger denominator = 324_000_000 + latitude * latitude;
        BigInteger numerator = 324_000_000 - 4 * latitude * latitude;
        var north = northward * denominator * MetresE7PerUnit;
        var east = eastward * numerator * MetresE7PerUnit;
        var most = allowed * denominator;
        return north * north + east * east > most * most;
    }

    private static long MiddleLatitude(in Fix first, in Fix second) =>
        Math.Abs((long)first.Place.LatitudeE7 + second.Place.LatitudeE7) / (2 * UnitsPerHundredth);
}
