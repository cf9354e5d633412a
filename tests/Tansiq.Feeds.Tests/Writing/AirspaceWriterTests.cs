using System.Text;
using System.Text.Json;
using CsCheck;
using NodaTime;
using Tansiq.Feeds.Airspaces;
using Tansiq.Feeds.Writing;
using Tansiq.Geo;
using Tansiq.Geo.Outlines;

namespace Tansiq.Feeds.Tests.Writing;

/// <summary>What is written is read again as the same airspace, outlines vertex for vertex, by us and by ogr2ogr.</summary>
public sealed class AirspaceWriterTests
{
    private static readonly Gen<string> Names = Gen.OneOf(
        OneOf("=1+1", "-2", "@x", "a,b", "\"q\"", "<a href='x'>&amp;", "]]>", "дом الطرف 域 🛩", "a\uFFFEb", "x;y|z\\"),
        Gen.String[Gen.Char[' ', '~'], 1, 30].Select(text => text.Trim()).Where(text => text.Length > 0));

    private static readonly Gen<Height> Heights = Gen.Select(
        Gen.OneOf(Gen.Long[Height.MinimumUnits, Height.MaximumUnits], Gen.Long[0, 600].Select(level => level * 100 * Height.UnitsPerFoot), Gen.Long[-100, 9_000].Select(metres => metres * Height.UnitsPerMetre)),
        Gen.Enum<HeightReference>(),
        Height.FromUnits);

    private static readonly Gen<HeightBand> Bands = Gen.Select(Heights.Nullable(), Heights.Nullable(), HeightBand.Create).Where(band => band is not null).Select(band => band!.Value);

    private static readonly Gen<Interval?> Validities = Gen.Select(Gen.Int[-1, 1_000_000], Gen.Int[0, 1_000_000], Gen.Int[0, 999_999_999], (start, length, nanoseconds) =>
    {
        if (start < 0 && length % 2 == 0) return (Interval?)null;
        var from = Instant.FromUtc(2026, 7, 20, 6, 0).Plus(Duration.FromSeconds(start)).PlusNanoseconds(nanoseconds);
        return new Interval(start < 0 ? null : from, length % 3 == 0 && start >= 0 ? null : from + Duration.FromSeconds(length + 1));
    });

    /// <summary>Stars about a centre, some with a hole, all over the Earth and often across the antimeridian.</summary>
    private static readonly Gen<Outline> Outlines = Gen.Select(
        Gen.OneOf(Gen.Int[-1_800_000_000, 1_799_999_999], Gen.Int[1_799_000_000, 1_799_999_999], Gen.Const(-1_800_000_000)),
        Gen.Int[-800_000_000, 800_000_000],
        Gen.Int[100, 90_000_000],
        Gen.Double[0.5, 1].Array[3, 12],
        Gen.Bool,
        (x, y, radius, reaches, hasHole) =>
        {
            var shell = Star(x, y, radius, reaches);
            return Outline.Create(shell, hasHole ? [Star(x, y, radius / 4, reaches)] : []);
        }).Where(outline => outline.Refusal is null).Select(outline => outline.Value);

    private static readonly Gen<Airspace> Airspaces = Gen.Select(
        Names, OneOf("D", "CTR", "AREA", "R 1", "ДОМ"), Gen.OneOf(Gen.Const((string?)null), Gen.Const((string?)"TMA"), Gen.Const((string?)"D")), Bands, Validities, Outlines.Array[1, 3],
        (name, airspaceClass, type, heights, validity, outlines) =>
            new Airspace("line 1", name, airspaceClass, heights, [.. outlines.Distinct()]) { Type = type, Validity = validity });

    [Theory]
    [InlineData(WrittenFormat.GeoJson)]
    [InlineData(WrittenFormat.Kml)]
    public void Write_AnyAirspaces_AreReadBackTheSame(WrittenFormat format) => Airspaces.Array[1, 4].Sample(
        airspaces =>
        {
            var read = AirspaceFile.Read(Written(format, airspaces));
            read.Count.ShouldBe(airspaces.Length);
            foreach (var (written, again) in airspaces.Zip(read))
            {
                var airspace = again.Value;
                airspace.Name.ShouldBe(format == WrittenFormat.Kml ? written.Name.Replace('\uFFFE', '\uFFFD') : written.Name);
                (airspace.Class, airspace.Type, airspace.Heights, airspace.Validity).ShouldBe((written.Class, written.Type, written.Heights, written.Validity));
                airspace.Outlines.ShouldBe(written.Outlines);
                airspace.Remarks.ShouldBeEmpty();
            }
        },
        iter: 300);

