using System.Text;

namespace Tansiq.Cli.Tests.Importing;

/// <summary>A temporary folder with a file of airspaces in it, and what the command says when it imports that.</summary>
internal sealed class ImportFolder : IDisposable
{
    public const string Head = "AC D\nAN TEST\nAL GND\nAH FL100\n";

    public const string Triangle = "DP 46:00:00 N 008:00:00 E\nDP 46:00:00 N 008:06:00 E\nDP 46:06:00 N 008:06:00 E\n";

    public ImportFolder(string openAir)
    {
        File = Path.Combine(Folder, "area.txt");
        System.IO.File.WriteAllText(File, openAir, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("tansiq-import-").FullName;

    public string File { get; }

    public string Out => Path.Combine(Folder, "scenario");

    /// <summary>Everything that lies in the folder; a half-written scenario would.</summary>
    public IEnumerable<string> Entries => Directory.EnumerateFileSystemEntries(Folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    public static (int Exit, string Output, string Error) Run(params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var exit = CommandLine.Run(arguments, output, error);
        return (exit, output.ToString(), error.ToString());
    }

    public (int Exit, string Output, string Error) Import(params string[] options) => Run(["import", "airspace", File, "--out", Out, .. options]);

    public string Read(string name) => System.IO.File.ReadAllText(Path.Combine(Out, name));

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
