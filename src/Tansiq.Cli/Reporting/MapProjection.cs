using Tansiq.Geo;

namespace Tansiq.Cli.Reporting;

/// <summary>
/// Places on the drawing of a map: equidistant cylindrical, true to scale along the middle latitude. Coordinates are whole drawing units,
/// x to the east and y to the south from the north-west corner.
/// </summary>
internal sealed class MapProjection
{
    /// <summary>Width of every map in drawing units.</summary>
    public const int Width = 12_000;

    private const int LeastHeight = 5_200;
    private const int GreatestHeight = 8_000;
    private const double LeastSpanDegrees = 0.2;
    private const double Margin = 0.08;
    private const double LeastNarrowing = 0.15;

    private MapProjection(double west, double north, double unitsPerDegreeEast, double unitsPerDegreeNorth, int height)
    {
        WestDegrees = west;
        NorthDegrees = north;
        UnitsPerDegreeEast = unitsPerDegreeEast;
        UnitsPerDegreeNorth = unitsPerDegreeNorth;
        Height = height;
    }

    /// <summary>Longitude of the left edge, degrees.</summary>
    public double WestDegrees { get; }

    /// <summary>Latitude of the upper edge, degrees.</summary>
    public double NorthDegrees { get; }

    /// <summary>Drawing units of one degree of longitude.</summary>
    public double UnitsPerDegreeEast { get; }

    /// <summary>Drawing units of one degree of latitude.</summary>
    public double UnitsPerDegreeNorth { get; }

    /// <summary>Height of the map in drawing units.</summary>
    public int Height { get; }

    private double MiddleLongitudeDegrees => WestDegrees + Width / 2d / UnitsPerDegreeEast;

    /// <summary>The map that shows all of some boxes (at least one), each brought into the turn that makes the map narrowest.</summary>
    public static MapProjection Showing(IReadOnlyCollection<PlaneBox> boxes)
    {
        var west = WestOf(boxes);
        var (east, south, north) = (west, double.MaxValue, double.MinValue);
        foreach (var box in boxes)
        {
            var left = Degrees(box.West);
            left += 360 * Math.Ceiling((west - 1e-9 - left) / 360);
            east = Math.Max(east, left + Degrees(box.East - box.West));
            south = Math.Min(south, Degrees(box.South));
            north = Math.Max(north, Degrees(box.North));
        }

        return Around(west, south, Math.Min(east, west + 360), north);
    }

    /// <summary>Where a point of the plane is drawn, in the turn in which it comes nearest to the middle of the map.</summary>
    public (int X, int Y) At(PlanePoint point) => At(point, TurnsOf(point.X));

    /// <summary>Where a point of the plane is drawn after some turns to the east.</summary>
    public (int X, int Y) At(PlanePoint point, int turns) =>
        ((int)Math.Round((Degrees(point.X) + 360d * turns - WestDegrees) * UnitsPerDegreeEast), (int)Math.Round((NorthDegrees - Degrees(point.Y)) * UnitsPerDegreeNorth));

    /// <summary>The turns that bring a longitude nearest to the middle of the map.</summary>
    public int TurnsOf(long x) => (int)Math.Round((MiddleLongitudeDegrees - Degrees(x)) / 360);

    private static MapProjection Around(double west, double south, double east, double north)
    {
        var (wide, high) = (Math.Max(east - west, LeastSpanDegrees), Math.Max(north - south, LeastSpanDegrees));
        var (middleX, middleY) = ((west + east) / 2, (south + north) / 2);
        var narrowing = Math.Max(LeastNarrowing, (32_400 - 4 * middleY * middleY) / (32_400 + middleY * middleY));
        (wide, high) = (wide * (1 + 2 * Margin), high * (1 + 2 * Margin));
        var unitsNorth = Math.Min(Width / (wide * narrowing), GreatestHeight / high);
        var height = Math.Clamp((int)Math.Round(high * unitsNorth), LeastHeight, GreatestHeight);
        var unitsEast = unitsNorth * narrowing;
        return new(middleX - Width / 2d / unitsEast, middleY + height / 2d / unitsNorth, unitsEast, unitsNorth, height);
    }

    /// <summary>The western edge that leaves the widest stretch of longitude without a box outside.</summary>
    private static double WestOf(IReadOnlyCollection<PlaneBox> boxes)
    {
        var starts = boxes.Select(box => (From: Wrapped(Degrees(box.West)), Wide: Degrees(box.East - box.West))).OrderBy(box => box.From).ToList();
        var (best, widest) = (starts[0].From, -1d);
        var reach = starts.Max(box => box.From + box.Wide) - 360;
        foreach (var (from, wide) in starts)
        {
            if (from - reach > widest) (best, widest) = (from, from - reach);
            reach = Math.Max(reach, from + wide);
        }

        return best;
    }

    private static double Wrapped(double degrees) => degrees - 360 * Math.Floor((degrees + 180) / 360);

    private static double Degrees(long units) => units / (double)GeoPoint.UnitsPerDegree;
}
