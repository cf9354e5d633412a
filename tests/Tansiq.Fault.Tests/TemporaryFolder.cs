namespace Tansiq.Fault.Tests;

/// <summary>Folders that several tests share.</summary>
internal static class TemporaryFolder
{
    /// <summary>A new folder, removed when the tests end.</summary>
    public static string UntilExit(string prefix)
    {
        var folder = Directory.CreateTempSubdirectory(prefix).FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    }
}
