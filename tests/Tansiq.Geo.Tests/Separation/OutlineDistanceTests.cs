using CsCheck;
using Tansiq.Geo.Geodesy;
using Tansiq.Geo.Outlines;
using Tansiq.Geo.Separation;
using Tansiq.Geo.Tests.Geodesy;
using Tansiq.Geo.Tests.Outlines;

namespace Tansiq.Geo.Tests.Separation;

public sealed class OutlineDistanceTests
{
    // Per edge; the oracle's least distance of samples is then above the true one by less than half a step.
    private const int SamplesPerEdge = 200;

    private static readonly Gen<Outline> Anywhere =
        Gen.Select(Gen.Double[-85, 85], Gen.Double[-180, 180], Gen.Double[-5, 1], Gen.Int[3, 6], Gen.Double[0.2, 1].Array[6])
            .Select((latitude, longitude, sizeExponent, count, factors) => Star(latitude, longitude, 0.4 * Math.Pow(10, sizeExponent), count, factors));

    [Fact]
    [Trait("Requirement", "FLT-4")]
    public void Between_APlaceAndAnOutline_BoundsTheLeastDistanceThatGeodSolveFinds()
    {
        var cases = new List<(GeoPoint Place, Outline Outline)>();
        Gen.Select(Anywhere, Gen.Double[-4.5, 0.7], Gen.Double[0, Math.Tau]).Array[45].Sample(
            many => cases.AddRange(many.Select(c => (Offset(c.Item1.Shell[0].ToGeoPoint(), Math.Pow(10, c.Item2), c.Item3), c.Item1))), iter: 1);
        cases.RemoveAll(c => c.Outline.Contains(c.Place));
        cases.Count.ShouldBeGreaterThan(20);
        var least = LeastDistances([.. cases.Select(c => new[] { (PlanePoint)c.Place.ToPlane() }.Select(p => ((double)p.X, (double)p.Y)).ToList())],
            [.. cases.Select(c => SamplesOf(c.Outline, SamplesPerEdge))]);
        for (var i = 0; i < cases.Count; i++)
            ShouldBound(OutlineDistance.Between(cases[i].Place, cases[i].Outline), least[i], StepMetres(cases[i].Outline, SamplesPerEdge), $"{cases[i].Place} {cases[i].Outline}");
    }

    [Fact]
    [Trait("Requirement", "FLT-4")]
    public void Between_TwoOutlines_BoundsTheLeastDistanceThatGeodSolveFinds()
    {
        var cases = new List<(Outline First, Outline Second)>();
        Gen.Select(Anywhere, Gen.Double[-3, 0.7], Gen.Double[0, Math.Tau], Gen.Double[0.2, 1].Array[6]).Array[12].Sample(
            many => cases.AddRange(many.Select(c => (c.Item1, Second: Near(c.Item1, c.Item2, c.Item3, c.Item4))).Where(c => !c.Item1.Meets(c.Second))), iter: 1);
        const int samplesPerEdge = 12;
        var least = LeastDistances([.. cases.Select(c => SamplesOf(c.First, samplesPerEdge))], [.. cases.Select(c => SamplesOf(c.Second, samplesPerEdge))]);
        for (var i = 0; i < cases.Count; i++)
        {
            var (first, second) = cases[i];
            var step = StepMetres(first, samplesPerEdge) + StepMetres(second, samplesPerEdge);
            var bounds = OutlineDistance.Between(first, second);
            ShouldBound(bounds, least[i], step, $"{string.Join(' ', first.Shell)} and {string.Join(' ', second.Shell)}");
            var back = OutlineDistance.Between(second, first);
            (back.LowerMetres <= bounds.UpperMetres && bounds.LowerMetres <= back.UpperMetres).ShouldBeTrue();
        }
    }

    [Fact]
    public void Between_ThingsThatMeet_IsZeroExactly()
    {
        OutlineDistance.Between(Box(0, 0, 10, 10), Box(10, 10, 20, 20)).ShouldBe(DistanceBounds.Zero);
        OutlineDistance.Between(Box(0, 0, 10, 10), Box(4, 4, 5, 5)).ShouldBe(DistanceBounds.Zero);
        OutlineDistance.Between(GeoPoint.FromE7(10, 3), Box(0, 0, 10, 10)).ShouldBe(DistanceBounds.Zero);
        OutlineDistance.Between(Box(0, 0, 10, 10), Box(11, 0, 20, 10)).UpperMetres.ShouldBeInRange(0.0111, 1);
    }

