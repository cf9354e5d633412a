using System.Text.Json;
using Shouldly;
using Tansiq.Cli.Scenarios;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Languages;
using Xunit;

namespace Tansiq.Cli.Tests;

/// <summary>An officer asks the command about one notice, at different moments and in different languages.</summary>
public sealed class DecideCommandTests : IDisposable
{
    private const char RightToLeftMark = '\u200F';
    private static readonly string Scenario = Repository.Path("scenarios/syria-2016");
    private readonly string _folder = Directory.CreateTempSubdirectory("tansiq-decide-").FullName;

    /// <inheritdoc />
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("n01", null, 0)]
    [InlineData("n15", null, 3)]
    [InlineData("n12", "n12", 4)]
    [InlineData("n04", null, 5)]
    [InlineData("n03", null, 6)]
    [Trait("Requirement", "FLT-2")]
    public void Decide_EachVerdict_HasItsExitCode(string notice, string? knownAt, int exitCode) =>
        Run([Notice(notice), .. knownAt is null ? Array.Empty<string>() : ["--known-at", knownAt]]).Exit.ShouldBe(exitCode);

    [Fact]
    [Trait("Requirement", "FLT-3")]
    public void Decide_KnownAtASizeAMomentOrAnEntry_IsTheSameVerdict()
    {
        var asEntry = Run(Notice("n12"), "--json", "--known-at", "n12").Output;
        var size = JsonDocument.Parse(asEntry).RootElement.GetProperty("knownAt").GetProperty("size").GetInt64();
        Run(Notice("n12"), "--json", "--known-at", size.ToString(System.Globalization.CultureInfo.InvariantCulture)).Output.ShouldBe(asEntry);
        Run(Notice("n12"), "--json").Output.ShouldNotBe(asEntry);
    }

    [Fact]
    [Trait("Requirement", "BND-3")]
    [Trait("Requirement", "BND-4")]
    public void Decide_InEveryLanguage_SaysExerciseFirstAndThatItIsNoClearance()
    {
        foreach (var language in Phrasebook.Languages)
        {
            var phrases = Phrasebook.For(language).Value;
            var lines = Run(Notice("n15"), "--language", language).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            lines[0].TrimStart(RightToLeftMark).ShouldBe(phrases.Text("banner.exercise"));
            lines.Select(line => line.TrimStart(RightToLeftMark)).ShouldContain(phrases.Text("boundary.verdict"));
            lines.ShouldAllBe(line => line.StartsWith(RightToLeftMark) == phrases.IsRightToLeft);
        }
    }

    [Fact]
    [Trait("Requirement", "FLT-2")]
    public void Sentences_OfEveryExpectedVerdict_SayAllInEveryLanguage()
    {
        var record = new ScenarioRecord(ScenarioFolder.Load(Scenario).Value);
        foreach (var language in Phrasebook.Languages)
        {
            var sentences = Languages.Sentences(record.Scenario, language);
            var missing = Languages.Phrases(language).Text("value.not-stated");
            foreach (var reason in record.Scenario.Expected.SelectMany(expected => record.Decide(expected).Reasons))
            {
                sentences.Sentence(reason).ShouldNotContain(missing, Case.Sensitive, $"{language} {reason.Code}");
                sentences.Sentence(reason).ShouldNotContain("{", Case.Sensitive, $"{language} {reason.Code}");
            }
        }
    }

    [Fact]
    public void WarmUp_EveryLanguage_SaysOneReasonOfEachKindOfClause() =>
        WarmUp.Run(Phrasebook.Languages).Distinct(StringComparer.Ordinal).Count().ShouldBe(5 * Phrasebook.Languages.Length);

    [Fact]
    [Trait("Requirement", "BND-1")]
    public void Decide_CombatFlightInAVolumeBelowTheFloor_IsRefusedAsInputWithItsPlace()
    {
        var draft = Path.Combine(_folder, "small.json");
        File.WriteAllText(draft, File.ReadAllText(Notice("n12")).Replace("\"n12\"", "\"n12-small\"", StringComparison.Ordinal));
        File.WriteAllText(draft, System.Text.RegularExpressions.Regex.Replace(File.ReadAllText(draft), "\"radiusMetres\": [0-9]+", "\"radiusMetres\": 4900", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
        var (exit, _, error) = Run(draft, "--known-at", "n12");
        exit.ShouldBe(2);
        error.TrimEnd('\n').Split('\n').ShouldHaveSingleItem().ShouldContain("flights.volume-below-floor");
    }

    [Fact]
    [Trait("Requirement", "REC-7")]
    public void Decide_OtherTextUnderAFiledNoticesName_IsRefusedAndNotTakenForIt()
    {
        var changed = Path.Combine(_folder, "changed.json");
        File.WriteAllText(changed, File.ReadAllText(Notice("n12")).Replace("7000", "9000", StringComparison.Ordinal));
        var (exit, _, error) = Run(changed);
        exit.ShouldBe(2);
        error.TrimEnd('\n').Split('\n').ShouldHaveSingleItem().ShouldContain("record.id-reused");
        Run(changed, "--known-at", "n11").Exit.ShouldBe(4);
    }

    private static string Notice(string id) => Path.Combine(Scenario, "notices", id + ".json");

    private static (int Exit, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var exit = CommandLine.Run(["decide", .. arguments, "--scenario", Scenario], output, error);
        return (exit, output.ToString(), error.ToString());
    }
}
