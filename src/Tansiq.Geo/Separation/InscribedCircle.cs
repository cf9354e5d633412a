using Tansiq.Geo.Outlines;

namespace Tansiq.Geo.Separation;

/// <summary>Whether a circle fits in an outline.</summary>
public static class InscribedCircle
{
    /// <summary>By how much the circle that certainly fits may be smaller than the one asked for, metres.</summary>
    public const double SlackMetres = 5;

    /// <summary>The smallest radius that can be asked for, metres.</summary>
    public const int MinimumRadiusMetres = 100;

    /// <summary>The greatest radius that can be asked for, metres; up to it bounds of distances stay within 2 m.</summary>
    public const int MaximumRadiusMetres = 100_000;

    /// <summary>How many places are looked at before the answer is that the circle is not known to fit.</summary>
    public const int MaximumCells = 20_000;

    private const double LeastMeridianRadiusMetres = 6_335_439;
    private const double GreatestMeridianRadiusMetres = 6_399_594;
    private const double RadiansPerUnit = Math.PI / GeoPoint.HalfTurnE7;

    // Halves the cells of a plane's box, most promising first (D. Garcia-Castellanos, U. Lombardo, "Poles of
    // inaccessibility", Scottish Geographical Journal 123, 2007, with bounds on the ellipsoid in place of the sphere's).
    internal static bool Fits(Outline outline, int radiusMetres)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(radiusMetres, MinimumRadiusMetres);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(radiusMetres, MaximumRadiusMetres);
        if (FitsAtCentre(outline, radiusMetres)) return true;
        var queue = new PriorityQueue<PlaneBox, double>();
        queue.Enqueue(outline.Box, 0);
        for (var cell = 0; cell < MaximumCells && queue.TryDequeue(out var box, out _); cell++)
        {
            var centre = new PlanePoint(box.West + (box.East - box.West) / 2, box.South + (box.North - box.South) / 2);
            var (widthMetres, heightMetres) = SizeOf(box, centre);
            var reachMetres = Math.Sqrt(widthMetres * widthMetres + heightMetres * heightMetres);
            var toEdge = OutlineDistance.ToEdge(centre.ToGeoPoint(), outline, radiusMetres + reachMetres);
            var isInside = outline.Locate(centre) == PointLocation.Inside;
            if (isInside && toEdge.LowerMetres >= radiusMetres - SlackMetres) return true;
            var bestMetres = (isInside ? toEdge.UpperMetres : -toEdge.LowerMetres) + reachMetres;
            if (bestMetres < radiusMetres || (box.East - box.West <= 1 && box.North - box.South <= 1)) continue;
            foreach (var half in Halves(box, centre, widthMetres > heightMetres)) queue.Enqueue(half, -bestMetres);
        }
        return false;
    }

    // Of most outlines the middle of the box says enough, and soon. Within the latitudes that a way as long as the radius can
    // reach, no metre of the ellipsoid is shorter than here, so the edges are at least as far as they are in this plane.
    private static bool FitsAtCentre(Outline outline, int radiusMetres)
    {
        var box = outline.Box;
        var centre = new PlanePoint(box.West + (box.East - box.West) / 2, box.South + (box.North - box.South) / 2);
        const double metresNorth = RadiansPerUnit * LeastMeridianRadiusMetres;
        var farthest = Math.Abs(centre.Y) + (long)Math.Ceiling(radiusMetres / metresNorth);
        if (farthest > GeoPoint.MaximumLatitudeE7 || box.East - box.West > GeoPoint.HalfTurnE7) return false;
        var metresEast = RadiansPerUnit * SurfacePoint.ParallelRadiusMetres(farthest);
        foreach (var edge in outline.Edges)
        {
            var (startEast, startNorth) = ((edge.Start.X - centre.X) * metresEast, (edge.Start.Y - centre.Y) * metresNorth);
            var (alongEast, alongNorth) = ((edge.End.X - edge.Start.X) * metresEast, (edge.End.Y - edge.Start.Y) * metresNorth);
            var nearest = Math.Clamp(
                -(startEast * alongEast + startNorth * alongNorth) / (alongEast * alongEast + alongNorth * alongNorth), 0, 1);
            var (east, north) = (startEast + nearest * alongEast, startNorth + nearest * alongNorth);
            if (east * east + north * north < (double)radiusMetres * radiusMetres) return false;
        }

        return outline.Locate(centre) == PointLocation.Inside;
    }

    // From the centre to the farther side each way, at most: along a parallel of the box's widest, and along a meridian.
    private static (double WidthMetres, double HeightMetres) SizeOf(PlaneBox box, PlanePoint centre)
    {
        var nearestToEquator = box.South > 0 ? box.South : Math.Min(0, box.North);
        var widthMetres = (box.East - centre.X) * RadiansPerUnit * SurfacePoint.ParallelRadiusMetres(nearestToEquator);
        return (widthMetres, (box.North - centre.Y) * RadiansPerUnit * GreatestMeridianRadiusMetres);
    }

    private static PlaneBox[] Halves(PlaneBox box, PlanePoint centre, bool acrossWidth) =>
        acrossWidth
            ? [box with { East = centre.X }, box with { West = centre.X }]
            : [box with { North = centre.Y }, box with { South = centre.Y }];
}
