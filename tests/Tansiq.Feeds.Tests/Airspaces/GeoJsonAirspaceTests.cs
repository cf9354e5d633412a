using System.Globalization;
using System.Text;
using CsCheck;
using NodaTime;
using Tansiq.Feeds.Airspaces;
using Tansiq.Geo;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Tests.Airspaces;

/// <summary>GeoJSON airspace: names, classes, heights and times in the words that files in use have; shapes mended by rule.</summary>
public sealed class GeoJsonAirspaceTests
{
    private const string Square = "[[8,46],[9,46],[9,47],[8,47],[8,46]]";

    [Fact]
    public void Read_Collection_GivesEachFeatureWithItsPlace()
    {
        var airspaces = Read($$"""
            {"type":"FeatureCollection","features":[
              {"type":"Feature","properties":{"name":"Zürich TMA 1","class":"c","type":"TMA","lowerLimit":"2500 ft AMSL","upperLimit":"FL195"},"geometry":{"type":"Polygon","coordinates":[{{Square}}] } },
              {"type":"Feature","id":"ED-R 9","properties":null,"geometry":{"type":"MultiPolygon","coordinates":[[{{Square}}],[[[10,46],[11,46],[11,47],[10,46]]]] } }
            ]}
            """);
        var first = airspaces[0].Value;
        (first.Place, first.Name, first.Class, first.Type).ShouldBe(("/features/0", "Zürich TMA 1", "C", "TMA"));
        first.Heights.ShouldBe(HeightBand.Create(Height.FromFeet(2500, HeightReference.SeaLevel), Height.FromFlightLevel(195))!.Value);
        first.Outlines.ShouldHaveSingleItem().Shell.Length.ShouldBe(4);
        first.Remarks.ShouldBeEmpty();
        first.Validity.ShouldBeNull();
        var second = airspaces[1].Value;
        (second.Name, second.Class, second.Outlines.Length, second.Heights).ShouldBe(("ED-R 9", "AREA", 2, HeightBand.All));
        second.Remarks.ShouldBe([new AirspaceRemark(AirspaceRemarkKind.HeightsOpen, "/features/1")]);
    }

    [Theory]
    [InlineData("\"floor\":\"GND\",\"ceiling\":\"UNL\"", "", "")]
    [InlineData("\"floor\":{\"metres\":300.5,\"reference\":\"ground\"},\"ceiling\":{\"flightLevel\":245}", "300.5 m Ground", "7467.6 m Pressure")]
    [InlineData("\"lowerLimit\":{\"value\":1000,\"unit\":1,\"referenceDatum\":0},\"upperLimit\":{\"value\":95,\"unit\":6,\"referenceDatum\":2}", "304.8 m Ground", "2895.6 m Pressure")]
    [InlineData("\"LOWER_VAL\":1200,\"LOWER_UOM\":\"FT\",\"LOWER_CODE\":\"SFC\",\"UPPER_VAL\":10000,\"UPPER_UOM\":\"FT\",\"UPPER_CODE\":\"MSL\"", "365.76 m Ground", "3048 m SeaLevel")]
    [InlineData("\"lower\":0,\"upper\":120,\"lower_uom\":\"M\",\"upper_uom\":\"M\",\"lower_ref\":\"AGL\",\"upper_ref\":\"W84\"", "0 m Ground", "120 m Ellipsoid")]
    [InlineData("\"floor\":\"4500 ft\",\"floorReference\":\"AGL\",\"ceiling\":\"FL100\",\"ceilingReference\":\"STD\"", "1371.6 m Ground", "3048 m Pressure")]
    [InlineData("\"floorFeet\":-100,\"ceiling_ft\":400", "-30.48 m SeaLevel", "121.92 m SeaLevel")]
    [InlineData("\"min_fl\":350.0,\"max_fl\":\"600\"", "10668 m Pressure", "18288 m Pressure")]
    [InlineData("\"floor\":0,\"ceiling\":\"1 m HAE\"", "0 m SeaLevel", "1 m Ellipsoid")]
    [InlineData("\"floor\":\"GND\",\"floorReference\":\"AGL\",\"ceiling\":\"GND\"", "", "0 m Ground")]
    public void Read_Heights_InTheFormsThatFilesHave(string properties, string floor, string ceiling)
    {
        var airspace = Read(Feature(properties)).ShouldHaveSingleItem().Value;
        $"{airspace.Heights.Floor}|{airspace.Heights.Ceiling}".ShouldBe($"{floor}|{ceiling}");
        airspace.Remarks.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("\"floor\":36500,\"ceiling\":60000", "feeds.airspace-height")]
    [InlineData("\"floor\":\"36500\",\"ceiling\":\"UNL\"", "feeds.airspace-height")]
    [InlineData("\"floor\":\"4500\",\"floorReference\":\"AGL\"", "feeds.airspace-height")]
    [InlineData("\"floor\":\"NOTAM\"", "feeds.airspace-height")]
    [InlineData("\"floor\":\"UNL\"", "feeds.airspace-height")]
    [InlineData("\"floor\":{}", "feeds.airspace-height")]
    [InlineData("\"floor\":{\"metres\":1000,\"reference\":\"moon\"}", "feeds.airspace-height")]
    [InlineData("\"floor\":\"1000 ft\",\"floorReference\":\"moon\"", "feeds.airspace-height")]
    [InlineData("\"ceiling\":\"200000 m\"", "feeds.airspace-height")]
    [InlineData("\"floor\":\"FL100\",\"ceiling\":\"FL90\"", "feeds.airspace-floor-above-ceiling")]
    [InlineData("\"from\":\"tomorrow\"", "feeds.airspace-time")]
    [InlineData("\"from\":\"2026-07-20T06:00:00\"", "feeds.airspace-time")]
    [InlineData("\"from\":\"2026-07-20T06:00:00Z\",\"until\":\"2026-07-20T06:00:00Z\"", "feeds.airspace-time")]
    public void Read_DescriptionThatLeavesDoubt_IsRefused(string properties, string code)
    {
        var refusal = Read(Feature(properties)).ShouldHaveSingleItem().Refusal.ShouldNotBeNull();
        (refusal.Where, refusal.Code).ShouldBe(("/features/0", code));
    }

