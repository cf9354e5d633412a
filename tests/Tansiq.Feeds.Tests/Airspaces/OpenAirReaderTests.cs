using System.Text;
using CsCheck;
using Tansiq.Feeds.Airspaces;
using Tansiq.Geo;
using Tansiq.Geo.Geodesy;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Tests.Airspaces;

public sealed class OpenAirReaderTests
{
    private const string Triangle = "DP 46:00:00 N 008:00:00 E\nDP 46:00:00 N 008:06:00 E\nDP 46:06:00 N 008:06:00 E\n";
    private const string Head = "AC D\nAN TEST\nAL GND\nAH FL100\n";

    [Fact]
    public void Read_Airspace_GivesNameClassHeightsAndPlace()
    {
        var airspace = Single("* a comment\r\n\r\nac ctr \r\nAN  Genève TMA 2 * note\r\nAY TMA\r\nAL 1000 ft AGL\r\nAH FL 195\r\nAF 123.4\r\nSP 1,2,3\r\n" + Triangle.Replace("\n", "\r\n", StringComparison.Ordinal)).Value;
        airspace.Name.ShouldBe("Genève TMA 2");
        airspace.Class.ShouldBe("CTR");
        airspace.Type.ShouldBe("TMA");
        airspace.Place.ShouldBe("line 3");
        airspace.Heights.Floor.ShouldBe(Height.FromFeet(1000, HeightReference.Ground));
        airspace.Heights.Ceiling.ShouldBe(Height.FromFlightLevel(195));
        airspace.Outlines.ShouldHaveSingleItem().Shell.ShouldContain(new PlanePoint(80_000_000, 460_000_000));
        airspace.Remarks.ShouldBeEmpty();
    }

    [Fact]
    public void Read_Latin1AndByteOrderMark_ReadsBoth()
    {
        var latin = Encoding.Latin1.GetBytes(Head.Replace("TEST", "Zürich", StringComparison.Ordinal) + Triangle);
        var utf8 = Encoding.UTF8.GetBytes("\uFEFF" + Head.Replace("TEST", "Zürich", StringComparison.Ordinal) + Triangle);
        OpenAirReader.Read(latin).ShouldHaveSingleItem().Value.Name.ShouldBe("Zürich");
        OpenAirReader.Read(utf8).ShouldHaveSingleItem().Value.Name.ShouldBe("Zürich");
    }

    [Theory]
    [InlineData("4500 ft", 4500 * 3048, HeightReference.SeaLevel)]
    [InlineData("4500", 4500 * 3048, HeightReference.SeaLevel)]
    [InlineData("4500ft MSL", 4500 * 3048, HeightReference.SeaLevel)]
    [InlineData("4500FT AMSL", 4500 * 3048, HeightReference.SeaLevel)]
    [InlineData("2900AMSL FT", 2900 * 3048, HeightReference.SeaLevel)]
    [InlineData("1607.611551ft AMSL", 4_900_000, HeightReference.SeaLevel)]
    [InlineData("3000m AMSL", 30_000_000, HeightReference.SeaLevel)]
    [InlineData("500 ft agl", 500 * 3048, HeightReference.Ground)]
    [InlineData("1000ft GND", 1000 * 3048, HeightReference.Ground)]
    [InlineData("FL95", 9500 * 3048, HeightReference.Pressure)]
    [InlineData("FL 150", 15_000 * 3048, HeightReference.Pressure)]
    [InlineData("15000ft (Mo-Fri)", 15_000 * 3048, HeightReference.SeaLevel)]
    [InlineData("GND", 0, HeightReference.Ground)]
    public void Read_Ceiling_IsOfItsUnitAndReference(string text, int units, HeightReference reference) =>
        Single($"AC D\nAN A\nAL GND\nAH {text}\n{Triangle}").Value.Heights.Ceiling.ShouldBe(Height.FromUnits(units, reference));

    [Theory]
    [InlineData("UNL")]
    [InlineData("UNL FT")]
    [InlineData("UNLTD")]
    [InlineData("UNLIM (Mon-Fri)")]
    [InlineData("Unlimited")]
    public void Read_UnlimitedCeiling_HasNoUpperBound(string text) =>
        Single($"AC D\nAN A\nAL SFC\nAH {text}\n{Triangle}").Value.Heights.ShouldBe(HeightBand.All);

