namespace Tansiq.Geo.Tests.Outlines;

/// <summary>Where the recorded geometry cases are; a test that does not find them is skipped.</summary>
internal static class GeometryFiles
{
    /// <summary>The folder that holds Tansiq.slnx.</summary>
    public static string RepositoryRoot { get; } = FindRepositoryRoot();

    /// <summary>A folder below <c>data/geometry</c> of the shared data.</summary>
    public static string Folder(string name)
    {
        var shared = Environment.GetEnvironmentVariable("TANSIQ_SHARED") ?? Path.Combine(RepositoryRoot, "..", "shared");
        var folder = Path.Combine(shared, "data", "geometry", name);
        if (!Directory.Exists(folder)) Assert.Skip($"The shared data is not here (data/geometry/{name}; TANSIQ_SHARED names its folder).");
        return folder;
    }

    private static string FindRepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Tansiq.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("Tansiq.slnx is above the tests.");
    }
}
