using System.Text;
using CsCheck;
using Tansiq.Feeds.Airspaces;
using Tansiq.Geo;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Tests.Airspaces.Aixm;

/// <summary>Airspaces of AIXM as a test writes them.</summary>
[Trait("Requirement", "MON-4")]
public sealed class AixmReaderTests
{
    private const string LatitudeFirst = "urn:ogc:def:crs:EPSG::4326";
    private const string LongitudeFirst = "urn:ogc:def:crs:OGC:1.3:CRS84";
    private const string Square = "<gml:LineStringSegment><gml:posList>10 20 10 21 11 21 11 20 10 20</gml:posList></gml:LineStringSegment>";

    [Theory]
    [InlineData(LatitudeFirst, 10, 20)]
    [InlineData("http://www.opengis.net/def/crs/EPSG/0/4326", 10, 20)]
    [InlineData(LongitudeFirst, 20, 10)]
    public void Read_Axes_AreInTheOrderOfTheSystem(string system, int latitude, int longitude) =>
        Shell(Read(Airspace(Square, system))).ShouldContain(GeoPoint.FromDegrees(latitude, longitude));

    [Theory]
    [InlineData("EPSG:4326")]
    [InlineData("urn:ogc:def:crs:EPSG::4258")]
    public void Read_AnotherSystem_IsRefused(string system) => Refused(Airspace(Square, system)).Code.ShouldBe(AirspaceRefusals.Coordinate);

    [Theory]
    [InlineData(LatitudeFirst, 0, 90, 45)]
    [InlineData(LatitudeFirst, 90, 0, 45)]
    [InlineData(LatitudeFirst, 450, 540, 135)]
    [InlineData(LongitudeFirst, 0, 90, 45)]
    [InlineData(LongitudeFirst, 90, 180, 315)]
    public void Read_Arc_RunsBetweenItsAngles(string system, int start, int end, int middleAzimuth)
    {
        // The ring: the arc and back to its centre, which lies at 10, 10 in both orders.
        string Arc(string angles) => $"<gml:ArcByCenterPoint><gml:pos>10 10</gml:pos><gml:radius uom=\"KM\">1</gml:radius>{angles}</gml:ArcByCenterPoint>";
        var segments = Arc($"<gml:startAngle uom=\"deg\">{start}</gml:startAngle><gml:endAngle uom=\"deg\">{end}</gml:endAngle>")
            + "<gml:LineStringSegment><gml:posList>10 10 10 10</gml:posList></gml:LineStringSegment>";
        var outline = Read(Airspace(segments, system)).Outlines.ShouldHaveSingleItem();
        for (var azimuth = 15; azimuth < 360; azimuth += 30)
        {
            var isInside = Math.Abs(azimuth - middleAzimuth) < 45;
            outline.Contains(Geo.Geodesy.Geodesic.Direct(GeoPoint.FromDegrees(10, 10), azimuth, 900)).ShouldBe(isInside, FormattableString.Invariant($"{azimuth}°"));
        }
    }

    [Theory]
    [InlineData("<aixm:lowerLimit uom=\"FT\">GND</aixm:lowerLimit><aixm:upperLimit uom=\"FL\">95</aixm:upperLimit><aixm:upperLimitReference>STD</aixm:upperLimitReference>", "", "2895.6 m Pressure")]
    [InlineData("<aixm:lowerLimit uom=\"M\">100</aixm:lowerLimit><aixm:lowerLimitReference>W84</aixm:lowerLimitReference><aixm:upperLimit>UNL</aixm:upperLimit>", "100 m Ellipsoid", "")]
    [InlineData("<aixm:lowerLimit uom=\"SM\">300</aixm:lowerLimit><aixm:upperLimit uom=\"FT\">20000</aixm:upperLimit><aixm:upperLimitReference>STD</aixm:upperLimitReference>", "3000 m Pressure", "6096 m Pressure")]
    [InlineData("<aixm:lowerLimit uom=\"FT\">500</aixm:lowerLimit><aixm:lowerLimitReference>SFC</aixm:lowerLimitReference><aixm:upperLimit uom=\"FT\">2500</aixm:upperLimit><aixm:upperLimitReference>MSL</aixm:upperLimitReference>", "152.4 m Ground", "762 m SeaLevel")]
    public void Read_Limits_HaveTheirReference(string limits, string floor, string ceiling)
    {
        var heights = Read(Airspace(Square, LatitudeFirst, limits)).Heights;
        (heights.Floor?.ToString() ?? "", heights.Ceiling?.ToString() ?? "").ShouldBe((floor, ceiling));
    }

