using System.Numerics;
using CsCheck;
using Tansiq.Geo.Outlines;

namespace Tansiq.Geo.Tests.Outlines;

public sealed class PlanePredicatesTests
{
    private const long Limit = 5_400_000_000;

    // Near the limits, near each other, and on one line: where a double would be wrong.
    private static readonly Gen<PlanePoint> AnyPoint = Gen.OneOf(
        Gen.Select(Gen.Long[-Limit, Limit], Gen.Long[-900_000_000, 900_000_000], (x, y) => new PlanePoint(x, y)),
        Gen.Select(Gen.Long[-3, 3], Gen.Long[-3, 3], (x, y) => new PlanePoint(x, y)),
        Gen.Select(Gen.Long[Limit - 2, Limit], Gen.Long[899_999_998, 900_000_000], (x, y) => new PlanePoint(x, y)),
        Gen.Long[-300_000_000, 300_000_000].Select(k => new PlanePoint(3 * k + 1, k)));

    [Fact]
    public void Orientation_OfAnyPoints_AgreesWithBigIntegers() =>
        Gen.Select(AnyPoint, AnyPoint, AnyPoint).Sample((a, b, c) =>
            PlanePredicates.Orientation(a, b, c).ShouldBe(BigSide(a, b, c.X, c.Y, 1)), iter: 20_000);

