using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using Tansiq.Feeds.Airspaces;
using Tansiq.Geo;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Tests.Airspaces;

/// <summary>KML and KMZ airspace: heights as they are drawn, nothing fetched, nothing expanded, archives that burst.</summary>
public sealed partial class KmlAirspaceTests
{
    private const string Square = "8,46 9,46 9,47 8,47 8,46";
    private const string Namespace = "<kml xmlns=\"http://www.opengis.net/kml/2.2\">";

    [Fact]
    public void Read_Placemark_GivesNameClassHeightsAndTime()
    {
        var airspace = Read(Kml($"""
            <Document><Folder><Placemark id="p">
              <name>LS-R &amp; 1 <![CDATA[<A>]]></name>
              <TimeSpan><begin>2026-07-20T06:00:00Z</begin><end>2026-07-21</end></TimeSpan>
              <ExtendedData>
                <Data name="class"><displayName>Class</displayName><value>r</value></Data>
                <SchemaData schemaUrl="#s"><SimpleData name="lower_limit">GND</SimpleData><SimpleData name="upper_limit">FL130</SimpleData></SchemaData>
              </ExtendedData>
              <Polygon><outerBoundaryIs><LinearRing><coordinates>
                {Square}
              </coordinates></LinearRing></outerBoundaryIs></Polygon>
            </Placemark></Folder></Document>
            """)).ShouldHaveSingleItem().Value;
        (airspace.Name, airspace.Class, airspace.Place).ShouldBe(("LS-R & 1 <A>", "R", "line 1"));
        airspace.Heights.ShouldBe(HeightBand.Create(null, Height.FromFlightLevel(130))!.Value);
        airspace.Validity.ToString().ShouldBe("2026-07-20T06:00:00Z/2026-07-22T00:00:00Z");
        airspace.Remarks.ShouldBeEmpty();
        airspace.Outlines.ShouldHaveSingleItem().Shell.Length.ShouldBe(4);
    }

    [Theory]
    [InlineData("<Polygon>@</Polygon>", "", "", true)]
    [InlineData("<Polygon><altitudeMode>clampToGround</altitudeMode>@500</Polygon>", "", "", true)]
    [InlineData("<Polygon><extrude>1</extrude><altitudeMode>absolute</altitudeMode>@500.5</Polygon>", "", "500.5 m SeaLevel", false)]
    [InlineData("<Polygon><extrude>1</extrude><altitudeMode>relativeToGround</altitudeMode>@120</Polygon>", "", "120 m Ground", false)]
    // One level surface that is not extruded has no body: heights stay open, so that nothing is missed.
    [InlineData("<Polygon><altitudeMode>absolute</altitudeMode>@500</Polygon>", "", "", true)]
    [InlineData("<MultiGeometry><Polygon><altitudeMode>absolute</altitudeMode>@500</Polygon><Polygon><altitudeMode>absolute</altitudeMode>@900</Polygon></MultiGeometry>", "500 m SeaLevel", "900 m SeaLevel", false)]
    public void Read_HeightsAsDrawn_BoundTheAirspace(string geometry, string floor, string ceiling, bool isOpen)
    {
        var airspace = Read(Kml($"<Placemark><name>A</name>{Drawn(geometry)}</Placemark>")).ShouldHaveSingleItem().Value;
        $"{airspace.Heights.Floor}|{airspace.Heights.Ceiling}".ShouldBe($"{floor}|{ceiling}");
        airspace.Remarks.Any(remark => remark.Kind == AirspaceRemarkKind.HeightsOpen).ShouldBe(isOpen);
    }

    [Fact]
    public void Read_BodyOfSurfaces_LeavesOutItsWallsAndTheSecondLid()
    {
        const string wall = "<Polygon><altitudeMode>absolute</altitudeMode><outerBoundaryIs><LinearRing><coordinates>8,46,100 9,46,100 9,46,200 8,46,200 8,46,100</coordinates></LinearRing></outerBoundaryIs></Polygon>";
        var lids = Drawn("<Polygon><altitudeMode>absolute</altitudeMode>@100</Polygon><Polygon><altitudeMode>absolute</altitudeMode>@200</Polygon>");
        var airspace = Read(Kml($"<Placemark><name>A</name><MultiGeometry>{wall}{lids}</MultiGeometry></Placemark>")).ShouldHaveSingleItem().Value;
        airspace.Outlines.Length.ShouldBe(1);
        airspace.Heights.Ceiling.ShouldBe(Height.FromMetres(200, HeightReference.SeaLevel));
        airspace.Remarks.ShouldAllBe(remark => remark.Kind == AirspaceRemarkKind.PartLeftOut);
    }

