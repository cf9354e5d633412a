using Tansiq.Record;
using Tansiq.Record.Checkpoints;
using Tansiq.Record.Logs;
using Tansiq.Record.Merkle;
using Tansiq.Record.Notes;

namespace Tansiq.Storage.Following;

/// <summary>What came of a checkpoint with cosignatures that somebody showed.</summary>
public abstract record GatheredNote
{
    private GatheredNote()
    {
    }

    /// <summary>It agrees with what is held.</summary>
    /// <param name="Size">Its size.</param>
    /// <param name="By">Whose cosignatures it bears.</param>
    /// <param name="IsNewlyJoint">Whether by it more entries are joint than before.</param>
    public sealed record Agrees(long Size, IReadOnlyList<VerifierKey> By, bool IsNewlyJoint) : GatheredNote;

    /// <summary>It is of a larger size than is held, and is kept until that is reached.</summary>
    /// <param name="Size">Its size.</param>
    /// <param name="By">Whose cosignatures it bears.</param>
    public sealed record Ahead(long Size, IReadOnlyList<VerifierKey> By) : GatheredNote;

    /// <summary>It contradicts what is held, and the log has signed both; the evidence is kept.</summary>
    /// <param name="Evidence">Both notes.</param>
    public sealed record Split(Evidence Evidence) : GatheredNote;

    /// <summary>It is no checkpoint of this log.</summary>
    /// <param name="Fault">Why.</param>
    public sealed record Refused(Fault Fault) : GatheredNote;
}

/// <summary>
/// Gathers cosignatures of checkpoints, from whoever shows them, until one checkpoint bears those of all signatories: then the entries that it covers are
/// joint (REC-2). Nothing counts that does not agree with the store. Thread-safe.
/// </summary>
public sealed class CosignatureGathering
{
    private const int MostOpen = 256;
    private readonly Lock _gate = new();
    private readonly IRecordStore _store;
    private readonly VerifierKey _logKey;
    private readonly EvidenceKeeping _evidence;
    private readonly VerifiedNotes _verified;

    // Guarded by _gate: notes of one size that are not joint yet, of a text that agrees with the store, or that is beyond it.
    private readonly SortedDictionary<long, List<SignedCheckpoint>> _open = [];
    private long _jointSize;

    // Guarded by _gate: what is kept of larger sizes than this waits for the store to grow; the rest was judged as it came.
    private long _judgedUpTo;

    /// <summary>Begins with what the store knows to be joint.</summary>
    public CosignatureGathering(IRecordStore store, VerifierKey logKey)
    {
        ArgumentNullException.ThrowIfNull(store);
        (_store, _logKey, _evidence, _verified, _judgedUpTo) = (store, logKey, new(store), new(logKey), store.Size);
        if (store.JointCheckpoint is { } note && SignedCheckpoint.Open(note, logKey).TryGet(out var joint, out _) && joint.Checkpoint.Size <= store.Size) _jointSize = joint.Checkpoint.Size;
    }

    /// <summary>How many entries are joint.</summary>
    public long JointSize => Interlocked.Read(ref _jointSize);

    /// <summary>Takes a checkpoint with cosignatures.</summary>
    /// <param name="bytes">The note, from wherever it comes.</param>
    /// <param name="cosigners">Whose cosignatures make entries joint.</param>
    public GatheredNote Take(ReadOnlyMemory<byte> bytes, IReadOnlyCollection<VerifierKey> cosigners)
    {
        ArgumentNullException.ThrowIfNull(cosigners);
        if (!_verified.Open(bytes, cosigners).TryGet(out var shown, out var fault)) return new GatheredNote.Refused(fault);
        lock (_gate) return Judge(shown, cosigners);
    }

    /// <summary>Opens a note of the log, as <see cref="SignedCheckpoint.Open"/> does; what was opened a moment ago is not verified again.</summary>
    public Checked<SignedCheckpoint> Open(ReadOnlyMemory<byte> bytes, IReadOnlyCollection<VerifierKey> cosigners)
    {
        ArgumentNullException.ThrowIfNull(cosigners);
        return _verified.Open(bytes, cosigners);
    }

