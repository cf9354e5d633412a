using Tansiq.Geo;
using Tansiq.Geo.Geodesy;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Airspaces.Aixm;

/// <summary>The part of a border that a ring follows from where one curve leaves it to where the next joins it.</summary>
internal static class AixmBorder
{
    /// <summary>Finds the part.</summary>
    /// <param name="border">The whole border, its first point again at its end where it is closed.</param>
    /// <param name="from">Where the ring comes to it.</param>
    /// <param name="to">Where the ring goes from it.</param>
    /// <param name="place">Where the link stands.</param>
    /// <returns>
    /// Its vertices between those nearest to both points, in the direction of the ring; of a closed border the shorter way. Refused
    /// where a point is farther than <see cref="AixmGeometry.MaximumGapMetres"/> from each vertex.
    /// </returns>
    public static Parsed<List<GeoPoint>?> Between(List<GeoPoint> border, GeoPoint from, GeoPoint to, string place)
    {
        var (first, last) = (Nearest(border, from), Nearest(border, to));
        var farthest = Math.Max(first.Metres, last.Metres);
        if (farthest > AixmGeometry.MaximumGapMetres)
        {
            var found = FeedRefusals.Invariant($"{farthest:0} m from the border");
            return new Refusal(AirspaceRefusals.Coordinate, place, found, FeedRefusals.Invariant($"a curve that meets the border, or is at most {AixmGeometry.MaximumGapMetres} m off"));
        }

        var straight = Run(border, first.Index, last.Index);
        if (border[0] != border[^1] || border.Count < 4) return straight;
        var around = first.Index <= last.Index
            ? [.. Run(border, first.Index, 0), .. Run(border, border.Count - 1, last.Index).Skip(1)]
            : (List<GeoPoint>)[.. Run(border, first.Index, border.Count - 1), .. Run(border, 0, last.Index).Skip(1)];
        return Length(straight) <= Length(around) ? straight : around;
    }

    private static (int Index, double Metres) Nearest(List<GeoPoint> border, GeoPoint point)
    {
        var best = (Index: 0, Metres: double.PositiveInfinity);
        for (var index = 0; index < border.Count; index++)
        {
            // Far away in latitude alone needs no distance.
            if (Math.Abs((long)border[index].LatitudeE7 - point.LatitudeE7) > GeoPoint.UnitsPerDegree) continue;
            var metres = Geodesic.Inverse(border[index], point).DistanceMetres;
            if (metres < best.Metres) best = (index, metres);
        }

        return best;
    }

    private static List<GeoPoint> Run(List<GeoPoint> border, int from, int to)
    {
        var run = new List<GeoPoint>();
        var step = from <= to ? 1 : -1;
        for (var index = from; index != to + step; index += step) run.Add(border[index]);
        return run;
    }

    private static double Length(List<GeoPoint> points) =>
        points.Zip(points.Skip(1), (first, second) => Geodesic.Inverse(first, second).DistanceMetres).Sum();
}
