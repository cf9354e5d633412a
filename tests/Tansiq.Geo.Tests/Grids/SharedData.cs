using System.IO.Compression;

namespace Tansiq.Geo.Tests.Grids;

/// <summary>Recorded data that is read in place and not copied into the project.</summary>
internal static class SharedData
{
    /// <summary>The lines of a gzipped file of the data folder; skips the test where it is not there.</summary>
    public static IEnumerable<string> Lines(string path)
    {
        var file = Path.Combine(Root(), "data", path);
        if (!File.Exists(file)) Assert.Skip($"{path} is not there: set TANSIQ_SHARED to the folder of shared data.");
        using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line) yield return line;
    }

    private static string Root()
    {
        if (Environment.GetEnvironmentVariable("TANSIQ_SHARED") is { Length: > 0 } named) return named;
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Tansiq.slnx"))) folder = folder.Parent;
        return Path.Combine(folder?.Parent?.FullName ?? "", "shared");
    }
}
