using CsCheck;
using Tansiq.Geo.Grids;
using Tansiq.Geo.Tests.Geodesy;

namespace Tansiq.Geo.Tests.Grids;

public sealed class UtmTests
{
    private static readonly Gen<GeoPoint> Place =
        Gen.Select(Gen.Int[Utm.MinimumLatitudeE7, Utm.MaximumLatitudeE7], Gen.Int[-GeoPoint.HalfTurnE7, GeoPoint.HalfTurnE7 - 1])
            .Select((latitude, longitude) => GeoPoint.FromE7(latitude, longitude));

    [Fact]
    public void TransverseMercator_OnPublishedPoints_AgreesToTenNanometres()
    {
        const double centralScale = 0.9996;
        const double reachMetres = 3_900_000;
        var compared = 0;
        foreach (var line in SharedData.Lines("geometry/geodesic/TransverseMercatorTestData.cs.gz"))
        {
            var text = line[(line.IndexOf('"', StringComparison.Ordinal) + 1)..].Replace("\";", "", StringComparison.Ordinal);
            var fields = text.Split(' ');
            if (fields.Length != 6 || !double.TryParse(fields[0], out _)) continue;
            var numbers = Oracle.Numbers(text);
            var (latitude, longitude, x, y) = (numbers[0], numbers[1], numbers[2] / centralScale, numbers[3] / centralScale);
            if (Math.Abs(x) > reachMetres || latitude < 0) continue;
            var forward = TransverseMercator.Forward(latitude, longitude);
            forward.X.ShouldBe(x, 1e-8, text);
            forward.Y.ShouldBe(y, 1e-8, text);
            var inverse = TransverseMercator.Inverse(x, y);
            GeodesicTests.SeparationMetres(inverse.LatitudeDegrees, inverse.FromMeridianDegrees, latitude, longitude).ShouldBeLessThan(1e-8, text);
            compared++;
        }

        compared.ShouldBeGreaterThan(2_000);
    }

    [Fact]
    public void FromPoint_AnywhereInTheGrid_AgreesWithGeoConvert() =>
        Place.Array[2_000].Sample(
            points =>
            {
                var lines = points.Select(p => Oracle.Text($"{p.LatitudeE7 / 1e7m} {p.LongitudeE7 / 1e7m}")).ToArray();
                foreach (var (point, answer) in points.Zip(Oracle.Ask("GeoConvert", "-u -p 9", lines)))
                {
                    var fields = answer.Split(' ');
                    var place = Utm.FromPoint(point).Value;
                    $"{place.Zone}{(place.IsSouth ? 's' : 'n')}".ShouldBe(fields[0].TrimStart('0'));
                    place.EastingMetres.ShouldBe(Oracle.Number(fields[1]), 1e-8);
                    place.NorthingMetres.ShouldBe(Oracle.Number(fields[2]), 1e-8);
                }
            },
            iter: 1);

    [Fact]
    public void ToPoint_OfTheCoordinatesOfAPoint_IsThePoint() =>
        Place.Sample(point => Utm.ToPoint(Utm.FromPoint(point).Value).ShouldBe(point), iter: 2_000);

    [Theory]
    [InlineData(60, 5, 32)]
    [InlineData(60, 2.9999999, 31)]
    [InlineData(63.9999999, 3, 32)]
    [InlineData(64, 5, 31)]
    [InlineData(55.9999999, 5, 31)]
    [InlineData(72, 8.9999999, 31)]
    [InlineData(78, 9, 33)]
    [InlineData(78, 20.9999999, 33)]
    [InlineData(78, 21, 35)]
    [InlineData(84, 33, 37)]
    [InlineData(78, 42, 38)]
    [InlineData(71.9999999, 9, 32)]
    [InlineData(0, -180, 1)]
    [InlineData(0, 179.9999999, 60)]
    public void ZoneOf_AtTheEdgesOfTheExceptions_IsTheStandards(double latitude, double longitude, int zone) =>
        Utm.ZoneOf(GeoPoint.FromDegrees(latitude, longitude)).ShouldBe(zone);

    [Fact]
    public void FromPoint_BeyondTheGrid_IsRefused()
    {
        Utm.FromPoint(GeoPoint.FromDegrees(84, 10)).Refusal.ShouldBeNull();
        Utm.FromPoint(GeoPoint.FromDegrees(84.0000001, 10)).Refusal!.Code.ShouldBe("geo.outside-utm");
        Utm.FromPoint(GeoPoint.FromDegrees(-80, 10)).Refusal.ShouldBeNull();
        Utm.FromPoint(GeoPoint.FromDegrees(-80.0000001, 10)).Refusal!.Code.ShouldBe("geo.outside-utm");
    }

    [Theory]
    [InlineData(0, false, 500_000, 0, "geo.utm-zone")]
    [InlineData(61, false, 500_000, 0, "geo.utm-zone")]
    [InlineData(37, false, -1, 0, "geo.utm-easting")]
    [InlineData(37, false, double.NaN, 0, "geo.utm-easting")]
    [InlineData(37, false, 500_000, 9_400_001, "geo.utm-northing")]
    [InlineData(37, true, 500_000, 999_999, "geo.utm-northing")]
    public void Create_OutsideTheGrid_IsRefused(int zone, bool isSouth, double easting, double northing, string code) =>
        UtmCoordinate.Create(zone, isSouth, easting, northing).Refusal!.Code.ShouldBe(code);
}
