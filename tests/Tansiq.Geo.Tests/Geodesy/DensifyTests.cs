using System.Collections.Immutable;
using CsCheck;
using Tansiq.Geo.Geodesy;

namespace Tansiq.Geo.Tests.Geodesy;

public sealed class DensifyTests
{
    private static readonly Gen<GeoPoint> Place =
        Gen.Select(Gen.Int[-899_000_000, 899_000_000], Gen.Int[-1_800_000_000, 1_799_999_999])
            .Select((latitude, longitude) => GeoPoint.FromE7(latitude, longitude));

    private static readonly Gen<(GeoPoint From, GeoPoint To)> Edge =
        Gen.Select(Place, Gen.Double[0, 360], Gen.Double[1, 7]).Select((from, azimuth, magnitude) =>
            (from, Geodesic.Direct(from, azimuth, Math.Min(9.9e6, Math.Pow(10, magnitude)))));

    [Fact]
    public void GeodesicEdges_OfAnyEdge_StayWithinOneMetreOfTheGeodesic() =>
        Edge.Sample(
            edge =>
            {
                if (!Densify.GeodesicEdges([edge.From, edge.To], closed: false).TryGet(out var vertices, out var refusal))
                {
                    refusal.Code.ShouldBe("geo.edge-over-pole");
                    return;
                }

                vertices[0].ShouldBe(edge.From);
                vertices[^1].ShouldBe(edge.To);
                var path = Geodesic.Inverse(edge.From, edge.To);
                foreach (var (latitude, longitude) in PointsOfEdges(vertices))
                    DistanceToGeodesic(edge.From, path, latitude, longitude).ShouldBeLessThan(Densify.ToleranceMetres);
            },
            iter: 60);

    [Fact]
    public void GeodesicEdges_InBothDirections_GiveTheSameVertices() =>
        Edge.Sample(
            edge =>
            {
                var forward = Densify.GeodesicEdges([edge.From, edge.To], closed: false);
                var backward = Densify.GeodesicEdges([edge.To, edge.From], closed: false);
                if (forward.Refusal is null) backward.Value.Reverse().ShouldBe(forward.Value);
                else backward.Refusal!.Code.ShouldBe(forward.Refusal.Code);
            },
            iter: 100);

    [Fact]
    public void GeodesicEdges_Closed_AddsTheEdgeBackAndKeepsEveryVertex()
    {
        GeoPoint[] ring = [GeoPoint.FromDegrees(36, 37), GeoPoint.FromDegrees(36, 39), GeoPoint.FromDegrees(37, 38)];
        var open = Densify.GeodesicEdges(ring, closed: false).Value;
        var closed = Densify.GeodesicEdges(ring, closed: true).Value;
        closed.Length.ShouldBeGreaterThan(open.Length);
        closed.Take(open.Length).ShouldBe(open);
        closed.ShouldBeUnique();
        foreach (var vertex in ring) closed.ShouldContain(vertex);
    }

    [Fact]
    public void GeodesicEdges_AcrossTheAntimeridian_TakesTheShortWay()
    {
        var vertices = Densify.GeodesicEdges([GeoPoint.FromDegrees(60, 179), GeoPoint.FromDegrees(60, -179)], closed: false).Value;
        vertices.Length.ShouldBeGreaterThan(2);
        vertices.ShouldAllBe(vertex => Math.Abs(vertex.LongitudeDegrees) >= 179);
    }

    [Theory]
    [InlineData(80, 10, 80, -170, "geo.edge-over-pole")]
    [InlineData(-80, 10, -85, -170, "geo.edge-over-pole")]
    [InlineData(90, 10, 80, 10, "geo.vertex-at-pole")]
    [InlineData(80, 10, -90, 10, "geo.vertex-at-pole")]
    [InlineData(0, 0, 0, 90, "geo.edge-too-long")]
    [InlineData(30, 0, -30, 180, "geo.edge-too-long")]
    public void GeodesicEdges_WhichCannotBeDrawn_AreRefused(double lat1, double lon1, double lat2, double lon2, string code) =>
        Densify.GeodesicEdges([GeoPoint.FromDegrees(lat1, lon1), GeoPoint.FromDegrees(lat2, lon2)], closed: false)
            .Refusal!.Code.ShouldBe(code);

    [Fact]
    public void GeodesicEdges_AtTheVertexLimit_IsTakenAndOneMoreIsRefused()
    {
        var points = Enumerable.Range(0, Densify.MaximumVertices + 1).Select(i => GeoPoint.FromE7(i % 2, i)).ToArray();
        Densify.GeodesicEdges(points[..^1], closed: false).Value.Length.ShouldBe(Densify.MaximumVertices);
        Densify.GeodesicEdges(points, closed: false).Refusal!.Code.ShouldBe("geo.too-many-vertices");
    }

    [Fact]
    public void Circle_OfAnyRadius_StaysWithinOneMetreOfTheTrueCircle() =>
        Gen.Select(Place, Gen.Double[0, 5.69897]).Sample(
            (centre, magnitude) =>
            {
                var radius = Math.Clamp(Math.Pow(10, magnitude), Densify.MinimumRadiusMetres, Densify.MaximumRadiusMetres);
                if (!Densify.Circle(centre, radius).TryGet(out var ring, out var refusal))
                {
                    refusal.Code.ShouldBeOneOf("geo.circle-reaches-pole", "geo.too-many-vertices");
                    return;
                }

                foreach (var (latitude, longitude) in PointsOfEdges(ring.Add(ring[0])))
                {
                    Geodesic.Inverse(centre.LatitudeDegrees, centre.LongitudeDegrees, latitude, longitude).DistanceMetres
                        .ShouldBe(radius, Densify.ToleranceMetres);
                }
            },
            iter: 60);

