using System.CommandLine;

namespace Tansiq.Cli.Recording;

/// <summary><c>tansiq record …</c>: the joint record (docs/integrators.md, The record).</summary>
internal static class RecordCommand
{
    /// <summary>The command.</summary>
    public static Command Create() => new("record", "The joint record: found it, append to it, show, verify, prove, export, follow and serve it.")
    {
        InitCommand.Create(), AppendCommand.Create(), ShowCommand.Create(), VerifyCommand.Create(), ProveCommand.Create(), ExportCommand.Create(), ImportCommand.Create(), ServeCommand.Create(),
    };

    /// <summary>Runs what may meet a disk or a source that fails; such a failure becomes one line.</summary>
    /// <param name="result">The command's arguments.</param>
    /// <param name="place">What the line begins with.</param>
    /// <param name="run">What runs; cancelled by Ctrl-C.</param>
    public static int Run(ParseResult result, string place, Func<CancellationToken, int> run)
    {
        var error = result.InvocationConfiguration.Error;
        using var interruption = Interruption.Listen();
        try
        {
            return run(interruption.Token);
        }
        catch (OperationCanceledException) when (interruption.RequestedExitCode is not null)
        {
            error.WriteLine(ExitCode.OneLine($"{place}: interrupted"));
            return interruption.RequestedExitCode ?? ExitCode.Fault;
        }
        catch (Exception exception) when (RecordFailure.Of(exception) is not null)
        {
            return ExitCode.Refuse(error, place, RecordFailure.Of(exception)!);
        }
    }
}
