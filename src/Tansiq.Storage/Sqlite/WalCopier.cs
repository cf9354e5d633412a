using SQLitePCL;
using Tansiq.Record.Logs;

namespace Tansiq.Storage.Sqlite;

/// <summary>
/// Copies what is committed from the write-ahead log into the database, on a thread and a connection of its own, so that nobody who appends
/// waits for it. The log begins again at its start only when all of it is copied while nobody writes: once it is long, the writer is asked to
/// copy the little that came in meanwhile.
/// </summary>
internal sealed class WalCopier : IDisposable
{
    private const long CopyEveryBytes = 8L * 1024 * 1024;
    private const int LongPages = 32 * 1024 * 1024 / SqliteSchema.PageBytes;
    private const int FewPages = LongPages / 4;
    private readonly SqliteDatabase _database;
    private readonly AutoResetEvent _wake = new(initialState: false);
    private readonly Thread _thread;
    private long _writtenBytes;
    private volatile bool _isStopped;
    private volatile bool _isLong;

    public WalCopier(SqliteDatabase database)
    {
        _database = database;
        _thread = new(Run) { IsBackground = true, Name = "record: write-ahead log" };
        _thread.Start();
    }

    /// <summary>Told by the writer after each commit how much it wrote, roughly.</summary>
    public void Written(long bytes)
    {
        _writtenBytes += bytes;
        if (_writtenBytes < CopyEveryBytes) return;
        _writtenBytes = 0;
        _wake.Set();
    }

    /// <summary>Called by the writer before it writes again: copies the rest on its own connection if the log has become long.</summary>
    public void BeforeWriting(SqliteDatabase writer)
    {
        if (!_isLong) return;
        _isLong = false;
        _ = writer.Checkpoint(raw.SQLITE_CHECKPOINT_PASSIVE);
    }

    public void Dispose()
    {
        _isStopped = true;
        _wake.Set();
        _thread.Join();
        _wake.Dispose();
        _database.Dispose();
    }

    private void Run()
    {
        while (_wake.WaitOne() && !_isStopped)
        {
            try
            {
                if (_database.Checkpoint(raw.SQLITE_CHECKPOINT_PASSIVE) is { } log && log.Pages > LongPages && log.Pages - log.Copied < FewPages) _isLong = true;
            }
            catch (RecordStoreException)
            {
                // What is committed stands in the log, on the disk, and SQLite counts nothing as copied that it did not sync: it is copied again next time.
                continue;
            }
        }
    }
}
