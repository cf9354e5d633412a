using Tansiq.Record.Logs;
using Tansiq.Storage.Sqlite;

namespace Tansiq.Storage.Backups;

/// <summary>Copies one SQLite file as it is at one moment, while another process writes it.</summary>
public static class DatabaseCopy
{
    /// <summary>Copies a file into a new one, without what SQLite keeps beside it.</summary>
    /// <param name="from">The file.</param>
    /// <param name="to">The file to make; only its owner reads it.</param>
    /// <exception cref="RecordStoreException">It can't be read, or the copy not be written.</exception>
    public static void Write(string from, string to)
    {
        ArgumentNullException.ThrowIfNull(to);
        using (var database = SqliteDatabase.OpenReading(from))
            database.Execute($"VACUUM INTO '{to.Replace("'", "''", StringComparison.Ordinal)}'");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(to, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using var written = new FileStream(to, FileMode.Open, FileAccess.ReadWrite);
        written.Flush(flushToDisk: true);
    }
}
