using System.Collections.Immutable;
using NodaTime;
using Tansiq.Record;
using Tansiq.Record.Checkpoints;
using Tansiq.Record.Following;
using Tansiq.Record.Logs;
using Tansiq.Record.Notes;
using Tansiq.Storage.Sources;

namespace Tansiq.Storage.Following;

/// <content>One step of following.</content>
public sealed partial class Follower<TState, TReading>
{
    // Of the one step that runs.
    private (TState State, SignedCheckpoint Checkpoint)? _opened;

    private async Task<FollowAnswer> LookAsync(IRecordSource source, SourceRole role, CancellationToken cancellationToken)
    {
        if (await source.CheckpointAsync(cancellationToken).ConfigureAwait(false) is not { } note)
            return new FollowAnswer.Unreachable(new(RecordFaults.Missing, SourceLimits.CheckpointPath, "nothing", "a checkpoint"));
        var files = ImmutableDictionary<string, ReadOnlyMemory<byte>>.Empty.Add(EvidenceNames.Checkpoint, note);
        if (!Open(note, _held.State).TryGet(out var shown, out var fault)) return Refused(new(fault.In(SourceLimits.CheckpointPath), files), isProof: false);
        Recall(note);
        switch (HeadComparisons.Compare(_held.Checkpoint?.Checkpoint, shown.Checkpoint))
        {
            case HeadComparison.Same: return Cosigned(_held.Size, shown);
            case HeadComparison.Split: return Refused(new(Split(shown), Files(shown)), isProof: true);
            case HeadComparison.Behind: return Earlier(shown, role);
            case HeadComparison.Ahead: return await AheadAsync(source, shown, cancellationToken).ConfigureAwait(false);
            default: throw new InvalidOperationException("A comparison that nobody decides.");
        }
    }

    private FollowAnswer Earlier(SignedCheckpoint shown, SourceRole role)
    {
        var root = OwnTree.Root(_store, shown.Checkpoint.Size, _held.Size);
        if (root != shown.Checkpoint.Root) return Refused(new(Continuation.Split(shown.Checkpoint.Size, shown.Checkpoint.Root, root), Files(shown).AddRange(OwnTiles(shown.Checkpoint.Size))), isProof: true);
        if (role == SourceRole.Copy) return new FollowAnswer.Behind(shown.Checkpoint.Size);
        return Refused(new(Continuation.RolledBack(shown.Checkpoint.Size, _held.Size), Files(shown)), isProof: true);
    }

    private async Task<FollowAnswer> AheadAsync(IRecordSource source, SignedCheckpoint shown, CancellationToken cancellationToken)
    {
        var held = _held;
        var (tiles, broken) = await VouchedTiles.OpenAsync(source, shown, held.Size, cancellationToken).ConfigureAwait(false);
        if ((broken ?? tiles!.Broken) is { } edge) return Refused(edge.Evidence, isProof: false);
        if (held.Checkpoint is { } before && await Continuation.FaultAsync(before, tiles!, cancellationToken).ConfigureAwait(false) is { } discontinued)
            return Refused(discontinued, isProof: discontinued.Fault.Code == RecordFaults.SplitView);
        using var staged = new StagedPart(_store, held.Edge, _settings.MaximumStagedBytes);
        var shelf = new AttachmentShelf(source, _store.Attachment, staged.AddAttachment);
        var walk = new RecordWalk<TState, TReading>(source, tiles!, _domain, new(held.Size, held.State, _identities.Find), shelf, signaturesFrom: held.Size) { Beginning = _settings.Beginning };
        var end = await walk.RunAsync(staged.Add, _settings.Progress, cancellationToken).ConfigureAwait(false);
        if (end.Broken is { IsOfSource: true } unanswered) return new FollowAnswer.Unreachable(unanswered.Fault);
        if (end.Broken is { } wrong) return Refused(wrong.Evidence, EvidenceKeeping.IsProof(wrong.Fault), staged);
        if (FutureOf(end.State) is { } future)
            return Refused(new(future, await tiles!.WayToAsync(end.LastTimeIndex ?? held.Size, cancellationToken).ConfigureAwait(false)), isProof: true, staged);
        return Keep(held.Size, shown, end, staged);
    }

    private FollowAnswer.Kept Keep(long from, SignedCheckpoint shown, WalkEnd<TState> end, StagedPart staged)
    {
        // Who may cosign can have changed in the new part.
        var known = Open(shown.Note.Bytes, end.State).TryGet(out var reopened, out _) ? reopened : shown;
        NoteSignature? own = null;
        ReadOnlyMemory<byte> joined = default;
        staged.Commit(shown, transaction =>
        {
            var mayCosign = CosigningStopped is null && !IsCosignedByOwn(known) && ClockFault(end.State) is null;
            own = mayCosign ? _cosigner?.CosignWith(transaction, shown) : null;
            return joined = HeldNote.Join(_settings.LogKey, [known], own).Bytes;
        });
        lock (_identities)
        {
            foreach (var identity in _store.Identities(_held.Size, shown.Checkpoint.Size)) _identities.Add(identity);
        }

        _digests.Add(shown.Checkpoint.Size, _domain.DigestOf(end.State));
        _held = new(end.State, staged.Edge, shown);
        if (own is null) return Cosigned(from, shown);
        var cosigners = _settings.Cosigners(end.State);
        var isJoint = cosigners.Count > 0 && cosigners.All(key => key.Equals(_cosigner!.Key) || known.IsCosignedBy(key));
        if (isJoint) _store.KeepCosigned(joined, isJoint);
        return new(from, _held.Size, joined, isJoint, NotCosigned: null);
    }

