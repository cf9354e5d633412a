using System.CommandLine;
using Tansiq.Cli.Scenarios;

namespace Tansiq.Cli.Commands;

/// <summary><c>tansiq check DIR</c>: is this scenario well formed.</summary>
internal static class CheckCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var directory = new Argument<string>("DIR") { Description = "The folder of a scenario." };
        var command = new Command("check", "Say whether a scenario is well formed, or the first thing that is not.") { directory };
        command.SetAction(result =>
        {
            var path = result.GetRequiredValue(directory);
            var configuration = result.InvocationConfiguration;
            if (!ScenarioFolder.Load(path).TryGet(out var scenario, out var refusal))
                return ExitCode.Refuse(configuration.Error, path, refusal);
            configuration.Output.WriteLine(Summary(path, scenario));
            return ExitCode.Done;
        });
        return command;
    }

    private static string Summary(string path, Scenario scenario) => FormattableString.Invariant(
        $"{ExitCode.OneLine(path)}: well formed: {scenario.Agreement.Clauses.Length} clauses, {scenario.Agreement.Areas.Length} areas, {scenario.Sites.Count} sites, {scenario.ControlMaps.Count} control maps, {scenario.Notices.Count} notices, {scenario.Statements().Count} statements, {scenario.Expected.Length} expected verdicts");
}
