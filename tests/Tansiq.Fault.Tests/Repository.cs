namespace Tansiq.Fault.Tests;

/// <summary>Where the repository lies that the tests were built from.</summary>
internal static class Repository
{
    /// <summary>The folder that holds Tansiq.slnx.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "Tansiq.slnx"))) return directory.FullName;
        }

        throw new InvalidOperationException("The tests do not run from inside the repository.");
    }
}
