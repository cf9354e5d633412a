using Tansiq.Record;
using Tansiq.Record.Checkpoints;
using Tansiq.Record.Logs;
using Tansiq.Record.Merkle;

namespace Tansiq.Storage.Following;

/// <summary>
/// The new part of a record on its way into a store: it waits in memory so that a slow source does not hold up others who write, and goes into one
/// transaction where it grows too large for that. Committed with the checkpoint that covers it, or gone without a trace. Safe for several threads.
/// </summary>
internal sealed class StagedPart : IDisposable
{
    private readonly Lock _gate = new();
    private readonly IRecordStore _store;
    private readonly long _maximumBytes;
    private readonly List<WalkedEntry> _entries = [];
    private readonly List<ReadOnlyMemory<byte>> _attachments = [];
    private readonly MerkleFrontier _written;
    private IRecordTransaction? _transaction;
    private long _bytes;

    /// <summary>Begins after what a store has.</summary>
    /// <param name="store">The store.</param>
    /// <param name="edge">The edge of its tree, which stays as it is.</param>
    /// <param name="maximumBytes">How much waits in memory.</param>
    public StagedPart(IRecordStore store, TreeEdge edge, long maximumBytes)
    {
        (_store, _maximumBytes) = (store, maximumBytes);
        Edge = edge.Copy();
        _written = Frontier(store, edge.Size);
    }

    /// <summary>The edge of the tree with the new part; grown when it is committed.</summary>
    public TreeEdge Edge { get; }

    /// <summary>Takes the next entry.</summary>
    public void Add(WalkedEntry entry)
    {
        lock (_gate)
        {
            _entries.Add(entry);
            Grown(entry.Entry.Note.Bytes.Length);
        }
    }

    /// <summary>Takes an attachment that is right.</summary>
    public void AddAttachment(ReadOnlyMemory<byte> content)
    {
        lock (_gate)
        {
            _attachments.Add(content);
            Grown(content.Length);
        }
    }

    /// <summary>Commits all of it with its checkpoint. What was written is read back and hashed again first: who cosigns says that it is held.</summary>
    /// <param name="checkpoint">The checkpoint, verified.</param>
    /// <param name="sealing">Given what is about to be committed when all of it leads to the root: the note that is kept of the checkpoint. What it adds is committed with it.</param>
    /// <exception cref="RecordStoreException">The disk failed, or gives back other bytes than it was given.</exception>
    public void Commit(SignedCheckpoint checkpoint, Func<IRecordTransaction, ReadOnlyMemory<byte>> sealing)
    {
        lock (_gate)
        {
            var transaction = Write();
            if (Edge.Root() != checkpoint.Checkpoint.Root) throw new InvalidOperationException("Entries that were verified do not lead to the root.");
            foreach (var entry in transaction.Added()) _written.Add(MerkleHashing.Leaf(entry.Span));
            if (_written.Root() != checkpoint.Checkpoint.Root) throw new RecordStoreException("The store gives back other entries than it was given.", isFull: false);
            foreach (var (level, index, hashes) in Edge.Partial()) transaction.Put(level, index, hashes);
            transaction.Put(sealing(transaction));
            transaction.Commit();
            // Others wait for their turn to write, and the next of them may be oneself.
            transaction.Dispose();
        }
    }

    /// <summary>Ends it; what is not committed leaves no trace.</summary>
    public void Dispose() => _transaction?.Dispose();

    private void Grown(int bytes)
    {
        _bytes += bytes;
        if (_bytes > _maximumBytes) Write();
    }

    private IRecordTransaction Write()
    {
        _transaction ??= _store.Begin();
        foreach (var content in _attachments) _transaction.AddAttachment(content);
        foreach (var (_, entry, identity) in _entries)
        {
            _transaction.Add(entry.Note.Bytes, identity);
            Edge.Add(entry.Leaf, _transaction.Put);
        }

        _attachments.Clear();
        _entries.Clear();
        _bytes = 0;
        return _transaction;
    }

    private static MerkleFrontier Frontier(IRecordStore store, long size) => OwnTree.Frontier(store, size, size);
}
