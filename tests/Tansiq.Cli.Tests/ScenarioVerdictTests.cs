using System.Text.RegularExpressions;
using Shouldly;
using Tansiq.Cli.Scenarios;
using Xunit;

namespace Tansiq.Cli.Tests;

/// <summary>The worked examples: what the program says of each notice is what was expected of it before the program was.</summary>
public sealed class ScenarioVerdictTests
{
    /// <summary>Every scenario of the repository.</summary>
    public static TheoryData<string> AllScenarios =>
        [.. Directory.GetDirectories(Repository.Path("scenarios")).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(AllScenarios))]
    [Trait("Requirement", "FLT-2")]
    public void EveryVerdict_IsAsExpectedBeforeTheCode(string scenario)
    {
        var record = Play(scenario);
        var differences = record.Scenario.Expected
            .SelectMany(expected => ScenarioRecord.Differences(expected, record.Decide(expected))
                .Select(difference => $"{expected.Notice} known at {expected.KnownAtEntry?.Value ?? expected.KnownAtTime?.ToString() ?? "end"} valid at {expected.ValidAt}: {difference}"))
            .ToList();
        differences.ShouldBeEmpty(string.Join('\n', differences));
        record.Scenario.Expected.ShouldNotBeEmpty();
        record.Scenario.Notices.Keys.Except(record.Scenario.Expected.Select(expected => expected.Notice)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(AllScenarios))]
    [Trait("Requirement", "REC-7")]
    public void EveryStatement_IsAdmitted(string scenario) =>
        Play(scenario).Inert.Select(entry => $"{entry.Statement.Id}: {entry.Admission}").ShouldBeEmpty();

    [Fact]
    [Trait("Requirement", "FLT-2")]
    public void Scenarios_Together_ShowEveryVerdictAndEveryReason()
    {
        var all = Directory.GetDirectories(Repository.Path("scenarios")).SelectMany(folder => ScenarioFolder.Load(folder).Value.Expected).ToList();
        all.Select(expected => expected.Verdict).Distinct().Count().ShouldBe(5);
        var documented = File.ReadLines(Repository.Path("docs/formats/verdicts.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1]).ToList();
        documented.Count.ShouldBeGreaterThan(25);

        // What a filer says of a flight's course has no words in a timeline: FlightCourseTests shows those reasons.
        string[] ofTheCourse = ["flight.completed", "flight.consent-to-other-terms", "flight.superseded"];
        ofTheCourse.ShouldBeSubsetOf(documented);
        all.SelectMany(expected => expected.Reasons).Distinct().Order().ShouldBe(documented.Distinct().Except(ofTheCourse).Order());
        ScenarioFolder.Load(Repository.Path("scenarios/syria-2016")).Value.Notices.Count.ShouldBeGreaterThanOrEqualTo(30);
    }

    [Theory]
    [MemberData(nameof(AllScenarios))]
    [Trait("Requirement", "BND-1")]
    public void Scenario_NamesNothingToBeAttacked(string scenario)
    {
        var avoided = new Regex("target|strike|engage|weapon|munition|damage", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));
        foreach (var file in Directory.GetFiles(Repository.Path("scenarios/" + scenario), "*json", SearchOption.AllDirectories))
        {
            avoided.Matches(File.ReadAllText(file)).Select(match => match.Value).ShouldBeEmpty(file);
        }
    }

    private static ScenarioRecord Play(string scenario) => new(ScenarioFolder.Load(Repository.Path("scenarios/" + scenario)).Value, followsStandingVerdicts: true);
}
