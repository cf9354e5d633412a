using System.Text;
using CsCheck;
using NodaTime;
using Tansiq.Feeds.Airspaces;
using Tansiq.Feeds.Airspaces.Notams;
using Tansiq.Geo;
using Tansiq.Geo.Geodesy;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Tests.Airspaces.Notams;

/// <summary>NOTAM as a test writes them.</summary>
[Trait("Requirement", "MON-4")]
public sealed class NotamReaderTests
{
    private const string Polygon = "DANGER AREA BOUNDED BY 3300N03600E - 3400N03600E - 3400N03700E - 3300N03600E";

    [Theory]
    [InlineData("3330N03615E", 33.5, 36.25)]
    [InlineData("333000N0361500E", 33.5, 36.25)]
    [InlineData("3330S 03615W", -33.5, -36.25)]
    [InlineData("N3330E03615", 33.5, 36.25)]
    [InlineData("N333000 E0361500", 33.5, 36.25)]
    [InlineData("N333000E361500", 33.5, 36.25)]
    [InlineData("333000.50N 0361500.00E", 33.5001389, 36.25)]
    [InlineData("3330.5N03615.25E", 33.5083333, 36.2541667)]
    [InlineData("33 30 00 N 036 15 00 E", 33.5, 36.25)]
    [InlineData("33-30-00N 036-15-00E", 33.5, 36.25)]
    [InlineData("33°30'N 036°15'E", 33.5, 36.25)]
    [InlineData("33°30'00\"N 036°15'00\"E", 33.5, 36.25)]
    public void Of_WrittenForms_AreRead(string text, double latitude, double longitude) =>
        NotamCoordinates.Of(text).ShouldHaveSingleItem().Place.ShouldBe(GeoPoint.FromDegrees(latitude, longitude));

    [Theory]
    [InlineData("3360N03615E")]
    [InlineData("9001N03615E")]
    [InlineData("333000N18000010E")]
    [InlineData("333060N0361500E")]
    public void Of_NoCoordinate_IsNoPlace(string text) => NotamCoordinates.Of(text).ShouldAllBe(coordinate => coordinate.Place == null);

    [Theory]
    [InlineData(Polygon)]
    [InlineData("AREA WI N330000E0360000-N340000E0360000-N340000E0370000 BAC\nK TO START. VERTICAL LIMITS:SFC-UNL.")]
    [InlineData("TRIANGLE 3300N03600E, THENCE TO 3400N 03600E THEN 3400N 03700E TO 3300N 03600E (DAMASCUS)")]
    public void Read_PolygonOfTheText_IsTaken(string text)
    {
        var area = Taken(text);
        var outline = area.Outlines.ShouldHaveSingleItem();
        outline.Contains(GeoPoint.FromDegrees(33.7, 36.2)).ShouldBeTrue();
        outline.Contains(GeoPoint.FromDegrees(33.3, 36.7)).ShouldBeFalse();
        area.Remarks.ShouldBeEmpty();
        (area.Name, area.Class, area.Type).ShouldBe(("A0001/26", "RD", "QRDCA"));
        area.Validity.ShouldBe(new Interval(Instant.FromUtc(2026, 7, 20, 6, 0), Instant.FromUtc(2026, 7, 21, 0, 0)));
        (area.Heights.Floor, area.Heights.Ceiling).ShouldBe((null, Height.FromFeet(7_500, HeightReference.SeaLevel)));
    }

    [Theory]
    [InlineData("CIRCLE RADIUS 5NM CENTRED ON 3330N03615E", 9_260)]
    [InlineData("WI 2.5KM RADIUS OF 333000N0361500E", 2_500)]
    [InlineData("PSN 3330N03615E RADIUS OF 300M", 300)]
    public void Read_CircleOfTheText_IsTaken(string text, double radiusMetres)
    {
        foreach (var vertex in Taken(text).Outlines.ShouldHaveSingleItem().Shell)
            Geodesic.Inverse(GeoPoint.FromDegrees(33.5, 36.25), vertex.ToGeoPoint()).DistanceMetres.ShouldBe(radiusMetres, 1);
    }

    /// <summary>What is not understood as a whole gives the circle of the Q line, never a part or another shape.</summary>
    [Theory]
    [InlineData("DANGER AREA ORD12 ACT")]
    [InlineData("AREA 3300N03600E - 3400N03600E - 3400N03700E THEN CLOCKWISE ALONG AN ARC TO 3300N03600E")]
    [InlineData("AREA 3300N03600E - 3400N03600E - 3400N03700E - 33000  0N0360000E")]
    [InlineData("AREA 3300N03600E - 3460N03600E - 3400N03700E - 3300N03600E")]
    [InlineData("STANDS 3300N03600E 3400N03600E 3400N03700E")]
    [InlineData("BTN 3300N03600E AND 3400N03600E")]
    [InlineData("CIRCLE OF 10 NM AROUND 3330N03615E AND RADIUS 5NM AROUND 3430N03615E")]
    [InlineData(Polygon + " AND A CIRCLE OF 10 NM AROUND 3500N03615E")]
    [InlineData("PART 1 OF 2 " + Polygon)]
    public void Read_TextThatIsNotUnderstood_GivesTheCircleOfTheQLine(string text)
    {
        var area = Taken(text);
        area.Remarks.Select(remark => remark.Kind).ShouldBe([AirspaceRemarkKind.QualifierTaken]);
        foreach (var vertex in area.Outlines.ShouldHaveSingleItem().Shell)
            Geodesic.Inverse(GeoPoint.FromDegrees(33.5, 36.5), vertex.ToGeoPoint()).DistanceMetres.ShouldBe(45 * 1852, 1);
    }

