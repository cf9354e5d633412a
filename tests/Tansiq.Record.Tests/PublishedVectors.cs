using System.Text.Json;

namespace Tansiq.Record.Tests;

/// <summary>Test vectors that others publish, read in place; what is absent skips the test.</summary>
internal static class PublishedVectors
{
    /// <summary>Each vector below a folder of the data, with its path.</summary>
    public static IEnumerable<(string Name, JsonElement Vector)> Below(string relative)
    {
        foreach (var path in Directory.EnumerateFiles(PathOf(relative), "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            yield return (path, document.RootElement.Clone());
        }
    }

    /// <summary>A file or folder of the data.</summary>
    public static string PathOf(string relative)
    {
        var root = Environment.GetEnvironmentVariable("TANSIQ_SHARED") ?? Path.Combine(RepositoryRoot.FullName, "..", "shared");
        var path = Path.Combine(root, "data", relative);
        if (!Path.Exists(path)) Assert.Skip($"shared/data/{relative} is not there");
        return path;
    }

    /// <summary>The folder of the solution, found upwards from the test.</summary>
    public static DirectoryInfo RepositoryRoot { get; } = Find();

    private static DirectoryInfo Find()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Tansiq.slnx"))) directory = directory.Parent;
        return directory.ShouldNotBeNull();
    }
}
