using Tansiq.Geo.Geodesy;

namespace Tansiq.Geo.Separation;

/// <summary>Boxes widened by a distance: what lies outside is farther than that.</summary>
public static class LateralReach
{
    // A degree of latitude is nowhere shorter than 110,574 m, so this many units of 10⁻⁷ degree cover a metre and more.
    private const double UnitsPerMetreOfLatitude = GeoPoint.UnitsPerDegree / 110_500.0;

    // Nearer to a pole than this a longitude says nothing about distance.
    private const long PolarLatitudeE7 = 85L * GeoPoint.UnitsPerDegree;

    /// <summary>The box outside of which nothing is nearer, by the lower bound of <see cref="OutlineDistance"/>.</summary>
    /// <param name="box">The box of what the distance is measured from.</param>
    /// <param name="metres">The distance, 0 or more; of 0 only what meets the box is in reach.</param>
    /// <returns>The box; 360° wide and wider near the poles.</returns>
    public static PlaneBox Around(PlaneBox box, int metres)
    {
        if (metres == 0) return box;
        var latitude = (long)Math.Ceiling(OutlineDistance.GreatestWithLowerBound(metres) * UnitsPerMetreOfLatitude);
        var south = box.South - latitude;
        var north = box.North + latitude;
        var farthest = Math.Max(Math.Abs(south), Math.Abs(north));
        if (farthest >= PolarLatitudeE7) return new(-GeoPoint.HalfTurnE7, south, GeoPoint.HalfTurnE7, north);
        // A way no longer than the distance stays between these latitudes, where a parallel is at least so much shorter.
        var shrink = Deterministic.Cos(farthest / (double)GeoPoint.UnitsPerDegree * (Math.PI / 180));
        var longitude = (long)Math.Ceiling(latitude / shrink);
        return new(box.West - longitude, south, box.East + longitude, north);
    }
}
