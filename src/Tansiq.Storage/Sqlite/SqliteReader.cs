using System.Buffers;
using Tansiq.Record.Logs;
using Tansiq.Record.Tiles;

namespace Tansiq.Storage.Sqlite;

/// <summary>A connection that reads, with its statements. Each question is answered from one committed state. For one thread at a time.</summary>
internal sealed class SqliteReader(SqliteDatabase database) : IDisposable
{
    private readonly SqliteStatement _entries = database.Prepare("SELECT number, bytes FROM entry WHERE number >= ?1 AND number < ?2 ORDER BY number");
    private readonly SqliteStatement _identities = database.Prepare("SELECT number, value FROM identity WHERE number >= ?1 AND number < ?2 ORDER BY number");
    private readonly SqliteStatement _tile = database.Prepare("SELECT hashes FROM tile WHERE place = ?1");
    private readonly SqliteStatement _head = database.Prepare("SELECT origin, size, checkpoint, joint, joint_size FROM head");

    public SqliteDatabase Database => database;

    public SqliteHead Head()
    {
        if (!_head.Step()) throw new RecordStoreException($"{database.Path}: the head is missing.", isFull: false);
        var head = new SqliteHead(_head.Text(0), _head.Long(1), BytesOf(_head, 2), BytesOf(_head, 3), _head.Long(4));
        _head.Reset();
        return head;
    }

    /// <summary>The entries from a number on: as many as are less than a bound, but not many more bytes than another.</summary>
    public List<ReadOnlyMemory<byte>> Entries(long from, long until, int enoughBytes)
    {
        var entries = new List<ReadOnlyMemory<byte>>((int)Math.Min(until - from, Record.Tiles.Tile.FullWidth));
        var bytes = 0L;
        _entries.Bind(1, from).Bind(2, until);
        while (bytes < enoughBytes && Next(_entries, from + entries.Count, until))
        {
            entries.Add(_entries.Bytes(1).ToArray());
            bytes += entries[^1].Length;
        }

        _entries.Reset();
        return entries;
    }

    public byte[] Bundle(long from, long until)
    {
        var bundle = new ArrayBufferWriter<byte>();
        _entries.Bind(1, from).Bind(2, until);
        for (var number = from; Next(_entries, number, until); number++) EntryBundle.Write(bundle, _entries.Bytes(1));
        return bundle.WrittenSpan.ToArray();
    }

    public UInt128?[] Identities(long from, long until)
    {
        var identities = new UInt128?[until - from];
        _identities.Bind(1, from).Bind(2, until);
        for (var number = from; Next(_identities, number, until); number++)
            identities[number - from] = _identities.IsNull(1) ? null : System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(_identities.Bytes(1));
        return identities;
    }

    /// <summary>The hashes of a tile as far as it is filled; null where there is none.</summary>
    public byte[]? Tile(int level, long index)
    {
        var hashes = _tile.Bind(1, SqliteSchema.Place(level, index)).Step() ? _tile.Bytes(0).ToArray() : null;
        _tile.Reset();
        return hashes;
    }

    public void Dispose()
    {
        _entries.Dispose();
        _identities.Dispose();
        _tile.Dispose();
        _head.Dispose();
        database.Dispose();
    }

    // A hole in the row of numbers is a broken disk, not a shorter record.
    private bool Next(SqliteStatement rows, long expected, long until)
    {
        if (expected < until && rows.Step() && rows.Long(0) == expected) return true;
        rows.Reset();
        return expected == until ? false : throw new RecordStoreException($"{database.Path}: entry {expected} is missing.", isFull: false);
    }

    private static ReadOnlyMemory<byte>? BytesOf(SqliteStatement row, int column) => row.IsNull(column) ? null : (ReadOnlyMemory<byte>?)row.Bytes(column).ToArray();
}

/// <summary>What a record is at one size, as the database has it. The default of the checkpoints is that there is none.</summary>
internal sealed record SqliteHead(string Origin, long Size, ReadOnlyMemory<byte>? Checkpoint, ReadOnlyMemory<byte>? Joint, long JointSize);