    [Theory]
    [InlineData("\"from\":\"2026-07-20T06:00:00Z\",\"until\":\"2026-07-20T08:00:00+02:00\"", null, null)]
    [InlineData("\"validFrom\":\"2026-07-20T06:00:00Z\",\"validUntil\":\"2026-07-20T08:30:00+02:00\"", "2026-07-20T06:00:00Z", "2026-07-20T06:30:00Z")]
    [InlineData("\"begin\":\"2026-07\",\"end\":\"2026-07-20\"", "2026-07-01T00:00:00Z", "2026-07-21T00:00:00Z")]
    [InlineData("\"begin\":\"2026\",\"end\":\"9999-12-31\"", "2026-01-01T00:00:00Z", "")]
    public void Read_Validity_OfADateIsAllOfIt(string properties, string? from, string? until)
    {
        var airspace = Read(Feature(properties)).ShouldHaveSingleItem();
        if (from is null)
        {
            airspace.Refusal.ShouldNotBeNull().Code.ShouldBe(AirspaceRefusals.Time);
            return;
        }

        var validity = airspace.Value.Validity.ShouldNotBeNull();
        validity.Start.ToString().ShouldBe(from);
        (validity.HasEnd ? validity.End.ToString() : "").ShouldBe(until);
    }

    [Fact]
    public void Read_WindingAndHoles_DoNotMatter()
    {
        const string clockwise = "[[8,46],[8,47],[9,47],[9,46],[8,46]]";
        const string hole = "[[8.2,46.2],[8.4,46.2],[8.4,46.4],[8.2,46.4],[8.2,46.2]]";
        const string holeBackwards = "[[8.2,46.2],[8.2,46.4],[8.4,46.4],[8.4,46.2],[8.2,46.2]]";
        var outlines = new[] { $"{Square},{hole}", $"{clockwise},{hole}", $"{Square},{holeBackwards}", $"{clockwise},{holeBackwards}" }
            .Select(rings => Read($$"""{"type":"Polygon","coordinates":[{{rings}}]}""").ShouldHaveSingleItem().Value.Outlines.ShouldHaveSingleItem()).ToList();
        outlines.ShouldAllBe(outline => outline.Equals(outlines[0]));
        outlines[0].Contains(GeoPoint.FromDegrees(46.3, 8.3)).ShouldBeFalse();
        outlines[0].Contains(GeoPoint.FromDegrees(46.5, 8.5)).ShouldBeTrue();
    }

