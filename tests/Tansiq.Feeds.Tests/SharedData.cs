using System.Diagnostics;

namespace Tansiq.Feeds.Tests;

/// <summary>Recorded data that is read in place, and the Debian tools that check it; what is absent skips the test.</summary>
internal static class SharedData
{
    private const string Python = "/usr/bin/python3";

    /// <summary>A file of the data folder.</summary>
    public static string PathOf(string relative)
    {
        var root = Environment.GetEnvironmentVariable("TANSIQ_SHARED") ?? Beside(AppContext.BaseDirectory);
        var path = root is null ? "" : Path.Combine(root, "data", relative);
        if (!Path.Exists(path)) Assert.Skip($"shared/data/{relative} is not there");
        return path;
    }

    /// <summary>A file of this repository.</summary>
    public static string RepositoryPathOf(string relative) => Path.Combine(RootAbove(AppContext.BaseDirectory)!.FullName, relative);

    /// <summary>What a Python program writes to its standard output.</summary>
    public static string RunPython(string program, params string[] arguments)
    {
        if (!File.Exists(Python)) Assert.Skip("Debian's python3 is not there");
        var start = new ProcessStartInfo(Python) { RedirectStandardOutput = true, UseShellExecute = false, ArgumentList = { "-c", program } };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0);
        return output;
    }

    /// <summary>Runs Debian's ogr2ogr (gdal-bin).</summary>
    public static void RunOgr(params string[] arguments)
    {
        const string ogr = "/usr/bin/ogr2ogr";
        if (!File.Exists(ogr)) Assert.Skip("Debian's ogr2ogr is not there");
        using var process = Process.Start(ogr, arguments);
        process.WaitForExit();
        process.ExitCode.ShouldBe(0);
    }

    private static string? Beside(string start) =>
        RootAbove(start) is { Parent: { } parent } ? Path.Combine(parent.FullName, "shared") : null;

    private static DirectoryInfo? RootAbove(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Tansiq.slnx"))) return folder;
        }

        return null;
    }
}
