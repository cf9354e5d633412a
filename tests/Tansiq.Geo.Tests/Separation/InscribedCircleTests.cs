using CsCheck;
using Tansiq.Geo.Geodesy;
using Tansiq.Geo.Outlines;
using Tansiq.Geo.Separation;

namespace Tansiq.Geo.Tests.Separation;

[Trait("Requirement", "BND-1")]
public sealed class InscribedCircleTests
{
    private static readonly Gen<(GeoPoint Centre, int RadiusMetres)> Circles =
        Gen.Select(Gen.Double[-80, 80], Gen.Double[-180, 180], Gen.Int[1_000, 40_000]).Select((lat, lon, radius) => (GeoPoint.FromDegrees(lat, lon), radius));

    [Fact]
    public void InscribedRadiusAtLeast_OfACircleDrawnToAMetre_IsItsRadiusAndNotMore() =>
        Circles.Sample((centre, radiusMetres) =>
        {
            var outline = Circle(centre, radiusMetres);
            outline.InscribedRadiusAtLeast(radiusMetres).ShouldBeTrue();
            outline.InscribedRadiusAtLeast(radiusMetres + (int)InscribedCircle.SlackMetres + 2).ShouldBeFalse();
        }, iter: 20);

    [Fact]
    public void InscribedRadiusAtLeast_OfACircleWithAHole_IsWhatTheHoleLeaves()
    {
        var centre = GeoPoint.FromDegrees(36.2, 37.15);
        var ring = Circle(centre, 12_000).Shell.Select(p => p.ToGeoPoint()).ToArray();
        var hole = Circle(centre, 2_000).Shell.Select(p => p.ToGeoPoint()).ToArray();
        var outline = Outline.Create(ring, [hole]).Value;
        outline.InscribedRadiusAtLeast(4_990).ShouldBeTrue();
        outline.InscribedRadiusAtLeast(5_010).ShouldBeFalse();
        Outline.Create(ring, []).Value.InscribedRadiusAtLeast(5_010).ShouldBeTrue();
    }

    [Fact]
    public void InscribedRadiusAtLeast_OfABandAcrossTheAntimeridian_IsHalfItsWidth()
    {
        // 0.1° of latitude at 10° N is 11,061 m.
        var band = Outline.Create(
            [GeoPoint.FromDegrees(10, 178), GeoPoint.FromDegrees(10, -178), GeoPoint.FromDegrees(10.1, -178), GeoPoint.FromDegrees(10.1, 178)], []).Value;
        var halfWidthMetres = Geodesic.Inverse(10, 0, 10.1, 0).DistanceMetres / 2;
        // A circle between two parallels bends away from the one nearer to the equator only: it touches along the meridian.
        band.InscribedRadiusAtLeast((int)halfWidthMetres).ShouldBeTrue();
        band.InscribedRadiusAtLeast((int)halfWidthMetres + 8).ShouldBeFalse();
    }

    [Theory]
    [InlineData(InscribedCircle.MinimumRadiusMetres - 1)]
    [InlineData(InscribedCircle.MaximumRadiusMetres + 1)]
    public void InscribedRadiusAtLeast_OfARadiusOutOfRange_IsABug(int radiusMetres) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Circle(GeoPoint.FromDegrees(0, 0), 5_000).InscribedRadiusAtLeast(radiusMetres));

    [Fact]
    public void InscribedRadiusAtLeast_AtTheEndsOfTheRange_IsAnswered()
    {
        var outline = Circle(GeoPoint.FromDegrees(36, 37), 5_000);
        outline.InscribedRadiusAtLeast(InscribedCircle.MinimumRadiusMetres).ShouldBeTrue();
        outline.InscribedRadiusAtLeast(InscribedCircle.MaximumRadiusMetres).ShouldBeFalse();
    }

    // Corners on the circle, near enough that the sides stay within a metre of it.
    private static Outline Circle(GeoPoint centre, int radiusMetres)
    {
        var count = Math.Max(12, (int)Math.Ceiling(Math.PI / Math.Acos(1 - 0.9 / radiusMetres)));
        return Outline.Create([.. Enumerable.Range(0, count).Select(i => Geodesic.Direct(centre, 360.0 * i / count, radiusMetres))], []).Value;
    }
}
