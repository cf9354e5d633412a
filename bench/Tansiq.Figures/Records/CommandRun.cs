using System.Diagnostics;
using System.Globalization;

namespace Tansiq.Figures.Records;

/// <summary>What a run of the command took, from its cold start to its end.</summary>
/// <param name="ExitCode">How it ended.</param>
/// <param name="Seconds">By the clock.</param>
/// <param name="MostMegabytes">The most memory that it held (the kernel's VmHWM).</param>
/// <param name="Output">What it wrote, errors after the rest.</param>
internal sealed record CommandRun(int ExitCode, double Seconds, double MostMegabytes, string Output)
{
    private const int LookEveryMilliseconds = 20;

    /// <summary>Runs the command as a process of its own.</summary>
    /// <param name="command">The program and the arguments that come first.</param>
    /// <param name="arguments">The other arguments.</param>
    public static CommandRun Of(IReadOnlyList<string> command, params string[] arguments)
    {
        var start = new ProcessStartInfo(command[0]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in command.Skip(1).Concat(arguments)) start.ArgumentList.Add(argument);
        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(start) ?? throw new InvalidOperationException("The command does not start.");
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        var most = 0.0;
        while (!process.WaitForExit(LookEveryMilliseconds)) most = Math.Max(most, MostMegabytesOf(process.Id));
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        process.WaitForExit();
        return new(process.ExitCode, seconds, most, output.GetAwaiter().GetResult() + error.GetAwaiter().GetResult());
    }

    private static double MostMegabytesOf(int process)
    {
        try
        {
            var line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/status")).FirstOrDefault(each => each.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : double.Parse(line.AsSpan(6).Trim()[..^3], CultureInfo.InvariantCulture) / 1024;
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return 0;
        }
    }
}
