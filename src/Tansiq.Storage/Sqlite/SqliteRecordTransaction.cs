using Tansiq.Record.Checkpoints;
using Tansiq.Record.Entries;
using Tansiq.Record.Logs;
using Tansiq.Record.Notes;

namespace Tansiq.Storage.Sqlite;

/// <summary>One step of growing a record. For one thread at a time; it holds the writer's turn until it is disposed.</summary>
internal sealed class SqliteRecordTransaction : IRecordTransaction
{
    // Besides the entries: the last page of each table, a tile in part, the head.
    private const int OverheadBytes = 5 * SqliteSchema.PageBytes;
    private readonly SqliteWriter _writer;
    private readonly long _first;
    private long _size;
    private long _bytes = OverheadBytes;
    private ReadOnlyMemory<byte>? _checkpoint;
    private bool _isDisposed;

    public SqliteRecordTransaction(SqliteWriter writer)
    {
        _writer = writer;
        _first = _size = writer.Head.Size;
        writer.BeginTransaction();
    }

    public void Add(ReadOnlyMemory<byte> entry, UInt128? identity)
    {
        if (entry.Length > Record.Tiles.EntryBundle.MaximumEntryBytes) throw new ArgumentOutOfRangeException(nameof(entry), entry.Length, "An entry has at most 65,535 bytes.");
        _writer.Guarded(() => _writer.Appending.Entry(_size, entry.Span, identity));
        _size++;
        _bytes += entry.Length;
    }

    public void AddAttachment(ReadOnlyMemory<byte> content)
    {
        _writer.Guarded(() => _writer.Appending.Attachment(AttachmentHash.Of(content.Span), content.Span));
        _bytes += content.Length;
    }

    public IEnumerable<ReadOnlyMemory<byte>> Added() => _writer.Appending.EntriesFrom(_first);

    public void Put(int level, long index, ReadOnlyMemory<byte> hashes) => _writer.Guarded(() => _writer.Appending.Put(level, index, hashes.Span));

    public void Put(ReadOnlyMemory<byte> checkpoint) => _checkpoint = checkpoint;

    public void Witness(string origin, ReadOnlyMemory<byte> note)
    {
        _writer.Guarded(() => _writer.Appending.Witness(origin, note.Span));
        _bytes += SqliteSchema.PageBytes;
    }

    public void Commit()
    {
        if (_checkpoint is not { } checkpoint) throw new InvalidOperationException("Entries are not committed without a checkpoint over them.");
        if (SizeOf(checkpoint) != _size) throw new InvalidOperationException($"The checkpoint is not over the {_size} entries.");
        _writer.Commit(_writer.Head with { Size = _size, Checkpoint = checkpoint.ToArray() }, _bytes);
    }

    public void Dispose()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        _writer.Leave();
    }

    private static long? SizeOf(ReadOnlyMemory<byte> note) =>
        SignedNote.Read(note).TryGet(out var read, out _) && Checkpoint.Parse(read.Text.Span).TryGet(out var checkpoint, out _) ? checkpoint.Size : null;
}
