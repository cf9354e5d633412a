using System.Globalization;
using Tansiq.Record;
using Tansiq.Record.Checkpoints;
using Tansiq.Record.Entries;
using Tansiq.Record.Logs;
using Tansiq.Record.Merkle;
using Tansiq.Record.Tiles;

namespace Tansiq.Storage.Logs;

/// <summary>What an opened log goes on from.</summary>
internal sealed record OpenedLog<TState>(LogHead<TState> Head, TreeEdge Edge, IdentityIndex Index)
    where TState : class;

/// <summary>Everything that has to agree before a log signs anything: its checkpoint, its tree, its newest entries, and what witnesses remember of it.</summary>
internal static class LogOpening
{
    public static Checked<OpenedLog<TState>> Open<TState, TReading>(
        IRecordStore store, IRecordDomain<TState, TReading> domain, RecordLogSettings settings, StartingState<TState>? startFrom, CancellationToken cancellationToken)
        where TState : class
        where TReading : class
    {
        if (store.Origin != settings.LogKey.Verifier.Name) return new Fault(RecordFaults.OtherOrigin, "", store.Origin, settings.LogKey.Verifier.Name);
        if (!OwnCheckpoint(store, settings).TryGet(out var own, out var fault)) return fault;
        if (!EdgeOf(store, own).TryGet(out var edge, out fault)) return fault;
        if (Contradiction(store, own, settings) is { } contradicted) return contradicted;
        if (startFrom?.Size > own.Size) return new Fault(RecordFaults.RestoredDisk, "", $"{own.Size} entries", $"the {startFrom.Size} of a state that was made from this record");
        if (own.Size > 0 && StoredLeaves.Read(store, (own.Size - 1) / Tile.FullWidth * Tile.FullWidth, own.Size).Fault is { } rewritten) return rewritten;
        if (!RecordFold.Run(store, domain, startFrom, own.Size, settings.Opening, cancellationToken).TryGet(out var state, out fault)) return fault;
        var index = new IdentityIndex();
        foreach (var identity in store.Identities(0, own.Size)) index.Add(identity);
        return new OpenedLog<TState>(new(state, own.Size, own.Signed), edge, index);
    }

    private static Checked<OwnLog> OwnCheckpoint(IRecordStore store, RecordLogSettings settings)
    {
        if (store.Checkpoint is not { } note)
            return store.Size == 0 ? new OwnLog(0, MerkleHashing.Empty, null) : new Fault(RecordFaults.Missing, "checkpoint", "nothing", $"a checkpoint over {store.Size} entries");
        if (!SignedCheckpoint.Open(note, settings.LogKey.Verifier).TryGet(out var signed, out var fault)) return fault.In("checkpoint");
        return signed.Checkpoint.Size == store.Size
            ? new OwnLog(store.Size, signed.Checkpoint.Root, signed)
            : new Fault(RecordFaults.Missing, "checkpoint", $"size {signed.Checkpoint.Size}", $"size {store.Size}, as many as there are entries");
    }

    private static Checked<TreeEdge> EdgeOf(IRecordStore store, OwnLog own)
    {
        if (!TreeEdge.Load(own.Size, store.Tile).TryGet(out var edge, out var fault)) return fault;
        return edge.Root() == own.Root ? edge : new Fault(RecordFaults.TileRewritten, "tile", $"root {edge.Root()}", $"root {own.Root}, which is signed");
    }

    // A disk that was restored from a backup has signed more, once, than it knows of. Going on from it would give two histories (REC-5).
    private static Fault? Contradiction(IRecordStore store, OwnLog own, RecordLogSettings settings)
    {
        foreach (var note in settings.WitnessedCheckpoints)
        {
            if (!SignedCheckpoint.Open(note, settings.LogKey.Verifier).TryGet(out var seen, out _)) continue;
            if (Contradiction(store, own, seen.Checkpoint) is not { } fault) continue;
            var files = new Dictionary<string, ReadOnlyMemory<byte>> { ["witnessed"] = note };
            if (store.Checkpoint is { } shown) files["own"] = shown;
            store.KeepEvidence(new(fault, files));
            return fault;
        }

        return null;
    }

    private static Fault? Contradiction(IRecordStore store, OwnLog own, Checkpoint seen)
    {
        if (seen.Size > own.Size) return new(RecordFaults.RestoredDisk, "checkpoint", Size(own.Size), Size(seen.Size) + " at least, which a witness has seen");
        var known = MerkleFrontier.Of(seen.Size, new TileHashes(seen.Size, store.Tile));
        if (!known.TryGet(out var frontier, out var fault)) return fault;
        return frontier.Root() == seen.Root ? null : new(RecordFaults.SplitView, Size(seen.Size), $"root {frontier.Root()}", $"root {seen.Root}, which a witness has seen");
    }

    private static string Size(long size) => string.Create(CultureInfo.InvariantCulture, $"size {size}");

    private sealed record OwnLog(long Size, MerkleHash Root, SignedCheckpoint? Signed);
}
