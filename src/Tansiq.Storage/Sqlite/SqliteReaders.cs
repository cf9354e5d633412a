using System.Collections.Concurrent;

namespace Tansiq.Storage.Sqlite;

/// <summary>Connections for whoever reads, lent to one at a time and kept for the next. Thread-safe.</summary>
internal sealed class SqliteReaders(Func<SqliteDatabase> open) : IDisposable
{
    private const int MostKept = 16;
    private readonly ConcurrentBag<SqliteReader> _idle = [];
    private volatile bool _isDisposed;

    public T With<T>(Func<SqliteReader, T> read)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var reader = _idle.TryTake(out var kept) ? kept : new(open());
        try
        {
            return read(reader);
        }
        finally
        {
            if (_isDisposed || _idle.Count >= MostKept) reader.Dispose();
            else _idle.Add(reader);
        }
    }

    public void Dispose()
    {
        _isDisposed = true;
        while (_idle.TryTake(out var reader)) reader.Dispose();
    }
}