    [Theory]
    [InlineData("NOTAM")]
    [InlineData("Ask on 122.8")]
    [InlineData("BCTA FT")]
    [InlineData("FL")]
    [InlineData("FL FL95")]
    [InlineData("FL95.5")]
    [InlineData("FL95 ft")]
    [InlineData("95 FL")]
    [InlineData("ft")]
    [InlineData("")]
    [InlineData("1 000 ft")]
    [InlineData("1.2.3 ft")]
    [InlineData("-100 ft")]
    [InlineData("1000 ft m")]
    [InlineData("1000 ft AGL MSL")]
    [InlineData("UNL 5")]
    [InlineData("330000 ft")]
    [InlineData("99999999999999999999 m")]
    public void Read_HeightThatIsNone_RefusesTheAirspace(string text)
    {
        var refusal = Single($"AC D\nAN A\nAL GND\nAH {text}\n{Triangle}").Refusal.ShouldNotBeNull();
        refusal.Code.ShouldBe(AirspaceRefusals.Height);
        refusal.Where.ShouldBe("line 4");
    }

    [Theory]
    [InlineData("46:30:00 N 008:15:00 E", 46_5000000, 8_2500000)]
    [InlineData("46:30 N 008:15 E", 46_5000000, 8_2500000)]
    [InlineData("39:29.9 N 119:46.1W", 39_4983333, -119_7683333)]
    [InlineData("46:30:36.5S 8:15:00.25W", -46_5101389, -8_2500694)]
    [InlineData("463000N 0081500E", 46_5000000, 8_2500000)]
    [InlineData("265644.00N 0500434.00E", 26_9455556, 50_0761111)]
    [InlineData("4630.5N 00815.5E", 46_5083333, 8_2583333)]
    [InlineData("46.5 n 8.25 e", 46_5000000, 8_2500000)]
    [InlineData("  90:00:00 N  180:00:00 E", 90_0000000, -180_0000000)]
    [InlineData("00:00:00.0001 N 000:00:00.00018 E", 0, 0)]
    [InlineData("00:00:00.00018 N 000:00:00.00054 E", 0, 2)]
    public void TakeCoordinate_EveryForm_IsExact(string text, int latitudeE7, int longitudeE7)
    {
        var rest = text.AsSpan();
        OpenAirCoordinate.Take(ref rest).ShouldBe(GeoPoint.FromE7(latitudeE7, longitudeE7));
        rest.IsEmpty.ShouldBeTrue();
    }

    [Theory]
    [InlineData("46:60:00 N 008:15:00 E")]
    [InlineData("46:30:60 N 008:15:00 E")]
    [InlineData("90:00:01 N 008:15:00 E")]
    [InlineData("46:30:00 N 180:00:01 E")]
    [InlineData("46:30:00 E 008:15:00 N")]
    [InlineData("46:30:00 N 008:15:")]
    [InlineData("46:30:00 N")]
    [InlineData("46:30:00 008:15:00")]
    [InlineData("46:30.5:00 N 008:15:00 E")]
    [InlineData("46.5:30 N 008:15:00 E")]
    [InlineData("46:30:00:00 N 008:15:00 E")]
    [InlineData("46:30:1.2.3 N 008:15:00 E")]
    [InlineData("463 N 008:15:00 E")]
    [InlineData(": N : E")]
    [InlineData("NaN N 008:15:00 E")]
    [InlineData("")]
    public void Read_CoordinateThatIsNone_RefusesTheAirspaceAtItsLine(string text)
    {
        var refusal = Single(Head + Triangle + "DP " + text).Refusal.ShouldNotBeNull();
        refusal.Code.ShouldBe(AirspaceRefusals.Coordinate);
        refusal.Where.ShouldBe("line 8");
    }

