using System.Collections.Immutable;
using Tansiq.Record;
using Tansiq.Record.Checkpoints;
using Tansiq.Record.Entries;
using Tansiq.Record.Following;
using Tansiq.Record.Logs;
using Tansiq.Storage.Sources;

namespace Tansiq.Storage.Following;

/// <summary>Verifies a whole record, trusting nothing but keys (REC-3). It needs no network where the source needs none, and its memory is bounded.</summary>
public static class RecordVerification
{
    /// <summary>
    /// Verifies what a source shows: the checkpoint and its cosignatures, every tile against the root, every entry against its tile, its one
    /// signature by the key that counts at its place, that no identity stands twice, attachments, and what becomes of each entry.
    /// </summary>
    /// <param name="source">Where the record is read.</param>
    /// <param name="domain">What its entries mean: one that keeps only keys, or the full one.</param>
    /// <param name="settings">By what it is verified.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What holds, and the first thing that does not. Where the source gives no answer that is a finding too (<see cref="Broken.IsOfSource"/>).</returns>
    public static async Task<RecordFindings<TState>> RunAsync<TState, TReading>(
        IRecordSource source, IRecordDomain<TState, TReading> domain, VerificationSettings settings, CancellationToken cancellationToken = default)
        where TState : class
        where TReading : class
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(domain);
        ArgumentNullException.ThrowIfNull(settings);
        var nothing = new RecordFindings<TState>(source.Name, null, new(0, 0, 0, ImmutableDictionary<string, long>.Empty), domain.Empty, null, domain.DigestOf(domain.Empty), null);
        try
        {
            var (checkpoint, unopened) = await CheckpointAsync(source, settings, cancellationToken).ConfigureAwait(false);
            if (checkpoint is null) return nothing with { Broken = unopened };
            return await WalkAsync(source, domain, settings, nothing with { Checkpoint = checkpoint }, checkpoint, cancellationToken).ConfigureAwait(false);
        }
        catch (RecordSourceException failure)
        {
            return nothing with { Broken = new(new(failure.Fault, ImmutableDictionary<string, ReadOnlyMemory<byte>>.Empty), 0) { IsOfSource = true } };
        }
    }

    private static async Task<RecordFindings<TState>> WalkAsync<TState, TReading>(
        IRecordSource source,
        IRecordDomain<TState, TReading> domain,
        VerificationSettings settings,
        RecordFindings<TState> nothing,
        SignedCheckpoint checkpoint,
        CancellationToken cancellationToken)
        where TState : class
        where TReading : class
    {
        var (tiles, broken) = await VouchedTiles.OpenAsync(source, checkpoint, start: 0, cancellationToken).ConfigureAwait(false);
        if (tiles is null) return nothing with { Broken = broken };
        if (await ContinuationAsync(tiles, settings, cancellationToken).ConfigureAwait(false) is { } discontinued) return nothing with { Broken = discontinued };
        var shelf = new AttachmentShelf(source, held: _ => null, keep: _ => { });
        var walk = new RecordWalk<TState, TReading>(source, tiles, domain, new(0, domain.Empty, _ => null), shelf, settings.SignaturesFrom);
        var end = await walk.RunAsync(each: null, settings.Progress, cancellationToken).ConfigureAwait(false);
        return new(source.Name, checkpoint, end.Counts, end.State, domain.TimeOf(end.State), domain.DigestOf(end.State), end.Broken);
    }

    private static async Task<(SignedCheckpoint? Checkpoint, Broken? Broken)> CheckpointAsync(IRecordSource source, VerificationSettings settings, CancellationToken cancellationToken)
    {
        var files = ImmutableDictionary<string, ReadOnlyMemory<byte>>.Empty;
        if (await source.CheckpointAsync(cancellationToken).ConfigureAwait(false) is not { } note)
            return (null, new(new(new(RecordFaults.Missing, SourceLimits.CheckpointPath, "nothing", "a checkpoint"), files), 0));
        return SignedCheckpoint.Open(note, settings.LogKey, settings.Witnesses).TryGet(out var checkpoint, out var fault)
            ? (checkpoint, null)
            : (null, new(new(fault.In(SourceLimits.CheckpointPath), files.Add(EvidenceNames.Checkpoint, note)), 0));
    }

    private static async Task<Broken?> ContinuationAsync(VouchedTiles tiles, VerificationSettings settings, CancellationToken cancellationToken)
    {
        if (settings.Earlier is not { } note) return null;
        if (!SignedCheckpoint.Open(note, settings.LogKey).TryGet(out var earlier, out var fault))
            return new(new(fault.In(EvidenceNames.HeldCheckpoint), ImmutableDictionary<string, ReadOnlyMemory<byte>>.Empty.Add(EvidenceNames.HeldCheckpoint, note)), 0);
        var evidence = await Continuation.FaultAsync(earlier, tiles, cancellationToken).ConfigureAwait(false);
        return evidence is null ? null : new(evidence, 0);
    }
}
