using SQLitePCL;
using Tansiq.Record.Logs;

namespace Tansiq.Storage.Sqlite;

/// <summary>A prepared statement that is kept. Parameters and columns count from 1 and 0, as SQLite has them. For one thread at a time.</summary>
internal sealed class SqliteStatement(SqliteDatabase database, sqlite3_stmt statement) : IDisposable
{
    public SqliteStatement Bind(int parameter, long value) => Checked(raw.sqlite3_bind_int64(statement, parameter, value));

    public SqliteStatement Bind(int parameter, string value) => Checked(raw.sqlite3_bind_text(statement, parameter, value));

    // Without a pointer SQLite would bind NULL in place of nothing.
    public SqliteStatement Bind(int parameter, ReadOnlySpan<byte> value) =>
        Checked(value.IsEmpty ? raw.sqlite3_bind_zeroblob(statement, parameter, 0) : raw.sqlite3_bind_blob(statement, parameter, value));

    public SqliteStatement BindNull(int parameter) => Checked(raw.sqlite3_bind_null(statement, parameter));

    /// <summary>Takes the next row; false after the last. Who does not read to the end resets.</summary>
    /// <exception cref="RecordStoreException">The database failed.</exception>
    public bool Step()
    {
        var code = raw.sqlite3_step(statement);
        if (code == raw.SQLITE_ROW) return true;
        raw.sqlite3_reset(statement);
        return code == raw.SQLITE_DONE ? false : throw database.Failure(code);
    }

    /// <summary>Runs a statement that gives no rows, or whose rows nobody reads.</summary>
    /// <exception cref="RecordStoreException">The database failed.</exception>
    public void Run()
    {
        while (Step())
        {
        }
    }

    public void Reset() => raw.sqlite3_reset(statement);

    public long Long(int column) => raw.sqlite3_column_int64(statement, column);

    public string Text(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

    /// <summary>A column's bytes, until the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(statement, column);

    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public void Dispose() => statement.Dispose();

    private SqliteStatement Checked(int code) => code == raw.SQLITE_OK ? this : throw database.Failure(code);
}
