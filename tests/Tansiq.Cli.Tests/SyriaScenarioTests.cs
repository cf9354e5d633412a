using Shouldly;
using Tansiq.Cli.Scenarios;
using Xunit;

namespace Tansiq.Cli.Tests;

/// <summary>The worked example: what the program says of each notice is what was expected of it before the program was.</summary>
public sealed class SyriaScenarioTests
{
    private static readonly Lazy<ScenarioRecord> Played = new(() =>
        new ScenarioRecord(ScenarioFolder.Load(Repository.Path("scenarios/syria-2016")).Value, followsStandingVerdicts: true));

    [Fact]
    [Trait("Requirement", "FLT-2")]
    public void EveryVerdict_IsAsExpectedBeforeTheCode()
    {
        var record = Played.Value;
        var differences = record.Scenario.Expected
            .SelectMany(expected => ScenarioRecord.Differences(expected, record.Decide(expected))
                .Select(difference => $"{expected.Notice} known at {expected.KnownAtEntry?.Value ?? expected.KnownAtTime?.ToString() ?? "end"} valid at {expected.ValidAt}: {difference}"))
            .ToList();
        differences.ShouldBeEmpty(string.Join('\n', differences));
        record.Scenario.Notices.Keys.Except(record.Scenario.Expected.Select(expected => expected.Notice)).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Requirement", "REC-7")]
    public void EveryStatement_IsAdmitted() =>
        Played.Value.Inert.Select(entry => $"{entry.Statement.Id}: {entry.Admission}").ShouldBeEmpty();
}
