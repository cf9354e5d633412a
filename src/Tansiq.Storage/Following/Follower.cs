using System.Collections.Immutable;
using NodaTime;
using Tansiq.Record;
using Tansiq.Record.Checkpoints;
using Tansiq.Record.Entries;
using Tansiq.Record.Following;
using Tansiq.Record.Logs;
using Tansiq.Record.Notes;
using Tansiq.Storage.Logs;
using Tansiq.Storage.Sources;

namespace Tansiq.Storage.Following;

/// <summary>
/// Keeps a store of one's own in step with somebody else's record, and cosigns what it holds (REC-2, REC-5): nothing is taken before all of it up to a
/// signed checkpoint has been verified, so what is held is always good, whatever a source shows. One step at a time; reading is safe from any thread.
/// </summary>
/// <remarks>The store is the caller's to dispose; nobody else may append to it meanwhile.</remarks>
public sealed partial class Follower<TState, TReading> : IDisposable
    where TState : class
    where TReading : class
{
    private readonly IRecordStore _store;
    private readonly IRecordDomain<TState, TReading> _domain;
    private readonly FollowerSettings<TState> _settings;
    private readonly CentreCosigner? _cosigner;
    private readonly EvidenceKeeping _evidence;
    private readonly SituationDigests _digests = new();
    private readonly IdentityIndex _identities;
    private readonly SemaphoreSlim _step = new(1, 1);

    // Replaced as a whole by the one step that runs.
    private volatile Held _held;

    private Follower(IRecordStore store, IRecordDomain<TState, TReading> domain, FollowerSettings<TState> settings, Held held, IdentityIndex identities)
    {
        (_store, _domain, _settings, _held, _identities) = (store, domain, settings, held, identities);
        _evidence = new(store);
        _cosigner = settings.CosigningKey is { } key ? new(store, settings.LogKey, key, settings.Clock) : null;
        _digests.Add(held.Size, domain.DigestOf(held.State));
    }

    /// <summary>The state after all that is held.</summary>
    public TState State => _held.State;

    /// <summary>How many entries are held.</summary>
    public long Size => _held.Size;

    /// <summary>What was learnt of an older disk that was restored; null where nothing was. Following goes on; cosigning from the size that was cosigned before.</summary>
    public Fault? Restored { get; private set; }

    /// <summary>Why nothing is cosigned though it is held: set by who knows more of the log than this follower, for example that it is forked; null where nothing speaks against it.</summary>
    public Fault? CosigningStopped { get; set; }

    /// <summary>At which entry an identity stands in what is held; null where it does not. Safe from any thread.</summary>
    public long? IndexOf(UInt128 identity)
    {
        lock (_identities) return _identities.Find(identity);
    }

    /// <summary>Opens a store to follow with: folds what it holds, and holds it against its own checkpoint.</summary>
    /// <param name="store">The store, open for writing.</param>
    /// <param name="domain">What the entries mean.</param>
    /// <param name="settings">How to follow.</param>
    /// <param name="startFrom">A state that is known already; null to fold from the first entry.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The follower, or what is wrong with the store; that is kept as evidence in it.</returns>
    public static async Task<Checked<Follower<TState, TReading>>> OpenAsync(
        IRecordStore store, IRecordDomain<TState, TReading> domain, FollowerSettings<TState> settings, StartingState<TState>? startFrom = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(domain);
        ArgumentNullException.ThrowIfNull(settings);
        var opening = new FollowerOpening<TState, TReading>(store, domain, settings);
        if (!(await opening.RunAsync(startFrom ?? new(domain.Empty, 0), cancellationToken).ConfigureAwait(false)).TryGet(out var opened, out var fault)) return fault;
        var follower = new Follower<TState, TReading>(store, domain, settings, new(opened.State, opened.Edge, opened.Checkpoint), opened.Identities);
        foreach (var note in settings.CosignedElsewhere) follower.Recall(note);
        return follower;
    }

    /// <summary>One step: looks at what a source shows, takes the new part if all of it holds, and cosigns.</summary>
    /// <param name="source">The source.</param>
    /// <param name="role">Whose it is.</param>
    /// <param name="cancellationToken">Ends it; nothing is half taken.</param>
    /// <exception cref="RecordStoreException">One's own disk failed.</exception>
    public async Task<FollowAnswer> StepAsync(IRecordSource source, SourceRole role = SourceRole.Log, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        await _step.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await LookAsync(source, role, cancellationToken).ConfigureAwait(false);
        }
        catch (RecordSourceException failure)
        {
            return new FollowAnswer.Unreachable(failure.Fault);
        }
        finally
        {
            _step.Release();
        }
    }

    /// <summary>Compares one's own picture with another centre's (REC-7). Another one of the same size is kept as evidence.</summary>
    /// <param name="size">The size of the record at which the other's digest is.</param>
    /// <param name="digest">The other's digest.</param>
    /// <param name="who">What people know the other by.</param>
    public SituationComparison CompareSituation(long size, ReadOnlyMemory<byte> digest, string who)
    {
        ArgumentNullException.ThrowIfNull(who);
        if (_digests.Find(size) is not { } own) return SituationComparison.NotKnown;
        if (own.Span.SequenceEqual(digest.Span)) return SituationComparison.Same;
        _evidence.Keep(SituationDigests.Other(size, own, digest, who, _store.Checkpoint), isProof: true);
        return SituationComparison.Other;
    }

    /// <inheritdoc/>
    public void Dispose() => _step.Dispose();

    /// <summary>
    /// Learns from a note that others show what one cosigned before an older disk was restored: nothing below it is cosigned again (REC-5). A note without
    /// one's own cosignature proves nothing and is passed over. Safe from any thread.
    /// </summary>
    /// <param name="note">The note; it may be of any size.</param>
    public void Recall(ReadOnlyMemory<byte> note)
    {
        if (_cosigner?.Recall(note) is not { } evidence) return;
        Restored = evidence.Fault;
        _evidence.Keep(evidence, isProof: true);
    }

    private sealed record Held(TState State, TreeEdge Edge, SignedCheckpoint? Checkpoint)
    {
        public long Size => Edge.Size;
    }
}