    [Fact]
    public void Read_Circle_LiesWithinAMetreOfItsRadius()
    {
        var airspace = Single(Head + "V X=46:00:00 N 008:00:00 E\nDC 5").Value;
        var centre = GeoPoint.FromDegrees(46, 8);
        foreach (var vertex in airspace.Outlines.ShouldHaveSingleItem().Shell) Geodesic.Inverse(centre, vertex.ToGeoPoint()).DistanceMetres.ShouldBe(5 * 1852, 0.02);
        airspace.Outlines.ShouldHaveSingleItem().Contains(Geodesic.Direct(centre, 33, 5 * 1852 - 1)).ShouldBeTrue();
        airspace.Outlines.ShouldHaveSingleItem().Contains(Geodesic.Direct(centre, 33, 5 * 1852 + 1)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("V D=+\nDA 5,0,90", 45, true)]
    [InlineData("V D=+\nDA 5,0,90", 225, false)]
    [InlineData("V D=-\nDA 5,0,90", 45, false)]
    [InlineData("V D=-\nDA 5,0,90", 225, true)]
    [InlineData("DA 5,0,90", 45, true)]
    [InlineData("DB 46:05:00 N 008:00:00 E, 46:00:00 N 008:07:11 E", 45, true)]
    [InlineData("V D=-\nDB 46:05:00 N 008:00:00 E , 46:00:00 N 008:07:11 E", 45, false)]
    [InlineData("V D=-\nDB 46:05:00 N 008:00:00 E, 46:00:00 N 008:07:11 E", 225, true)]
    public void Read_Arc_RunsInItsDirection(string arc, double azimuthDegrees, bool isInside)
    {
        var airspace = Single(Head + "V X=46:00:00 N 008:00:00 E\n" + arc).Value;
        airspace.Outlines.ShouldHaveSingleItem().Contains(Geodesic.Direct(GeoPoint.FromDegrees(46, 8), azimuthDegrees, 4.9 * 1852)).ShouldBe(isInside);
    }

    [Fact]
    public void Read_NewAirspace_ArcsAreClockwiseAgainAndTheCentreStays()
    {
        var airspaces = Read(Head + "V X=46:00:00 N 008:00:00 E\nV D=-\nDA 5,0,90\n" + Head + "DA 5,0,90\n");
        airspaces.Count.ShouldBe(2);
        var northEast = Geodesic.Direct(GeoPoint.FromDegrees(46, 8), 45, 4.9 * 1852);
        airspaces.Select(a => a.Value.Outlines.ShouldHaveSingleItem().Contains(northEast)).ShouldBe([false, true]);
    }

    [Fact]
    public void Read_LongEdge_FollowsTheGeodesic()
    {
        var airspace = Single(Head + "DP 46:00:00 N 006:00:00 E\nDP 46:00:00 N 010:00:00 E\nDP 44:00:00 N 008:00:00 E\n").Value;
        var path = Geodesic.Inverse(GeoPoint.FromDegrees(46, 6), GeoPoint.FromDegrees(46, 10));
        var half = Geodesic.Direct(GeoPoint.FromDegrees(46, 6), path.StartAzimuthDegrees, path.DistanceMetres / 2);
        half.LatitudeDegrees.ShouldBeGreaterThan(46.01);
        airspace.Outlines.ShouldHaveSingleItem().Contains(Geodesic.Direct(half, 180, 1.1)).ShouldBeTrue();
        airspace.Outlines.ShouldHaveSingleItem().Contains(Geodesic.Direct(half, 0, 1.1)).ShouldBeFalse();
    }

    [Fact]
    public void Read_SpikeAndRepeatedPoint_AreLeftOutAndRemarked()
    {
        var spiked = Single(Head + "DP 46:06:00 N 008:06:00 E\nDP 47:00:00 N 009:00:00 E\nDP 46:06:00 N 008:06:00 E\nDP 46:00:00 N 008:00:00 E\nDP 46:00:00 N 008:00:00 E\nDP 46:00:00 N 008:06:00 E\n").Value;
        spiked.Remarks.ShouldBe([new AirspaceRemark(AirspaceRemarkKind.SpikeRemoved, "line 6")]);
        spiked.Outlines.ShouldHaveSingleItem().Shell.OrderBy(p => (p.X, p.Y)).ShouldBe(Single(Head + Triangle).Value.Outlines.ShouldHaveSingleItem().Shell.OrderBy(p => (p.X, p.Y)));
    }

    [Theory]
    [InlineData("A B C D B", "B C D")]
    [InlineData("A C D A B", "A C D")]
    [InlineData("B A C D A", "A C D")]
    [InlineData("B A C D A B", "A C D")]
    [InlineData("A C D C A D", null)]
    [InlineData("A B A", null)]
    [InlineData("A B C B A", null)]
    public void Read_SpikeAnywhereInTheRing_IsLeftOut(string points, string? expected)
    {
        var airspace = Single(Head + string.Concat(points.Split(' ').Select(p => Point(p[0]) + "\n")));
        if (expected is null) airspace.Refusal.ShouldNotBeNull().Code.ShouldStartWith("geo.outline-");
        else airspace.Value.Outlines.ShouldHaveSingleItem().Shell.OrderBy(p => (p.X, p.Y)).ShouldBe(Single(Head + string.Concat(expected.Split(' ').Select(p => Point(p[0]) + "\n"))).Value.Outlines.ShouldHaveSingleItem().Shell.OrderBy(p => (p.X, p.Y)));

        static string Point(char name) => name switch
        {
            'A' => "DP 46:00:00 N 008:00:00 E",
            'B' => "DP 45:50:00 N 008:00:00 E",
            'C' => "DP 46:00:00 N 008:06:00 E",
            _ => "DP 46:06:00 N 008:06:00 E",
        };
    }

    [Fact]
    public void Read_LineOfTwoPoints_IsAStripThatHoldsTheLine()
    {
        var (start, end) = (GeoPoint.FromDegrees(46, 8), GeoPoint.FromDegrees(46, 9));
        var airspace = Single(Head + "DP 46:00:00 N 008:00:00 E\nDP 46:00:00 N 009:00:00 E").Value;
        airspace.Remarks.ShouldBe([new AirspaceRemark(AirspaceRemarkKind.LineWidened, "line 5")]);
        var path = Geodesic.Inverse(start, end);
        for (var part = 0; part <= 20; part++)
        {
            var point = Geodesic.Direct(start, path.StartAzimuthDegrees, path.DistanceMetres * part / 20);
            airspace.Outlines.ShouldHaveSingleItem().Contains(point).ShouldBeTrue();
            airspace.Outlines.ShouldHaveSingleItem().Contains(Geodesic.Direct(point, 0, 2.1)).ShouldBeFalse();
            airspace.Outlines.ShouldHaveSingleItem().Contains(Geodesic.Direct(point, 180, 2.1)).ShouldBeFalse();
        }
    }

    [Theory]
    [InlineData("AC D\nAN A\nAL FL100\nAH FL90\n" + Triangle, "line 1 feeds.airspace-floor-above-ceiling")]
    [InlineData("AC D\nAN A\nAL UNL\nAH UNL\n" + Triangle, "line 3 feeds.airspace-height")]
    [InlineData("AC D\nAL GND\nAH FL90\n" + Triangle, "line 1 feeds.airspace-missing")]
    [InlineData("AC\nAN A\nAL GND\nAH FL90\n" + Triangle, "line 1 feeds.airspace-missing")]
    [InlineData("AC D\nAN\nAL GND\nAH FL90\n" + Triangle, "line 2 feeds.airspace-missing")]
    [InlineData("AC D\nAN A\nAN B\nAL GND\nAH FL90\n" + Triangle, "line 3 feeds.airspace-repeated")]
    [InlineData(Head, "line 1 feeds.airspace-missing")]
    [InlineData(Head + "DC 5", "line 5 feeds.airspace-missing")]
    [InlineData(Head + "V X=46:00:00 N 008:00:00 E\nDC 0", "line 6 geo.radius-out-of-range")]
    [InlineData(Head + "V X=46:00:00 N 008:00:00 E\nDC -5", "line 6 feeds.airspace-number")]
    [InlineData(Head + "V X=46:00:00 N 008:00:00 E\nDC NaN", "line 6 geo.radius-out-of-range")]
    [InlineData(Head + "V X=46:00:00 N 008:00:00 E\nDC 1e3", "line 6 feeds.airspace-number")]
    [InlineData(Head + "V X=46:00:00 N 008:00:00 E\nDA 5,0", "line 6 feeds.airspace-number")]
    [InlineData(Head + "V X=46:00:00 N 008:00:00 E\nDA 5,0,361", "line 6 geo.azimuth-out-of-range")]
    [InlineData(Head + "V X=46:00:00 N 008:00:00 E\nDB 46:05:00 N 008:00:00 E 46:00:00 N 008:07:11 E", "line 6 feeds.airspace-coordinate")]
    [InlineData(Head + "V X=46:00:00 N 008:00:00 E\nDC 5\nDP 46:00:00 N 008:00:00 E", "line 7 feeds.airspace-circle-and-more")]
    [InlineData(Head + Triangle + "V X=46:00:00 N 008:00:00 E\nDC 5", "line 9 feeds.airspace-circle-and-more")]
    [InlineData(Head + "V X=46:00:00 N\nDC 5", "line 5 feeds.airspace-coordinate")]
    [InlineData(Head + "V D=5\n" + Triangle, "line 5 feeds.airspace-number")]
    [InlineData(Head + "V Q=5\n" + Triangle, "line 5 feeds.airspace-unknown-command")]
    [InlineData(Head + "V W=5\nDY 46:00:00 N 008:00:00 E", "line 6 feeds.airspace-airway")]
    [InlineData(Head + "XX 1\n" + Triangle, "line 5 feeds.airspace-unknown-command")]
    [InlineData(Head + "DP 90:00:00 N 008:00:00 E\n" + Triangle, "line 1 geo.vertex-at-pole")]
    [InlineData("XX 1", "line 1 feeds.airspace-unknown-command")]
    [InlineData("* nothing", "line 1 feeds.airspace-no-airspace")]
    [InlineData("", "line 1 feeds.airspace-no-airspace")]
    [InlineData("\u0000", " feeds.airspace-not-text")]
    public void Read_BadAirspace_IsRefusedAtItsLine(string text, string refusal)
    {
        var refused = Single(text).Refusal.ShouldNotBeNull();
        $"{refused.Where} {refused.Code}".ShouldBe(refusal);
    }

    [Fact]
    public void Read_AirspaceAfterABadOne_IsRead()
    {
        var airspaces = Read(Head + "DP nowhere\n" + Head + Triangle + "TC terrain\nSB 1,1,1\nDP 1\n" + Head + Triangle);
        airspaces.Select(a => a.Refusal?.Where ?? "").ShouldBe(["line 5", "", ""]);
    }

    [Theory]
    [InlineData(OpenAirReader.MaximumLineLength, "")]
    [InlineData(OpenAirReader.MaximumLineLength + 1, "line 8 feeds.airspace-line-too-long")]
    public void Read_LineAtItsLimit_IsTakenAndOneLongerRefused(int length, string refusal)
    {
        var airspace = Single(Head + Triangle + "*" + new string('x', length - 1));
        (airspace.Refusal is { } refused ? $"{refused.Where} {refused.Code}" : "").ShouldBe(refusal);
    }

    [Fact]
    public void Read_MorePointsThanTheLimit_RefusesThatAirspace()
    {
        var points = string.Concat(Enumerable.Range(0, OpenAirReader.MaximumVerticesOfArea - 2).Select(n => FormattableString.Invariant($"DP 45:00:00 N 008:{n / 3600 % 60:00}:{n / 60 % 60:00}.{n % 60:00} E\n")));
        var airspaces = Read(Head + Triangle + points + Head + Triangle);
        airspaces.Count.ShouldBe(2);
        airspaces[0].Refusal.ShouldNotBeNull().Code.ShouldBe(AirspaceRefusals.TooManyPoints);
        airspaces[1].Refusal.ShouldBeNull();
    }

    [Fact]
    public void Read_MoreAirspacesThanTheLimit_StopsThere()
    {
        var airspaces = Read(string.Concat(Enumerable.Repeat("AC D\n", AirspaceFile.MaximumAirspaces + 10)));
        airspaces.Count.ShouldBe(AirspaceFile.MaximumAirspaces + 1);
        airspaces[^1].Refusal.ShouldNotBeNull().Code.ShouldBe(AirspaceRefusals.TooMany);
    }

    [Fact]
    public void Read_FileLargerThanTheLimit_IsRefused()
    {
        AirspaceFile.Read(new byte[AirspaceFile.MaximumBytes + 1]).ShouldHaveSingleItem().Refusal.ShouldNotBeNull().Code.ShouldBe(FeedRefusals.TooLarge);
        AirspaceFile.Read("/nowhere/at/all.txt").ShouldHaveSingleItem().Refusal.ShouldNotBeNull().Code.ShouldBe(FeedRefusals.Unreadable);
    }

    [Fact]
    public void Read_RandomBytes_NeverThrows() =>
        Gen.Byte.Array[0, 400].Sample(bytes => OpenAirReader.Read(bytes).ShouldNotBeEmpty(), iter: 2_000);

    [Fact]
    public void Read_MutatedLines_NeverThrows()
    {
        var text = Encoding.UTF8.GetBytes(Head + "V X=46:00:00 N 008:00:00 E\nV D=-\nDA 5,0,90\nDB 46:05:00 N 008:00:00 E, 46:00:00 N 008:07:11 E\n" + Triangle + "AC R\nAN B\nAL 500ft AGL\nAH UNL\nDC 2.5\n");
        var mutation = Gen.Select(Gen.Int[0, text.Length - 1], Gen.Byte, Gen.Int[0, 2]);
        Gen.Select(mutation.Array[1, 6], Gen.Int[0, text.Length]).Sample(
            (mutations, end) =>
            {
                var bytes = text.ToList();
                foreach (var (at, value, kind) in mutations)
                {
                    if (kind == 0) bytes[Math.Min(at, bytes.Count - 1)] = value;
                    else if (kind == 1) bytes.Insert(Math.Min(at, bytes.Count), value);
                    else bytes.RemoveAt(Math.Min(at, bytes.Count - 1));
                }

                OpenAirReader.Read(bytes.Take(end == text.Length ? bytes.Count : end).ToArray()).ShouldNotBeEmpty();
            },
            iter: 1_000);
    }

    private static Parsed<Airspace> Single(string text) => Read(text).ShouldHaveSingleItem();

    private static IReadOnlyList<Parsed<Airspace>> Read(string text) => OpenAirReader.Read(Encoding.UTF8.GetBytes(text));
}
