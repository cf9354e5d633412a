using Tansiq.Record;
using Tansiq.Record.Checkpoints;
using Tansiq.Record.Entries;
using Tansiq.Record.Logs;

namespace Tansiq.Storage.Logs;

/// <summary>
/// The office's log: entries go in from any thread, are read and verified side by side, and are appended in the order of their submission, many
/// in one step. Who is answered that an entry is accepted can count on it being on the disk under a signed checkpoint (REC-4).
/// </summary>
/// <remarks>
/// Thread-safe. While a batch is committed the next is verified; there is no waiting for a batch to fill. A full disk refuses the batch and
/// changes nothing. After any other failure of the store nothing more is acknowledged: nobody knows what is on the disk until it is opened
/// again. The store belongs to the caller and is disposed after the log.
/// </remarks>
/// <typeparam name="TState">The domain's state.</typeparam>
/// <typeparam name="TReading">The domain's reading of an entry.</typeparam>
public sealed class RecordLog<TState, TReading> : IAsyncDisposable
    where TState : class
    where TReading : class
{
    // How often the clock is looked at while nothing comes in: a deadline is entered at most so much late.
    private static readonly TimeSpan TimeCheck = TimeSpan.FromMilliseconds(200);
    private readonly LogWriter<TState, TReading> _writer;
    private readonly EntryVerifier<TState, TReading> _verifier;
    private readonly AppendQueue<TReading> _queue;
    private readonly Thread[] _threads;
    private volatile Fault? _failure;
    private bool _isDisposed;

    private RecordLog(IRecordStore store, IRecordDomain<TState, TReading> domain, RecordLogSettings settings, OpenedLog<TState> opened)
    {
        _writer = new(domain, store, settings, opened);
        _verifier = new(domain, store);
        _queue = new(settings);
        _threads = [new Thread(Write) { IsBackground = true, Name = "record: writer" }, .. Enumerable.Range(1, settings.Verifiers).Select(number => new Thread(Verify) { IsBackground = true, Name = $"record: verifier {number}" })];
        foreach (var thread in _threads) thread.Start();
    }

    /// <summary>State, size and checkpoint of one moment, all on the disk.</summary>
    public LogHead<TState> Head => _writer.Head;

    /// <summary>The newest state.</summary>
    public TState State => Head.State;

    /// <summary>How many entries are on the record.</summary>
    public long Size => Head.Size;

    /// <summary>The newest checkpoint; null before the first entry.</summary>
    public SignedCheckpoint? Checkpoint => Head.Checkpoint;

    /// <summary>Why nothing more is appended; null while the log is open.</summary>
    public Fault? Failure => _failure;

    /// <summary>Why time does not advance on the record though it should: a clock behind it, a key that may not sign; null where all is well.</summary>
    public Fault? TimeFault => _writer.TimeFault;

    /// <summary>Opens a log upon a store that is open for writing. Nothing is signed before all of it agrees.</summary>
    /// <param name="store">The store.</param>
    /// <param name="domain">What its entries mean.</param>
    /// <param name="settings">Keys, clock, bounds, and what witnesses remember.</param>
    /// <param name="startFrom">A state of one's own making to fold on from; null to fold from the first entry.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    /// <returns>
    /// The log; or the fault for which it must not be opened: another origin or key, an entry or tile that is not what was signed,
    /// <see cref="RecordFaults.RestoredDisk"/>, <see cref="RecordFaults.SplitView"/> (the evidence is kept in the store).
    /// </returns>
    /// <exception cref="RecordStoreException">The store failed.</exception>
    public static async Task<Checked<RecordLog<TState, TReading>>> OpenAsync(
        IRecordStore store, IRecordDomain<TState, TReading> domain, RecordLogSettings settings, StartingState<TState>? startFrom = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(domain);
        ArgumentNullException.ThrowIfNull(settings);
        var opened = await Task.Run(() => LogOpening.Open(store, domain, settings, startFrom, cancellationToken), cancellationToken);
        return opened.TryGet(out var log, out var fault) ? new RecordLog<TState, TReading>(store, domain, settings, log) : fault;
    }

    /// <summary>Submits an entry. Entries of one submitter keep the order of these calls, awaited or not.</summary>
    /// <param name="entry">A signed note with one signature.</param>
    /// <returns>
    /// When it is decided: accepted and on the disk, or refused, with <see cref="RecordFaults.Busy"/> where more waits than the settings say, with
    /// <see cref="RecordFaults.DiskFull"/>, <see cref="RecordFaults.StoreFailed"/>, a fault of the entry, or the domain's code.
    /// </returns>
    public Task<AppendAnswer> AppendAsync(ReadOnlyMemory<byte> entry)
    {
        // A copy: the caller may use its buffer again, and what was verified has to be what is stored.
        var pending = new PendingEntry<TReading>(entry.ToArray());
        return _queue.Add(pending) is { } fault ? Task.FromResult<AppendAnswer>(new AppendAnswer.Refused(fault)) : pending.Answered;
    }

    /// <summary>Completes when the queue is at most half full: for who has many entries and does not want to be refused.</summary>
    public Task RoomAsync() => _queue.RoomAsync();

    /// <summary>Takes no more, finishes what is queued, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, value: true)) return;
        _queue.Close(new(RecordFaults.StoreFailed, "", "a log that is closed", "an open one"), atOnce: false);
        await Task.Run(() =>
        {
            foreach (var thread in _threads) thread.Join();
        });
        _queue.Dispose();
    }

    private void Verify()
    {
        var claimed = new List<PendingEntry<TReading>>();
        while (_queue.Claim(claimed))
        {
            foreach (var entry in claimed) _verifier.Read(entry, State);
            _queue.Read(claimed);
        }
    }

    private void Write()
    {
        var batch = new List<PendingEntry<TReading>>();
        while (_failure is null && _queue.Take(batch, TimeCheck))
        {
            if (batch.Count > 0 || _writer.IsTimeDue()) Write(batch);
        }
    }

    private void Write(List<PendingEntry<TReading>> batch)
    {
        try
        {
            _writer.Append(batch);
        }
        catch (RecordStoreException failure) when (failure.IsFull)
        {
            var full = new Fault(RecordFaults.DiskFull, "", "no room for more entries", "room: nothing was appended");
            foreach (var entry in batch) entry.Refuse(full);
        }
        catch (RecordStoreException failure)
        {
            Close(new(RecordFaults.StoreFailed, "", failure.Message, "a store that writes; it has to be opened again"));
            foreach (var entry in batch) entry.Refuse(_failure!);
        }
        catch (Exception bug)
        {
            // What of the state and the store still belongs together is not known: nothing goes on from here.
            Close(new(RecordFaults.StoreFailed, "", bug.Message, "a log without a fault of ours; it has to be opened again"));
            foreach (var entry in batch) entry.Fail(bug);
        }
    }

    private void Close(Fault fault)
    {
        _failure = fault;
        _queue.Close(fault, atOnce: true);
    }
}
