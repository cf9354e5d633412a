using CsCheck;
using Tansiq.Cli.Reporting;
using Tansiq.Geo;

namespace Tansiq.Cli.Tests.Reporting;

public sealed class MapProjectionTests
{
    private const long Degree = GeoPoint.UnitsPerDegree;

    [Fact]
    public void Showing_AnyPlacesOfATheatre_DrawsThemAllOnTheMap() =>
        Gen.Select(Gen.Int[-180, 179], Gen.Int[-70, 60], Gen.Select(Gen.Int[0, 19], Gen.Int[0, 9]).Array[1, 20]).Sample((west, south, places) =>
        {
            var points = places.Select(place => new PlanePoint((west + place.Item1) * Degree, (south + place.Item2) * Degree).ToGeoPoint().ToPlane()).ToList();
            var map = MapProjection.Showing([.. points.Select(point => new PlaneBox(point.X, point.Y, point.X, point.Y))]);
            foreach (var point in points)
            {
                var (x, y) = map.At(point);
                x.ShouldBeInRange(0, MapProjection.Width);
                y.ShouldBeInRange(0, map.Height);
            }

            map.UnitsPerDegreeEast.ShouldBeGreaterThan(MapProjection.Width / 60d);
        });

    [Fact]
    public void Showing_PlacesOnBothSidesOfTheAntimeridian_PutsThemBesideEachOther()
    {
        var map = MapProjection.Showing([new(179 * Degree, 0, 179 * Degree, 0), new(-179 * Degree, Degree, -179 * Degree, Degree)]);
        var (west, _) = map.At(new(179 * Degree, 0));
        var (east, _) = map.At(new(-179 * Degree, 0));
        east.ShouldBeGreaterThan(west);
        ((double)(east - west)).ShouldBe(2 * map.UnitsPerDegreeEast, tolerance: 1);
    }

    [Fact]
    public void Showing_TheWholeWorld_HasEveryPlace()
    {
        var map = MapProjection.Showing([new(-180 * Degree, -90 * Degree, 180 * Degree, 90 * Degree)]);
        map.At(new(-180 * Degree, 90 * Degree), turns: 0).ShouldSatisfyAllConditions(place => place.X.ShouldBeGreaterThanOrEqualTo(0), place => place.Y.ShouldBeGreaterThanOrEqualTo(0));
        map.At(new(180 * Degree, -90 * Degree), turns: 0).ShouldSatisfyAllConditions(place => place.X.ShouldBeLessThanOrEqualTo(MapProjection.Width), place => place.Y.ShouldBeLessThanOrEqualTo(map.Height));
    }
}