    [Fact]
    public void Orientation_OfExactPoints_AgreesWithBigIntegers() =>
        Gen.Select(AnyPoint, AnyPoint, AnyPoint, AnyPoint, Gen.Long[0, 1L << 60], Gen.Long[1, 1L << 60]).Sample((a, b, c, d, top, bottom) =>
        {
            var point = PlaneFraction.Along(c, d, Fraction.Create(Math.Min(top, bottom), bottom));
            PlanePredicates.Orientation(a, b, point).ShouldBe(
                BigSide(a, b, (BigInteger)point.XNumerator, (BigInteger)point.YNumerator, (BigInteger)point.Denominator));
        }, iter: 20_000);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(-1, -1)]
    [InlineData(0, 0)]
    public void Orientation_OfExactPointsTooNearTheLineForDoubles_IsLeftRightOrOn(int above, int expected)
    {
        var end = new PlanePoint(4_000_000_007, 900_000_000);
        var half = Int128.One << 40;
        PlanePredicates.Orientation(new(0, 0), end, new PlaneFraction(end.X * half, end.Y * half + above, 2 * half)).ShouldBe(expected);
    }

    [Theory]
    [InlineData(0, 0, 10, 0, 5, 1, 1)]
    [InlineData(0, 0, 10, 0, 5, -1, -1)]
    [InlineData(0, 0, 10, 0, 25, 0, 0)]
    [InlineData(-5_400_000_000, -900_000_000, 5_400_000_000, 900_000_000, 5_399_999_999, 900_000_000, 1)]
    [InlineData(-5_400_000_000, -900_000_000, 5_400_000_000, 900_000_000, 5_399_999_994, 899_999_999, 0)]
    public void Orientation_OfKnownPoints_IsLeftRightOrOn(long ax, long ay, long bx, long by, long cx, long cy, int expected) =>
        PlanePredicates.Orientation(new PlanePoint(ax, ay), new(bx, by), new PlanePoint(cx, cy)).ShouldBe(expected);

    [Fact]
    public void Relate_OfSegmentsOnASmallGrid_AgreesWithSearchOfCommonPoints() =>
        Gen.Select(SmallPoint, SmallPoint, SmallPoint, SmallPoint).Sample((a, b, c, d) =>
        {
            var relation = PlanePredicates.Relate(a, b, c, d);
            var shared = SharedParameters(a, b, c, d);
            if (shared is not { } range)
            {
                relation.Kind.ShouldBe(SegmentRelationKind.None);
                return;
            }
            Rational.Of(relation.First).CompareTo(range.First).ShouldBe(0);
            Rational.Of(relation.Last).CompareTo(range.Last).ShouldBe(0);
            var isEnd = new[] { c, d }.Any(end => PlanePredicates.IsOnSegment(a, b, end)) || new[] { a, b }.Any(end => PlanePredicates.IsOnSegment(c, d, end));
            relation.Kind.ShouldBe(
                range.First.CompareTo(range.Last) < 0 ? SegmentRelationKind.Overlap : isEnd ? SegmentRelationKind.Touch : SegmentRelationKind.Crossing);
        }, iter: 50_000);

    [Fact]
    public void Relate_OfLongSegmentsThatCrossNearAnEnd_KeepsTheExactParameter()
    {
        var relation = PlanePredicates.Relate(new(-Limit, 0), new(Limit, 1), new(0, -900_000_000), new(1, 900_000_000));
        relation.Kind.ShouldBe(SegmentRelationKind.Crossing);
        // Solved by hand: t (2L·1.8e9 − 1) = L·1.8e9 + 9e8.
        relation.First.ShouldBe(Fraction.Create((Int128)Limit * 1_800_000_000 + 900_000_000, (Int128)2 * Limit * 1_800_000_000 - 1));
    }

    [Fact]
    public void Fraction_ComparedAddedAndScaled_AgreesWithRationals() =>
        Gen.Select(AnyTerm, AnyTerm, AnyTerm, AnyTerm, Gen.Long[-1_000_000_000, 1_000_000_000]).Sample((a, b, c, d, scale) =>
        {
            Fraction first = Fraction.Create(a, Int128.Max(1, Int128.Abs(b))), second = Fraction.Create(c, -Int128.Max(1, Int128.Abs(d)));
            first.CompareTo(second).ShouldBe(Rational.Of(first).CompareTo(Rational.Of(second)));
            (first == second).ShouldBe(first.CompareTo(second) == 0);
            if (first == second) return;
            var between = Fraction.Between(first, second);
            between.CompareTo(first).ShouldBe(-between.CompareTo(second));
            between.CompareTo(first).ShouldNotBe(0);
            if (Int128.Abs(a) >= 1L << 30) return;
            var floor = first.FloorOfTimes(scale);
            (Rational.Of(first) * scale).CompareTo(floor).ShouldBeGreaterThanOrEqualTo(0);
            (Rational.Of(first) * scale).CompareTo(floor + 1).ShouldBeLessThan(0);
            (first.CeilingOfTimes(scale) - floor).ShouldBeInRange(0, 1);
        }, iter: 20_000);

    [Fact]
    public void Fraction_OfOneValueInOtherTerms_IsEqualAndHashesAlike() =>
        Gen.Select(Gen.Long[-1000, 1000], Gen.Long[1, 1000], Gen.Long[1, long.MaxValue]).Sample((top, bottom, factor) =>
        {
            var plain = Fraction.Create(top, bottom);
            var expanded = Fraction.Create((Int128)top * factor, (Int128)bottom * factor);
            expanded.ShouldBe(plain);
            expanded.GetHashCode().ShouldBe(plain.GetHashCode());
        });

    [Fact]
    public void Fraction_OfNeighboursThatOneDoubleStandsFor_AreInOrder()
    {
        Fraction less = Fraction.Create(4_000_000_000, 4_000_000_001), more = Fraction.Create(4_000_000_001, 4_000_000_002);
        less.ToDouble().ShouldBe(more.ToDouble());
        (less < more).ShouldBeTrue();
        (less == more).ShouldBeFalse();
    }

    [Theory]
    [InlineData(7, 2, 4)]
    [InlineData(-7, 2, -3)]
    [InlineData(5, 4, 1)]
    [InlineData(-5, 3, -2)]
    public void Round_OfAnExactPoint_IsTheNearestAndHalvesGoNorthAndEast(int top, int bottom, int nearest) =>
        new PlaneFraction(top, top, bottom).Round().ShouldBe(new PlanePoint(nearest, nearest));

    private static Gen<PlanePoint> SmallPoint => Gen.Select(Gen.Long[0, 5], Gen.Long[0, 5], (x, y) => new PlanePoint(x, y));

    private static Gen<Int128> AnyTerm =>
        Gen.OneOf(Gen.Long[-5, 5].Select(v => (Int128)v), Gen.Select(Gen.Long, Gen.Int[0, 36], (v, shift) => (Int128)v << shift));

    private static int BigSide(PlanePoint a, PlanePoint b, BigInteger x, BigInteger y, BigInteger bottom) =>
        (((BigInteger)b.X - a.X) * (y - a.Y * bottom) - ((BigInteger)b.Y - a.Y) * (x - a.X * bottom)).Sign;

    // Clips the first segment's parameter by the second's box and line: no orientation is used.
    private static (Rational First, Rational Last)? SharedParameters(PlanePoint a, PlanePoint b, PlanePoint c, PlanePoint d)
    {
        if (a == b) return PlanePredicatesOracle.Holds(c, d, a.X, a.Y) ? (0, 0) : null;
        var candidates = new List<Rational> { 0, 1 };
        foreach (var end in new[] { c, d })
        {
            candidates.Add(b.X != a.X ? new Rational(end.X - a.X, b.X - a.X) : new Rational(end.Y - a.Y, b.Y - a.Y));
        }
        var determinant = (b.X - a.X) * (d.Y - c.Y) - (b.Y - a.Y) * (d.X - c.X);
        if (determinant != 0) candidates.Add(new((c.X - a.X) * (d.Y - c.Y) - (c.Y - a.Y) * (d.X - c.X), determinant));
        var shared = candidates
            .Where(t => t.Sign >= 0 && t.CompareTo(1) <= 0 && PlanePredicatesOracle.Holds(c, d, a.X + t * (b.X - a.X), a.Y + t * (b.Y - a.Y)))
            .Order().ToList();
        return shared.Count == 0 ? null : (shared[0], shared[^1]);
    }
}

/// <summary>Whether a segment holds an exact point: by the sum of the parts' spans, not by sides.</summary>
internal static class PlanePredicatesOracle
{
    public static bool Holds(PlanePoint start, PlanePoint end, Rational x, Rational y)
    {
        Rational dx = x - start.X, dy = y - start.Y;
        if (start == end) return dx.Sign == 0 && dy.Sign == 0;
        var along = start.X != end.X ? dx / (end.X - start.X) : dy / (end.Y - start.Y);
        return along.Sign >= 0 && along.CompareTo(1) <= 0
            && (along * (end.X - start.X)).CompareTo(dx) == 0 && (along * (end.Y - start.Y)).CompareTo(dy) == 0;
    }
}
