using Tansiq.Coordination.Recording;
using Tansiq.Geo.Text;
using Tansiq.Record;
using Tansiq.Record.Logs;
using Tansiq.Storage.Sources;
using Tansiq.Storage.Sqlite;

namespace Tansiq.Cli.Recording;

/// <summary>Where a record is read from: a folder with a database of ours, a folder of tiles, or an address.</summary>
internal sealed class RecordPlace : IDisposable
{
    /// <summary>The name of the database in a record's folder.</summary>
    public const string DatabaseName = "record.sqlite";

    /// <summary>The name of the folder of snapshots in a record's folder.</summary>
    public const string SnapshotFolderName = "snapshots";

    private readonly IDisposable? _owned;

    private RecordPlace(IRecordSource source, IRecordStore? store, string? folder, IDisposable? owned)
    {
        Source = source;
        Store = store;
        Folder = folder;
        _owned = owned;
    }

    /// <summary>The record as a source.</summary>
    public IRecordSource Source { get; }

    /// <summary>The record as a store, where it is a database; else null.</summary>
    public IRecordStore? Store { get; }

    /// <summary>The folder of the database; null where it is none.</summary>
    public string? Folder { get; }

    /// <summary>Opens a record for reading, wherever it is.</summary>
    /// <param name="text">A folder with <see cref="DatabaseName"/>, a folder with <c>checkpoint</c>, or an address.</param>
    public static Parsed<RecordPlace> Open(string text)
    {
        if (IsAddress(text)) return HttpSource.Open(text).TryGet(out var http, out var fault) ? new RecordPlace(http, null, null, http) : fault.AsRefusal();
        if (File.Exists(Path.Combine(text, DatabaseName)))
        {
            if (!OpenStore(text, isWriting: false).TryGet(out var store, out var refusal)) return refusal;
            return new RecordPlace(new StoreSource(store, text), store, text, store);
        }

        if (File.Exists(Path.Combine(text, SourceLimits.CheckpointPath))) return new RecordPlace(new FolderSource(text), null, null, null);
        return new Refusal(RecordFaults.NotARecord, "", Directory.Exists(text) ? "a folder without a record" : "no folder", $"a folder with {DatabaseName}, a folder with {SourceLimits.CheckpointPath} and tiles, or an address");
    }

    /// <summary>A database that is open already; it stays the caller's.</summary>
    public static RecordPlace Of(IRecordStore store, string folder) => new(new StoreSource(store, folder), store, folder, owned: null);

    /// <summary>Opens the database in a record's folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="isWriting">Whether to write; nobody else may then.</param>
    public static Parsed<SqliteRecordStore> OpenStore(string folder, bool isWriting)
    {
        var path = Path.Combine(folder, DatabaseName);
        if (!File.Exists(path)) return new Refusal(RecordFaults.NotARecord, "", "no " + DatabaseName, "the folder of a record");
        return SqliteRecordStore.Open(path, readOnly: !isWriting).TryGet(out var store, out var fault) ? store : fault.AsRefusal();
    }

    /// <inheritdoc/>
    public void Dispose() => _owned?.Dispose();

    private static bool IsAddress(string text) =>
        text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
}
