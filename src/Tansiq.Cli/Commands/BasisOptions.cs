using System.CommandLine;
using Tansiq.Cli.Recording;
using Tansiq.Cli.Scenarios;
using Tansiq.Coordination;
using Tansiq.Geo.Text;

namespace Tansiq.Cli.Commands;

/// <summary>What an answer rests on: a scenario with its names, and the situation that is known.</summary>
/// <param name="Scenario">The scenario, or what stands for it in a record on disk.</param>
/// <param name="Situation">The situation.</param>
internal sealed record AnswerBasis(Scenario Scenario, Situation Situation);

/// <summary><c>--scenario DIR</c> or <c>--record DIR</c>: a scenario played in memory, or a record on disk.</summary>
internal sealed class BasisOptions
{
    private readonly Option<string?> _scenario = new("--scenario") { Description = "The folder of the scenario." };
    private readonly Option<string?> _record = new("--record") { Description = "The folder of a record on disk, instead of a scenario." };

    /// <summary>Adds the options to a command, which takes one of them.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_scenario);
        command.Options.Add(_record);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_scenario) is null == result.GetValue(_record) is null) result.AddError("Option '--scenario' or '--record' is required, and not both.");
        });
    }

    /// <summary>Reads the basis.</summary>
    /// <param name="result">The command's arguments.</param>
    /// <param name="knownAt">Known at, as the user wrote it; null for the newest.</param>
    /// <param name="command">The command's name, for refusals.</param>
    /// <returns>The basis; null where it was refused, which has been told.</returns>
    public AnswerBasis? Open(ParseResult result, string? knownAt, string command)
    {
        var error = result.InvocationConfiguration.Error;
        if (result.GetValue(_record) is { } folder) return RecordBasis.Open(folder, knownAt, command, error);
        var path = result.GetValue(_scenario)!;
        if (!ScenarioFolder.LoadRecord(path).TryGet(out var scenario, out var refusal)) return Refuse(error, path, refusal);
        return KnownAt.Situation(new ScenarioRecord(scenario), knownAt).TryGet(out var situation, out refusal) ? new(scenario, situation) : Refuse(error, command, refusal);
    }

    private static AnswerBasis? Refuse(TextWriter error, string place, Refusal refusal)
    {
        ExitCode.Refuse(error, place, refusal);
        return null;
    }
}
