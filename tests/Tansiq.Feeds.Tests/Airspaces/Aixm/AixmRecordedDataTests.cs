using NodaTime;
using Tansiq.Feeds.Airspaces;
using Tansiq.Geo;
using Tansiq.Geo.Geodesy;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Tests.Airspaces.Aixm;

/// <summary>The sample state Donlon (fictitious) and its digital NOTAM.</summary>
[Trait("Requirement", "MON-4")]
public sealed class AixmRecordedDataTests
{
    [Fact]
    public void Read_Donlon_GivesItsAirspaces()
    {
        var all = AirspaceFile.Read(SharedData.PathOf("airspace/aixm/EA_AIP_DS_FULL_20170701.xml"));
        var read = all.Where(airspace => airspace.Refusal is null).Select(airspace => airspace.Value).ToList();
        read.Count.ShouldBe(18);
        all.Select(airspace => airspace.Refusal).OfType<Refusal>().Select(refusal => refusal.Code + " " + refusal.Found).ShouldBe(
        [
            // A corridor by its centreline; a ring whose curves overlap; a flight level above ground.
            "feeds.airspace-not-an-area a centreline with a width",
            "feeds.airspace-coordinate 107669 m from the curve before",
            "feeds.airspace-height 30 FL SFC",
        ]);
        read.Sum(airspace => airspace.Remarks.Length).ShouldBe(1);

        var controlZone = read.Single(airspace => airspace is { Name: "DONLON", Class: "CTR" });
        (controlZone.Type, controlZone.Heights.Floor, controlZone.Heights.Ceiling).ShouldBe(("D", null, Height.FromFeet(3_000, HeightReference.SeaLevel)));
        IsCircle(controlZone, GeoPoint.FromE7(523_716_667, -319_494_444), 35_000);
        IsCircle(read.Single(airspace => airspace.Name == "PASOUND"), GeoPoint.FromE7(417_969_444, -350_269_444), 18_520);
        // Its centre is a point elsewhere in the file.
        IsCircle(read.Single(airspace => airspace.Class == "ATZ"), GeoPoint.FromE7(522_888_889, -320_350_000), 10_000);

        var bands = read.Where(airspace => airspace is { Name: "DONLON", Class: "CTA" }).Select(airspace => airspace.Heights.Floor);
        bands.ShouldBe([Height.FromFlightLevel(30), Height.FromFlightLevel(50)]);
        read.Single(airspace => airspace.Name == "MAGNETTO").Outlines.ShouldBe(
            read.Where(airspace => airspace.Name.StartsWith("MAGNETTO TMA", StringComparison.Ordinal)).SelectMany(airspace => airspace.Outlines));
        read.Single(airspace => airspace.Name == "NIBORD").Validity.ShouldBe(new Interval(Instant.FromUtc(2017, 7, 1, 0, 0), null));
    }

    /// <summary>A sector of 25 NM from 270° round by north to 137°, with two edges to its centre.</summary>
    [Fact]
    public void Read_DonlonArc_GoesClockwiseBetweenItsAngles()
    {
        var sector = AirspaceFile.Read(SharedData.PathOf("airspace/aixm/EA_AIP_DS_FULL_20170701.xml")).Single(airspace => airspace.Refusal is null && airspace.Value.Name == "BRAVO").Value;
        var centre = GeoPoint.FromE7(552_333_333, -361_666_667);
        var outline = sector.Outlines.ShouldHaveSingleItem();
        for (var azimuth = 0; azimuth < 360; azimuth += 5)
        {
            if (azimuth is 135 or 270) continue;
            outline.Contains(Geodesic.Direct(centre, azimuth, 45_000)).ShouldBe(azimuth is < 137 or > 270, FormattableString.Invariant($"{azimuth}°"));
            outline.Contains(Geodesic.Direct(centre, azimuth, 46_500)).ShouldBeFalse();
        }

        (sector.Heights.Ceiling, sector.Heights.Floor).ShouldBe((Height.FromMetres(1_525, HeightReference.Ground), null));
    }

    /// <summary>Of the ring's four neighbours of the border, all are on the outline, and the border's own vertices too.</summary>
    [Fact]
    public void Read_DonlonBorder_IsFollowedBetweenTheCurves()
    {
        var area = AirspaceFile.Read(SharedData.PathOf("airspace/aixm/EA_AIP_DS_FULL_20170701.xml")).Single(airspace => airspace.Refusal is null && airspace.Value.Name == "EAMOA01").Value;
        var vertices = area.Outlines.SelectMany(outline => outline.Shell).Select(vertex => vertex.ToGeoPoint()).ToList();
        vertices.ShouldContain(GeoPoint.FromE7(531_819_444, -311_945_000));
        vertices.ShouldContain(GeoPoint.FromE7(529_633_333, -309_994_444));
        vertices.Count.ShouldBeGreaterThan(40);
    }

    [Fact]
    public void Read_DigitalNotam_GivesAirspacesWithTheirTimes()
    {
        var files = Directory.GetFiles(SharedData.PathOf("airspace/aixm/digitalNOTAM"));
        files.Length.ShouldBe(19);
        var all = files.SelectMany(AirspaceFile.Read).ToList();
        all.Where(airspace => airspace.Refusal is null).Select(airspace => airspace.Value).OrderBy(airspace => airspace.Name, StringComparer.Ordinal)
            .Select(airspace => (airspace.Name, airspace.Validity)).ShouldBe(
            [
                ("EAA0422-18", new Interval(Instant.FromUtc(2018, 11, 15, 10, 0), Instant.FromUtc(2018, 11, 15, 20, 0))),
                ("d2b01592-5f48-4590-b871-60d150533ec1", new Interval(Instant.FromUtc(2018, 2, 5, 7, 0), Instant.FromUtc(2018, 2, 5, 23, 0))),
            ]);
        all.Count(airspace => airspace.Refusal?.Code == AirspaceRefusals.NotAnArea).ShouldBe(2);
        all.Count(airspace => airspace.Refusal?.Code == AirspaceRefusals.Nothing).ShouldBe(15);
    }

    private static void IsCircle(Airspace airspace, GeoPoint centre, double radiusMetres)
    {
        foreach (var vertex in airspace.Outlines.ShouldHaveSingleItem().Shell)
            Geodesic.Inverse(centre, vertex.ToGeoPoint()).DistanceMetres.ShouldBe(radiusMetres, 1);
    }
}
