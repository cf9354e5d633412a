using CsCheck;
using Tansiq.Geo.Outlines;

namespace Tansiq.Geo.Tests.Outlines;

public sealed class OutlineCreationTests
{
    private static readonly (int X, int Y)[] Square = [(0, 0), (7, 0), (7, 7), (0, 7)];

    public static TheoryData<string, string, (int X, int Y)[][]> BadRings => new()
    {
        { "geo.outline-too-few-vertices", "ring 0", [[]] },
        { "geo.outline-too-few-vertices", "ring 0", [[(1, 1)]] },
        { "geo.outline-too-few-vertices", "ring 0", [[(1, 1), (2, 2), (2, 2), (1, 1)]] },
        { "geo.outline-too-few-vertices", "ring 1", [Square, [(1, 1), (2, 2)]] },
        { "geo.outline-zero-area", "ring 0 vertex 0", [[(0, 0), (2, 2), (6, 6), (1, 1)]] },
        { "geo.outline-zero-area", "ring 1 vertex 0", [Square, [(1, 1), (2, 2), (6, 6)]] },
        { "geo.outline-crosses-itself", "ring 0 vertex 1", [[(0, 0), (7, 0), (0, 7), (7, 7)]] },
        { "geo.outline-crosses-itself", "ring 1 vertex 1", [Square, [(1, 1), (5, 1), (1, 6), (5, 6)]] },
        { "geo.outline-crosses-itself", "ring 0 vertex 0", [[(0, 0), (6, 0), (3, 0), (3, 5)]] },
        { "geo.outline-touches-itself", "ring 0 vertex 0", [[(3, 3), (0, 0), (6, 0), (3, 3), (6, 6), (0, 6)]] },
        { "geo.outline-hole-outside", "ring 1 vertex 0", [Square, [(8, 8), (9, 8), (8, 9)]] },
        { "geo.outline-hole-outside", "ring 1 vertex", [[(0, 0), (7, 0), (0, 7)], [(6, 6), (5, 6), (6, 5)]] },
        { "geo.outline-hole-outside", "ring 1 vertex", [[(0, 0), (7, 0), (0, 7)], [(1, 1), (6, 6), (1, 2)]] },
        { "geo.outline-holes-overlap", "ring 2 vertex 0", [Square, [(1, 1), (5, 1), (1, 5)], [(2, 1), (6, 6), (2, 6)]] },
        { "geo.outline-holes-overlap", "ring 2 vertex", [Square, [(1, 1), (6, 1), (6, 6), (1, 6)], [(2, 2), (3, 2), (3, 3)]] },
        { "geo.outline-holes-overlap", "ring 2 vertex", [Square, [(1, 1), (6, 1), (6, 6)], [(1, 1), (6, 1), (6, 6)]] },
        { "geo.outline-in-pieces", "ring 0 vertex 3", [Square, [(0, 3), (7, 4), (3, 5)]] },
    };

    [Theory]
    [MemberData(nameof(BadRings))]
    public void Create_OfBadRings_IsRefusedWithCodeAndPlace(string code, string where, (int X, int Y)[][] rings)
    {
        foreach (var placement in new Placement[] { new(0, 0, 1), new(GeoPoint.HalfTurnE7 - 30_000_000, 360_000_000, 10_000_000) })
        {
            var refusal = OutlineGen.Create(rings, placement).Refusal.ShouldNotBeNull();
            refusal.Code.ShouldBe(code);
            refusal.Where.ShouldStartWith(where);
        }
    }

    [Fact]
    public void Create_ThatFindsACrossing_SaysWhere() =>
        OutlineGen.Create([[(0, 0), (7, 0), (0, 7), (7, 7)]], new(370_000_000, 360_000_000, 10_000_000)).Refusal!.ToString()
            .ShouldBe("ring 0 vertex 1: found 36.0000000 44.0000000, expected a ring that does not cross itself [geo.outline-crosses-itself]");