    [Theory]
    // The hole's corner reaches over the edge by a ten-thousandth of the area; a hole shares an edge with the shell; two holes overlap a little.
    [InlineData("[[8,46],[9,46],[9,47],[8,47],[8,46]],[[8.5,46.5],[8.6,46.5],[8.55,47.0005],[8.5,46.5]]", "")]
    [InlineData("[[8,46],[9,46],[9,47],[8,47],[8,46]],[[8,46.2],[8.2,46.2],[8.2,46.4],[8,46.4],[8,46.2]]", "")]
    [InlineData("[[8,46],[9,46],[9,47],[8,47],[8,46]],[[8.2,46.2],[8.4,46.2],[8.4,46.4],[8.2,46.4],[8.2,46.2]],[[8.3999,46.2],[8.5,46.2],[8.5,46.4],[8.3999,46.4],[8.3999,46.2]]", "")]
    [InlineData("[[8,46],[9,46],[9,47],[8,47],[8,46]],[[8.5,46.5],[9.5,46.5],[9.5,46.6],[8.5,46.5]]", "feeds.airspace-area-in-doubt")]
    [InlineData("[[8,46],[9,47],[9,46],[8,47],[8,46]]", "feeds.airspace-area-in-doubt")]
    public void Read_RingsThatCross_AreMendedUnlessMuchIsInDoubt(string rings, string code)
    {
        var airspace = Read($$"""{"type":"Polygon","coordinates":[{{rings}}]}""").ShouldHaveSingleItem();
        (airspace.Refusal?.Code ?? "").ShouldBe(code);
        if (code.Length > 0) return;
        airspace.Value.Remarks.ShouldContain(remark => remark.Kind == AirspaceRemarkKind.SelfCrossingSplit && remark.Place.StartsWith("/coordinates ring "));
        airspace.Value.Outlines.Any(outline => outline.Contains(GeoPoint.FromDegrees(46.1, 8.9))).ShouldBeTrue();
    }

    [Fact]
    public void Read_SplitAtTheAntimeridian_HoldsBothSidesAndTheSeam()
    {
        const string east = "[[[178,10],[180,10],[180,12],[178,12],[178,10]]]";
        const string west = "[[[-180,10],[-178,10],[-178,12],[-180,12],[-180,10]]]";
        const string across = "[[[178,10],[182,10],[182,12],[178,12],[178,10]]]";
        const string theShortWay = "[[[178,10],[-178,10],[-178,12],[178,12],[178,10]]]";
        var split = Read($$"""{"type":"MultiPolygon","coordinates":[{{east}},{{west}}]}""").ShouldHaveSingleItem().Value;
        split.Outlines.Length.ShouldBe(2);
        foreach (var longitude in new[] { 178.0, 179.5, 180, -180, -179.5, -178 })
            split.Outlines.Any(outline => outline.Contains(GeoPoint.FromDegrees(11, longitude))).ShouldBeTrue(longitude.ToString(CultureInfo.InvariantCulture));
        var inOne = Read($$"""{"type":"Polygon","coordinates":{{across}}}""").ShouldHaveSingleItem().Value;
        inOne.Outlines.ShouldHaveSingleItem().Contains(GeoPoint.FromDegrees(11, -179)).ShouldBeTrue();
        var guessed = Read($$"""{"type":"Polygon","coordinates":{{theShortWay}}}""").ShouldHaveSingleItem().Value;
        guessed.Outlines.ShouldBe(inOne.Outlines);
        guessed.Remarks.ShouldContain(remark => remark.Kind == AirspaceRemarkKind.ShortWayTaken);
        inOne.Remarks.ShouldNotContain(remark => remark.Kind == AirspaceRemarkKind.ShortWayTaken);
    }