    [Theory]
    [InlineData("F) SFC G) UNL", null, null, false)]
    [InlineData("F) FL100 G) FL245", "3048 m Pressure", "7467.6 m Pressure", false)]
    [InlineData("F) GND G) 19000FT AGL)", null, "5791.2 m Ground", false)]
    [InlineData("F) 500M AMSL G) 3000M AMSL", "500 m SeaLevel", "3000 m SeaLevel", false)]
    [InlineData("F) GND G) 9 150 m (30 000 ft) MSL", "1524 m Pressure", "9144 m Pressure", true)]
    [InlineData("F) GND G) 5000FT", "1524 m Pressure", "9144 m Pressure", true)]
    [InlineData("", "1524 m Pressure", "9144 m Pressure", true)]
    public void Read_Heights_AreThoseOfFAndGOrOfTheQLine(string limits, string? floor, string? ceiling, bool isQualifier)
    {
        var area = Read(Notam(Polygon, limits: limits)).ShouldHaveSingleItem().Value;
        (area.Heights.Floor?.ToString(), area.Heights.Ceiling?.ToString()).ShouldBe((floor, ceiling));
        area.Remarks.Any(remark => remark.Kind == AirspaceRemarkKind.QualifierTaken).ShouldBe(isQualifier);
    }

    [Theory]
    [InlineData("PERM", true, false)]
    [InlineData("2607210000 EST", true, true)]
    [InlineData("2607210000EST", true, true)]
    [InlineData("2607202400", false, false)]
    public void Read_Ends_AreOpenWherePermanentOrEstimated(string end, bool isOpen, bool isEstimated)
    {
        var area = Read(Notam(Polygon, end: end)).ShouldHaveSingleItem().Value;
        area.Validity!.Value.HasEnd.ShouldBe(!isOpen);
        if (!isOpen) area.Validity.Value.End.ShouldBe(Instant.FromUtc(2026, 7, 21, 0, 0));
        area.Remarks.Any(remark => remark.Kind == AirspaceRemarkKind.EndEstimated).ShouldBe(isEstimated);
    }

    [Theory]
    [InlineData("NOTAMN", "NOTAMC", AirspaceRefusals.NotAnArea)]
    [InlineData("QRDCA", "QMRLC", AirspaceRefusals.NotAnArea)]
    [InlineData("OSTT/QRDCA", "OSTT", AirspaceRefusals.Missing)]
    [InlineData("2607200600", "2613200600", AirspaceRefusals.Time)]
    [InlineData("2607210000", "2607200600", AirspaceRefusals.Time)]
    public void Read_NotamThatIsNoArea_IsRefused(string from, string to, string code)
    {
        var refusal = Read(Notam(Polygon).Replace(from, to, StringComparison.Ordinal)).ShouldHaveSingleItem().Refusal!;
        (refusal.Code, refusal.Where).ShouldBe((code, "A0001/26"));
    }

    [Fact]
    public void Read_WholeRegion_IsRefusedWithoutAShape() =>
        Read(Notam("ALL OF IT").Replace("E045", "E999", StringComparison.Ordinal)).ShouldHaveSingleItem().Refusal!.Code.ShouldBe(AirspaceRefusals.NotAnArea);

    [Fact]
    public void Read_SeveralNotams_AreReadEach()
    {
        var two = Notam(Polygon) + "\n\n" + Notam("CIRCLE RADIUS 5NM CENTRED ON 3330N03615E").Replace("A0001", "A0002", StringComparison.Ordinal);
        Read(two).Select(airspace => airspace.Value.Name).ShouldBe(["A0001/26", "A0002/26"]);
        Read(Notam(Polygon).Replace("E) ", "D) DLY 0600-0700 E) ", StringComparison.Ordinal))[0].Value.Remarks.Select(remark => remark.Kind).ShouldBe([AirspaceRemarkKind.ScheduleNotApplied]);
    }

    [Fact]
    public void Read_MutatedNotams_NeverThrows()
    {
        var original = Notam(Polygon) + Notam("CIRCLE RADIUS 5NM CENTRED ON 33°30'N 036°15'E");
        string[] tokens = ["F)", "G)", "E)", "Q)", "/", "N", "99999", "RADIUS 99999NM", "999", "-", "(", ".", "3300N03600E", "A0003/26 NOTAMR", "\n"];
        Gen.Select(Gen.Int[0, original.Length - 1], Gen.Int[0, tokens.Length - 1], Gen.Int[0, 20]).Array[1, 6].Sample(
            mutations =>
            {
                var text = original;
                foreach (var (at, token, removed) in mutations)
                {
                    var start = Math.Min(at, text.Length);
                    text = text[..start] + tokens[token] + text[Math.Min(start + removed, text.Length)..];
                }

                AirspaceFile.Read(Encoding.UTF8.GetBytes(text)).ShouldNotBeEmpty();
            },
            iter: 3_000);
    }

    private static Airspace Taken(string text) => Read(Notam(text)).ShouldHaveSingleItem().Value;

    private static IReadOnlyList<Parsed<Airspace>> Read(string text) => AirspaceFile.Read(Encoding.UTF8.GetBytes(text));

    private static string Notam(string text, string limits = "F) SFC G) 7500FT AMSL", string end = "2607210000") =>
        $"(A0001/26 NOTAMN\nQ) OSTT/QRDCA/IV/BO/W/050/300/3330N03630E045\nA) OSTT B) 2607200600 C) {end}\nE) {text}\n{limits})";
}