    [Theory]
    [InlineData("<aixm:lowerLimit uom=\"FT\">500</aixm:lowerLimit>", AirspaceRefusals.Height)]
    [InlineData("<aixm:lowerLimit uom=\"FL\">30</aixm:lowerLimit><aixm:lowerLimitReference>MSL</aixm:lowerLimitReference>", AirspaceRefusals.Height)]
    [InlineData("<aixm:upperLimit uom=\"FL\">65</aixm:upperLimit><aixm:maximumLimit uom=\"FT\">4000</aixm:maximumLimit>", AirspaceRefusals.Height)]
    [InlineData("<aixm:lowerLimit uom=\"FL\">95</aixm:lowerLimit><aixm:upperLimit uom=\"FL\">65</aixm:upperLimit>", AirspaceRefusals.FloorAboveCeiling)]
    public void Read_LimitsThatAreNone_AreRefused(string limits, string code) => Refused(Airspace(Square, LatitudeFirst, limits)).Code.ShouldBe(code);

    [Fact]
    public void Read_NoLimits_AreOpenAndSaid() =>
        Read(Airspace(Square, LatitudeFirst)).Remarks.Select(remark => remark.Kind).ShouldContain(AirspaceRemarkKind.HeightsOpen);

    [Theory]
    [InlineData("<gml:ArcString><gml:posList>10 20 10 21 11 21</gml:posList></gml:ArcString>", AirspaceRefusals.NotAnArea)]
    [InlineData("<gml:CircleByCenterPoint><gml:pos>10 20</gml:pos><gml:radius uom=\"FURLONG\">1</gml:radius></gml:CircleByCenterPoint>", AirspaceRefusals.Number)]
    [InlineData("<gml:GeodesicString><gml:posList>10 20 10</gml:posList></gml:GeodesicString>", AirspaceRefusals.Coordinate)]
    [InlineData("<gml:GeodesicString><gml:posList>10 20 91 20</gml:posList></gml:GeodesicString>", AirspaceRefusals.Coordinate)]
    [InlineData("<gml:GeodesicString><gml:pointProperty xlink:href=\"http://example.org/p\"/></gml:GeodesicString>", AirspaceRefusals.Link)]
    [InlineData("<gml:LineStringSegment><gml:posList>10 20 10 21 11 21</gml:posList></gml:LineStringSegment><gml:LineStringSegment><gml:posList>11 20.9 10 20</gml:posList></gml:LineStringSegment>", AirspaceRefusals.Coordinate)]
    public void Read_CurvesThatCannotBeDrawn_AreRefused(string segments, string code) => Refused(Airspace(segments, LatitudeFirst)).Code.ShouldBe(code);

