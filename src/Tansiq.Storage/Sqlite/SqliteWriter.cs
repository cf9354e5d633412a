using Tansiq.Record.Logs;

namespace Tansiq.Storage.Sqlite;

/// <summary>The one connection that writes a record, and the newest head that it committed. Its steps follow one another, whoever asks.</summary>
internal sealed class SqliteWriter : IDisposable
{
    private static readonly TimeSpan LongestStep = TimeSpan.FromMinutes(10);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly WriterLock _held;
    private readonly WalCopier _copier;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;
    private readonly SqliteStatement _rollback;
    private readonly SqliteStatement _putHead;
    private volatile SqliteHead _head;
    private RecordStoreException? _broken;

    public SqliteWriter(string path, WriterLock held)
    {
        _held = held;
        Database = SqliteDatabase.OpenWriting(path);
        _begin = Database.Prepare("BEGIN IMMEDIATE");
        _commit = Database.Prepare("COMMIT");
        _rollback = Database.Prepare("ROLLBACK");
        _putHead = Database.Prepare("UPDATE head SET size = ?1, checkpoint = ?2, joint = ?3, joint_size = ?4");
        Appending = new(Database);
        using (var reader = new SqliteReader(SqliteDatabase.OpenReading(path))) _head = reader.Head();
        _copier = new(SqliteDatabase.OpenWriting(path));
    }

    public SqliteDatabase Database { get; }

    /// <summary>The newest committed head. Safe from any thread.</summary>
    public SqliteHead Head => _head;

    /// <summary>The statements by which a record grows.</summary>
    public SqliteAppending Appending { get; }

    public SqliteRecordTransaction Begin()
    {
        Enter();
        try
        {
            return new(this);
        }
        catch
        {
            _turn.Release();
            throw;
        }
    }

    /// <summary>Writes something by itself, durably.</summary>
    /// <param name="write">Writes, and gives the head that holds afterwards.</param>
    public void Write(Func<SqliteDatabase, SqliteHead, SqliteHead> write)
    {
        Enter();
        try
        {
            Guarded(() => _begin.Run());
            Commit(Guarded(() => write(Database, _head)), bytes: SqliteSchema.PageBytes);
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Begins a transaction of SQLite.</summary>
    public void BeginTransaction() => Guarded(() => _begin.Run());

    /// <summary>Commits, with another head if it is another one.</summary>
    public void Commit(SqliteHead head, long bytes)
    {
        Guarded(() =>
        {
            if (!ReferenceEquals(head, _head)) PutHead(head);
            _commit.Run();
        });
        _head = head;
        _copier.Written(bytes);
    }

    /// <summary>Does a part of a transaction. Where it fails other than by a full disk, nothing is written any more.</summary>
    public void Guarded(Action part) => Guarded(() =>
    {
        part();
        return true;
    });

    /// <inheritdoc cref="Guarded(Action)"/>
    public T Guarded<T>(Func<T> part)
    {
        try
        {
            return part();
        }
        catch (RecordStoreException failure) when (!failure.IsFull)
        {
            // Nobody knows what of it is on the disk. Whoever goes on from here could acknowledge what is not: see SqliteRecordStore.CopyAll.
            _broken = failure;
            throw;
        }
    }

    /// <summary>Ends a turn; what is not committed leaves no trace.</summary>
    public void Leave()
    {
        try
        {
            if (!Database.IsOutsideTransaction) _rollback.Run();
        }
        catch (RecordStoreException failure)
        {
            _broken ??= failure;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _copier.Dispose();
        Appending.Dispose();
        foreach (var statement in (SqliteStatement[])[_begin, _commit, _rollback, _putHead]) statement.Dispose();
        Database.Dispose();
        _held.Dispose();
        _turn.Dispose();
    }

    private void Enter()
    {
        if (!_turn.Wait(LongestStep)) throw new InvalidOperationException("A transaction of this record does not end.");
        try
        {
            if (_broken is not null) throw new RecordStoreException($"{Database.Path}: a write failed before; the record has to be opened again.", isFull: false, _broken);
            _copier.BeforeWriting(Database);
        }
        catch
        {
            _turn.Release();
            throw;
        }
    }

    private void PutHead(SqliteHead head)
    {
        _putHead.Bind(1, head.Size).Bind(4, head.JointSize);
        Put(2, head.Checkpoint);
        Put(3, head.Joint);
        _putHead.Run();
    }

    private void Put(int parameter, ReadOnlyMemory<byte>? bytes)
    {
        if (bytes is { } value) _putHead.Bind(parameter, value.Span);
        else _putHead.BindNull(parameter);
    }
}