    [Theory]
    [InlineData("<Placemark><name>A</name><Point><coordinates>8,46</coordinates></Point></Placemark>", "feeds.airspace-not-an-area")]
    [InlineData("<Placemark><name>A</name></Placemark>", "feeds.airspace-not-an-area")]
    [InlineData("<Placemark><MultiGeometry><Polygon><altitudeMode>absolute</altitudeMode>@1</Polygon><Polygon>@2</Polygon></MultiGeometry></Placemark>", "feeds.airspace-height")]
    [InlineData("<Placemark><Polygon><altitudeMode>relativeToSeaFloor</altitudeMode>@1</Polygon></Placemark>", "feeds.airspace-height")]
    [InlineData("<Placemark><Polygon></Polygon></Placemark>", "feeds.airspace-coordinate")]
    [InlineData("<Placemark><Polygon><outerBoundaryIs><LinearRing><coordinates>8, 46 9, 46 9, 47</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>", "feeds.airspace-coordinate")]
    [InlineData("<Placemark><Polygon><outerBoundaryIs><LinearRing><coordinates>8,46 9,46 9,91</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>", "feeds.airspace-coordinate")]
    [InlineData("<Placemark><TimeSpan><begin>soon</begin></TimeSpan><Polygon>@1</Polygon></Placemark>", "feeds.airspace-time")]
    [InlineData("<NetworkLink><Link><href>http://example.invalid/a.kml</href></Link></NetworkLink>", "feeds.airspace-link")]
    [InlineData("<Document></Document>", "feeds.airspace-no-airspace")]
    public void Read_NoAreaOrDoubt_IsRefused(string content, string code) =>
        Read(Kml(Drawn(content))).ShouldHaveSingleItem().Refusal.ShouldNotBeNull().Code.ShouldBe(code);

    [Theory]
    [InlineData("<!DOCTYPE kml [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]>", "<Placemark><name>&b;</name></Placemark>")]
    [InlineData("<!DOCTYPE kml SYSTEM \"file:///etc/passwd\">", "<Placemark/>")]
    [InlineData("", "<Placemark><name>&undefined;</name></Placemark>")]
    [InlineData("", "<Placemark><name>cut off")]
    public void Read_XmlThatIsNotTaken_IsRefusedAsAWhole(string before, string content)
    {
        var refusal = KmlAirspaceReader.Read(Encoding.UTF8.GetBytes(before + Kml($"<Placemark><name>A</name>{Drawn("<Polygon>@1</Polygon>")}</Placemark>" + content)))
            .ShouldHaveSingleItem().Refusal.ShouldNotBeNull();
        refusal.Code.ShouldBe(AirspaceRefusals.Xml);
        // The platform does not say where a document type definition stands.
        refusal.Where.ShouldStartWith(before.Length == 0 ? "line " : "");
    }

    [Theory]
    [InlineData(XmlInput.MaximumDepth - 1, AirspaceRefusals.Nothing)]
    [InlineData(XmlInput.MaximumDepth, AirspaceRefusals.Xml)]
    [InlineData(1_000_000, AirspaceRefusals.Xml)]
    public void Read_DepthAtTheLimit_IsReadAndMoreRefused(int folders, string code) =>
        Read(Namespace + string.Concat(Enumerable.Repeat("<F>", folders)) + "x" + string.Concat(Enumerable.Repeat("</F>", folders)) + "</kml>")
            .ShouldHaveSingleItem().Refusal.ShouldNotBeNull().Code.ShouldBe(code);

    [Theory]
    [InlineData("", "utf-16")]
    [InlineData("<?xml version=\"1.0\" encoding=\"UTF-16\"?>", "utf-16")]
    [InlineData("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>", "iso-8859-1")]
    public void Read_OtherEncodings_GiveTheSameName(string declaration, string encoding)
    {
        var text = Encoding.GetEncoding(encoding);
        byte[] content = [.. text.GetPreamble(), .. text.GetBytes(declaration + Kml($"<Placemark><name>Zürich</name>{Drawn("<Polygon>@1</Polygon>")}</Placemark>"))];
        AirspaceFile.Read(content).ShouldHaveSingleItem().Value.Name.ShouldBe("Zürich");
    }