    [Fact]
    public void Read_CorrectedSlice_CountsAlone()
    {
        var first = Airspace(Square, LatitudeFirst);
        var corrected = first.Replace(">10 20 10 21 11 21 11 20 10 20<", ">30 20 30 21 31 21 31 20 30 20<", StringComparison.Ordinal).Replace("correctionNumber>0", "correctionNumber>1", StringComparison.Ordinal);
        var slices = first.Replace("</aixm:Airspace>", corrected[corrected.IndexOf("<aixm:timeSlice>", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Shell(Read(slices)).ShouldContain(GeoPoint.FromDegrees(30, 20));
    }

    [Fact]
    public void Read_HorizontalProjectionOfAnother_HasItsOwnHeights()
    {
        var own = "<aixm:Airspace><aixm:timeSlice><aixm:AirspaceTimeSlice><aixm:interpretation>BASELINE</aixm:interpretation><aixm:type>R</aixm:type><aixm:name>OWN</aixm:name>"
            + "<aixm:geometryComponent><aixm:AirspaceGeometryComponent><aixm:theAirspaceVolume><aixm:AirspaceVolume><aixm:upperLimit uom=\"FL\">95</aixm:upperLimit><aixm:lowerLimit>GND</aixm:lowerLimit>"
            + "<aixm:contributorAirspace><aixm:AirspaceVolumeDependency><aixm:dependency>HORZ_PROJECTION</aixm:dependency><aixm:theAirspace xlink:href=\"urn:uuid:1\"/></aixm:AirspaceVolumeDependency></aixm:contributorAirspace>"
            + "</aixm:AirspaceVolume></aixm:theAirspaceVolume></aixm:AirspaceGeometryComponent></aixm:geometryComponent></aixm:AirspaceTimeSlice></aixm:timeSlice></aixm:Airspace>";
        var all = AirspaceFile.Read(Message(Airspace(Square, LatitudeFirst), own));
        all[1].Value.Heights.Ceiling.ShouldBe(Height.FromFlightLevel(95));
        all[1].Value.Outlines.ShouldBe(all[0].Value.Outlines);
        AirspaceFile.Read(Message(own)).ShouldHaveSingleItem().Refusal!.Code.ShouldBe(AirspaceRefusals.Link);
        // An airspace that contributes to itself.
        AirspaceFile.Read(Message(own.Replace("<aixm:Airspace>", "<aixm:Airspace><gml:identifier>1</gml:identifier>", StringComparison.Ordinal)))
            .ShouldHaveSingleItem().Refusal!.Code.ShouldBe(AirspaceRefusals.Link);
    }

    [Fact]
    public void Read_SubtractedPart_IsRefused() =>
        Refused(Airspace(Square, LatitudeFirst).Replace("<aixm:theAirspaceVolume>", "<aixm:operation>SUBTR</aixm:operation><aixm:theAirspaceVolume>", StringComparison.Ordinal))
            .Code.ShouldBe(AirspaceRefusals.NotAnArea);

    [Fact]
    public void Read_DocumentType_IsRefused() =>
        AirspaceFile.Read(Encoding.UTF8.GetBytes("<!DOCTYPE x [<!ENTITY e \"e\">]>" + Encoding.UTF8.GetString(Message(Airspace(Square, LatitudeFirst)))))
            .ShouldHaveSingleItem().Refusal.ShouldNotBeNull();

    [Fact]
    public void Read_MutatedMessages_NeverThrows()
    {
        var original = Message(Airspace(Square, LatitudeFirst), Airspace("<gml:ArcByCenterPoint><gml:pos>10 10</gml:pos><gml:radius uom=\"KM\">1</gml:radius><gml:startAngle>0</gml:startAngle><gml:endAngle>90</gml:endAngle></gml:ArcByCenterPoint>", LatitudeFirst));
        string[] tokens = ["<gml:pos>", "</gml:pos>", "NaN", "1e999", "-", "9999999", "uom=\"NM\"", "<aixm:GeoBorder>", "\"", "<", ">", "urn:uuid:1", "0"];
        var mutation = Gen.Select(Gen.Int[0, original.Length - 1], Gen.Int[0, tokens.Length - 1], Gen.Int[0, 12]);
        mutation.Array[1, 6].Sample(
            mutations =>
            {
                var text = Encoding.UTF8.GetString(original);
                foreach (var (at, token, removed) in mutations)
                {
                    var start = Math.Min(at, text.Length);
                    text = text[..start] + tokens[token] + text[Math.Min(start + removed, text.Length)..];
                }

                AirspaceFile.Read(Encoding.UTF8.GetBytes(text)).ShouldNotBeEmpty();
            },
            iter: 3_000);
    }

    private static Airspace Read(params string[] airspaces) => AirspaceFile.Read(Message(airspaces)).ShouldHaveSingleItem().Value;

    private static Refusal Refused(string airspace) => AirspaceFile.Read(Message(airspace)).ShouldHaveSingleItem().Refusal.ShouldNotBeNull();

    private static List<GeoPoint> Shell(Airspace airspace) => [.. airspace.Outlines.ShouldHaveSingleItem().Shell.Select(vertex => vertex.ToGeoPoint())];

    private static byte[] Message(params string[] airspaces) => Encoding.UTF8.GetBytes(
        "<message:AIXMBasicMessage xmlns:message=\"http://www.aixm.aero/schema/5.1.1/message\" xmlns:aixm=\"http://www.aixm.aero/schema/5.1.1\" xmlns:gml=\"http://www.opengis.net/gml/3.2\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">"
        + string.Concat(airspaces.Select(airspace => "<message:hasMember>" + airspace + "</message:hasMember>")) + "</message:AIXMBasicMessage>");

    private static string Airspace(string segments, string system, string limits = "") =>
        "<aixm:Airspace><gml:identifier>1</gml:identifier><aixm:timeSlice><aixm:AirspaceTimeSlice><aixm:interpretation>BASELINE</aixm:interpretation><aixm:sequenceNumber>1</aixm:sequenceNumber>"
        + "<aixm:correctionNumber>0</aixm:correctionNumber><aixm:type>R</aixm:type><aixm:name>A</aixm:name><aixm:geometryComponent><aixm:AirspaceGeometryComponent><aixm:theAirspaceVolume><aixm:AirspaceVolume>"
        + limits + $"<aixm:horizontalProjection><aixm:Surface srsName=\"{system}\"><gml:patches><gml:PolygonPatch><gml:exterior><gml:Ring><gml:curveMember><gml:Curve><gml:segments>"
        + segments + "</gml:segments></gml:Curve></gml:curveMember></gml:Ring></gml:exterior></gml:PolygonPatch></gml:patches></aixm:Surface></aixm:horizontalProjection></aixm:AirspaceVolume>"
        + "</aixm:theAirspaceVolume></aixm:AirspaceGeometryComponent></aixm:geometryComponent></aixm:AirspaceTimeSlice></aixm:timeSlice></aixm:Airspace>";
}
