using Dapper;
using Microsoft.Data.Sqlite;
using Tansiq.Record.Logs;

namespace Tansiq.Storage.Private;

/// <summary>
/// What a node keeps for itself and nobody else gets (PTY-1): accounts, names, telephones, what waits for the office, the audit log. One SQLite file
/// beside the record; each capability has its own tables in it.
/// </summary>
/// <remarks>Thread-safe: readers see what is committed, one writes at a time. A disk that fails gives <see cref="RecordStoreException"/>.</remarks>
public sealed class PrivateDatabase : IDisposable
{
    private const int FullCode = 13;
    private const int NewerFormatCode = 1;
    private readonly string _reading;
    private readonly SqliteConnection _writer;
    private readonly Lock _writing = new();

    private PrivateDatabase(string path, SqliteConnection writer)
    {
        Path = path;
        _writer = writer;
        _reading = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = true, DefaultTimeout = 5 }.ToString();
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Opens a database, or makes it, and brings the tables of each capability to their newest form.</summary>
    /// <param name="path">The file; group and others get no access to one that is made.</param>
    /// <param name="schemas">The capabilities.</param>
    /// <exception cref="RecordStoreException">The disk failed, or a newer version of the program wrote the file.</exception>
    public static PrivateDatabase Open(string path, params IReadOnlyList<PrivateSchema> schemas)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(schemas);
        return Guarded(path, () =>
        {
            if (!File.Exists(path) && !OperatingSystem.IsWindows())
            {
                using var made = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
            }

            var writer = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 5 }.ToString());
            try
            {
                writer.Open();
                writer.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;");
                writer.Execute("CREATE TABLE IF NOT EXISTS capability (name TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT;");
                foreach (var schema in schemas) Advance(writer, schema);
                return new PrivateDatabase(path, writer);
            }
            catch
            {
                writer.Dispose();
                throw;
            }
        });
    }

    /// <summary>Reads what is committed.</summary>
    public T Read<T>(Func<SqliteConnection, T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        return Guarded(Path, () =>
        {
            using var connection = new SqliteConnection(_reading);
            connection.Open();
            return read(connection);
        });
    }

    /// <summary>Writes in one step: all of it is on the disk when this returns, or nothing if it throws.</summary>
    /// <param name="write">Writes within the transaction; it runs alone.</param>
    public T Write<T>(Func<SqliteConnection, SqliteTransaction, T> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        return Guarded(Path, () =>
        {
            lock (_writing)
            {
                using var transaction = _writer.BeginTransaction(deferred: false);
                var written = write(_writer, transaction);
                transaction.Commit();
                return written;
            }
        });
    }

    /// <summary>Copies the database as it is at this moment into a new file, while it is used.</summary>
    /// <param name="path">The file to make.</param>
    public void CopyTo(string path) => Guarded(Path, () =>
    {
        using var connection = new SqliteConnection(_reading);
        connection.Open();
        return connection.Execute("VACUUM INTO @path", new { path });
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        _writer.Dispose();
        using var pooled = new SqliteConnection(_reading);
        SqliteConnection.ClearPool(pooled);
    }

    private static void Advance(SqliteConnection writer, PrivateSchema schema)
    {
        var version = writer.QuerySingleOrDefault<long?>("SELECT version FROM capability WHERE name = @Name", schema) ?? 0;
        if (version > schema.Steps.Count) throw new SqliteException($"{schema.Name} is of version {version}, this program knows {schema.Steps.Count}", NewerFormatCode);
        if (version == schema.Steps.Count) return;
        using var transaction = writer.BeginTransaction(deferred: false);
        foreach (var step in schema.Steps.Skip((int)version)) writer.Execute(step, transaction: transaction);
        writer.Execute(
            "INSERT INTO capability (name, version) VALUES (@Name, @Count) ON CONFLICT (name) DO UPDATE SET version = excluded.version",
            new { schema.Name, schema.Steps.Count },
            transaction);
        transaction.Commit();
    }

    private static T Guarded<T>(string path, Func<T> act)
    {
        try
        {
            return act();
        }
        catch (SqliteException failure)
        {
            throw new RecordStoreException($"{path}: {failure.Message}", failure.SqliteErrorCode == FullCode, failure);
        }
    }
}
