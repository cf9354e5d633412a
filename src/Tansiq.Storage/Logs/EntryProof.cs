using Tansiq.Record;
using Tansiq.Record.Checkpoints;
using Tansiq.Record.Logs;
using Tansiq.Record.Merkle;
using Tansiq.Record.Notes;
using Tansiq.Record.Proofs;
using Tansiq.Record.Tiles;

namespace Tansiq.Storage.Logs;

/// <summary>Makes the proof (C2SP tlog-proof) that one entry is on a record.</summary>
public static class EntryProof
{
    /// <summary>The proof for an entry: by the joint checkpoint if that covers it, else by the newest.</summary>
    /// <param name="store">The record.</param>
    /// <param name="index">The entry's index.</param>
    /// <returns>The proof, or why the record does not bear it.</returns>
    public static Checked<RecordProof> Of(IRecordStore store, long index)
    {
        ArgumentNullException.ThrowIfNull(store);
        if (!Covering(store, index).TryGet(out var note, out var fault) || !Checkpoint.Parse(note.Text.Span).TryGet(out var checkpoint, out fault)) return fault;
        if (!InclusionProof.Of(index, checkpoint.Size, new TileHashes(checkpoint.Size, store.Tile)).TryGet(out var hashes, out fault)) return fault;
        var leaf = MerkleHashing.Leaf(store.Entries(index, index + 1).Single().Span);
        if (!InclusionProof.Verifies(index, checkpoint.Size, leaf, hashes, checkpoint.Root))
            return new Fault(RecordFaults.EntryRewritten, FormattableString.Invariant($"entry {index}"), "an entry or tiles that do not lead to the root", "a whole record: tansiq record verify says more");
        return RecordProof.Of(index, hashes, note);
    }

    private static Checked<SignedNote> Covering(IRecordStore store, long index)
    {
        if (store.JointCheckpoint is { } joint && SignedNote.Read(joint).TryGet(out var note, out _) && Checkpoint.Parse(note.Text.Span).TryGet(out var checkpoint, out _) && checkpoint.Size > index) return note;
        return store.Checkpoint is { } newest ? SignedNote.Read(newest) : new Fault(RecordFaults.Missing, "checkpoint", "nothing", "a checkpoint");
    }
}
