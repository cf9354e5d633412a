using Tansiq.Record.Checkpoints;
using Tansiq.Record.Logs;
using Tansiq.Record.Merkle;
using Tansiq.Record.Notes;

namespace Tansiq.Storage.Tests;

/// <summary>A store that is appended to without a log: entries may be any bytes.</summary>
public sealed class GrowingStore(IRecordStore store, SigningKey logKey)
{
    private readonly TreeEdge _edge = new();

    public IRecordStore Store => store;

    /// <summary>Appends entries in one transaction and gives the checkpoint over all.</summary>
    public SignedCheckpoint Append(params (byte[] Bytes, UInt128? Identity)[] entries)
    {
        using var transaction = store.Begin();
        foreach (var (bytes, identity) in entries)
        {
            transaction.Add(bytes, identity);
            _edge.Add(MerkleHashing.Leaf(bytes), transaction.Put);
        }

        foreach (var (level, index, hashes) in _edge.Partial()) transaction.Put(level, index, hashes);
        var checkpoint = SignedCheckpoint.Sign(new(store.Origin, _edge.Size, _edge.Root()), logKey);
        transaction.Put(checkpoint.Note.Bytes);
        transaction.Commit();
        return checkpoint;
    }
}
