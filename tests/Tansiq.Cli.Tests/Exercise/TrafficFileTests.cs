using System.Globalization;
using Tansiq.Cli.Tests.Scenarios;

namespace Tansiq.Cli.Tests.Exercise;

/// <summary>What <c>declared.json</c> and <c>traffic.json</c> may say, and the command that makes a file of it.</summary>
public sealed class TrafficFileTests
{
    private const string Declared = """{"format": "tansiq-declared/1", "flights": [{"notice": "n1", "tracks": ["a1b2c3", "ex-one"]}]}""";

    private const string Traffic = """
        {"format": "tansiq-traffic/1", "seed": 7, "from": "2016-07-29T05:00:00Z", "hours": 2, "region": [36.5, 35.5, 38.5, 37.5],
         "aircraft": {"airliners": 3, "tankers": 1, "helicopters": 1, "drones": 1, "unnotified": 2},
         "faults": {"gaps": 3, "frozen": 1, "jumps": 1}, "strays": ["a1b2c3"]}
        """;

    [Fact]
    public void Check_BothFiles_AreWellFormed()
    {
        using var folder = Folder();
        folder.Check().Exit.ShouldBe(0, folder.Check().Error);
    }

    [Theory]
    [InlineData("tansiq-declared/1", "tansiq-declared/2", "/format", "json.unknown-word")]
    [InlineData("\"n1\"", "\"n2\"", "/flights/0/notice", "scenario.unknown-notice")]
    [InlineData("a1b2c3", "A1B2C3", "/flights/0/tracks/0", "json.wrong-type")]
    [InlineData("\"ex-one\"", "\"a1b2c3\"", "/flights/0/tracks/1", "json.duplicate-value")]
    [InlineData("\"notice\"", "\"notices\"", "/flights/0/notices", "json.unknown-member")]
    [InlineData("}]}", "}, {\"notice\": \"n1\", \"tracks\": [\"x\"]}]}", "/flights/1/notice", "json.duplicate-id")]
    public void Check_ABadDeclaration_IsRefusedAtItsPlace(string old, string replacement, string where, string code)
    {
        using var folder = Folder();
        folder.Write("declared.json", Replaced(Declared, old, replacement));
        folder.ShouldBeRefused("declared.json " + where, code);
    }

    [Theory]
    [InlineData("\"seed\": 7", "\"seed\": -1", "/seed", "json.wrong-type")]
    [InlineData("\"hours\": 2", "\"hours\": 25", "/hours", "json.wrong-type")]
    [InlineData("\"hours\": 2", "\"hours\": 0", "/hours", "json.wrong-type")]
    [InlineData("2016-07-29T05:00:00Z", "1989-12-31T23:59:59Z", "/from", "json.wrong-type")]
    [InlineData("2016-07-29T05:00:00Z", "2016-07-29T05:00:00.5Z", "/from", "json.wrong-type")]
    [InlineData("38.5,", "37.4,", "/region", "json.wrong-type")]
    [InlineData("38.5,", "57,", "/region", "json.wrong-type")]
    [InlineData("37.5]", "37.5, 1]", "/region", "json.too-many")]
    [InlineData("37.5]", "\"37.5\"]", "/region/3", "json.wrong-type")]
    [InlineData("\"tankers\": 1", "\"tankers\": 494", "/aircraft", "json.too-many")]
    [InlineData("\"tankers\": 1", "\"tankers\": 1.5", "/aircraft/tankers", "json.wrong-type")]
    [InlineData("\"drones\"", "\"drone\"", "/aircraft/drone", "json.unknown-member")]
    [InlineData("\"gaps\": 3", "\"gaps\": 4", "/faults", "json.too-many")]
    [InlineData("[\"a1b2c3\"]", "[\"a1b2c4\"]", "/strays/0", "scenario.unknown-track")]
    [InlineData("2016-07-29T05:00:00Z", "2016-07-29T10:00:00Z", "/strays/0", "scenario.unknown-track")]
    public void Check_ABadPlan_IsRefusedAtItsPlace(string old, string replacement, string where, string code)
    {
        using var folder = Folder();
        folder.Write("traffic.json", Replaced(Traffic, old, replacement));
        folder.ShouldBeRefused("traffic.json " + where, code);
    }

