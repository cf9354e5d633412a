using System.Text;
using CsCheck;
using Tansiq.Feeds.Positions.Asterix;
using Tansiq.Geo;
using Tansiq.Geo.Geodesy;

namespace Tansiq.Feeds.Tests.Positions.Asterix;

/// <summary>Places from slant range and azimuth, against the coordinates of the ellipsoid computed the other way.</summary>
public sealed class SlantRangeTests
{
    private static readonly Gen<RadarPlace> Radars = Gen.Select(Gen.Double[-85, 85], Gen.Double[-180, 180], Gen.Double[-100, 3_000])
        .Select((latitude, longitude, height) => new RadarPlace(1, 2, GeoPoint.FromDegrees(latitude, longitude), height));

    [Fact]
    public void Place_HeightKnown_IsWhereTheAircraftIs() =>
        Gen.Select(Radars, Gen.Double[2_000, 470_000], Gen.Double[0, 360], Gen.Double[0, 15_000]).Sample(
            (radar, distance, azimuth, height) =>
            {
                var aircraft = Geodesic.Direct(radar.Place, azimuth, distance);
                if (Math.Abs(aircraft.LatitudeDegrees) > 88) return;
                var (range, seen) = Seen(radar, aircraft, height);
                if (Math.Abs(height - radar.HeightMetres) > range) return;
                var (place, uncertainty) = SlantRange.Place(radar, range, seen, height);
                Geodesic.Inverse(place, aircraft).DistanceMetres.ShouldBeLessThan(0.1);
                uncertainty.ShouldBe(0);
            },
            iter: 3_000);

    [Fact]
    public void Place_HeightUnknown_LiesWithinItsUncertaintyAtEveryHeight() =>
        Gen.Select(Radars, Gen.Double[25_000, 400_000], Gen.Double[0, 360], Gen.Double[0, SlantRange.MaximumUnknownHeightMetres]).Sample(
            (radar, distance, azimuth, height) =>
            {
                var aircraft = Geodesic.Direct(radar.Place, azimuth, distance);
                if (Math.Abs(aircraft.LatitudeDegrees) > 88) return;
                var (range, seen) = Seen(radar, aircraft, height);
                var (place, uncertainty) = SlantRange.Place(radar, range, seen, null);
                Geodesic.Inverse(place, aircraft).DistanceMetres.ShouldBeLessThan(uncertainty + 1);
            },
            iter: 2_000);

    [Fact]
    public void Place_HigherThanFar_IsTheRadarWithTheRangeAsUncertainty()
    {
        var radar = new RadarPlace(1, 2, GeoPoint.FromDegrees(45, 16), 100);
        SlantRange.Place(radar, 900.5, 0, 1_100).ShouldBe((radar.Place, 901));
        SlantRange.Place(radar, 0, 0, 100).ShouldBe((radar.Place, 0));
    }

    [Theory]
    [InlineData("25,201,45.1234567,15.7,312.5\n", 1)]
    [InlineData("# radars\r\n\r\n 25 , 201 , -45 , 180 , -3 # by the sea\n25,202,0,0,0", 2)]
    public void Read_ListOfRadars_IsTaken(string text, int count)
    {
        var radars = RadarPlaces.Read(Encoding.UTF8.GetBytes(text)).Value;
        Enumerable.Range(0, 256).Count(identification => radars.Find(25, identification) is not null).ShouldBe(count);
    }

    [Theory]
    [InlineData("25,256,45,15,0")]
    [InlineData("25,201,91,15,0")]
    [InlineData("25,201,45,NaN,0")]
    [InlineData("25,201,45,15,9001")]
    [InlineData("25,201,45,15")]
    [InlineData("25,201,45,15,0\n25,201,45,15,1")]
    public void Read_ListThatIsNone_IsRefusedWithItsLine(string text)
    {
        var refusal = RadarPlaces.Read(Encoding.UTF8.GetBytes(text)).Refusal!;
        (refusal.Code, refusal.Where).ShouldBe((AsterixRefusals.RadarList, text.Contains('\n', StringComparison.Ordinal) ? "line 2" : "line 1"));
    }

    /// <summary>Slant range, metres, and azimuth, degrees, of an aircraft at a radar.</summary>
    private static (double RangeMetres, double AzimuthDegrees) Seen(RadarPlace radar, GeoPoint aircraft, double heightMetres)
    {
        var (from, to) = (Cartesian(radar.Place, radar.HeightMetres), Cartesian(aircraft, heightMetres));
        var (x, y, z) = (to.X - from.X, to.Y - from.Y, to.Z - from.Z);
        var (latitude, longitude) = (double.DegreesToRadians(radar.Place.LatitudeDegrees), double.DegreesToRadians(radar.Place.LongitudeDegrees));
        var east = y * Math.Cos(longitude) - x * Math.Sin(longitude);
        var north = z * Math.Cos(latitude) - (x * Math.Cos(longitude) + y * Math.Sin(longitude)) * Math.Sin(latitude);
        return (Math.Sqrt(x * x + y * y + z * z), double.RadiansToDegrees(Math.Atan2(east, north)));
    }

    private static (double X, double Y, double Z) Cartesian(GeoPoint place, double heightMetres)
    {
        var (latitude, longitude) = (double.DegreesToRadians(place.LatitudeDegrees), double.DegreesToRadians(place.LongitudeDegrees));
        var normal = Wgs84.EquatorialRadiusMetres / Math.Sqrt(1 - Wgs84.EccentricitySquared * Math.Pow(Math.Sin(latitude), 2));
        return (
            (normal + heightMetres) * Math.Cos(latitude) * Math.Cos(longitude),
            (normal + heightMetres) * Math.Cos(latitude) * Math.Sin(longitude),
            (normal * (1 - Wgs84.EccentricitySquared) + heightMetres) * Math.Sin(latitude));
    }
}
