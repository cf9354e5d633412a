using CsCheck;
using Tansiq.Geo.Outlines;

namespace Tansiq.Geo.Tests.Outlines;

/// <summary>Every relation against the slab oracle, on drawings full of coincidence, anywhere on Earth.</summary>
public sealed class OutlineRelationTests
{
    private static readonly Gen<((int X, int Y)[][] First, (int X, int Y)[][] Second, Placement Placement)> Pair =
        Gen.Select(OutlineGen.Drawings, OutlineGen.Drawings, OutlineGen.Placements);

    [Fact]
    public void Contains_AnyGridPoint_AgreesWithTheOracle() =>
        Gen.Select(OutlineGen.Drawings, OutlineGen.Placements).Sample((rings, placement) =>
        {
            Outline flat = OutlineGen.Flat(rings), outline = OutlineGen.Put(rings, placement);
            for (var x = 0; x <= OutlineGen.Size; x++)
            {
                for (var y = 0; y <= OutlineGen.Size; y++)
                    outline.Contains(placement.Place(x, y)).ShouldBe(RationalOracle.Contains(flat, x, y), $"{x} {y} of {Show(rings)}");
            }
        }, iter: 250);

    [Fact]
    public void Contains_ExactPointsOfAnyCrossing_AgreesWithTheOracle() =>
        Gen.Select(OutlineGen.Drawings, OutlineGen.Point, OutlineGen.Point, Gen.Int[0, 12]).Sample((rings, from, to, twelfths) =>
        {
            var flat = OutlineGen.Flat(rings);
            var point = PlaneFraction.Along(new(from.X, from.Y), new(to.X, to.Y), Fraction.Create(twelfths, 12));
            flat.Contains(point).ShouldBe(RationalOracle.Contains(
                flat, new((long)point.XNumerator, (long)point.Denominator), new((long)point.YNumerator, (long)point.Denominator)));
        }, iter: 2_000);

    [Fact]
    public void Meets_AnyTwo_AgreesWithTheOracleBothWaysAndNamesACommonPlace() =>
        Pair.Sample((first, second, placement) =>
        {
            var expected = RationalOracle.Meets(OutlineGen.Flat(first), OutlineGen.Flat(second));
            Outline a = OutlineGen.Put(first, placement), b = OutlineGen.Put(second, placement);
            a.Meets(b).ShouldBe(expected, $"{Show(first)} {Show(second)}");
            b.Meets(a).ShouldBe(expected);
            var place = a.MeetingPoint(b);
            (place is not null).ShouldBe(expected);
            if ((FirstVertexIn(first, second) ?? FirstVertexIn(second, first)) is { } vertex) place.ShouldBe(placement.Place(vertex.X, vertex.Y));
        }, iter: 1_000);

    [Fact]
    public void Covers_AnyTwo_AgreesWithTheOracle()
    {
        var covered = 0;
        Pair.Sample((first, second, placement) =>
        {
            var expected = RationalOracle.Covers(OutlineGen.Flat(first), OutlineGen.Flat(second));
            if (expected) Interlocked.Increment(ref covered);
            OutlineGen.Put(first, placement).Covers(OutlineGen.Put(second, placement)).ShouldBe(expected, $"{Show(first)} {Show(second)}");
        }, iter: 1_000);
        covered.ShouldBeGreaterThan(20);
    }

    [Fact]
    public void CrossingsOf_AnySegment_CoversExactlyTheParametersInside() =>
        Gen.Select(OutlineGen.Drawings, OutlineGen.Point, OutlineGen.Point, OutlineGen.Placements).Sample((rings, from, to, placement) =>
        {
            var flat = OutlineGen.Flat(rings);
            var crossings = OutlineGen.Put(rings, placement).CrossingsOf(placement.Place(from.X, from.Y), placement.Place(to.X, to.Y));
            flat.Crossings(new(from.X, from.Y), new(to.X, to.Y)).ShouldBe(crossings, $"{Show(rings)} {from} {to}");
            var ends = crossings.SelectMany(c => new[] { c.Entry, c.Exit }).ToList();
            ends.ShouldBe(ends.Order());
            crossings.Zip(crossings.Skip(1)).ShouldAllBe(pair => pair.First.Exit < pair.Second.Entry);
            // Every end, every half-way between, and a comb finer than the drawing.
            var probes = ends.Prepend(Fraction.Zero).Append(Fraction.One).ToList();
            probes.AddRange(probes.Zip(probes.Skip(1), Fraction.Between).ToList());
            probes.AddRange(Enumerable.Range(0, 41).Select(i => Fraction.Create(i, 40)));
            foreach (var probe in probes)
            {
                var t = Rational.Of(probe);
                var isIn = crossings.Any(c => c.Entry <= probe && probe <= c.Exit);
                isIn.ShouldBe(RationalOracle.Contains(flat, from.X + t * (to.X - from.X), from.Y + t * (to.Y - from.Y)), $"{probe} of {Show(rings)} {from} {to}");
            }
        }, iter: 500);