    [Fact]
    public void Between_OutlinesAcrossTheAntimeridian_IsTheShortWay()
    {
        var east = Box(1_790_000_000, 0, 1_799_000_000, 10_000_000);
        var west = Box(-1_799_000_000, 0, -1_790_000_000, 10_000_000);
        // Nearest at the northern corners: 0.2° of the parallel of 1° N.
        var expected = Geodesic.Inverse(1, 179.9, 1, -179.9).DistanceMetres;
        var bounds = OutlineDistance.Between(east, west);
        expected.ShouldBeInRange(bounds.LowerMetres, bounds.UpperMetres);
        (bounds.UpperMetres - bounds.LowerMetres).ShouldBeLessThan(1);
    }

    [Theory]
    [InlineData(36, 43, 6e5)]
    [InlineData(80, 20, 6e6)]
    [InlineData(-30, -140, 3e7)]
    public void Between_PlacesFarAway_IsNotTheChord(double latitude, double longitude, double limitMetres)
    {
        // The outline is a metre wide, and the place's geodesic to it is exact to that.
        var place = GeoPoint.FromDegrees(36, 37);
        var outline = Outline.Create([GeoPoint.FromDegrees(latitude, longitude), GeoPoint.FromDegrees(latitude, longitude + 1e-5), GeoPoint.FromDegrees(latitude + 1e-5, longitude)], []).Value;
        var metres = Geodesic.Inverse(36, 37, latitude, longitude).DistanceMetres;
        var bounds = OutlineDistance.Between(place, outline);
        metres.ShouldBeLessThan(limitMetres);
        bounds.LowerMetres.ShouldBeLessThanOrEqualTo(metres);
        bounds.UpperMetres.ShouldBeGreaterThanOrEqualTo(metres - 1.6);
    }

    [Fact]
    [Trait("Requirement", "FLT-4")]
    public void Between_LongEdgesThatBulge_IsTheDistanceOfTheCurvesInTheirMiddle()
    {
        // Bands of 40° of longitude whose sides run along parallels: nearest along any meridian, far from every vertex.
        Outline south = Box(0, 590_000_000, 400_000_000, 600_000_000), north = Box(-100_000_000, 605_000_000, 500_000_000, 610_000_000);
        var metres = Geodesic.Inverse(60, 20, 60.5, 20).DistanceMetres;
        foreach (var bounds in new[] { OutlineDistance.Between(south, north), OutlineDistance.Between(GeoPoint.FromDegrees(60.5, 20), south) })
        {
            metres.ShouldBeInRange(bounds.LowerMetres, bounds.UpperMetres);
            (bounds.UpperMetres - bounds.LowerMetres).ShouldBeLessThan(1.5);
        }
    }

    [Fact]
    public void Between_OfWhatIsFartherThanAsked_SaysAtLeastSoFar() =>
        Gen.Select(Anywhere, Gen.Double[0.001, 400_000]).Sample((outline, withinMetres) =>
        {
            var place = Offset(outline.Shell[0].ToGeoPoint(), 0.9, 1);
            var whole = OutlineDistance.Between(place, outline);
            var asked = OutlineDistance.Between(place, outline, withinMetres);
            asked.LowerMetres.ShouldBeLessThanOrEqualTo(whole.UpperMetres);
            asked.UpperMetres.ShouldBeGreaterThanOrEqualTo(whole.LowerMetres);
            if (whole.UpperMetres < withinMetres) asked.ShouldBe(whole);
            OutlineDistance.IsWithin(place, outline, withinMetres).ShouldBe(asked.IsLessThan(withinMetres));
            if (whole.LowerMetres >= withinMetres) asked.IsLessThan(withinMetres).ShouldBe(Certainty.No);
            if (whole.UpperMetres < withinMetres) asked.IsLessThan(withinMetres).ShouldBe(Certainty.Certain);
        }, iter: 100);

    [Fact]
    public void IsWithin_AroundTheTrueDistance_IsCertainPossibleAndNo()
    {
        var place = GeoPoint.FromDegrees(36, 37);
        var outline = Outline.Create([GeoPoint.FromDegrees(36, 38), GeoPoint.FromDegrees(36.5, 38.5), GeoPoint.FromDegrees(35.5, 38.5)], []).Value;
        var metres = Geodesic.Inverse(place, GeoPoint.FromDegrees(36, 38)).DistanceMetres;
        OutlineDistance.IsWithin(place, outline, metres + 3).ShouldBe(Certainty.Certain);
        OutlineDistance.IsWithin(place, outline, metres).ShouldBe(Certainty.Possible);
        OutlineDistance.IsWithin(place, outline, metres - 3).ShouldBe(Certainty.No);
        OutlineDistance.IsWithin(place, outline, 0).ShouldBe(Certainty.No);
        OutlineDistance.IsWithin(GeoPoint.FromDegrees(36, 38), outline, 0).ShouldBe(Certainty.Certain);
        OutlineDistance.IsWithin(outline, outline, 0).ShouldBe(Certainty.Certain);
        Should.Throw<ArgumentOutOfRangeException>(() => OutlineDistance.IsWithin(place, outline, -1));
        Should.Throw<ArgumentOutOfRangeException>(() => OutlineDistance.IsWithin(place, outline, double.NaN));
    }

