using System.Buffers.Binary;
using Tansiq.Record.Entries;

namespace Tansiq.Storage.Sqlite;

/// <summary>The statements by which a record grows, kept prepared on the connection that writes.</summary>
internal sealed class SqliteAppending(SqliteDatabase database) : IDisposable
{
    private const int IdentityBytes = 16;
    private readonly SqliteStatement _entry = database.Prepare("INSERT INTO entry (number, bytes) VALUES (?1, ?2)");
    private readonly SqliteStatement _identity = database.Prepare("INSERT INTO identity (number, value) VALUES (?1, ?2)");
    private readonly SqliteStatement _tile = database.Prepare("INSERT INTO tile (place, hashes) VALUES (?1, ?2) ON CONFLICT (place) DO UPDATE SET hashes = excluded.hashes");
    private readonly SqliteStatement _attachment = database.Prepare("INSERT INTO attachment (hash, content) VALUES (?1, ?2) ON CONFLICT (hash) DO NOTHING");
    private readonly SqliteStatement _witness = database.Prepare("INSERT INTO witnessed (origin, note) VALUES (?1, ?2) ON CONFLICT (origin) DO UPDATE SET note = excluded.note");
    private readonly SqliteStatement _added = database.Prepare("SELECT bytes FROM entry WHERE number >= ?1 ORDER BY number");

    public void Entry(long number, ReadOnlySpan<byte> bytes, UInt128? identity)
    {
        _entry.Bind(1, number).Bind(2, bytes).Run();
        _identity.Bind(1, number);
        if (identity is { } value)
        {
            Span<byte> written = stackalloc byte[IdentityBytes];
            BinaryPrimitives.WriteUInt128BigEndian(written, value);
            _identity.Bind(2, written).Run();
        }
        else
        {
            _identity.BindNull(2).Run();
        }
    }

    public void Attachment(AttachmentHash hash, ReadOnlySpan<byte> content) => _attachment.Bind(1, Convert.FromHexString(hash.Hex)).Bind(2, content).Run();

    public IEnumerable<ReadOnlyMemory<byte>> EntriesFrom(long number)
    {
        _added.Bind(1, number);
        try
        {
            while (_added.Step()) yield return _added.Bytes(0).ToArray();
        }
        finally
        {
            _added.Reset();
        }
    }

    public void Put(int level, long index, ReadOnlySpan<byte> hashes) => _tile.Bind(1, SqliteSchema.Place(level, index)).Bind(2, hashes).Run();

    public void Witness(string origin, ReadOnlySpan<byte> note) => _witness.Bind(1, origin).Bind(2, note).Run();

    public void Dispose()
    {
        foreach (var statement in (SqliteStatement[])[_entry, _identity, _tile, _attachment, _witness, _added]) statement.Dispose();
    }
}