    [Fact]
    public void Circle_AgainstGeodSolve_HasEveryEdgeWithinOneMetre()
    {
        var centre = GeoPoint.FromDegrees(36.2, 37.15);
        foreach (var radius in new[] { 1, 500, 7_408, 100_000, 500_000 })
        {
            var ring = Densify.Circle(centre, radius).Value;
            ring[0].LongitudeE7.ShouldBe(centre.LongitudeE7);
            ring[0].LatitudeE7.ShouldBeGreaterThan(centre.LatitudeE7);
            ring[1].LongitudeE7.ShouldBeLessThan(centre.LongitudeE7, "counter-clockwise");
            var lines = PointsOfEdges(ring.Add(ring[0])).Select(p => Oracle.Text($"36.2 37.15 {p.Latitude:F12} {p.Longitude:F12}")).ToArray();
            foreach (var answer in Oracle.Ask("GeodSolve", "-i -p 6", lines)) Oracle.Numbers(answer)[2].ShouldBe(radius, Densify.ToleranceMetres);
        }
    }

    [Theory]
    [InlineData(0.999, "geo.radius-out-of-range")]
    [InlineData(500_000.1, "geo.radius-out-of-range")]
    [InlineData(double.NaN, "geo.radius-out-of-range")]
    [InlineData(double.PositiveInfinity, "geo.radius-out-of-range")]
    public void Circle_OfARadiusOutsideTheBounds_IsRefused(double radius, string code) =>
        Densify.Circle(GeoPoint.FromDegrees(36, 37), radius).Refusal!.Code.ShouldBe(code);

    [Fact]
    public void Circle_ThatReachesAPole_IsRefused()
    {
        Densify.Circle(GeoPoint.FromDegrees(-89, 37), 111_700).Refusal!.Code.ShouldBe("geo.circle-reaches-pole");
        Densify.Circle(GeoPoint.FromDegrees(89, 37), 111_600).Refusal.ShouldBeNull();
    }

    [Fact]
    public void Arc_OfHalfATurn_RunsTheWayThatWasAsked()
    {
        var centre = GeoPoint.FromDegrees(0, 180);
        var clockwise = Densify.Arc(centre, 10_000, 0, 180, clockwise: true).Value;
        var counter = Densify.Arc(centre, 10_000, 0, 180, clockwise: false).Value;
        clockwise[0].ShouldBe(counter[0]);
        clockwise[^1].ShouldBe(counter[^1]);
        clockwise[1..^1].ShouldAllBe(vertex => vertex.LongitudeDegrees < 0, "east of 180°");
        counter[1..^1].ShouldAllBe(vertex => vertex.LongitudeDegrees > 0, "west of 180°");
        Densify.Arc(centre, 10_000, 45, 45, clockwise: true).Value.Length.ShouldBe(Densify.Circle(centre, 10_000).Value.Length + 1);
    }

    [Fact]
    public void ArcBetween_TwoPoints_KeepsBothAndStaysOnTheCircle()
    {
        var centre = GeoPoint.FromDegrees(47.45, 8.55);
        var from = Geodesic.Direct(centre, 300, 9_260);
        var to = Geodesic.Direct(centre, 40, 9_260);
        var arc = Densify.ArcBetween(centre, from, to, clockwise: true).Value;
        arc[0].ShouldBe(from);
        arc[^1].ShouldBe(to);
        foreach (var (latitude, longitude) in PointsOfEdges(arc))
        {
            var path = Geodesic.Inverse(centre.LatitudeDegrees, centre.LongitudeDegrees, latitude, longitude);
            path.DistanceMetres.ShouldBe(9_260, Densify.ToleranceMetres);
            (path.StartAzimuthDegrees is > 299.99 or < 40.01).ShouldBeTrue();
        }
    }

    private static IEnumerable<(double Latitude, double Longitude)> PointsOfEdges(ImmutableArray<GeoPoint> vertices)
    {
        for (var i = 0; i + 1 < vertices.Length; i++)
        {
            var (from, to) = (vertices[i], vertices[i + 1]);
            var longitudeDifference = Math.IEEERemainder((to.LongitudeE7 - (double)from.LongitudeE7) / 1e7, 360);
            for (var j = 0; j < 8; j += 2)
            {
                yield return (from.LatitudeDegrees + (to.LatitudeDegrees - from.LatitudeDegrees) * j / 8,
                    from.LongitudeDegrees + longitudeDifference * j / 8);
            }
        }
    }

    // By ternary search along the geodesic: shares nothing with the estimate that Densify works with.
    private static double DistanceToGeodesic(GeoPoint start, GeodesicPath path, double latitude, double longitude)
    {
        double DistanceFrom(double along)
        {
            var end = Geodesic.Direct(start.LatitudeDegrees, start.LongitudeDegrees, path.StartAzimuthDegrees, along);
            return GeodesicTests.SeparationMetres(end.LatitudeDegrees, end.LongitudeDegrees, latitude, longitude);
        }

        // The foot of the perpendicular is no farther along than the point is away, and little nearer.
        var away = Geodesic.Inverse(start.LatitudeDegrees, start.LongitudeDegrees, latitude, longitude).DistanceMetres;
        var (low, high) = (Math.Max(0, away - 100), Math.Min(path.DistanceMetres, away + 1));
        while (high - low > 0.01)
        {
            var third = (high - low) / 3;
            if (DistanceFrom(low + third) < DistanceFrom(high - third)) high -= third;
            else low += third;
        }

        return DistanceFrom(low);
    }
}
