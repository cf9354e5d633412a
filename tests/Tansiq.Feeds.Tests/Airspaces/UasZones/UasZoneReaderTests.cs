using System.Text;
using CsCheck;
using NodaTime;
using Tansiq.Feeds.Airspaces;
using Tansiq.Geo;
using Tansiq.Geo.Geodesy;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Tests.Airspaces.UasZones;

/// <summary>Geographical zones for drones of ED-269 and ED-318.</summary>
[Trait("Requirement", "MON-4")]
public sealed class UasZoneReaderTests
{
    private const string Square = "[[[6,46],[6.1,46],[6.1,46.1],[6,46.1],[6,46]]]";

    private const string Polygon269 =
        "{\"uomDimensions\":\"FT\",\"lowerLimit\":\"100\",\"lowerVerticalReference\":\"AGL\",\"upperLimit\":400,\"upperVerticalReference\":\"AMSL\",\"horizontalProjection\":{\"type\":\"Polygon\",\"coordinates\":" + Square + "}}";

    private const string Circle269 =
        "{\"uomDimensions\":\"M\",\"lowerLimit\":0,\"lowerVerticalReference\":\"AGL\",\"upperLimit\":120,\"upperVerticalReference\":\"AGL\",\"horizontalProjection\":{\"type\":\"Circle\",\"center\":[6,46],\"radius\":500}}";

    private const string Layer = "\"layer\":{\"lower\":0,\"lowerReference\":\"AGL\",\"upper\":120,\"upperReference\":\"WGS84\",\"uom\":\"m\"}";

    [Fact]
    public void Read_SampleOfInterUss_IsOneZone()
    {
        var zone = AirspaceFile.Read(SharedData.PathOf("utm/cis_source_sample_ed269.json")).ShouldHaveSingleItem().Value;
        (zone.Name, zone.Class, zone.Type, zone.Validity).ShouldBe(("LSXX City Sample", "REQ_AUTHORISATION", "COMMON", null));
        (zone.Heights.Floor, zone.Heights.Ceiling).ShouldBe((Height.FromMetres(0, HeightReference.Ground), null));
        zone.Outlines.ShouldHaveSingleItem().Shell.Length.ShouldBe(4);
        zone.Outlines[0].Contains(GeoPoint.FromDegrees(46.216, 6.168)).ShouldBeTrue();
        zone.Remarks.Select(remark => remark.Kind).ShouldBe([AirspaceRemarkKind.HeightsOpen]);
    }

    [Theory]
    [InlineData("utm/zurich.json")]
    [InlineData("utm/invalid_no_alt.json")]
    public void Read_RecordsOfFlights_HoldNoAirspace(string name) =>
        AirspaceFile.Read(SharedData.PathOf(name)).ShouldHaveSingleItem().Refusal!.Code.ShouldBe(AirspaceRefusals.NotAnArea);

    [Fact]
    public void Read_VolumesOfDifferentHeights_AreAnAirspaceEach()
    {
        var zones = AirspaceFile.Read(Ed269($"{Polygon269},{Circle269},{Circle269}")).Select(zone => zone.Value).ToList();
        zones.Select(zone => (zone.Heights.Floor, zone.Heights.Ceiling)).ShouldBe(
            [(Height.FromFeet(100, HeightReference.Ground), Height.FromFeet(400, HeightReference.SeaLevel)), (Height.FromMetres(0, HeightReference.Ground), Height.FromMetres(120, HeightReference.Ground))]);
        foreach (var vertex in zones[1].Outlines.ShouldHaveSingleItem().Shell)
            Geodesic.Inverse(GeoPoint.FromDegrees(46, 6), vertex.ToGeoPoint()).DistanceMetres.ShouldBe(500, 1);
    }

    [Fact]
    public void Read_PeriodsAndHours_AreAnAirspaceForEachPeriod()
    {
        var zones = AirspaceFile.Read(Ed269(Circle269, "{\"permanent\":\"NO\",\"startDateTime\":\"2026-07-20T06:00:00Z\",\"endDateTime\":\"2026-07-21T06:00:00+02:00\",\"dailyPeriod\":[{\"day\":[\"MON\"],\"startTime\":\"08:00:00Z\",\"endTime\":\"09:00:00Z\"}]},{\"permanent\":\"NO\",\"startDateTime\":\"2027-01-01T00:00:00Z\",\"endDateTime\":null}"))
            .Select(zone => zone.Value).ToList();
        zones.Select(zone => zone.Validity).ShouldBe(
            [new Interval(Instant.FromUtc(2026, 7, 20, 6, 0), Instant.FromUtc(2026, 7, 21, 4, 0)), new Interval(Instant.FromUtc(2027, 1, 1, 0, 0), null)]);
        zones.ShouldAllBe(zone => zone.Remarks.Any(remark => remark.Kind == AirspaceRemarkKind.ScheduleNotApplied));
    }

