using System.CommandLine;
using Tansiq.Cli.Importing;
using Tansiq.Geo.Text;

namespace Tansiq.Cli.Commands;

/// <summary><c>tansiq import airspace FILE --out DIR</c>: a scenario from what others drew.</summary>
internal sealed class ImportCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "A file of airspaces, also gzipped; - for standard input." };
    private readonly Option<string> _out = new("--out") { Description = "The folder to make; it must not exist, or be empty.", Required = true };
    private readonly Option<bool> _strict = new("--strict") { Description = "Write nothing if an airspace is refused." };

    private ImportCommand()
    {
    }

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var import = new ImportCommand();
        var airspace = new Command("airspace", "Make a scenario of a file of airspaces in which every area stands down everyone.") { import._file, import._out, import._strict };
        airspace.SetAction(import.Run);
        return new("import", "Make a scenario from another format.") { airspace };
    }

    private int Run(ParseResult result)
    {
        var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
        var (path, folder) = (result.GetRequiredValue(_file), result.GetRequiredValue(_out));
        if (NewFolder.WhyNot(folder) is { } refusal) return ExitCode.Refuse(error, folder, refusal);
        if (!AirspaceImport.Read(path, result.GetValue(_strict)).TryGet(out var import, out refusal)) return ExitCode.Refuse(error, path, refusal);
        try
        {
            if (import.Write(folder) is { } unfit) return ExitCode.Refuse(error, path, unfit);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return ExitCode.Refuse(error, folder, new("cli.cannot-write", "", JsonText.Shorten(exception.Message), "a place that can be written"));
        }

        foreach (var refused in import.Refusals) ExitCode.Refuse(error, path, refused);
        output.WriteLine(import.Summary(folder));
        return ExitCode.Done;
    }
}
