using System.Globalization;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Languages;

namespace Tansiq.Cli.Tests.Exercise;

/// <summary><c>tansiq tour</c> on the worked example, in each language.</summary>
public sealed class TourTests
{
    public static TheoryData<string> AllLanguages => [.. Phrasebook.Languages];

    [Theory]
    [MemberData(nameof(AllLanguages))]
    [Trait("Requirement", "BND-4")]
    public void Tour_OfTheExample_SaysThatItIsAnExerciseAndThatAllIsAsExpected(string language)
    {
        var phrases = Phrasebook.For(language).Value;
        var (exit, output) = Run("--scenario", Repository.Path("scenarios/syria-2016"), "--language", language);
        exit.ShouldBe(0, output);
        output = output.Replace("\u200F", "", StringComparison.Ordinal);
        output.ShouldStartWith(phrases.Text("banner.exercise"));
        foreach (var kind in Enum.GetValues<VerdictKind>()) output.ShouldContain(phrases.Term(kind));
        foreach (var name in new[] { "enter", "leave", "appeared", "lost", "conforming", "nonconforming", "jump", "frozen" })
            output.Split('\n').ShouldContain(line => line.StartsWith("- ", StringComparison.Ordinal) && line.Contains(phrases.Text("replay.event." + name), StringComparison.Ordinal), name);
        output.ShouldContain(phrases.Text("boundary.observation"));
        output.ShouldContain("--known-at n01");
        output.Contains(phrases.Text("banner.machine-translation"), StringComparison.Ordinal).ShouldBe(language != "en");
    }

    [Fact]
    public void Tour_OfAnotherVerdictThanExpected_ShowsItAndFails()
    {
        using var folder = new Scenarios.SmallScenario();
        var (exit, output) = Run("--scenario", folder.Folder);
        exit.ShouldBe(1);
        output.ShouldContain("Verdicts other than expected: 1");
        output.ShouldContain("- n1: expected needs consent, joint-consent.other-date, found not covered");
        output.ShouldContain("This scenario has no exercise traffic.");
    }

    [Fact]
    public void Tour_WithoutAScenario_IsRefused() => Run("--scenario", Repository.Path("scenarios/none")).Exit.ShouldBe(2);

    private static (int Exit, string Output) Run(params string[] arguments)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        return (CommandLine.Run(["tour", .. arguments], output, TextWriter.Null), output.ToString());
    }
}
