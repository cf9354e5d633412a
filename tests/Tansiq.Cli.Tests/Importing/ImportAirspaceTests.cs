using NodaTime;
using Tansiq.Cli.Scenarios;
using Tansiq.Coordination.Agreements;
using Tansiq.Feeds.Airspaces;

namespace Tansiq.Cli.Tests.Importing;

public sealed class ImportAirspaceTests
{
    private const string Head = ImportFolder.Head;
    private const string Triangle = ImportFolder.Triangle;
    private const string BowTie = "DP 46:00:00 N 008:00:00 E\nDP 46:06:00 N 008:06:00 E\nDP 46:00:00 N 008:06:00 E\nDP 46:06:00 N 008:00:00 E\n";

    // A notch that just cuts through the far side; another airspace whose name has every kind of letter; heights of every kind.
    private const string Several = Head
        + "DP 46:00:00 N 008:00:00 E\nDP 46:00:00 N 008:06:00 E\nDP 46:06:00 N 008:06:00 E\nDP 45:59:59 N 008:03:00 E\nDP 46:06:00 N 008:00:00 E\n"
        + "AC CTR\nAN Zürich \"Süd\" \\ <3> Москва\nAL 1000 ft AGL\nAH 1607.611551ft AMSL\n" + Triangle
        + "AC CTR\nAN TEST\nAL 3000m AMSL\nAH UNL\nV X=10:00:00 S 179:59:00 W\nDC 5\n"
        + "AC Q\nAN дом\nAL 500 ft\nAH FL95\n" + Triangle;