    /// <summary>A checkpoint with all cosignatures that came for it so far: what one shows to others. Null where none came, or where a later one is joint.</summary>
    /// <param name="size">The checkpoint's size, at most that of the store.</param>
    public ReadOnlyMemory<byte>? Find(long size)
    {
        lock (_gate)
        {
            if (size > _store.Size || !_open.TryGetValue(size, out var notes)) return null;
            var root = Root(size);
            var agreeing = notes.Where(note => note.Checkpoint.Root == root).ToList();
            return agreeing.Count == 0 ? null : HeldNote.Join(_logKey, agreeing, own: null).Bytes;
        }
    }

    /// <summary>Looks again at what was kept for later, after the store has grown.</summary>
    /// <returns>What each note is now.</returns>
    public IReadOnlyList<GatheredNote> Grown(IReadOnlyCollection<VerifierKey> cosigners)
    {
        ArgumentNullException.ThrowIfNull(cosigners);
        lock (_gate)
        {
            var size = _store.Size;
            var reached = _open.Where(each => each.Key > _judgedUpTo && each.Key <= size).SelectMany(each => each.Value).ToList();
            _judgedUpTo = size;
            return [.. reached.Select(note => Judge(_verified.Open(note.Note.Bytes, cosigners).TryGet(out var opened, out _) ? opened : note, cosigners))];
        }
    }

    private GatheredNote Judge(SignedCheckpoint shown, IReadOnlyCollection<VerifierKey> cosigners)
    {
        var size = shown.Checkpoint.Size;
        var by = shown.Cosignatures.Select(cosignature => cosignature.Key).ToList();
        if (size > _store.Size)
        {
            Keep(shown);
            return new GatheredNote.Ahead(size, by);
        }

        var root = Root(size);
        if (root != shown.Checkpoint.Root) return Split(shown, root);
        if (size <= _jointSize || cosigners.Count == 0) return new GatheredNote.Agrees(size, by, IsNewlyJoint: false);
        Keep(shown);
        var agreeing = _open[size].Where(note => note.Checkpoint == shown.Checkpoint).ToList();
        var isJoint = cosigners.All(key => agreeing.Exists(note => note.IsCosignedBy(key)));
        if (isJoint) Join(size, agreeing);
        return new GatheredNote.Agrees(size, by, isJoint);
    }

    private void Join(long size, List<SignedCheckpoint> notes)
    {
        var joined = HeldNote.Join(_logKey, notes, own: null).Bytes;
        if (!(_store.JointCheckpoint is { } kept && kept.Span.SequenceEqual(joined.Span))) _store.KeepCosigned(joined, isJoint: true);
        Interlocked.Exchange(ref _jointSize, size);
        foreach (var passed in _open.Keys.TakeWhile(each => each <= size).ToList()) _open.Remove(passed);
    }

    private void Keep(SignedCheckpoint note)
    {
        var size = note.Checkpoint.Size;
        if (!_open.TryGetValue(size, out var notes)) _open[size] = notes = [];
        // The same note read again by more keys takes the place of what was read before the founding was held.
        var same = notes.FindIndex(each => each.Note.Bytes.Span.SequenceEqual(note.Note.Bytes.Span));
        if (same >= 0) notes[same] = note;
        else if (notes.Count < MostOpen) notes.Add(note);
        // The newest is the likeliest to be cosigned by all.
        if (_open.Count > MostOpen) _open.Remove(_open.Keys.First());
    }

    private GatheredNote.Split Split(SignedCheckpoint shown, MerkleHash root)
    {
        var files = Continuation.Notes(_store.Checkpoint!.Value, shown.Note.Bytes);
        var evidence = new Evidence(Continuation.Split(shown.Checkpoint.Size, shown.Checkpoint.Root, root), files);
        _evidence.Keep(evidence, isProof: true);
        return new(evidence);
    }

    private MerkleHash Root(long size) => size == 0 ? MerkleHashing.Empty : OwnTree.Root(_store, size, _store.Size);
}
