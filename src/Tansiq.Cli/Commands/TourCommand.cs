using System.CommandLine;
using Tansiq.Cli.Exercise;
using Tansiq.Cli.Scenarios;

namespace Tansiq.Cli.Commands;

/// <summary><c>tansiq tour</c>: decides a scenario's notices and replays its exercise traffic.</summary>
internal static class TourCommand
{
    private const string DefaultScenario = "scenarios/syria-2016";

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var scenario = new Option<string?>("--scenario") { Description = $"The folder of the scenario; {DefaultScenario} if not given." };
        var language = Options.Language();
        var command = new Command("tour", "Decide a scenario's notices, replay its exercise traffic, and say what to try next.") { scenario, language };
        command.SetAction(result =>
        {
            var configuration = result.InvocationConfiguration;
            var home = Environment.GetEnvironmentVariable("TANSIQ_HOME");
            var folder = result.GetValue(scenario) ?? Path.GetRelativePath(Environment.CurrentDirectory, Path.Combine(home ?? "", DefaultScenario));
            if (!ScenarioFolder.Load(folder).TryGet(out var loaded, out var refusal)) return ExitCode.Refuse(configuration.Error, folder, refusal);
            var words = result.GetRequiredValue(language);
            var report = new DemoReport(DirectedLines.For(configuration.Output, Languages.Phrases(words).IsRightToLeft), Languages.Phrases(words), Languages.Sentences(loaded, words));
            var program = home is null ? "tansiq" : Path.Combine(Path.GetRelativePath(Environment.CurrentDirectory, home), "run");
            return report.Write(loaded, folder, program) ? ExitCode.Done : ExitCode.Fault;
        });
        return command;
    }
}