    [Theory]
    [InlineData("\"hours\": 2", "\"hours\": 24")]
    [InlineData("\"tankers\": 1", "\"tankers\": 493")]
    [InlineData("38.5,", "37.5,")]
    [InlineData("38.5,", "56.5,")]
    public void Check_APlanAtALimit_IsTaken(string old, string replacement)
    {
        using var folder = Folder();
        folder.Write("traffic.json", Replaced(Traffic, old, replacement));
        folder.Check().Exit.ShouldBe(0, folder.Check().Error);
    }

    [Fact]
    [Trait("Requirement", "BND-4")]
    public void Check_ExerciseTrafficInARealScenario_IsRefused()
    {
        using var folder = Folder();
        folder.Replace("scenario.json", "\"kind\": \"exercise\"", "\"kind\": \"real\"");
        folder.ShouldBeRefused("traffic.json /format", "scenario.exercise-traffic-in-real");
    }

    [Fact]
    public void Traffic_PlainAndCompressed_AreTheSameRowsAndNothingElseIsLeft()
    {
        using var folder = Folder();
        var target = Directory.CreateDirectory(Path.Combine(folder.Folder, "out")).FullName;
        var (plain, compressed) = (Path.Combine(target, "t.csv"), Path.Combine(target, "t.csv.gz"));
        Run("traffic", "--scenario", folder.Folder, "--out", plain).Exit.ShouldBe(0);
        Run("traffic", "--scenario", folder.Folder, "--out", compressed).Exit.ShouldBe(0);
        using var unpacked = new MemoryStream();
        using (var stream = new System.IO.Compression.GZipStream(File.OpenRead(compressed), System.IO.Compression.CompressionMode.Decompress)) stream.CopyTo(unpacked);
        unpacked.ToArray().AsSpan().SequenceEqual(File.ReadAllBytes(plain)).ShouldBeTrue();
        File.ReadLines(plain).Skip(1).Select(line => line.Split(',')[1]).Distinct().Count().ShouldBe(10);
        Directory.GetFiles(target).ShouldBe([plain, compressed], ignoreOrder: true);
    }

    [Fact]
    public void Traffic_WithoutAPlanOrAPlaceToWrite_IsRefusedInOneLine()
    {
        using var folder = Folder();
        var (exit, error) = Run("traffic", "--scenario", folder.Folder, "--out", Path.Combine(folder.Folder, "missing", "t.csv"));
        exit.ShouldBe(2);
        error.ShouldEndWith("[cli.cannot-write]\n");
        File.Delete(Path.Combine(folder.Folder, "traffic.json"));
        (exit, error) = Run("traffic", "--scenario", folder.Folder, "--out", Path.Combine(folder.Folder, "t.csv"));
        exit.ShouldBe(2);
        error.ShouldBe($"{folder.Folder}: traffic.json: found nothing, expected a file [scenario.missing-file]\n");
        Directory.GetFiles(folder.Folder, "*.csv*").ShouldBeEmpty();
    }

    private static SmallScenario Folder()
    {
        var folder = new SmallScenario();
        folder.Write("declared.json", Declared);
        folder.Write("traffic.json", Traffic);
        return folder;
    }

    private static string Replaced(string text, string old, string replacement)
    {
        text.ShouldContain(old);
        return text.Replace(old, replacement, StringComparison.Ordinal);
    }

    private static (int Exit, string Error) Run(params string[] arguments)
    {
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        return (CommandLine.Run(arguments, TextWriter.Null, error), error.ToString());
    }
}