    [Theory]
    [InlineData("geo.outline-touches-pole", "ring 0 vertex 2", "80 0, 80 90, 90 45")]
    [InlineData("geo.outline-touches-pole", "ring 0 vertex 0", "-90 0, -80 90, -80 45")]
    [InlineData("geo.outline-encloses-pole", "ring 0 vertex 0", "80 0, 80 90, 80 179, 80 -90")]
    [InlineData("geo.outline-encloses-pole", "ring 0 vertex 0", "-80 0, -80 -90, -80 179, -80 90")]
    [InlineData("geo.outline-half-turn-edge", "ring 0 vertex 1", "10 0, 10 180, 20 90")]
    [InlineData("geo.outline-half-turn-edge", "ring 0 vertex 0", "10 -170, 12 -100, 20 -50, 11 10")]
    [InlineData("geo.outline-too-wide", "ring 0 vertex 5", "0 0, 0 90, 0 179, 0 -91, 10 -1, 10 0, 20 0, 20 -90, 20 179, 20 90, 20 0, 20 -10")]
    public void Create_OfRingsThatThePlaneDoesNotHold_IsRefused(string code, string where, string places)
    {
        var refusal = Outline.Create(Ring(places), []).Refusal.ShouldNotBeNull();
        refusal.Code.ShouldBe(code);
        refusal.Where.ShouldBe(where);
    }

    [Fact]
    public void Create_AcrossTheAntimeridian_UnwrapsFromTheFirstVertexAndTakesHolesAlong()
    {
        var outline = Outline.Create(Ring("10 170, 10 -170, 20 -170, 20 170"), [Ring("12 -179, 14 -178, 14 -179")]).Value;
        outline.Box.ShouldBe(new PlaneBox(1_700_000_000, 100_000_000, 1_900_000_000, 200_000_000));
        outline.Holes[0][0].ShouldBe(new PlanePoint(1_810_000_000, 120_000_000));
        outline.Contains(GeoPoint.FromDegrees(13.9, -178.9)).ShouldBeFalse();
        outline.Contains(GeoPoint.FromDegrees(11, -179)).ShouldBeTrue();
        outline.Contains(GeoPoint.FromDegrees(11, 179)).ShouldBeTrue();
        outline.Contains(GeoPoint.FromDegrees(11, 0)).ShouldBeFalse();
    }

    [Fact]
    public void Create_OfOneRingDrawnInManyWays_IsOneOutline() =>
        OutlineGen.Drawings.Sample(rings =>
        {
            var outline = OutlineGen.Flat(rings);
            var backwards = rings.Select(ring => ring.Take(1).Concat(ring.Skip(1).Reverse()).ToArray()).ToArray();
            var repeated = rings.Select(ring => ring.SelectMany(point => new[] { point, point }).Append(ring[0]).ToArray()).ToArray();
            foreach (var drawn in new[] { backwards, repeated })
            {
                OutlineGen.Flat(drawn).ShouldBe(outline);
                OutlineGen.Flat(drawn).GetHashCode().ShouldBe(outline.GetHashCode());
            }
            TwiceArea(outline.Shell).ShouldBeGreaterThan(0);
            outline.Holes.ShouldAllBe(hole => TwiceArea(hole) < 0);
            OutlineGen.Put(rings, new(1, 0, 1)).ShouldNotBe(outline);
        }, iter: 300);

    [Fact]
    public void Create_OfAHoleThatTouchesTheShellOnce_IsTaken() =>
        OutlineGen.Flat([Square, [(0, 3), (3, 2), (3, 4)]]).Holes.Length.ShouldBe(1);

    [Fact]
    public void Create_AtTheMostVertices_IsTakenAndOneMoreIsRefused()
    {
        Outline.Create(Wheel(Outline.MaximumVertices), []).Value.Shell.Length.ShouldBe(Outline.MaximumVertices);
        Outline.Create(Wheel(Outline.MaximumVertices + 1), []).Refusal!.Code.ShouldBe("geo.outline-too-many-vertices");
        Outline.Create(Wheel(Outline.MaximumVertices - 3), [SmallHole(0)]).Value.Holes.Length.ShouldBe(1);
        var refusal = Outline.Create(Wheel(Outline.MaximumVertices - 2), [SmallHole(0)]).Refusal!;
        refusal.Code.ShouldBe("geo.outline-too-many-vertices");
        refusal.Where.ShouldBe("ring 1");
    }