    [Fact]
    public void Write_Csv_IsOneLineEachWithTextThatNoSpreadsheetReckons()
    {
        var outline = Outline.Create([Place(0, 0), Place(10, 0), Place(10, 10)], []).Value;
        var heights = HeightBand.Create(Height.FromFeet(1_000, HeightReference.Ground), Height.FromFlightLevel(95))!.Value;
        var csv = Encoding.UTF8.GetString(Written(WrittenFormat.Csv, [new("line 1", "=HYPERLINK(\"x\")", "D", heights, [outline]), new("line 9", "A", "R", HeightBand.All, [outline, outline])]));
        csv.ShouldBe("""
            name,class,type,floor,ceiling,from,until,WKT
            "'=HYPERLINK(""x"")",D,,1000 ft AGL,FL95,,,"POLYGON ((0.0000000 0.0000000, 0.0000010 0.0000000, 0.0000010 0.0000010, 0.0000000 0.0000000))"
            A,R,,GND,UNL,,,"MULTIPOLYGON (((0.0000000 0.0000000, 0.0000010 0.0000000, 0.0000010 0.0000010, 0.0000000 0.0000000)), ((0.0000000 0.0000000, 0.0000010 0.0000000, 0.0000010 0.0000010, 0.0000000 0.0000000)))"

            """);
    }

    [Fact]
    public void Write_KmlFromTheGroundToSeaLevelHeights_IsDrawnExtruded()
    {
        var outline = Outline.Create([Place(0, 0), Place(10, 0), Place(10, 10)], []).Value;
        var heights = HeightBand.Create(null, Height.FromUnits(12_345, HeightReference.SeaLevel))!.Value;
        var kml = Encoding.UTF8.GetString(Written(WrittenFormat.Kml, [new("line 1", "A", "D", heights, [outline])]));
        kml.ShouldContain("<extrude>1</extrude>\n<altitudeMode>absolute</altitudeMode>");
        kml.ShouldContain("0.0000010,0.0000010,1.2345");
    }

    [Theory]
    [InlineData(WrittenFormat.GeoJson, "areas.geojson")]
    [InlineData(WrittenFormat.Kml, "areas.kml")]
    [InlineData(WrittenFormat.Csv, "areas.csv")]
    public void Write_SwissAirspaces_AreTheSameToOgr2Ogr(WrittenFormat format, string file)
    {
        var airspaces = AirspaceFile.Read(SharedData.PathOf("airspace/openair/Switzerland.txt")).Select(airspace => airspace.Value).ToList();
        string[] options = format == WrittenFormat.Csv ? ["-oo", "GEOM_POSSIBLE_NAMES=WKT", "-dim", "XY"] : ["-dim", "XY"];
        var features = Ogr.Features(Written(format, airspaces), file, options);
        features.Count.ShouldBe(airspaces.Count);
        foreach (var (airspace, feature) in airspaces.Zip(features))
        {
            var polygons = Ogr.Polygons(feature.GetProperty("geometry"));
            polygons.Count.ShouldBe(airspace.Outlines.Length);
            foreach (var (outline, rings) in airspace.Outlines.Zip(polygons))
                rings.ShouldBe([.. new[] { outline.Shell }.Concat(outline.Holes).Select(ring => ring.Select(point => (point.X, point.Y)).ToList())]);
            feature.GetProperty("properties").GetProperty(format == WrittenFormat.Kml ? "Name" : "name").GetString().ShouldBe(airspace.Name);
        }
    }

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);

    private static byte[] Written(WrittenFormat format, IReadOnlyList<Airspace> airspaces)
    {
        using var output = new MemoryStream();
        AirspaceWriter.Write(output, format, airspaces);
        return output.ToArray();
    }

    private static GeoPoint[] Star(int x, int y, int radius, double[] reaches) =>
    [
        .. reaches.Select((reach, index) =>
        {
            var angle = 2 * Math.PI * index / reaches.Length;
            return new PlanePoint(x + (long)(radius * reach * Math.Cos(angle)), y + (long)(radius * reach * Math.Sin(angle))).ToGeoPoint();
        }),
    ];

    private static GeoPoint Place(int x, int y) => GeoPoint.FromE7(y, x);
}
