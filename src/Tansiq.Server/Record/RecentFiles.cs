using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Tansiq.Server.Record;

/// <summary>
/// The files that were asked for lately, by path, so that hot ones cost no look into the store. Two generations: what is asked for goes
/// into the younger; when that is full it becomes the older, and what was in the older and not asked for again is let go.
/// </summary>
/// <remarks>Thread-safe; reading takes no lock.</remarks>
/// <param name="maximumBytes">The most bytes of content of one generation.</param>
internal sealed class RecentFiles(long maximumBytes)
{
    // What a path and its places in the tables take beside the content.
    private const int OverheadBytes = 512;

    private readonly Lock _turning = new();
    private volatile Generation _young = new();
    private volatile Generation _old = new();

    /// <summary>How many files are held.</summary>
    public int Count => _young.Files.Count + _old.Files.Keys.Count(path => !_young.Files.ContainsKey(path));

    /// <summary>Gives a file that is held.</summary>
    public bool TryGet(string path, [MaybeNullWhen(false)] out ServedFile file)
    {
        if (_young.Files.TryGetValue(path, out file)) return true;
        if (!_old.Files.TryGetValue(path, out file)) return false;
        Keep(path, file);
        return true;
    }

    /// <summary>Holds a file.</summary>
    public void Keep(string path, ServedFile file)
    {
        var young = _young;
        if (!young.Files.TryAdd(path, file)) return;
        if (Interlocked.Add(ref young.Bytes, file.HeldBytes + OverheadBytes) < maximumBytes) return;
        lock (_turning)
        {
            if (!ReferenceEquals(young, _young)) return;
            _old = young;
            _young = new();
        }
    }

    private sealed class Generation
    {
        public long Bytes;

        public ConcurrentDictionary<string, ServedFile> Files { get; } = new(StringComparer.Ordinal);
    }
}