    [Fact]
    public void Read_EdgeAlongAParallel_StaysStraight()
    {
        // The geodesic between these corners runs far north of the parallel.
        var outline = Read("""{"type":"Polygon","coordinates":[[[0,50],[60,50],[60,60],[0,60],[0,50]]]}""").ShouldHaveSingleItem().Value.Outlines.ShouldHaveSingleItem();
        outline.Shell.Length.ShouldBe(4);
        outline.Contains(GeoPoint.FromDegrees(50, 30)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("""{"type":"Polygon","coordinates":[[[8,46,100],[9,46,100],[9,47,100]]]}""", "RingClosed /coordinates, HeightsOpen , PointHeightsPassedOver ")]
    [InlineData("""{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]},{"type":"Polygon","coordinates":[[[8,46],[9,46],[9,47],[8,46]]]}]}""", "PartLeftOut /geometries/0, HeightsOpen ")]
    [InlineData("""{"type":"MultiPolygon","coordinates":[[[[8,46],[9,46],[9,47],[8,46]]],[[[8,46],[9,46],[8,46]]],[[[8,46],[9,46],[9,47],[8,46]]]]}""", "PartLeftOut /coordinates/1, PartLeftOut /coordinates/2, HeightsOpen ")]
    public void Read_Shape_IsMendedAndRemarked(string geometry, string remarks)
    {
        var airspace = Read(geometry).ShouldHaveSingleItem().Value;
        airspace.Remarks.Select(remark => $"{remark.Kind} {remark.Place}").Order(StringComparer.Ordinal)
            .ShouldBe(remarks.Split(", ").Order(StringComparer.Ordinal));
        airspace.Outlines.ShouldHaveSingleItem().Shell.Length.ShouldBe(3);
    }

    [Theory]
    [InlineData("{", "json.malformed", "line 1 byte 2")]
    [InlineData("{\"type\":\"FeatureCollection\"}", "feeds.airspace-not-an-area", "")]
    [InlineData("{\"type\":\"FeatureCollection\",\"features\":[]}", "feeds.airspace-no-airspace", "/features")]
    [InlineData("{\"type\":\"FeatureCollection\",\"features\":[7]}", "feeds.airspace-not-an-area", "/features/0")]
    [InlineData("{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"type\":\"Feature\"}]}", "json.duplicate-name", "/features/0 line 1 byte 19")]
    [InlineData("{\"type\":\"Feature\",\"geometry\":null}", "feeds.airspace-not-an-area", "/geometry")]
    [InlineData("{\"type\":\"Point\",\"coordinates\":[8,46]}", "feeds.airspace-not-an-area", "")]
    [InlineData("{\"type\":\"Polygon\",\"coordinates\":[[[\"8\",46],[9,46],[9,47],[8,46]]]}", "feeds.airspace-coordinate", "/coordinates/0/0")]
    [InlineData("{\"type\":\"Polygon\",\"coordinates\":[[[8,46],[9,91],[9,47],[8,46]]]}", "feeds.airspace-coordinate", "/coordinates/0/1")]
    [InlineData("{\"type\":\"Polygon\",\"coordinates\":[[[8,46],[540.1,46],[9,47],[8,46]]]}", "feeds.airspace-coordinate", "/coordinates/0/1")]
    [InlineData("{\"type\":\"Polygon\",\"coordinates\":[[[8,46],[9]]]}", "feeds.airspace-coordinate", "/coordinates/0/1")]
    [InlineData("{\"type\":\"Polygon\",\"coordinates\":[]}", "feeds.airspace-coordinate", "/coordinates")]
    [InlineData("{\"type\":\"Polygon\",\"coordinates\":[[]]}", "geo.outline-too-few-vertices", "/coordinates ring 0")]
    [InlineData("{\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"EPSG:2154\"}},\"type\":\"FeatureCollection\",\"features\":[]}", "feeds.airspace-coordinate", "/crs")]
    public void Read_NoAreaOrNoJson_IsRefusedAtItsPlace(string text, string code, string place)
    {
        var refusal = Read(text).ShouldHaveSingleItem().Refusal.ShouldNotBeNull();
        (refusal.Code, refusal.Where).ShouldBe((code, place));
    }

    [Fact]
    public void Read_OneFeatureThatIsRefused_LeavesTheOthers()
    {
        var airspaces = Read($$"""{"features":[{"type":"Feature","geometry":null},{"type":"Feature","geometry":{"type":"Polygon","coordinates":[{{Square}}] } }],"type":"FeatureCollection"}""");
        airspaces[0].Refusal.ShouldNotBeNull().Where.ShouldBe("/features/0/geometry");
        airspaces[1].Value.Name.ShouldBe("Area 1");
    }

    [Theory]
    [InlineData(AirspaceFile.MaximumAirspaces - 1, false)]
    [InlineData(AirspaceFile.MaximumAirspaces, true)]
    public void Read_FeaturesAtTheLimit_AreReadAndMoreRefused(int count, bool isCutShort)
    {
        var airspaces = Read("{\"type\":\"FeatureCollection\",\"features\":[" + string.Join(',', Enumerable.Repeat("{}", count)) + "]}");
        (airspaces[^1].Refusal.ShouldNotBeNull().Code == AirspaceRefusals.TooMany).ShouldBe(isCutShort);
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(201, false)]
    public void Read_NameAtTheLimit_IsReadAndALongerRefused(int length, bool isRead) =>
        (Read(Feature($"\"name\":\"{new string('n', length)}\"")).ShouldHaveSingleItem().Refusal is null).ShouldBe(isRead);

    [Fact]
    public void Read_AnyBytesOrABrokenFile_NeverThrows()
    {
        var whole = Encoding.UTF8.GetBytes(Feature("\"name\":\"n\",\"floor\":{\"metres\":1,\"reference\":\"ground\"},\"until\":\"2026\""));
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte, Gen.Int[0, whole.Length]).Sample(
            (index, value, end) =>
            {
                var broken = whole.ToArray();
                broken[index] = value;
                AirspaceFile.Read(broken).ShouldNotBeEmpty();
                GeoJsonAirspaceReader.Read(broken.AsMemory(0, end)).ShouldNotBeEmpty();
            },
            iter: 1_000);
    }

    private static IReadOnlyList<Parsed<Airspace>> Read(string text) => AirspaceFile.Read(Encoding.UTF8.GetBytes(text));

    private static string Feature(string properties) =>
        $$"""{"type":"FeatureCollection","features":[{"type":"Feature","properties":{ {{properties}} },"geometry":{"type":"Polygon","coordinates":[{{Square}}] } }]}""";
}