    [Fact]
    public void CrossingsOf_ATouchedVertexAnEdgeAndAHole_GivesPointAndPieces()
    {
        var outline = OutlineGen.Flat([[(0, 0), (6, 0), (6, 6), (0, 6)], [(2, 2), (4, 2), (4, 4), (2, 4)]]);
        outline.CrossingsOf(GeoPoint.FromE7(5, -1), GeoPoint.FromE7(7, 1)).ShouldBe([new(Fraction.Create(1, 2), Fraction.Create(1, 2))]);
        outline.CrossingsOf(GeoPoint.FromE7(0, -2), GeoPoint.FromE7(0, 6)).ShouldBe([new(Fraction.Create(1, 4), Fraction.One)]);
        outline.CrossingsOf(GeoPoint.FromE7(3, 0), GeoPoint.FromE7(3, 12))
            .ShouldBe([new(Fraction.Zero, Fraction.Create(1, 6)), new(Fraction.Create(1, 3), Fraction.Create(1, 2))]);
        outline.CrossingsOf(GeoPoint.FromE7(2, 0), GeoPoint.FromE7(2, 6)).ShouldBe([new(Fraction.Zero, Fraction.One)]);
        outline.CrossingsOf(GeoPoint.FromE7(1, 1), GeoPoint.FromE7(1, 1)).ShouldBe([new(Fraction.Zero, Fraction.One)]);
        outline.CrossingsOf(GeoPoint.FromE7(3, 3), GeoPoint.FromE7(3, 3)).ShouldBeEmpty();
    }

    [Fact]
    public void CrossingsOf_AnOutlineThatATrackMeetsInTwoTurns_GivesBothPiecesInOrder()
    {
        // From 179° W eastward to 179° E: 358° wide, so a track over the antimeridian leaves it and comes back.
        var wide = Outline.Create(
            [.. new[] { -179, -90, 0, 90, 179 }.Select(lon => GeoPoint.FromDegrees(-10, lon)), .. new[] { 179, 90, 0, -90, -179 }.Select(lon => GeoPoint.FromDegrees(10, lon))],
            []).Value;
        wide.CrossingsOf(GeoPoint.FromDegrees(0, 178), GeoPoint.FromDegrees(0, -178))
            .ShouldBe([new(Fraction.Zero, Fraction.Create(1, 4)), new(Fraction.Create(3, 4), Fraction.One)]);
        wide.Contains(GeoPoint.FromDegrees(0, 180)).ShouldBeFalse();
        wide.Contains(GeoPoint.FromDegrees(0, 179)).ShouldBeTrue();
    }

    [Fact]
    public void CrossingsOf_AHalfTurn_GoesThroughTheLongitudesBetween()
    {
        var outline = Outline.Create([Degrees(-1, -45), Degrees(-1, 0), Degrees(1, 0), Degrees(1, -45)], []).Value;
        outline.CrossingsOf(Degrees(0, -90), Degrees(0, 90)).ShouldBe([new(Fraction.Create(1, 4), Fraction.Create(1, 2))]);
        outline.CrossingsOf(Degrees(0, 90), Degrees(0, -90)).ShouldBe([new(Fraction.Create(1, 2), Fraction.Create(3, 4))]);
        outline.CrossingsOf(GeoPoint.FromE7(0, -900_000_001), Degrees(0, 90)).ShouldBeEmpty();
    }

    [Fact]
    public void MeetingPoint_OfCrossBars_IsTheFirstCrossingRounded()
    {
        Outline bar = Box(0, 3, 10, 4), pillar = Box(5, 0, 6, 10);
        bar.MeetingPoint(pillar).ShouldBe(GeoPoint.FromE7(3, 6));
        bar.MeetingPoint(Box(10, 4, 12, 12)).ShouldBe(GeoPoint.FromE7(4, 10));
        bar.MeetingPoint(Box(11, 3, 12, 4)).ShouldBeNull();
        Box(-5, -5, 20, 20).MeetingPoint(bar).ShouldBe(GeoPoint.FromE7(3, 0));
    }

    [Fact]
    public void Covers_AnOutlineOfTheAntimeridianFromTheOtherSide_IsFound()
    {
        var fromEast = Outline.Create([Degrees(0, -179), Degrees(0, 179), Degrees(10, 179), Degrees(10, -179)], []).Value;
        var fromWest = Outline.Create([Degrees(1, 179.5), Degrees(1, -179.5), Degrees(9, -179.5), Degrees(9, 179.5)], []).Value;
        fromEast.Covers(fromWest).ShouldBeTrue();
        fromWest.Covers(fromEast).ShouldBeFalse();
        fromEast.Meets(fromWest).ShouldBeTrue();
        fromEast.Contains(Degrees(5, 180)).ShouldBeTrue();
    }

    private static GeoPoint Degrees(double latitude, double longitude) => GeoPoint.FromDegrees(latitude, longitude);

    private static Outline Box(int west, int south, int east, int north) =>
        Outline.Create([GeoPoint.FromE7(south, west), GeoPoint.FromE7(south, east), GeoPoint.FromE7(north, east), GeoPoint.FromE7(north, west)], []).Value;

    private static (int X, int Y)? FirstVertexIn((int X, int Y)[][] rings, (int X, int Y)[][] other)
    {
        Outline vertices = OutlineGen.Flat(rings), outline = OutlineGen.Flat(other);
        foreach (var point in vertices.Shell.Concat(vertices.Holes.SelectMany(hole => hole)))
        {
            if (RationalOracle.Contains(outline, point.X, point.Y)) return ((int)point.X, (int)point.Y);
        }
        return null;
    }

    private static string Show((int X, int Y)[][] rings) => string.Join(" / ", rings.Select(ring => string.Join(' ', ring)));
}