    [Fact]
    public void Import_Airspaces_MakesAScenarioThatPassesCheck()
    {
        using var folder = new ImportFolder(Several);
        folder.Import().ShouldBe((0, $"{folder.Out}: 4 areas of 4 airspaces, 0 refused, 1 with remarks\n", ""));
        var (exit, output, error) = ImportFolder.Run("check", folder.Out);
        (exit, error).ShouldBe((0, ""));
        output.ShouldContain("2 clauses, 4 areas");
        folder.Entries.ShouldBe(["area.txt", "scenario"]);
        Directory.EnumerateFiles(folder.Out).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)
            .ShouldBe(["README.md", "agreement.json", "areas.geojson", "scenario.json", "timeline.json"]);
    }

    [Fact]
    public void Import_Airspaces_KeepsNamesHeightsAndExactOutlines()
    {
        using var folder = new ImportFolder(Several);
        folder.Import().Exit.ShouldBe(0);
        ShouldBeTheSame(folder.File, folder.Out);
        var areas = ScenarioFolder.Load(folder.Out).Value.Agreement.Areas;
        areas.Select(area => area.Id.Value).ShouldBe(["test", "z-rich-s-d-3", "test-2", "area"]);
        areas.Select(area => area.Class.Value).ShouldBe(["d", "ctr", "ctr", "q"]);
        areas[0].Outlines.Length.ShouldBe(3);
        folder.Read("README.md").ShouldContain("line 5: `TEST`: an outline that crosses or touches itself, split there");
    }

    [Fact]
    public void Import_Airspaces_StandDownEveryoneAtAllTimes()
    {
        using var folder = new ImportFolder(Head + Triangle);
        folder.Import().Exit.ShouldBe(0);
        var notice = Path.Combine(folder.Folder, "notice.json");
        File.WriteAllText(notice, """
            {"id": "n1", "party": "b", "actor": "b-air", "class": "fixed-wing", "purpose": "flight", "contact": "watch", "claims": [],
             "volumes": [{"outline": {"circle": {"centre": [8.09, 46.01], "radiusMetres": 100}}, "floor": {"flightLevel": 50}, "ceiling": {"flightLevel": 60},
                          "from": "1944-06-06T06:00:00Z", "until": "1944-06-06T08:00:00Z"}]}
            """);
        var (exit, output, _) = ImportFolder.Run("decide", notice, "--scenario", folder.Out, "--valid-at", "1944-06-06T05:00:00Z");
        exit.ShouldBe(3, output);
        output.ShouldContain("TEST");
        var scenario = ScenarioFolder.Load(folder.Out).Value;
        scenario.Agreement.Clauses[0].ShouldBeOfType<StandDownClause>().ShouldSatisfyAllConditions(
            clause => clause.Id.Value.ShouldBe("1"), clause => clause.Mode.ShouldBe(ClauseMode.Agree), clause => clause.Exemptions.ShouldBeEmpty());
        scenario.Agreement.Duration.Start.ShouldBe(new Moment.At(Instant.FromUtc(1900, 1, 2, 0, 0)));
    }

    [Fact]
    public void Import_Twice_GivesTheSameBytes()
    {
        using var folder = new ImportFolder(Several);
        folder.Import().Exit.ShouldBe(0);
        var second = folder.Out + "-again";
        ImportFolder.Run("import", "airspace", folder.File, "--out", second).Exit.ShouldBe(0);
        foreach (var path in Directory.EnumerateFiles(folder.Out))
            File.ReadAllBytes(Path.Combine(second, Path.GetFileName(path))).ShouldBe(File.ReadAllBytes(path), path);
    }

    [Fact]
    public void Import_SomeRefused_NamesEachAndGoesOn()
    {
        using var folder = new ImportFolder(Head + "DP nowhere\n" + Head + Triangle + Head + BowTie);
        var (exit, output, error) = folder.Import();
        exit.ShouldBe(0);
        output.ShouldBe($"{folder.Out}: 1 areas of 3 airspaces, 2 refused, 0 with remarks\n");
        error.Split('\n').ShouldSatisfyAllConditions(
            lines => lines.Length.ShouldBe(3),
            lines => lines[0].ShouldBe($"{folder.File}: line 5: found nowhere, expected latitude and longitude [feeds.airspace-coordinate]"),
            lines => lines[1].ShouldStartWith($"{folder.File}: line 17: found "),
            lines => lines[1].ShouldEndWith(" [feeds.airspace-area-in-doubt]"));
        folder.Read("README.md").ShouldContain("line 5: found nowhere");
        ImportFolder.Run("check", folder.Out).Exit.ShouldBe(0);
    }

    [Fact]
    public void Import_StrictAndOneRefused_WritesNothing()
    {
        using var folder = new ImportFolder(Head + Triangle + Head + "DP nowhere\n" + Head + "DP nowhere either\n");
        ShouldBeRefused(folder, folder.Import("--strict"), $"{folder.File}: line 12: ", "feeds.airspace-coordinate");
        using var good = new ImportFolder(Several);
        good.Import("--strict").Exit.ShouldBe(0);
    }

    [Theory]
    [InlineData("", "feeds.unknown-format")]
    [InlineData("* nothing but a comment\n", "feeds.airspace-no-airspace")]
    [InlineData("{\"type\": \"FeatureCollection\"}", "feeds.airspace-not-an-area")]
    [InlineData("a\0b", "feeds.unknown-format")]
    [InlineData("* a\0b", "feeds.airspace-not-text")]
    [InlineData(Head + "DP nowhere\n", "feeds.airspace-coordinate")]
    public void Import_NoAirspace_IsRefusedInOneLine(string text, string code)
    {
        using var folder = new ImportFolder(text);
        ShouldBeRefused(folder, folder.Import(), $"{folder.File}: ", code);
    }

    [Fact]
    public void Import_FileThatIsNotThere_IsRefusedInOneLine()
    {
        using var folder = new ImportFolder("");
        ShouldBeRefused(folder, ImportFolder.Run("import", "airspace", folder.File + ".gone", "--out", folder.Out), $"{folder.File}.gone: ", "feeds.unreadable");
        ShouldBeRefused(folder, ImportFolder.Run("import", "airspace", folder.Folder, "--out", folder.Out), $"{folder.Folder}: ", "feeds.unreadable");
    }

    [Fact]
    public void Import_MoreThanAScenarioHolds_IsRefusedAndWritesNothing()
    {
        using var folder = new ImportFolder(string.Concat(Enumerable.Repeat(Head + Triangle, DesignatedAreasReader.MaximumAreas + 1)));
        ShouldBeRefused(folder, folder.Import(), $"{folder.File}: areas.geojson /features: ", "json.too-many");
    }

    [Fact]
    public void Import_FileCutShortByALimit_IsRefused()
    {
        using var folder = new ImportFolder(Head + Triangle + string.Concat(Enumerable.Repeat("AC D\n", AirspaceFile.MaximumAirspaces)));
        ShouldBeRefused(folder, folder.Import(), $"{folder.File}: line ", "feeds.airspace-too-many");
    }

    [Fact]
    public void Import_FolderThatIsEmpty_IsFilled()
    {
        using var folder = new ImportFolder(Head + Triangle);
        Directory.CreateDirectory(folder.Out);
        ImportFolder.Run("import", "airspace", folder.File, "--out", folder.Out + "/").Exit.ShouldBe(0);
        ImportFolder.Run("check", folder.Out).Exit.ShouldBe(0);
        folder.Entries.ShouldBe(["area.txt", "scenario"]);
    }

    [Fact]
    public void Import_PlaceThatIsTaken_IsRefusedAndKept()
    {
        using var folder = new ImportFolder(Head + Triangle);
        Directory.CreateDirectory(folder.Out);
        File.WriteAllText(Path.Combine(folder.Out, "mine.txt"), "mine");
        folder.Import().Error.ShouldEndWith("[cli.folder-not-empty]\n");
        Directory.EnumerateFiles(folder.Out).ShouldHaveSingleItem();
        foreach (var (place, code) in new[] { (folder.File, "cli.not-a-folder"), (Path.Combine(folder.Folder, "a", "b"), "cli.cannot-write"), ("", "cli.cannot-write") })
        {
            var (exit, output, error) = ImportFolder.Run("import", "airspace", folder.File, "--out", place);
            (exit, output).ShouldBe((2, ""));
            error.ShouldEndWith($"[{code}]\n");
            error.Count(character => character == '\n').ShouldBe(1);
        }

        folder.Entries.ShouldBe(["area.txt", "scenario"]);
    }

    [Theory]
    [InlineData("Switzerland.txt", "334 areas of 334 airspaces, 0 refused, 26 with remarks")]
    [InlineData("mosel25.txt", "798 areas of 799 airspaces, 1 refused, ")]
    public void Import_RecordedFile_RoundTrips(string file, string summary)
    {
        var root = Environment.GetEnvironmentVariable("TANSIQ_SHARED") ?? Path.Combine(Path.GetDirectoryName(Repository.Root)!, "shared");
        var path = Path.Combine(root, "data", "airspace", "openair", file);
        if (!File.Exists(path)) Assert.Skip($"shared/data/airspace/openair/{file} is not there");
        using var folder = new ImportFolder("");
        var (exit, output, _) = ImportFolder.Run("import", "airspace", path, "--out", folder.Out);
        exit.ShouldBe(0);
        output.ShouldStartWith($"{folder.Out}: {summary}");
        ShouldBeTheSame(path, folder.Out);
    }

    private static void ShouldBeTheSame(string openAir, string scenario)
    {
        var airspaces = AirspaceFile.Read(openAir).Where(read => read.Refusal is null).Select(read => read.Value).ToList();
        var areas = ScenarioFolder.Load(scenario).Value.Agreement.Areas;
        areas.Length.ShouldBe(airspaces.Count);
        foreach (var (airspace, area) in airspaces.Zip(areas))
        {
            area.Name.ByLanguage.ShouldBe([new("ar", airspace.Name), new("en", airspace.Name), new("ru", airspace.Name)]);
            area.Heights.ShouldBe(airspace.Heights);
            area.Outlines.ShouldBe(airspace.Outlines);
            area.Validity.ShouldBe(new Interval(null, null));
        }
    }

    private static void ShouldBeRefused(ImportFolder folder, (int Exit, string Output, string Error) answer, string start, string code)
    {
        answer.Error.ShouldStartWith(start);
        answer.Error.ShouldEndWith($" [{code}]\n");
        answer.Error.Count(character => character == '\n').ShouldBe(1, answer.Error);
        (answer.Exit, answer.Output).ShouldBe((2, ""));
        folder.Entries.ShouldBe(["area.txt"]);
    }
}
