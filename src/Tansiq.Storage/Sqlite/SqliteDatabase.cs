using SQLitePCL;
using Tansiq.Record.Logs;

namespace Tansiq.Storage.Sqlite;

/// <summary>One connection to a database file. For one thread at a time.</summary>
internal sealed class SqliteDatabase : IDisposable
{
    private const int BusyMilliseconds = 5_000;
    private const int PrimaryCodeMask = 0xff;
    private readonly sqlite3 _handle;

    private SqliteDatabase(sqlite3 handle, string path) => (_handle, Path) = (handle, path);

    public string Path { get; }

    /// <summary>Whether no transaction is open.</summary>
    public bool IsOutsideTransaction => raw.sqlite3_get_autocommit(_handle) != 0;

    /// <summary>Whether the last failure was that the file is no database.</summary>
    public bool IsNotADatabase => raw.sqlite3_errcode(_handle) == raw.SQLITE_NOTADB;

    /// <summary>Opens a file that is there.</summary>
    /// <exception cref="RecordStoreException">It can't be opened.</exception>
    public static SqliteDatabase OpenWriting(string path) => Synced(Open(path, path, raw.SQLITE_OPEN_READWRITE));

    /// <summary>Opens a file of which it is not known yet whether it is a database.</summary>
    /// <exception cref="RecordStoreException">It can't be opened.</exception>
    public static SqliteDatabase OpenUnchecked(string path) => Open(path, path, raw.SQLITE_OPEN_READWRITE);

    /// <summary>Makes a file, or opens the one that is there.</summary>
    /// <exception cref="RecordStoreException">It can't be made.</exception>
    public static SqliteDatabase OpenCreating(string path) => Synced(Open(path, path, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE));

    /// <summary>Opens a file that is there, to read beside whoever writes it.</summary>
    /// <exception cref="RecordStoreException">It can't be opened.</exception>
    public static SqliteDatabase OpenReading(string path) => Open(path, path, raw.SQLITE_OPEN_READONLY);

    /// <summary>Opens a file that nobody can change, on a disk that takes no writes: SQLite then does without its files beside it.</summary>
    /// <exception cref="RecordStoreException">It can't be opened.</exception>
    public static SqliteDatabase OpenImmutable(string path) =>
        Open(new UriBuilder { Scheme = "file", Host = "", Path = System.IO.Path.GetFullPath(path), Query = "immutable=1" }.Uri.AbsoluteUri, path, raw.SQLITE_OPEN_READONLY | raw.SQLITE_OPEN_URI);

    public SqliteStatement Prepare(string sql)
    {
        var code = raw.sqlite3_prepare_v3(_handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement);
        return code == raw.SQLITE_OK ? new(this, statement) : throw Failure(code);
    }

    public void Execute(string sql)
    {
        var code = raw.sqlite3_exec(_handle, sql);
        if (code != raw.SQLITE_OK) throw Failure(code);
    }

    public long Number(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() ? statement.Long(0) : 0;
    }

    /// <summary>Copies from the write-ahead log into the database.</summary>
    /// <param name="mode">One of SQLITE_CHECKPOINT_….</param>
    /// <returns>How many pages the log holds and how many of them are copied; null where another connection stood in the way.</returns>
    public (int Pages, int Copied)? Checkpoint(int mode)
    {
        var code = raw.sqlite3_wal_checkpoint_v2(_handle, "main", mode, out var pages, out var copied);
        if ((code & PrimaryCodeMask) == raw.SQLITE_BUSY) return null;
        return code == raw.SQLITE_OK ? (pages, copied) : throw Failure(code);
    }

    /// <summary>What a result code of SQLite means to who uses the store.</summary>
    public RecordStoreException Failure(int code) =>
        new($"{Path}: {raw.sqlite3_errmsg(_handle).utf8_to_string()} [SQLite {raw.sqlite3_extended_errcode(_handle)}]", (code & PrimaryCodeMask) == raw.SQLITE_FULL);

    public void Dispose() => _handle.Dispose();

    // Each commit is synced before it counts, and so is what is copied before the log that held it begins again. Copying has a time of its own.
    private static SqliteDatabase Synced(SqliteDatabase database)
    {
        try
        {
            database.Execute("PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0;");
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private static SqliteDatabase Open(string name, string path, int flags)
    {
        Batteries_V2.Init();
        var code = raw.sqlite3_open_v2(name, out var handle, flags | raw.SQLITE_OPEN_NOMUTEX, null);
        var database = new SqliteDatabase(handle, path);
        if (code != raw.SQLITE_OK)
        {
            var failure = database.Failure(code);
            database.Dispose();
            throw failure;
        }

        raw.sqlite3_busy_timeout(handle, BusyMilliseconds);
        return database;
    }
}
