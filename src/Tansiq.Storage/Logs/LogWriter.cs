using NodaTime;
using Tansiq.Record;
using Tansiq.Record.Checkpoints;
using Tansiq.Record.Entries;
using Tansiq.Record.Logs;
using Tansiq.Record.Merkle;
using Tansiq.Record.Notes;
using Tansiq.Record.Tiles;

namespace Tansiq.Storage.Logs;

/// <summary>
/// Appends batches, each in one transaction: entries, tiles, signed checkpoint. Only when it is committed does the log become longer and is
/// anybody answered. For one thread at a time; the head may be read from any.
/// </summary>
internal sealed class LogWriter<TState, TReading>(IRecordDomain<TState, TReading> domain, IRecordStore store, RecordLogSettings settings, OpenedLog<TState> opened)
    where TState : class
    where TReading : class
{
    private TreeEdge _edge = opened.Edge;
    private volatile LogHead<TState> _head = opened.Head;
    private volatile Fault? _timeFault;

    /// <summary>The newest head that is on the disk.</summary>
    public LogHead<TState> Head => _head;

    /// <summary>Why time does not advance on the record though it should; null where it does.</summary>
    public Fault? TimeFault => _timeFault;

    /// <summary>Whether an entry that advances time is due though nothing is appended (REC-6).</summary>
    public bool IsTimeDue() => domain.TimeDue(_head.State) is { } due && due <= settings.Clock.GetCurrentInstant();

    /// <summary>Judges and appends entries in their order, the time first if it is due.</summary>
    /// <param name="pending">The entries; none when only time is due.</param>
    /// <exception cref="RecordStoreException">They are not acknowledged. If the store is full nothing has changed.</exception>
    public void Append(List<PendingEntry<TReading>> pending)
    {
        var batch = new Batch<TState, TReading>(domain, store, opened.Index, _head.State);
        AddTime(batch);
        foreach (var entry in pending) batch.Add(entry);

        // Entries that are all refused do not make the record longer, whoever sends them.
        if (batch.HasSubmitted || (pending.Count == 0 && batch.Entries.Count > 0)) Write(batch);
        batch.Answer();
    }

    private void AddTime(Batch<TState, TReading> batch)
    {
        var now = settings.Clock.GetCurrentInstant();
        if (domain.TimeOf(batch.State) is { } last && now < last)
        {
            // Time on the record never goes back: it stands still until the clock has come up to it.
            _timeFault = new(RecordFaults.WrongClock, "the office's clock", Written(now), $"not before the record's time, {Written(last)}");
            return;
        }

        _timeFault = domain.TimeText(batch.State, now) is { } text
            ? batch.AddOwn(SignedEntry.Read(SignedNote.Of(text.Span, settings.TimeKey.Sign(text.Span)).Bytes).Value)
            : null;
    }

    private void Write(Batch<TState, TReading> batch)
    {
        var edge = _edge.Copy();
        SignedCheckpoint checkpoint;
        using (var transaction = store.Begin())
        {
            foreach (var (entry, identity) in batch.Entries) transaction.Add(entry.Note.Bytes, identity);
            CheckStored(transaction, batch);
            PutTiles(transaction, batch, edge);
            checkpoint = SignedCheckpoint.Sign(new(store.Origin, edge.Size, edge.Root()), settings.LogKey);
            transaction.Put(checkpoint.Note.Bytes);
            transaction.Commit();
        }

        foreach (var (_, identity) in batch.Entries) opened.Index.Add(identity);
        _edge = edge;
        _head = new(batch.State, edge.Size, checkpoint);
        settings.Committed?.Invoke();
    }

    // What is signed is what the store gives back, not what was handed to it: a bit that fell over on the way must not get a signature.
    private void CheckStored(IRecordTransaction transaction, Batch<TState, TReading> batch)
    {
        var number = 0;
        foreach (var stored in transaction.Added())
        {
            if (number == batch.Entries.Count || MerkleHashing.Leaf(stored.Span) != batch.Entries[number].Entry.Leaf) throw Differs(number);
            number++;
        }

        if (number != batch.Entries.Count) throw Differs(number);
    }

    private static void PutTiles(IRecordTransaction transaction, Batch<TState, TReading> batch, TreeEdge edge)
    {
        var before = edge.Size;
        foreach (var (entry, _) in batch.Entries) edge.Add(entry.Leaf, transaction.Put);
        foreach (var (level, tile, hashes) in edge.Partial())
        {
            if (Tile.HashesOfLevel(level, edge.Size) > Tile.HashesOfLevel(level, before)) transaction.Put(level, tile, hashes);
        }
    }

    private RecordStoreException Differs(int number) => new($"Entry {_head.Size + number} reads back as another one than was written.", isFull: false);

    private static string Written(Instant instant) => NodaTime.Text.InstantPattern.ExtendedIso.Format(instant);
}
