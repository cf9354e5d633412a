using System.Collections.Immutable;
using Tansiq.Record;
using Tansiq.Record.Checkpoints;
using Tansiq.Record.Entries;
using Tansiq.Record.Following;
using Tansiq.Record.Logs;
using Tansiq.Storage.Logs;
using Tansiq.Storage.Sources;

namespace Tansiq.Storage.Following;

/// <summary>What a store holds when a follower opens it.</summary>
internal sealed record OpenedStore<TState>(TState State, TreeEdge Edge, SignedCheckpoint? Checkpoint, IdentityIndex Identities);

/// <summary>
/// Opens one's own store: its checkpoint by the log's key, its tiles against the root, its entries against their tiles. Their signatures were verified
/// when they were taken, and their hashes say that they are still the same.
/// </summary>
internal sealed class FollowerOpening<TState, TReading>(IRecordStore store, IRecordDomain<TState, TReading> domain, FollowerSettings<TState> settings)
    where TState : class
    where TReading : class
{
    public async Task<Checked<OpenedStore<TState>>> RunAsync(StartingState<TState> start, CancellationToken cancellationToken)
    {
        if (store.Origin != settings.LogKey.Name) return new Fault(RecordFaults.OtherOrigin, "", store.Origin, settings.LogKey.Name);
        if (store.Checkpoint is not { } note) return new OpenedStore<TState>(domain.Empty, new(), null, new());
        if (!SignedCheckpoint.Open(note, settings.LogKey).TryGet(out var checkpoint, out var fault)) return Kept(new(new(fault, Only(note)), 0));
        if (start.Size > checkpoint.Checkpoint.Size) throw new ArgumentOutOfRangeException(nameof(start), start.Size, "A state beyond the store.");
        var source = new StoreSource(store, "store");
        var (tiles, broken) = await VouchedTiles.OpenAsync(source, checkpoint, start.Size, cancellationToken).ConfigureAwait(false);
        if ((broken ?? tiles!.Broken) is { } edge) return Kept(edge);
        var shelf = new AttachmentShelf(source, held: _ => null, keep: _ => { });
        var walk = new RecordWalk<TState, TReading>(source, tiles!, domain, new(start.Size, start.State, _ => null), shelf, signaturesFrom: long.MaxValue) { Beginning = settings.Beginning };
        var end = await walk.RunAsync(each: null, settings.Progress, cancellationToken).ConfigureAwait(false);
        if (end.Broken is { } wrong) return Kept(wrong);
        if (!TreeEdge.Load(checkpoint.Checkpoint.Size, store.Tile).TryGet(out var tree, out fault)) return fault;
        var identities = new IdentityIndex();
        foreach (var identity in store.Identities(0, checkpoint.Checkpoint.Size)) identities.Add(identity);
        return new OpenedStore<TState>(end.State, tree, checkpoint, identities);
    }

    private Fault Kept(Broken broken)
    {
        store.KeepEvidence(broken.Evidence);
        return broken.Fault;
    }

    private static ImmutableDictionary<string, ReadOnlyMemory<byte>> Only(ReadOnlyMemory<byte> note) =>
        ImmutableDictionary<string, ReadOnlyMemory<byte>>.Empty.Add(EvidenceNames.Checkpoint, note);
}
