using SQLitePCL;
using Tansiq.Record;
using Tansiq.Record.Entries;
using Tansiq.Record.Logs;
using Tansiq.Record.Notes;
using Tansiq.Record.Tiles;

namespace Tansiq.Storage.Sqlite;

/// <summary>A record in one SQLite file. One process writes it, any number read it meanwhile.</summary>
/// <remarks>
/// Committed means on the disk: the write-ahead log is synced at each commit. Methods that write wait for an open transaction to end, so none
/// of them may be called by who holds one.
/// </remarks>
public sealed partial class SqliteRecordStore : IRecordStore
{
    private const int ChunkBytes = 1024 * 1024;
    private const int ChunkIdentities = 4_096;
    private readonly SqliteReaders _readers;
    private readonly SqliteWriter? _writer;
    private bool _isDisposed;

    private SqliteRecordStore(SqliteReaders readers, SqliteWriter? writer, string origin) => (_readers, _writer, Origin) = (readers, writer, origin);

    /// <inheritdoc/>
    public string Origin { get; }

    /// <inheritdoc/>
    public long Size => Head().Size;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? Checkpoint => Head().Checkpoint;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? JointCheckpoint => Head().Joint;

    /// <summary>Makes a record without entries and opens it for writing.</summary>
    /// <param name="path">The file; nothing may be there yet.</param>
    /// <param name="origin">The log's origin: the name of its key.</param>
    /// <returns>The record; <see cref="RecordFaults.NotARecord"/> where something is there; <see cref="RecordFaults.Locked"/>.</returns>
    /// <exception cref="RecordStoreException">The disk failed.</exception>
    public static Checked<SqliteRecordStore> Create(string path, string origin)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!KeyName.IsValid(origin)) throw new ArgumentException("Not a name of a log.", nameof(origin));
        if (!WriterLock.Take(path).TryGet(out var held, out var fault)) return fault;
        if (File.Exists(path) || Directory.Exists(path))
        {
            held.Dispose();
            return new Fault(RecordFaults.NotARecord, path, "a file", "nothing, where a record begins");
        }

        return Owning(held, () =>
        {
            using (var database = SqliteDatabase.OpenCreating(path)) SqliteSchema.Create(database, origin);
            return OpenHeld(path, held);
        });
    }

    /// <summary>Opens a record.</summary>
    /// <param name="path">The file.</param>
    /// <param name="readOnly">Whether only to read; that works beside a writer, and on a disk that takes no writes.</param>
    /// <returns>
    /// The record; <see cref="RecordFaults.Missing"/>, <see cref="RecordFaults.NotARecord"/>, <see cref="RecordFaults.NewerFormat"/>; when writing
    /// <see cref="RecordFaults.Locked"/>.
    /// </returns>
    /// <exception cref="RecordStoreException">The disk failed.</exception>
    public static Checked<SqliteRecordStore> Open(string path, bool readOnly = false)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!File.Exists(path)) return new Fault(RecordFaults.Missing, path, "nothing", "a record");
        if (readOnly) return OpenReading(path);
        return WriterLock.Take(path).TryGet(out var held, out var fault) ? Owning(held, () => OpenHeld(path, held)) : fault;
    }

    /// <inheritdoc/>
    public IEnumerable<ReadOnlyMemory<byte>> Entries(long from, long until)
    {
        CheckRange(from, until);
        return Chunks();

        IEnumerable<ReadOnlyMemory<byte>> Chunks()
        {
            while (from < until)
            {
                var entries = _readers.With(reader => reader.Entries(from, until, ChunkBytes));
                from += entries.Count;
                foreach (var entry in entries) yield return entry;
            }
        }
    }

    /// <inheritdoc/>
    public IEnumerable<UInt128?> Identities(long from, long until)
    {
        CheckRange(from, until);
        return Chunks();

        IEnumerable<UInt128?> Chunks()
        {
            for (; from < until; from = Math.Min(until, from + ChunkIdentities))
            {
                foreach (var identity in _readers.With(reader => reader.Identities(from, Math.Min(until, from + ChunkIdentities)))) yield return identity;
            }
        }
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? Tile(Tile tile)
    {
        if (tile.IsEntries) return Bundle(tile);
        var bytes = tile.Width * Record.Merkle.MerkleHash.Length;
        if (_readers.With(reader => reader.Tile(tile.Level, tile.Index)) is { } hashes && hashes.Length >= bytes) return hashes.AsMemory(0, bytes);
        return null;
    }

    /// <inheritdoc/>
    public IRecordTransaction Begin() => Writer.Begin();

    /// <summary>Gives the lock back and brings everything into the one file.</summary>
    public void Dispose()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        _readers.Dispose();
        _writer?.Dispose();
    }

    /// <summary>Makes the next commits fail for want of room, as a full disk does: for tests.</summary>
    internal void LimitPages(long pages) => Writer.Database.Execute($"PRAGMA max_page_count = {pages}");

    private SqliteWriter Writer => _writer ?? throw new InvalidOperationException("The record is open for reading only.");

    private SqliteHead Head() => _writer?.Head ?? _readers.With(reader => reader.Head());

    private ReadOnlyMemory<byte>? Bundle(Tile tile)
    {
        var size = Size;
        if (tile.Index > size / Record.Tiles.Tile.FullWidth) return null;
        var first = tile.Index * Record.Tiles.Tile.FullWidth;
        if (first + tile.Width > size) return null;
        return _readers.With(reader => reader.Bundle(first, first + tile.Width));
    }

    private static Checked<SqliteRecordStore> OpenReading(string path)
    {
        Func<SqliteDatabase> open = () => SqliteDatabase.OpenReading(path);
        using (var database = open())
        {
            try
            {
                if (SqliteSchema.Check(database) is { } fault) return fault;
            }
            catch (RecordStoreException) when (!File.Exists(path + "-wal"))
            {
                // SQLite wants to make files beside the record and may not. Without a log beside it the file is whole.
                open = () => SqliteDatabase.OpenImmutable(path);
                using var immutable = open();
                if (SqliteSchema.Check(immutable) is { } fault) return fault;
            }
        }

        var readers = new SqliteReaders(open);
        return new SqliteRecordStore(readers, writer: null, readers.With(reader => reader.Head()).Origin);
    }

    private static Checked<SqliteRecordStore> OpenHeld(string path, WriterLock held)
    {
        if (SqliteSchema.Check(path) is { } fault) return fault;
        if (CopyAll(path) is { } busy) return busy;
        var readers = new SqliteReaders(() => SqliteDatabase.OpenReading(path));
        var writer = new SqliteWriter(path, held);
        return new SqliteRecordStore(readers, writer, writer.Head.Origin);
    }

    // A commit whose sync failed may stand in the write-ahead log as far as the kernel shows it to us, and yet not be on the disk: after an error
    // the kernel may call the pages clean, and a second sync succeed. Who opened such a log would take the entries for committed. So all of it
    // is written again, into the database, and that is synced, before anything is read from it.
    private static Fault? CopyAll(string path)
    {
        using var database = SqliteDatabase.OpenWriting(path);
        return database.Checkpoint(raw.SQLITE_CHECKPOINT_TRUNCATE) is { } log && log.Pages == log.Copied
            ? null
            : new Fault(RecordFaults.Locked, database.Path, "a reader that does not end", "readers that let the record be opened");
    }

    private static Checked<SqliteRecordStore> Owning(WriterLock held, Func<Checked<SqliteRecordStore>> open)
    {
        var isOpen = false;
        try
        {
            var store = open();
            isOpen = store.Fault is null;
            return store;
        }
        finally
        {
            if (!isOpen) held.Dispose();
        }
    }

    private void CheckRange(long from, long until)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from, until);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(until, Size);
    }
}
