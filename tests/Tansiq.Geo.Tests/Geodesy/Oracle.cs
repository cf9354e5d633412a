using System.Diagnostics;
using System.Globalization;

namespace Tansiq.Geo.Tests.Geodesy;

/// <summary>Debian's geographiclib-tools, one process for many lines; shares no code with Tansiq.Geo.</summary>
internal static class Oracle
{
    /// <summary>Gives the tool every line and returns one answer a line; skips the test where the tool is not installed.</summary>
    public static string[] Ask(string tool, string arguments, IReadOnlyCollection<string> lines)
    {
        var path = Path.Combine("/usr/bin", tool);
        if (!File.Exists(path)) Assert.Skip($"{tool} is not installed (Debian package geographiclib-tools).");
        var start = new ProcessStartInfo(path, arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        foreach (var line in lines) process.StandardInput.WriteLine(line);
        process.StandardInput.Close();
        var answers = output.GetAwaiter().GetResult().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        answers.Length.ShouldBe(lines.Count, $"{tool} {arguments}");
        return answers;
    }

    public static double[] Numbers(string line) =>
        [.. line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Number)];

    public static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