    [Fact]
    public void IsLessThan_AtTheBounds_IsNoAtTheLowerAndPossibleAtTheUpper()
    {
        var bounds = new DistanceBounds(10, 11);
        bounds.IsLessThan(10).ShouldBe(Certainty.No);
        bounds.IsLessThan(11).ShouldBe(Certainty.Possible);
        bounds.IsLessThan(11.5).ShouldBe(Certainty.Certain);
    }

    private static void ShouldBound(DistanceBounds bounds, double sampledMetres, double stepMetres, string context)
    {
        bounds.LowerMetres.ShouldBeLessThanOrEqualTo(sampledMetres, context);
        bounds.UpperMetres.ShouldBeGreaterThanOrEqualTo(sampledMetres - stepMetres, context);
        const double radius = 6_335_439;
        (bounds.UpperMetres - bounds.LowerMetres).ShouldBeLessThanOrEqualTo(1 + 1.01 * Math.Pow(bounds.UpperMetres, 3) / (24 * radius * radius), context);
        if (bounds.UpperMetres <= 500_000) (bounds.UpperMetres - bounds.LowerMetres).ShouldBeLessThan(1 + 0.0003 * bounds.UpperMetres, context);
    }

    private static double[] LeastDistances(List<List<(double X, double Y)>> firsts, List<List<(double X, double Y)>> seconds)
    {
        var lines = new List<string>();
        for (var i = 0; i < firsts.Count; i++)
        {
            foreach (var (x, y) in firsts[i])
                lines.AddRange(seconds[i].Select(s => Oracle.Text($"{y / 1e7:F12} {x / 1e7:F12} {s.Y / 1e7:F12} {s.X / 1e7:F12}")));
        }
        var answers = Oracle.Ask("GeodSolve", "-i -p 6", lines);
        var next = 0;
        return [.. firsts.Select((first, i) => Enumerable.Range(0, first.Count * seconds[i].Count).Min(_ => Oracle.Numbers(answers[next++])[2]))];
    }

    private static List<(double X, double Y)> SamplesOf(Outline outline, int perEdge) =>
        [.. outline.Shell.SelectMany((start, i) => Enumerable.Range(0, perEdge).Select(k => (double)k / perEdge).Select(t =>
        {
            var end = outline.Shell[(i + 1) % outline.Shell.Length];
            return (start.X + t * (end.X - start.X), start.Y + t * (end.Y - start.Y));
        }))];

    private static double StepMetres(Outline outline, int perEdge) =>
        outline.Shell.Select((start, i) => (start, end: outline.Shell[(i + 1) % outline.Shell.Length]))
            .Max(edge => (Math.Abs(edge.end.X - edge.start.X) + Math.Abs(edge.end.Y - edge.start.Y)) / 1e7 * 111_700 / perEdge);

    private static GeoPoint Offset(GeoPoint from, double degrees, double angle) => GeoPoint.FromDegrees(
        Math.Clamp(from.LatitudeDegrees + degrees * Math.Sin(angle), -89, 89),
        Math.IEEERemainder(from.LongitudeDegrees + degrees * Math.Cos(angle), 360));

    private static Outline Near(Outline outline, double distanceExponent, double angle, double[] factors)
    {
        var size = (outline.Box.North - outline.Box.South + outline.Box.East - outline.Box.West) / 1e7;
        var centre = Offset(outline.Shell[0].ToGeoPoint(), Math.Min(size + Math.Pow(10, distanceExponent), 4), angle);
        return Star(centre.LatitudeDegrees, centre.LongitudeDegrees, Math.Max(size / 3, 1e-5), 5, factors);
    }

    private static Outline Star(double latitude, double longitude, double radiusDegrees, int count, double[] factors) => Outline.Create(
        [.. Enumerable.Range(0, count).Select(i => Offset(GeoPoint.FromDegrees(latitude, longitude), radiusDegrees * factors[i], Math.Tau * i / count))], []).Value;

    private static Outline Box(int west, int south, int east, int north) =>
        Outline.Create([GeoPoint.FromE7(south, west), GeoPoint.FromE7(south, east), GeoPoint.FromE7(north, east), GeoPoint.FromE7(north, west)], []).Value;
}