    [Fact]
    public void Read_EncodingThatIsNone_IsRefused() =>
        KmlAirspaceReader.Read(Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"utf-7\"?>" + Kml("<Placemark/>"))).ShouldHaveSingleItem()
            .Refusal.ShouldNotBeNull().Code.ShouldBe(AirspaceRefusals.Xml);

    [Theory]
    [InlineData(GeoJsonGeometry.MaximumPolygons, true)]
    [InlineData(GeoJsonGeometry.MaximumPolygons + 1, false)]
    public void Read_PartsAtTheLimit_AreTakenAndMoreRefused(int count, bool isRead)
    {
        var points = string.Concat(Enumerable.Repeat("<Point/>", count - 1));
        var airspace = Read(Kml($"<Placemark><MultiGeometry>{points}{Drawn("<Polygon>@1</Polygon>")}</MultiGeometry></Placemark>")).ShouldHaveSingleItem();
        (airspace.Refusal?.Code ?? "").ShouldBe(isRead ? "" : AirspaceRefusals.TooManyPoints);
    }

    [Fact]
    public void Read_GzippedFile_IsReadByItsContent()
    {
        var path = Path.GetTempFileName();
        try
        {
            using (var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest))
                gzip.Write(Encoding.UTF8.GetBytes(Kml($"<Placemark><name>A</name>{Drawn("<Polygon>@1</Polygon>")}</Placemark>")));
            AirspaceFile.Read(path).ShouldHaveSingleItem().Value.Name.ShouldBe("A");
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Read_Archive_GivesTheKmlAtItsRoot()
    {
        var archive = Archive(("files/other.kml", "<kml/>"), ("nested.kmz", "PK"), ("doc.kml", Kml($"<Placemark><name>A</name>{Drawn("<Polygon>@1</Polygon>")}</Placemark>")));
        AirspaceFile.Read(archive).ShouldHaveSingleItem().Value.Name.ShouldBe("A");
        AirspaceFile.Read(Archive(("a/doc.kml", Kml("")))).ShouldHaveSingleItem().Refusal.ShouldNotBeNull().Code.ShouldBe(AirspaceRefusals.Nothing);
    }

    [Theory]
    [InlineData("readme.txt")]
    [InlineData("../doc.kml")]
    [InlineData("/doc.kml")]
    [InlineData("a/..\\doc.kml")]
    [InlineData("C:doc.kml")]
    public void Read_ArchiveWithoutKmlOrThatLeadsOut_IsRefused(string name) =>
        AirspaceFile.Read(Archive((name, Kml("")))).ShouldHaveSingleItem().Refusal.ShouldNotBeNull().Code.ShouldBe(AirspaceRefusals.Archive);

    [Fact]
    public void Read_ArchiveThatBursts_IsRefused()
    {
        // 30 MiB of blanks become 30 KiB.
        AirspaceFile.Read(Archive(("doc.kml", Kml(new string(' ', 30 * 1024 * 1024))))).ShouldHaveSingleItem().Refusal.ShouldNotBeNull()
            .ShouldSatisfyAllConditions(refusal => refusal.Code.ShouldBe(AirspaceRefusals.Archive), refusal => refusal.Found.ShouldBe("more bytes"));
        AirspaceFile.Read(Archive(("doc.kml", Kml(new string(' ', 1_000_000))))).ShouldHaveSingleItem().Refusal.ShouldNotBeNull().Code.ShouldBe(AirspaceRefusals.Nothing);
    }

    [Theory]
    [InlineData(KmzAirspaceReader.MaximumEntries, AirspaceRefusals.Nothing)]
    [InlineData(KmzAirspaceReader.MaximumEntries + 1, AirspaceRefusals.Archive)]
    public void Read_ArchiveEntriesAtTheLimit_AreTakenAndMoreRefused(int count, string code) =>
        AirspaceFile.Read(Archive([("doc.kml", Kml("")), .. Enumerable.Range(1, count - 1).Select(number => ($"{number}", ""))]))
            .ShouldHaveSingleItem().Refusal.ShouldNotBeNull().Code.ShouldBe(code);

    [Fact]
    public void Read_AnyBytesOrABrokenFile_NeverThrows()
    {
        var kml = Encoding.UTF8.GetBytes(Kml($"<Placemark><name>A</name>{Drawn("<Polygon>@1</Polygon>")}</Placemark>"));
        var kmz = Archive(("doc.kml", Encoding.UTF8.GetString(kml)));
        Gen.Select(Gen.Bool, Gen.Int[0, Math.Min(kml.Length, kmz.Length) - 1], Gen.Byte, Gen.Int[1, 1_000]).Sample(
            (isArchive, index, value, cut) =>
            {
                var broken = (isArchive ? kmz : kml).ToArray();
                broken[index] = value;
                AirspaceFile.Read(broken).ShouldNotBeEmpty();
                AirspaceFile.Read(broken.AsMemory(0, Math.Max(0, broken.Length - cut))).ShouldNotBeEmpty();
                KmlAirspaceReader.Read(broken).ShouldNotBeEmpty();
            },
            iter: 1_000);
    }

    private static IReadOnlyList<Parsed<Airspace>> Read(string text) => AirspaceFile.Read(Encoding.UTF8.GetBytes(text));

    private static string Kml(string content) => Namespace + content + "</kml>";

    /// <summary>Puts a ring at a height where the text has <c>@</c> and metres.</summary>
    private static string Drawn(string geometry) => AtHeight().Replace(
        geometry,
        match => "<outerBoundaryIs><LinearRing><coordinates>"
            + string.Join(' ', Square.Split(' ').Select(place => match.Groups["metres"].Length == 0 ? place : place + "," + match.Groups["metres"].Value))
            + "</coordinates></LinearRing></outerBoundaryIs>");

    [GeneratedRegex("@(?<metres>[0-9.]*)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex AtHeight();

    private static byte[] Archive(params (string Name, string Content)[] files)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var entry = archive.CreateEntry(name, CompressionLevel.SmallestSize).Open();
                entry.Write(Encoding.UTF8.GetBytes(content));
            }
        }

        return stream.ToArray();
    }
}
