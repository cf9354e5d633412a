using Tansiq.Geo;
using Tansiq.Geo.Geodesy;
using Tansiq.Geo.Outlines;

namespace Tansiq.Cli.Exercise;

/// <summary>A place well inside an outline, where an aircraft has room to turn.</summary>
/// <param name="Place">The place; it lies in the outline.</param>
/// <param name="ClearanceMetres">About how far the nearest edge is, metres (in the plane, a few per mille off).</param>
internal readonly record struct RoomInOutline(GeoPoint Place, double ClearanceMetres)
{
    private const int GridLines = 16;
    private const double MetresPerUnit = 0.0111195;

    /// <summary>The place of a grid over the outline's box that is farthest from its edges; a corner where none lies inside.</summary>
    public static RoomInOutline Of(Outline outline)
    {
        var best = new RoomInOutline(outline.Shell[0].ToGeoPoint(), 0);
        var box = outline.Box;
        for (var row = 1; row < GridLines; row++)
        {
            for (var column = 1; column < GridLines; column++)
            {
                var point = new PlanePoint(
                    box.West + (box.East - box.West) * column / GridLines, box.South + (box.North - box.South) * row / GridLines);
                if (!outline.Contains(point.ToGeoPoint())) continue;
                var clearance = Clearance(outline, point);
                if (clearance > best.ClearanceMetres) best = new(point.ToGeoPoint(), clearance);
            }
        }

        return best;
    }

    private static double Clearance(Outline outline, PlanePoint point)
    {
        var eastMetres = MetresPerUnit * Deterministic.SinCosDegrees(point.Y / (double)GeoPoint.UnitsPerDegree).Cos;
        var least = double.MaxValue;
        foreach (var ring in outline.Holes.Prepend(outline.Shell))
        {
            for (var index = 0; index < ring.Length; index++)
                least = Math.Min(least, SquaredDistance(point, ring[index], ring[(index + 1) % ring.Length], eastMetres));
        }

        return Math.Sqrt(least);
    }

    private static double SquaredDistance(PlanePoint point, PlanePoint start, PlanePoint end, double eastMetres)
    {
        double startX = (start.X - point.X) * eastMetres, startY = (start.Y - point.Y) * MetresPerUnit;
        double alongX = (end.X - start.X) * eastMetres, alongY = (end.Y - start.Y) * MetresPerUnit;
        var fraction = Math.Clamp(-(startX * alongX + startY * alongY) / (alongX * alongX + alongY * alongY), 0, 1);
        double x = startX + fraction * alongX, y = startY + fraction * alongY;
        return x * x + y * y;
    }
}
