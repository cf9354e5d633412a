using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Tansiq.Cli.Tests.Importing;

namespace Tansiq.Cli.Tests.Converting;

/// <summary>Airspaces and tracks from one format to another, and imports of what was written.</summary>
public sealed partial class ConvertTests : IDisposable
{
    private const string TwoAirspaces = ImportFolder.Head + ImportFolder.Triangle + "AC CTR\nAN Second\nAL 1000 ft AGL\nAH UNL\nV X=10:00:00 S 179:59:00 W\nDC 5\n";
    private const string Rows = """
        time,icao24,lat,lon,baroaltitude,velocity,callsign,onground
        2018-06-01T06:00:00Z,4b17fa,46.1234567,8.1,3048,100,SWR1,false
        2018-06-01T06:00:01Z,4b17fa,46.1334567,8.1,3048.5,100,SWR1,false
        2018-06-01T06:00:02Z,4b17fa,91,8.1,3048.5,100,SWR1,false

        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("tansiq-convert-").FullName;

    /// <inheritdoc />
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("geojson")]
    [InlineData("kml")]
    public void ConvertAirspace_ToWhatIsRead_GivesTheSameScenario(string format)
    {
        var (source, converted) = (Written("areas.txt", TwoAirspaces), In("areas." + format));
        Run("convert", "airspace", source, "--to", format, "--out", converted).ShouldBe((0, $"{converted}: 2 areas of 2 airspaces, 0 refused, 0 with remarks\n", ""));
        Run("import", "airspace", source, "--out", In("from-openair"), "--strict").Exit.ShouldBe(0);
        Run("import", "airspace", converted, "--out", In("from-converted"), "--strict").Exit.ShouldBe(0);
        File.ReadAllText(In("from-converted/areas.geojson")).ShouldBe(File.ReadAllText(In("from-openair/areas.geojson")));
        Run("check", In("from-converted")).Exit.ShouldBe(0);
    }

    [Fact]
    public void ConvertAirspace_Csv_HasARowEach()
    {
        var converted = In("areas.csv");
        Run("convert", "airspace", Written("areas.txt", TwoAirspaces), "--to", "csv", "--out", converted).Exit.ShouldBe(0);
        var rows = File.ReadAllLines(converted);
        rows.Length.ShouldBe(3);
        rows[1].ShouldStartWith("TEST,D,,GND,FL100,,,\"POLYGON ((");
    }

    [Fact]
    public void ConvertAirspace_Refused_NamesEachAndWithStrictWritesNothing()
    {
        var source = Written("areas.txt", ImportFolder.Head + "DP nowhere\n" + ImportFolder.Head + ImportFolder.Triangle);
        var (exit, output, error) = Run("convert", "airspace", source, "--to", "kml", "--out", In("areas.kml"));
        (exit, output).ShouldBe((0, $"{In("areas.kml")}: 1 areas of 2 airspaces, 1 refused, 0 with remarks\n"));
        error.ShouldBe($"{source}: line 5: found nowhere, expected latitude and longitude [feeds.airspace-coordinate]\n");
        Run("convert", "airspace", source, "--to", "kml", "--out", In("strict.kml"), "--strict").Exit.ShouldBe(2);
        File.Exists(In("strict.kml")).ShouldBeFalse();
    }

    [Fact]
    public void ConvertTracks_ToCsv_ReplaysTheSame()
    {
        var (source, converted) = (Written("tracks.csv", Rows), In("converted.csv"));
        Run("convert", "tracks", source, "--to", "csv", "--out", converted)
            .ShouldBe((0, $"{converted}: 2 positions, 1 refused (feeds.latitude-out-of-range 1)\n", ""));
        Run("import", "airspace", Written("areas.txt", TwoAirspaces), "--out", In("scenario")).Exit.ShouldBe(0);
        var first = Run("replay", source, "--scenario", In("scenario"), "--json").Output.Split('\n');
        var second = Run("replay", converted, "--scenario", In("scenario"), "--json").Output.Split('\n');
        second[..^2].ShouldBe(first[..^2]);
    }

    [Theory]
    [InlineData("geojson", "\"coordTimes\":[\"2018-06-01T06:00:00Z\",\"2018-06-01T06:00:01Z\"],\"heights\":[3048,3048.5]")]
    [InlineData("kml", "<gx:coord>8.1000000 46.1334567 0</gx:coord>")]
    public void ConvertTracks_ToLines_HasTimesAndHeights(string format, string part)
    {
        Run("convert", "tracks", Written("tracks.csv", Rows), "--to", format, "--out", In("tracks." + format)).Exit.ShouldBe(0);
        File.ReadAllText(In("tracks." + format)).ShouldContain(part);
    }

    [Fact]
    public void ConvertTracks_SourceThatEndsEarly_WritesNothing()
    {
        var source = Written("tracks.csv", "no header at all\n");
        var (exit, output, error) = Run("convert", "tracks", source, "--to", "csv", "--out", In("converted.csv"));
        (exit, output).ShouldBe((2, ""));
        error.ShouldEndWith("[feeds.unknown-format]\n");
        Directory.EnumerateFiles(_folder).ShouldBe([source]);
    }

    [Fact]
    public void Convert_PlaceThatCannotBeWritten_IsOneLine()
    {
        foreach (var arguments in new[] { new[] { "airspace", Written("areas.txt", TwoAirspaces) }, ["tracks", Written("tracks.csv", Rows)] })
        {
            var (exit, output, error) = Run(["convert", .. arguments, "--to", "csv", "--out", In("nowhere/at/all.csv")]);
            (exit, output, error.Count(character => character == '\n')).ShouldBe((2, "", 1));
            error.ShouldEndWith("[cli.cannot-write]\n");
        }
    }

    [Fact]
    public void Import_GeoJsonWithValidity_IsAnAreaOfThatTime()
    {
        var source = Written("areas.geojson", """
            {"type":"Feature","properties":{"name":"ED-R 1","class":"R","floor":"GND","ceiling":"FL100","from":"2026-07-20T06:00:00Z","until":"2026-07-21"},
             "geometry":{"type":"Polygon","coordinates":[[[8,46],[9,46],[9,47],[8,46]]]}}
            """);
        Run("import", "airspace", source, "--out", In("scenario")).ShouldBe((0, $"{In("scenario")}: 1 areas of 1 airspaces, 0 refused, 0 with remarks\n", ""));
        File.ReadAllText(In("scenario/areas.geojson")).ShouldContain("\"from\":\"2026-07-20T06:00:00Z\",\"until\":\"2026-07-22T00:00:00Z\"");
        Run("check", In("scenario")).Exit.ShouldBe(0);
    }

    [Fact]
    public void Document_Examples_EndAsItSays()
    {
        var examples = Example().Matches(File.ReadAllText(Repository.Path("docs/formats/airspace.md")));
        examples.Count.ShouldBeGreaterThanOrEqualTo(4);
        Written("areas.txt", TwoAirspaces);
        Written("tracks.csv", Rows);
        foreach (Match example in examples)
        {
            string[] arguments = [.. example.Groups["arguments"].Value.Split(' ').Select(word => word.Contains('.', StringComparison.Ordinal) || word == "imported" ? In(word) : word)];
            var (exit, output, error) = Run(arguments);
            exit.ToString(CultureInfo.InvariantCulture).ShouldBe(example.Groups["code"].Value, example.Value + error);
            output.ShouldNotBeEmpty();
        }
    }

    [GeneratedRegex(@"^tansiq (?<arguments>.+?)\s+# exit (?<code>\d)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Example();

    private static (int Exit, string Output, string Error) Run(params string[] arguments) => ImportFolder.Run(arguments);

    private string In(string name) => Path.Combine(_folder, name);

    private string Written(string name, string content)
    {
        File.WriteAllText(In(name), content, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return In(name);
    }
}