    [Fact]
    public void Create_AtTheMostHoles_IsTakenAndOneMoreIsRefused()
    {
        GeoPoint[] shell = Ring("-1 -1, -1 1, 1 1, 1 -1");
        GeoPoint[][] holes = [.. Enumerable.Range(0, Outline.MaximumHoles + 1).Select(SmallHole)];
        Outline.Create(shell, holes[1..]).Value.Holes.Length.ShouldBe(Outline.MaximumHoles);
        Outline.Create(shell, holes).Refusal!.Code.ShouldBe("geo.outline-too-many-holes");
    }

    [Theory]
    [InlineData(1_400, null)]
    [InlineData(1_420, "geo.outline-too-dense")]
    [InlineData(Outline.MaximumVertices - 1, "geo.outline-too-dense")]
    public void Create_OfACombOfSlantingTeeth_IsRefusedFromTheMostMeetingBoxesOn(int count, string? code)
    {
        // All teeth lie in nearly one box: 1,414² is about the limit.
        var teeth = Enumerable.Range(0, count).Select(i => i % 2 == 0 ? GeoPoint.FromE7(0, 10 * i) : GeoPoint.FromE7(500_000_000, 500_000_000 + 10 * i));
        var refusal = Outline.Create([.. teeth, GeoPoint.FromE7(-10_000_000, 600_000_000)], []).Refusal;
        (refusal?.Code).ShouldBe(code);
    }

    [Fact]
    public void Create_OfAnyRings_IsTakenExactlyWhereShapelyFindsThemValid()
    {
        var drawings = new List<(int X, int Y)[][]>();
        OutlineGen.AnyRings.Array[3_000].Sample(many => drawings.AddRange(many), iter: 1);
        // Shapely has no notion of repeated neighbours or of rings that drop below three vertices; those have tests above.
        drawings.RemoveAll(rings => rings.Any(ring => ring.Zip(ring.Skip(1).Append(ring[0])).Any(step => step.First == step.Second)));
        var answers = ShapelyOracle.Ask([.. drawings.Select(rings => new object[] { "valid", ShapelyOracle.Polygon(rings.Select(ring => ring.Select(p => new PlanePoint(p.X, p.Y)))) })]);
        var taken = 0;
        for (var i = 0; i < drawings.Count; i++)
        {
            var refusal = OutlineGen.Create(drawings[i], new(0, 0, 1)).Refusal;
            if (refusal is null) taken++;
            (refusal is null).ShouldBe(answers[i].GetBoolean(), string.Join(" / ", drawings[i].Select(ring => string.Join(' ', ring))) + refusal);
        }
        taken.ShouldBeInRange(300, drawings.Count - 500);
    }

    private static long TwiceArea(IReadOnlyList<PlanePoint> ring) =>
        ring.Select((p, i) => p.X * ring[(i + 1) % ring.Count].Y - ring[(i + 1) % ring.Count].X * p.Y).Sum();

    private static GeoPoint[] Ring(string places) =>
        [.. places.Split(", ").Select(place => place.Split(' ')).Select(pair => GeoPoint.FromDegrees(
            double.Parse(pair[0], System.Globalization.CultureInfo.InvariantCulture), double.Parse(pair[1], System.Globalization.CultureInfo.InvariantCulture)))];

    private static GeoPoint[] Wheel(int count) =>
        [.. Enumerable.Range(0, count).Select(i => Math.Tau * i / count).Select(angle => GeoPoint.FromDegrees(30 * Math.Sin(angle), 30 * Math.Cos(angle)))];

    private static GeoPoint[] SmallHole(int number) =>
        [GeoPoint.FromE7(0, 10 * number), GeoPoint.FromE7(0, 10 * number + 4), GeoPoint.FromE7(4, 10 * number)];
}
