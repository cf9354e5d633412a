using Tansiq.Geo.Text;

namespace Tansiq.Cli.Importing;

/// <summary>A folder that is in its place whole or not at all: filled beside it, then renamed.</summary>
internal sealed class NewFolder : IDisposable
{
    private readonly string _path;

    private NewFolder(string path, string temporaryPath)
    {
        _path = path;
        TemporaryPath = temporaryPath;
    }

    /// <summary>Where to write until it is completed.</summary>
    public string TemporaryPath { get; }

    /// <summary>Why a folder can't be made at a path; null where it can, as far as is known before it is done.</summary>
    public static Refusal? WhyNot(string path)
    {
        const string expected = "a folder that is empty or not there";
        try
        {
            if (path.Length == 0) return new("cli.cannot-write", "", "nothing", expected);
            var whole = Whole(path);
            if (File.Exists(whole) || new FileInfo(whole).LinkTarget is not null) return new("cli.not-a-folder", "", "a file or a link", expected);
            if (Directory.Exists(whole) && Directory.EnumerateFileSystemEntries(whole).Any()) return new("cli.folder-not-empty", "", "a folder with something in it", expected);
            return Directory.Exists(Path.GetDirectoryName(whole)) ? null : new("cli.cannot-write", "", "no folder to make it in", expected);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new("cli.cannot-write", "", JsonText.Shorten(exception.Message), expected);
        }
    }

    /// <summary>Begins a folder.</summary>
    /// <exception cref="IOException">It can't be made there.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made there.</exception>
    public static NewFolder Begin(string path)
    {
        var whole = Whole(path);
        var temporary = $"{whole}.{Path.GetRandomFileName()}.part";
        Directory.CreateDirectory(temporary);
        return new(whole, temporary);
    }

    /// <summary>Puts the folder in its place; an empty one that is there makes room.</summary>
    public void Complete()
    {
        if (Directory.Exists(_path)) Directory.Delete(_path);
        Directory.Move(TemporaryPath, _path);
    }

    /// <summary>Takes away what was not completed.</summary>
    public void Dispose()
    {
        if (Directory.Exists(TemporaryPath)) Directory.Delete(TemporaryPath, recursive: true);
    }

    private static string Whole(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
}
