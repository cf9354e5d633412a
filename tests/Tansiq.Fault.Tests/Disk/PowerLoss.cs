namespace Tansiq.Fault.Tests.Disk;

/// <summary>
/// What a folder holds after the power is lost: what was synced for sure, and of the rest nothing, or any part that chance
/// leaves. The disk keeps any of a file's unsynced sectors in any of their states, and any beginning of the unsynced changes
/// of names, in the order of a file system's journal. A new name is safe once its folder is synced; the file's own sync
/// does not do it (POSIX asks no more; most file systems do).
/// </summary>
internal sealed class PowerLoss
{
    private readonly Dictionary<string, DiskFile> _names;
    private readonly Dictionary<string, DiskFile> _namesBefore;
    private readonly Dictionary<ulong, DiskFile> _files = [];
    private readonly List<Action<Dictionary<string, DiskFile>>> _changes = [];
    private int _certainChanges;

    private PowerLoss(IReadOnlyDictionary<string, byte[]> before)
    {
        _namesBefore = before.ToDictionary(file => file.Key, file => new DiskFile(file.Value), StringComparer.Ordinal);
        _names = new Dictionary<string, DiskFile>(_namesBefore, StringComparer.Ordinal);
    }

    /// <summary>The files of a folder by their path; the memory that SQLite's processes share is none.</summary>
    public static Dictionary<string, byte[]> FilesOf(string folder) =>
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(path => !path.EndsWith("-shm", StringComparison.Ordinal))
            .ToDictionary(path => path, File.ReadAllBytes, StringComparer.Ordinal);

    /// <summary>Leaves in a folder what a loss of power leaves there.</summary>
    /// <param name="folder">The folder; no program uses it any more.</param>
    /// <param name="before">Its files when the journal began, all of them on the disk.</param>
    /// <param name="journal">What was done to it since.</param>
    /// <param name="chance">Chooses what else is left; null for as little as can be.</param>
    public static void Strike(string folder, IReadOnlyDictionary<string, byte[]> before, IEnumerable<DiskOperation> journal, Random? chance)
    {
        var left = Left(before, journal, chance);
        foreach (var path in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
        {
            if (!left.ContainsKey(path)) File.Delete(path);
        }

        foreach (var (path, bytes) in left) Put(path, bytes);
    }

    /// <summary>The files that are left, by their path.</summary>
    public static Dictionary<string, byte[]> Left(IReadOnlyDictionary<string, byte[]> before, IEnumerable<DiskOperation> journal, Random? chance)
    {
        var disk = new PowerLoss(before);
        foreach (var operation in journal) disk.Apply(operation);
        var names = disk._namesBefore;
        var kept = chance?.Next(disk._certainChanges, disk._changes.Count + 1) ?? disk._certainChanges;
        foreach (var change in disk._changes.Take(kept)) change(names);
        return names.ToDictionary(name => name.Key, name => name.Value.Left(chance), StringComparer.Ordinal);
    }

    private void Apply(DiskOperation operation)
    {
        switch (operation.Kind)
        {
            case DiskOperationKind.Opened:
                _files[operation.File] = _names[operation.Paths[0]];
                break;
            case DiskOperationKind.Created:
                var created = _files[operation.File] = new DiskFile([]);
                ChangeNames(names => names[operation.Paths[0]] = created);
                break;
            case DiskOperationKind.Written:
                _files[operation.File].Write(operation.Offset, operation.Bytes);
                break;
            case DiskOperationKind.Length:
                _files[operation.File].SetLength(operation.Offset);
                break;
            case DiskOperationKind.Synced:
                _files[operation.File].Sync();
                break;
            case DiskOperationKind.SyncFailed:
                _files.GetValueOrDefault(operation.File)?.FailSync();
                break;
            case DiskOperationKind.FolderSynced:
                _certainChanges = _changes.Count;
                break;
            case DiskOperationKind.Removed:
                ChangeNames(names => names.Remove(operation.Paths[0]));
                break;
            case DiskOperationKind.Renamed:
                ChangeNames(names => Rename(names, operation.Paths[0], operation.Paths[1]));
                break;
            case DiskOperationKind.Linked:
                ChangeNames(names => names[operation.Paths[1]] = names[operation.Paths[0]]);
                break;
            case DiskOperationKind.Fault:
                break;
            default:
                throw new InvalidOperationException($"The journal holds an operation of unknown kind: {operation.Kind}.");
        }
    }

    private void ChangeNames(Action<Dictionary<string, DiskFile>> change)
    {
        change(_names);
        _changes.Add(change);
    }

    private static void Rename(Dictionary<string, DiskFile> names, string from, string to)
    {
        names[to] = names[from];
        names.Remove(from);
    }

    // Over a file that is there: it keeps its owner and permissions, as on a disk.
    private static void Put(string path, byte[] bytes)
    {
        using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite);
        file.SetLength(bytes.Length);
        file.Write(bytes);
    }
}
