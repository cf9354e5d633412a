using CsCheck;
using Tansiq.Geo.Outlines;

namespace Tansiq.Geo.Tests.Outlines;

/// <summary>Outlines of real size with coordinates that no grid has tidied, against Shapely on the same integers.</summary>
public sealed class ShapelyComparisonTests
{
    // Corners of the second come from the first's half of the time, so that they share vertices and edges.
    private static readonly Gen<(Outline First, Outline Second)> Pair = Gen.Select(Star(0), Star(1), Gen.Bool).Select((first, second, shares) =>
        (first, shares && Outline.Create([.. first.Shell.Take(3).Concat(second.Shell.Take(1)).Select(p => p.ToGeoPoint())], []).TryGet(out var sharing, out _)
            ? sharing
            : second));

    [Fact]
    public void Relations_OfOutlinesOfRealSize_AgreeWithShapely()
    {
        var pairs = new List<(Outline First, Outline Second)>();
        Pair.Array[1_500].Sample(many => pairs.AddRange(many), iter: 1);
        var questions = pairs.SelectMany(pair => new object[][]
        {
            ["intersects", ShapelyOracle.Polygon(pair.First), ShapelyOracle.Polygon(pair.Second)],
            ["covers", ShapelyOracle.Polygon(pair.First), ShapelyOracle.Polygon(pair.Second)],
            ["contains", ShapelyOracle.Polygon(pair.First), Numbers(pair.Second.Shell[0])],
            ["length", ShapelyOracle.Polygon(pair.First), Numbers(pair.Second.Shell[0]), Numbers(pair.Second.Shell[2])],
        }).ToList();
        var answers = ShapelyOracle.Ask(questions);
        int meeting = 0, covering = 0;
        for (var i = 0; i < pairs.Count; i++)
        {
            var (first, second) = pairs[i];
            var context = $"{string.Join(' ', first.Shell)} and {string.Join(' ', second.Shell)}";
            var meets = first.Meets(second);
            meets.ShouldBe(answers[4 * i].GetBoolean(), context);
            second.Meets(first).ShouldBe(meets, context);
            var covers = first.Covers(second);
            covers.ShouldBe(answers[4 * i + 1].GetBoolean(), context);
            first.Contains(second.Shell[0].ToGeoPoint()).ShouldBe(answers[4 * i + 2].GetBoolean(), context);
            var share = first.Crossings(second.Shell[0], second.Shell[2]).Sum(c => c.Exit.ToDouble() - c.Entry.ToDouble());
            share.ShouldBe(answers[4 * i + 3].GetDouble(), 1e-6, context);
            if (meets) meeting++;
            if (covers) covering++;
        }
        meeting.ShouldBeInRange(pairs.Count / 4, pairs.Count - 50);
        covering.ShouldBeGreaterThan(20);
    }

    private static Gen<Outline> Star(int number) =>
        Gen.Select(Gen.Int[0, 30_000_000], Gen.Int[0, 30_000_000], Gen.Int[100, 25_000_000], Gen.Int[3, 12], Gen.Double[0.2, 1].Array[12])
            .Select((x, y, radius, count, factors) => Outline.Create(
                [.. Enumerable.Range(0, count).Select(i => (Angle: Math.Tau * i / count, Length: radius * factors[i])).Select(ray => GeoPoint.FromE7(
                    360_000_000 + y + (long)(ray.Length * Math.Sin(ray.Angle)), 370_000_000 + x + number + (long)(ray.Length * Math.Cos(ray.Angle))))],
                []).Value);

    private static long[] Numbers(PlanePoint point) => [point.X, point.Y];
}
