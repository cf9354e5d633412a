using Tansiq.Record;
using Tansiq.Record.Logs;

namespace Tansiq.Storage.Sqlite;

/// <summary>The tables of a record, and how a file is known to have them (docs/formats/record-database.md).</summary>
internal static class SqliteSchema
{
    /// <summary>The version that this program writes: SQLite's user_version.</summary>
    public const int Version = 1;

    /// <summary>Pages that hold entries of the usual 450 bytes, and tiles of 8,192, with little left over.</summary>
    public const int PageBytes = 8_192;

    // "Tnsq": SQLite's application_id.
    private const int ApplicationId = 0x546e7371;

    // All that grows has its key in the order in which it comes, so that pages fill up and only the last of each table is written again.
    // Identities have a table of their own: opening reads them all, and not the entries.
    private const string Tables = """
        CREATE TABLE head (id INTEGER PRIMARY KEY CHECK (id = 0), origin TEXT NOT NULL, size INTEGER NOT NULL, checkpoint BLOB, joint BLOB, joint_size INTEGER NOT NULL) STRICT;
        CREATE TABLE entry (number INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
        CREATE TABLE identity (number INTEGER PRIMARY KEY, value BLOB) STRICT;
        CREATE TABLE tile (place INTEGER PRIMARY KEY, hashes BLOB NOT NULL) STRICT;
        CREATE TABLE attachment (id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, content BLOB NOT NULL) STRICT;
        CREATE TABLE witnessed (origin TEXT PRIMARY KEY, note BLOB NOT NULL) STRICT;
        CREATE TABLE evidence (id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, code TEXT NOT NULL, place TEXT NOT NULL, found TEXT NOT NULL, expected TEXT NOT NULL) STRICT;
        CREATE TABLE evidence_file (evidence INTEGER NOT NULL, name TEXT NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (evidence, name)) STRICT;
        """;

    /// <summary>Makes the tables, all in one step, and changes to the write-ahead log.</summary>
    public static void Create(SqliteDatabase database, string origin)
    {
        database.Execute($"PRAGMA page_size = {PageBytes}; BEGIN; PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version};");
        database.Execute(Tables);
        using (var head = database.Prepare("INSERT INTO head (id, origin, size, joint_size) VALUES (0, ?1, 0, -1)")) head.Bind(1, origin).Run();
        database.Execute("COMMIT; PRAGMA journal_mode = WAL;");
    }

    /// <summary>Whether a file is a record that this program understands; null if so.</summary>
    public static Fault? Check(SqliteDatabase database)
    {
        try
        {
            if (database.Number("PRAGMA application_id") != ApplicationId) return NotARecord(database.Path);
            var version = database.Number("PRAGMA user_version");
            return version == Version ? null : new Fault(RecordFaults.NewerFormat, database.Path, $"format {version}", $"format {Version}");
        }
        catch (RecordStoreException) when (database.IsNotADatabase)
        {
            return NotARecord(database.Path);
        }
    }

    /// <inheritdoc cref="Check(SqliteDatabase)"/>
    public static Fault? Check(string path)
    {
        using var database = SqliteDatabase.OpenUnchecked(path);
        return Check(database);
    }

    /// <summary>The key of a tile. Level 0, which grows, lies above all others, so that it is always added to at the end.</summary>
    public static long Place(int level, long index) => index - ((long)level << 56);

    private static Fault NotARecord(string path) => new(RecordFaults.NotARecord, path, "another file", "a record made by this program");
}
