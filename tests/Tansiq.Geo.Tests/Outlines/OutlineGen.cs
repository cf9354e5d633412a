using CsCheck;
using Tansiq.Geo.Outlines;

namespace Tansiq.Geo.Tests.Outlines;

/// <summary>How drawings of small whole numbers are put on the Earth.</summary>
/// <param name="West">Longitude of the drawing's origin, 10⁻⁷ degree.</param>
/// <param name="South">Latitude of the drawing's origin, 10⁻⁷ degree.</param>
/// <param name="Step">Length of one step, 10⁻⁷ degree.</param>
internal readonly record struct Placement(long West, long South, long Step)
{
    public GeoPoint Place(int x, int y)
    {
        var longitude = (West + x * Step) % GeoPoint.TurnE7;
        if (longitude > GeoPoint.HalfTurnE7) longitude -= GeoPoint.TurnE7;
        return GeoPoint.FromE7(South + y * Step, longitude);
    }
}

/// <summary>Drawings full of coincidence: on a grid of 8 × 8, so that points fall on edges and edges on edges.</summary>
internal static class OutlineGen
{
    public const int Size = 7;

    private static readonly Placement[] Places =
    [
        new Placement(371_000_000, 362_000_000, 1),
        new Placement(371_000_000, 362_000_000, 12_345),
        new Placement(GeoPoint.HalfTurnE7 - 3_000, -100, 1_000),
        new Placement(GeoPoint.HalfTurnE7 - 30_000_001, 500_000_000, 10_000_003),
        new Placement(-GeoPoint.HalfTurnE7, -890_000_000, 254_000_000),
    ];

    /// <summary>Tiny, about a village, wide, across the antimeridian, and as large as outlines come.</summary>
    public static readonly Gen<Placement> Placements = Gen.Int[0, 4].Select(i => Places[i]);

    public static readonly Gen<(int X, int Y)> Point = Gen.Select(Gen.Int[0, Size], Gen.Int[0, Size]);

    /// <summary>Rings as they come: most cross or touch themselves.</summary>
    public static readonly Gen<(int X, int Y)[]> AnyRing = Point.Array[3, 7];

    /// <summary>Rings around a centre; with three and more directions rarely bad.</summary>
    private static readonly Gen<(int X, int Y)[]> StarRing =
        Point.Array[4, 9].Select(points => points.OrderBy(p => Math.Atan2(2 * p.Y - Size, 2 * p.X - Size)).ToArray());

    private static readonly Gen<(int X, int Y)[]> Rectangle =
        Gen.Select(Point, Point).Select(corners => new[]
        {
            (corners.Item1.X, corners.Item1.Y), (corners.Item2.X, corners.Item1.Y), (corners.Item2.X, corners.Item2.Y), (corners.Item1.X, corners.Item2.Y),
        });

    private static readonly Gen<(int X, int Y)[]> Frame = Gen.Bool.Select(straight => straight
        ? new[] { (0, 0), (Size, 0), (Size, Size), (0, Size) }
        : [(3, 0), (Size, 3), (4, Size), (0, 4)]);

    private static readonly Gen<(int X, int Y)[]> Triangle = Point.Array[3];

    /// <summary>Shells with up to two holes; one in three or so is an outline.</summary>
    public static readonly Gen<(int X, int Y)[][]> AnyRings = Gen.Frequency(
        (2, Gen.OneOf(AnyRing, StarRing, Rectangle).Select(ring => new[] { ring })),
        (2, Gen.Select(Gen.OneOf(Frame, StarRing), Gen.OneOf(Triangle, Rectangle)).Select((shell, hole) => new[] { shell, hole })),
        (1, Gen.Select(Frame, Triangle, Triangle).Select((shell, hole, other) => new[] { shell, hole, other })));

    /// <summary>Outlines, of the rings that are some.</summary>
    public static readonly Gen<(int X, int Y)[][]> Drawings = AnyRings.Where(rings => Create(rings, new(0, 0, 1)).Refusal is null);

    public static Geo.Text.Parsed<Outline> Create((int X, int Y)[][] rings, Placement placement) =>
        Outline.Create(PlaceAll(rings[0], placement), [.. rings.Skip(1).Select(ring => PlaceAll(ring, placement))]);

    /// <summary>A drawing as an outline somewhere.</summary>
    public static Outline Put((int X, int Y)[][] rings, Placement placement) => Create(rings, placement).Value;

    /// <summary>A drawing as an outline in the plane of the drawing itself.</summary>
    public static Outline Flat((int X, int Y)[][] rings) => Put(rings, new(0, 0, 1));

    private static GeoPoint[] PlaceAll((int X, int Y)[] ring, Placement placement) =>
        Array.ConvertAll(ring, point => placement.Place(point.X, point.Y));
}
