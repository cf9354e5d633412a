namespace Tansiq.Cli;

/// <summary>A file that is in its place whole or not at all: written beside it, flushed to the disk, then renamed.</summary>
internal sealed class AtomicFile : IDisposable
{
    private readonly string _path;
    private readonly string _temporaryPath;

    private AtomicFile(string path, string temporaryPath, FileStream stream)
    {
        _path = path;
        _temporaryPath = temporaryPath;
        Stream = stream;
    }

    /// <summary>Where to write.</summary>
    public FileStream Stream { get; }

    /// <summary>Begins a file.</summary>
    /// <exception cref="IOException">It can't be made there.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made there.</exception>
    public static AtomicFile Begin(string path)
    {
        var whole = Path.GetFullPath(path);
        var temporary = $"{whole}.{Environment.ProcessId}.part";
        return new(whole, temporary, new(temporary, FileMode.Create, FileAccess.Write));
    }

    /// <summary>Puts the file in its place.</summary>
    public void Complete()
    {
        Stream.Flush(flushToDisk: true);
        Stream.Dispose();
        File.Move(_temporaryPath, _path, overwrite: true);
    }

    /// <summary>Takes away what was not completed.</summary>
    public void Dispose()
    {
        Stream.Dispose();
        File.Delete(_temporaryPath);
    }
}
