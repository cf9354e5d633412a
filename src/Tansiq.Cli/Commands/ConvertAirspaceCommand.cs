using System.CommandLine;
using Tansiq.Cli.Importing;
using Tansiq.Feeds.Writing;
using Tansiq.Geo.Text;

namespace Tansiq.Cli.Commands;

/// <summary><c>tansiq convert airspace FILE --to FORMAT --out FILE</c>.</summary>
internal sealed class ConvertAirspaceCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "A file of airspaces, also gzipped; - for standard input." };
    private readonly Option<string> _to = ConvertCommand.To();
    private readonly Option<string> _out = ConvertCommand.Out();
    private readonly Option<bool> _strict = new("--strict") { Description = "Write nothing if an airspace is refused." };

    private ConvertAirspaceCommand()
    {
    }

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var convert = new ConvertAirspaceCommand();
        var command = new Command("airspace", "Write airspaces in another format.") { convert._file, convert._to, convert._out, convert._strict };
        command.SetAction(convert.Run);
        return command;
    }

    private int Run(ParseResult result)
    {
        var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
        var (path, written) = (result.GetRequiredValue(_file), result.GetRequiredValue(_out));
        if (!AirspaceImport.Read(path, result.GetValue(_strict)).TryGet(out var import, out var refusal)) return ExitCode.Refuse(error, path, refusal);
        try
        {
            using var file = AtomicFile.Begin(written);
            AirspaceWriter.Write(file.Stream, ConvertCommand.Format(result.GetRequiredValue(_to)), import.Airspaces);
            file.Complete();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return ExitCode.Refuse(error, written, new("cli.cannot-write", "", JsonText.Shorten(exception.Message), "a place that can be written"));
        }

        foreach (var refused in import.Refusals) ExitCode.Refuse(error, path, refused);
        output.WriteLine(import.Summary(written));
        return ExitCode.Done;
    }
}
