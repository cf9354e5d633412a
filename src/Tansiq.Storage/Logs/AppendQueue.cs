using System.Globalization;
using Tansiq.Record;

namespace Tansiq.Storage.Logs;

/// <summary>
/// Entries in the order in which they were submitted. Verifiers claim them from the front, several at once; the writer takes them in order,
/// each only when it and all before it are read. Thread-safe.
/// </summary>
internal sealed class AppendQueue<TReading> : IDisposable
    where TReading : class
{
    private const int MostClaimed = 32;
    private readonly RecordLogSettings _settings;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _unclaimed = new(0);
    private readonly AutoResetEvent _ready = new(initialState: false);

    // All below is guarded by _gate. Claimed ones have left _waiting and still stand in _ordered.
    private readonly Queue<PendingEntry<TReading>> _ordered = new();
    private readonly Queue<PendingEntry<TReading>> _waiting = new();
    private TaskCompletionSource? _room;
    private long _bytes;
    private Fault? _closed;

    public AppendQueue(RecordLogSettings settings) => _settings = settings;

    /// <summary>Adds an entry at the end.</summary>
    /// <returns>Null; or why it is not taken: <see cref="RecordFaults.Busy"/>, or what the queue was closed with.</returns>
    public Fault? Add(PendingEntry<TReading> entry)
    {
        lock (_gate)
        {
            if (_closed is not null) return _closed;
            if (_ordered.Count > 0 && !HasRoom(entry.Bytes.Length))
                return new(RecordFaults.Busy, "", string.Create(CultureInfo.InvariantCulture, $"{_ordered.Count} entries that wait"), "room for one more: submit it again later");
            _ordered.Enqueue(entry);
            _waiting.Enqueue(entry);
            _bytes += entry.Bytes.Length;
        }

        _unclaimed.Release();
        return null;
    }

    /// <summary>Completes when at least half of the queue is free, or when it is closed.</summary>
    public Task RoomAsync()
    {
        lock (_gate)
        {
            if (_closed is not null || IsHalfFree()) return Task.CompletedTask;
            return (_room ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>Waits for entries that nobody reads yet and claims some of them, in order.</summary>
    /// <returns>False when the queue is closed and nothing is left to be read.</returns>
    public bool Claim(List<PendingEntry<TReading>> claimed)
    {
        claimed.Clear();
        _unclaimed.Wait();
        lock (_gate)
        {
            if (_waiting.Count == 0)
            {
                // Closing lets one verifier through; each lets the next one through.
                if (_closed is not null) _unclaimed.Release();
                return _closed is null;
            }

            var share = Math.Clamp(_waiting.Count / (2 * _settings.Verifiers), 1, MostClaimed);
            for (var number = 0; number < share; number++) claimed.Add(_waiting.Dequeue());
        }

        for (var number = 1; number < claimed.Count; number++) _unclaimed.Wait(0);
        return true;
    }

    /// <summary>Gives back entries that are read.</summary>
    public void Read(List<PendingEntry<TReading>> entries)
    {
        lock (_gate)
        {
            foreach (var entry in entries) entry.IsRead = true;
            if (_ordered.TryPeek(out var first) && first.IsRead) _ready.Set();
        }
    }

    /// <summary>Waits for entries that are read, and takes as many as make a batch.</summary>
    /// <returns>False when the queue is closed and empty. A batch may be empty when the time is over.</returns>
    public bool Take(List<PendingEntry<TReading>> batch, TimeSpan atMost)
    {
        batch.Clear();
        if (!Fill(batch)) return false;
        if (batch.Count > 0) return true;
        _ready.WaitOne(atMost);
        return Fill(batch);
    }

    /// <summary>Takes no more. What is in the queue is still read and taken, or, at once, refused.</summary>
    /// <param name="fault">What later ones are refused with.</param>
    /// <param name="atOnce">Whether also what is in the queue is refused.</param>
    public void Close(Fault fault, bool atOnce)
    {
        PendingEntry<TReading>[] refused;
        lock (_gate)
        {
            _closed ??= fault;
            refused = atOnce ? [.. _ordered] : [];
            if (atOnce)
            {
                _ordered.Clear();
                _waiting.Clear();
            }

            _room?.TrySetResult();
            _room = null;
        }

        _unclaimed.Release();
        _ready.Set();
        foreach (var entry in refused) entry.Refuse(fault);
    }

    /// <summary>Ends it, after all who read and write have ended.</summary>
    public void Dispose()
    {
        _unclaimed.Dispose();
        _ready.Dispose();
    }

    private bool Fill(List<PendingEntry<TReading>> batch)
    {
        lock (_gate)
        {
            var bytes = 0L;
            while (_ordered.TryPeek(out var next) && next.IsRead && batch.Count < _settings.MaximumBatchEntries)
            {
                bytes += next.Bytes.Length;
                if (batch.Count > 0 && bytes > _settings.MaximumBatchBytes) break;
                batch.Add(_ordered.Dequeue());
                _bytes -= next.Bytes.Length;
            }

            if (_room is not null && IsHalfFree())
            {
                _room.TrySetResult();
                _room = null;
            }

            return batch.Count > 0 || _ordered.Count > 0 || _closed is null;
        }
    }

    private bool HasRoom(int bytes) => _ordered.Count < _settings.MaximumQueuedEntries && _bytes + bytes <= _settings.MaximumQueuedBytes;

    private bool IsHalfFree() => _ordered.Count <= _settings.MaximumQueuedEntries / 2 && _bytes <= _settings.MaximumQueuedBytes / 2;
}
