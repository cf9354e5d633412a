using System.CommandLine;
using Tansiq.Cli.Commands;

namespace Tansiq.Cli;

/// <summary>The <c>tansiq</c> command.</summary>
internal static class CommandLine
{
    /// <summary>Runs the command.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="output">Where answers go.</param>
    /// <param name="error">Where refusals and faults go, one line each.</param>
    /// <returns>The exit code (<see cref="ExitCode"/>).</returns>
    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        var root = new RootCommand("Tansiq: coordination of flights between parties.")
        {
            CheckCommand.Create(), DecideCommand.Create(), ImportCommand.Create(), ReplayCommand.Create(), TrafficCommand.Create(), TourCommand.Create(),
            ConvertCommand.Create(), Recording.RecordCommand.Create(), BenchCommand.Create(), KeyCommand.Create(),
            Nodes.InitCommand.Create(), Nodes.Joining.JoinCommand.Create(), Nodes.ServeCommand.Create(), Nodes.AccountCommand.Create(), Nodes.Demo.DemoCommand.Create(), Nodes.BackupCommand.Create(), Nodes.RestoreCommand.Create(),
            Nodes.Succeeding.SuccessionCommand.Create(),
        };
        var parsed = root.Parse(arguments);
        if (parsed.Errors is [var first, ..])
        {
            error.WriteLine(ExitCode.OneLine($"tansiq: {first.Message} Try tansiq --help."));
            return ExitCode.BadInput;
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
#pragma warning disable CA1031 // The last resort: whatever went wrong is a fault of the program and ends it with one line.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            error.WriteLine(ExitCode.OneLine($"tansiq: a fault of the program: {exception.GetType().Name}: {exception.Message}"));
            return ExitCode.Fault;
        }
    }
}