    [Theory]
    [InlineData("\"M\"", "\"KM\"", AirspaceRefusals.Height)]
    [InlineData("\"AGL\"", "\"QFE\"", AirspaceRefusals.Height)]
    [InlineData(":120", ":-1", AirspaceRefusals.FloorAboveCeiling)]
    [InlineData("[6,46]", "[6]", AirspaceRefusals.Coordinate)]
    [InlineData("[6,46]", "[6,91]", AirspaceRefusals.Coordinate)]
    [InlineData("500", "\"far\"", AirspaceRefusals.Number)]
    [InlineData("500", "0.5", "geo.radius-out-of-range")]
    [InlineData("\"YES\"", "\"NO\",\"startDateTime\":\"today\"", AirspaceRefusals.Time)]
    [InlineData("\"A\"", "\"\"", AirspaceRefusals.Missing)]
    public void Read_ZoneThatIsNone_IsRefused(string from, string to, string code) =>
        AirspaceFile.Read(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Ed269(Circle269)).Replace(from, to, StringComparison.Ordinal)))
            .ShouldHaveSingleItem().Refusal!.Code.ShouldBe(code);

    [Fact]
    public void Read_Ed318_TakesLayersAndExtents()
    {
        var zones = AirspaceFile.Read(Ed318(
            $"{{\"type\":\"Polygon\",\"coordinates\":{Square},{Layer}}}",
            $"{{\"type\":\"GeometryCollection\",\"geometries\":[{{\"type\":\"Point\",\"coordinates\":[6,46],\"extent\":{{\"subType\":\"Circle\",\"radius\":500}},{Layer}}},{{\"type\":\"Polygon\",\"coordinates\":{Square},{Layer}}}]}}"))
            .Select(zone => zone.Value).ToList();
        zones.Select(zone => zone.Outlines.Length).ShouldBe([1, 2]);
        zones.ShouldAllBe(zone => zone.Name == "Zone" && zone.Class == "PROHIBITED" && zone.Heights.Ceiling == Height.FromMetres(120, HeightReference.Ellipsoid));
        zones.ShouldAllBe(zone => zone.Validity == new Interval(Instant.FromUtc(2026, 10, 2, 12, 0), Instant.FromUtc(2026, 10, 2, 14, 0)));
    }

    [Fact]
    public void Read_PointWithoutExtent_IsNoArea() =>
        AirspaceFile.Read(Ed318($"{{\"type\":\"Point\",\"coordinates\":[6,46],{Layer}}}")).ShouldHaveSingleItem().Refusal!.Code.ShouldBe(AirspaceRefusals.NotAnArea);

    [Fact]
    public void Read_MutatedZones_NeverThrows()
    {
        byte[][] originals = [Ed269($"{Polygon269},{Circle269}"), Ed318($"{{\"type\":\"Polygon\",\"coordinates\":{Square},{Layer}}}")];
        string[] tokens = ["null", "[]", "{}", "\"x\"", "-1", "1e400", ",", "[", "}", "true", "99999999999999999999"];
        Gen.Select(Gen.Int[0, 1], Gen.Select(Gen.Double[0, 1], Gen.Int[0, tokens.Length - 1], Gen.Int[0, 9]).Array[1, 5]).Sample(
            (which, mutations) =>
            {
                var text = Encoding.UTF8.GetString(originals[which]);
                foreach (var (at, token, removed) in mutations)
                {
                    var start = (int)(at * text.Length);
                    text = text[..start] + tokens[token] + text[Math.Min(start + removed, text.Length)..];
                }

                AirspaceFile.Read(Encoding.UTF8.GetBytes(text)).ShouldNotBeEmpty();
            },
            iter: 4_000);
    }

    private static byte[] Ed269(string geometry, string applicability = "{\"permanent\":\"YES\"}") => Encoding.UTF8.GetBytes(
        $"{{\"UASZoneList\":[{{\"identifier\":\"A\",\"restriction\":\"PROHIBITED\",\"type\":\"COMMON\",\"applicability\":[{applicability}],\"geometry\":[{geometry}]}}]}}");

    private static byte[] Ed318(params string[] geometries) => Encoding.UTF8.GetBytes(
        "{\"type\":\"FeatureCollection\",\"features\":[" + string.Join(",", geometries.Select(geometry =>
            "{\"type\":\"Feature\",\"geometry\":" + geometry + ",\"properties\":{\"identifier\":\"A\",\"name\":[{\"lang\":\"ka-GE\",\"text\":\"Z\"},{\"lang\":\"en-GB\",\"text\":\"Zone\"}],\"type\":\"PROHIBITED\",\"variant\":\"COMMON\",\"limitedApplicability\":[{\"startDateTime\":\"2026-10-02T12:00:00Z\",\"endDateTime\":\"2026-10-02T14:00:00Z\"}]}}")) + "]}");
}
