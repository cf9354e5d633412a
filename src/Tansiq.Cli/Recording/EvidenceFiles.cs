using Tansiq.Record.Logs;

namespace Tansiq.Cli.Recording;

/// <summary>Writes evidence as files, byte for byte as it came, with the fault beside it.</summary>
internal static class EvidenceFiles
{
    private const string FaultName = "fault.txt";

    /// <summary>Writes into a folder, which is made where it is not there.</summary>
    public static void Write(string folder, Evidence evidence)
    {
        Directory.CreateDirectory(folder);
        Write(Path.Combine(folder, FaultName), System.Text.Encoding.UTF8.GetBytes(ExitCode.OneLine(evidence.Fault.ToString()) + "\n"));
        foreach (var (name, content) in evidence.Files) Write(Path.Combine(folder, PlainName(name)), content.Span);
    }

    // A name like tile/0/x001/067 stays in the folder.
    private static string PlainName(string name) => string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' ? letter : '-')).TrimStart('.');

    private static void Write(string path, ReadOnlySpan<byte> content)
    {
        using var file = AtomicFile.Begin(path);
        file.Stream.Write(content);
        file.Complete();
    }
}