    // What is held is shown to be held: cosigned, unless one's own clock or one's own memory speaks against it.
    private FollowAnswer.Kept Cosigned(long from, SignedCheckpoint shown)
    {
        var cosigners = _settings.Cosigners(_held.State);
        List<SignedCheckpoint> notes = [.. new[] { Reopened(_store.Checkpoint!.Value), Reopened(shown.Note.Bytes) }.OfType<SignedCheckpoint>()];
        var (own, notCosigned) = notes.Exists(note => IsCosignedByOwn(note)) ? (null, null) : OwnCosignature(shown);
        var joined = HeldNote.Join(_settings.LogKey, notes, own);
        var isJoint = cosigners.Count > 0 && Reopened(joined.Bytes)!.IsCosignedBy(cosigners);
        if (!IsSame(joined.Bytes, _store.Checkpoint) || (isJoint && !IsSame(joined.Bytes, _store.JointCheckpoint))) _store.KeepCosigned(joined.Bytes, isJoint);
        return new(from, _held.Size, joined.Bytes, isJoint, notCosigned);
    }

    private (NoteSignature? Cosignature, Fault? Why) OwnCosignature(SignedCheckpoint shown)
    {
        if (_cosigner is null) return (null, null);
        if (CosigningStopped is { } stopped) return (null, stopped);
        if (ClockFault(_held.State) is { } wrongClock)
        {
            _evidence.Keep(new(wrongClock, Files(shown)), isProof: false);
            return (null, wrongClock);
        }

        var (cosignature, refused) = _cosigner.Cosign(shown);
        if (refused is null) return (cosignature, null);
        _evidence.Keep(refused, isProof: true);
        return (null, refused.Fault);
    }

    private static bool IsSame(ReadOnlyMemory<byte> note, ReadOnlyMemory<byte>? kept) => kept is { } bytes && bytes.Span.SequenceEqual(note.Span);

    private bool IsCosignedByOwn(SignedCheckpoint note) => _cosigner is { } cosigner && note.IsCosignedBy(cosigner.Key);

    private SignedCheckpoint? Reopened(ReadOnlyMemory<byte> note) => Open(note, _held.State).TryGet(out var opened, out _) ? opened : null;

    // One step opens the same note several times; its signatures are verified once.
    private Checked<SignedCheckpoint> Open(ReadOnlyMemory<byte> note, TState state)
    {
        if (_opened is { } last && ReferenceEquals(last.State, state) && last.Checkpoint.Note.Bytes.Span.SequenceEqual(note.Span)) return last.Checkpoint;
        var cosigners = _settings.Cosigners(state);
        var opened = SignedCheckpoint.Open(note, _settings.LogKey, _cosigner is { } cosigner && !cosigners.Contains(cosigner.Key) ? [.. cosigners, cosigner.Key] : cosigners);
        if (opened.TryGet(out var checkpoint, out _)) _opened = (state, checkpoint);
        return opened;
    }

    // A record that is ahead of one's own clock would let deadlines pass that have not come; it is not taken until they have.
    private Fault? FutureOf(TState state) => _domain.TimeOf(state) is { } time && time > Now() + _settings.ClockLimit ? WrongClock(time) : null;

    private Fault? ClockFault(TState state)
    {
        if (_domain.TimeOf(state) is not { } time) return WrongClock(null);
        return (time - Now()) is var difference && (difference > _settings.ClockLimit || difference < -_settings.ClockLimit) ? WrongClock(time) : null;
    }

    private Instant Now() => _settings.Clock.GetCurrentInstant();

    private Fault WrongClock(Instant? time) =>
        new(RecordFaults.WrongClock, EvidenceNames.Checkpoint, time is { } found ? $"time {found}" : "no time", $"a time within {_settings.ClockLimit.TotalSeconds:0.###} s of one's own clock");

    private Fault Split(SignedCheckpoint shown) => Continuation.Split(shown.Checkpoint.Size, shown.Checkpoint.Root, _held.Edge.Root());

    private ImmutableDictionary<string, ReadOnlyMemory<byte>> Files(SignedCheckpoint shown)
    {
        var files = ImmutableDictionary<string, ReadOnlyMemory<byte>>.Empty.Add(EvidenceNames.Checkpoint, shown.Note.Bytes);
        return _held.Checkpoint is { } held ? files.Add(EvidenceNames.HeldCheckpoint, held.Note.Bytes) : files;
    }

    // By these and the note that is held anybody can tell that the log has shown another root at this size.
    private IEnumerable<KeyValuePair<string, ReadOnlyMemory<byte>>> OwnTiles(long size) =>
        EdgeTiles.Names(size).Concat(EdgeTiles.Names(_held.Size)).DistinctBy(tile => tile.Path()).Select(tile => KeyValuePair.Create("held/" + tile.Path(), _store.Tile(tile) ?? ReadOnlyMemory<byte>.Empty));

    private FollowAnswer.Refused Refused(Evidence evidence, bool isProof, StagedPart? staged = null)
    {
        // A transaction that was begun holds up all who write.
        staged?.Dispose();
        _evidence.Keep(evidence, isProof);
        return new(evidence);
    }
}
