namespace Tansiq.Coordination.Tests;

/// <summary>The folder of the solution, found upwards from the test.</summary>
internal static class RepositoryRoot
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(System.IO.Path.Combine(directory.FullName, "Tansiq.slnx"))) directory = directory.Parent;
        return directory.ShouldNotBeNull().FullName;
    }
}
