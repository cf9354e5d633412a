using System.Collections.Immutable;
using System.Globalization;
using NodaTime;
using Tansiq.Record;
using Tansiq.Record.Checkpoints;
using Tansiq.Record.Following;
using Tansiq.Record.Logs;
using Tansiq.Record.Notes;

namespace Tansiq.Storage.Following;

/// <summary>
/// Cosigns checkpoints of a record that a store holds in full, and remembers the newest one before its cosignature leaves: two that are not consistent
/// are never cosigned, also not by two threads, after a restart, or after an older disk was restored. Thread-safe.
/// </summary>
internal sealed class CentreCosigner(IRecordStore store, VerifierKey logKey, SigningKey key, IClock clock)
{
    // Each attempt that is lost was won by another thread with a larger checkpoint.
    private const int MostAttempts = 100;

    /// <summary>The key's public part.</summary>
    public VerifierKey Key => key.Verifier;

    /// <summary>Cosigns a checkpoint.</summary>
    /// <returns>
    /// The cosignature, or why it is not given: <see cref="RecordFaults.SplitView"/>; <see cref="RecordFaults.RestoredDisk"/> where a larger one was
    /// cosigned before.
    /// </returns>
    public (NoteSignature? Cosignature, Evidence? Refused) Cosign(SignedCheckpoint checkpoint)
    {
        var held = OwnTree.Root(store, checkpoint.Checkpoint.Size, store.Size);
        if (held != checkpoint.Checkpoint.Root) return (null, new(Continuation.Split(checkpoint.Checkpoint.Size, checkpoint.Checkpoint.Root, held), Files(checkpoint, store.Checkpoint)));
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var remembered = store.Witnessed(logKey.Name);
            if (remembered is { } note && WhyNot(checkpoint, note) is { } refused) return (null, refused);
            var cosignature = key.Cosign(checkpoint.Note.Text.Span, clock.GetCurrentInstant());
            if (store.TryWitness(logKey.Name, remembered, Cosigned(checkpoint, cosignature))) return (cosignature, null);
        }

        throw new InvalidOperationException("What is remembered changes all the time.");
    }

    /// <summary>Cosigns a checkpoint in the one step that writes what it covers: what was cosigned is remembered when it is held, or neither is.</summary>
    /// <param name="written">The step: all up to the checkpoint, read back and hashed. Nobody may see the cosignature before it is committed.</param>
    /// <param name="checkpoint">The checkpoint, of a larger size than the store has committed.</param>
    /// <returns>The cosignature; null where it is for <see cref="Cosign"/> to decide, after the step: what is remembered is not of what was held before it.</returns>
    public NoteSignature? CosignWith(IRecordTransaction written, SignedCheckpoint checkpoint)
    {
        if (store.Witnessed(logKey.Name) is { } note && (Remembered(note).Checkpoint.Size > store.Size || WhyNot(checkpoint, note) is not null)) return null;
        var cosignature = key.Cosign(checkpoint.Note.Text.Span, clock.GetCurrentInstant());
        written.Witness(logKey.Name, Cosigned(checkpoint, cosignature));
        return cosignature;
    }

    /// <summary>
    /// Learns from a note that others show what was cosigned before an older disk was restored. From then on nothing below it is cosigned.
    /// </summary>
    /// <returns>Evidence of <see cref="RecordFaults.RestoredDisk"/> or <see cref="RecordFaults.SplitView"/>; null where nothing new is learnt.</returns>
    public Evidence? Recall(ReadOnlyMemory<byte> shown)
    {
        if (!MayTeach(shown) || !SignedCheckpoint.Open(shown, logKey, key.Verifier).TryGet(out var checkpoint, out _) || !checkpoint.IsCosignedBy(key.Verifier)) return null;
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var remembered = store.Witnessed(logKey.Name);
            var last = remembered is { } note ? Remembered(note) : null;
            if (last is not null && HeadComparisons.Compare(last.Checkpoint, checkpoint.Checkpoint) is var compared and not HeadComparison.Ahead)
                return compared == HeadComparison.Split ? Split(checkpoint, last.Checkpoint, remembered) : null;
            if (!store.TryWitness(logKey.Name, remembered, shown)) continue;
            return new(Restored(last?.Checkpoint.Size ?? 0, checkpoint.Checkpoint.Size), Files(checkpoint, remembered));
        }

        throw new InvalidOperationException("What is remembered changes all the time.");
    }

    // Whether a note claims to be cosigned by oneself, and to be another one than is remembered: only then are its signatures worth verifying.
    private bool MayTeach(ReadOnlyMemory<byte> shown) =>
        SignedNote.Read(shown).TryGet(out var note, out _) && note.Signatures.Any(signature => key.Verifier.IsNamedBy(signature))
        && !(store.Witnessed(logKey.Name) is { } remembered && SignedNote.Read(remembered).TryGet(out var last, out _) && last.Text.Span.SequenceEqual(note.Text.Span));

    private Evidence? WhyNot(SignedCheckpoint checkpoint, ReadOnlyMemory<byte> note)
    {
        var last = Remembered(note).Checkpoint;
        switch (HeadComparisons.Compare(last, checkpoint.Checkpoint))
        {
            case HeadComparison.Same: return null;
            case HeadComparison.Split: return Split(checkpoint, last, note);
            case HeadComparison.Behind: return new(Restored(checkpoint.Checkpoint.Size, last.Size), Files(checkpoint, note));
            case HeadComparison.Ahead: return OwnTree.Root(store, last.Size, store.Size) is var root && root == last.Root ? null : new(Continuation.Split(last.Size, root, last.Root), Files(checkpoint, note));
            default: throw new InvalidOperationException("A comparison that nobody decides.");
        }
    }

    private SignedCheckpoint Remembered(ReadOnlyMemory<byte> note) => SignedCheckpoint.Open(note, logKey).TryGet(out var checkpoint, out var fault)
        ? checkpoint
        : throw new RecordStoreException("What was cosigned last is not a checkpoint: " + fault, isFull: false);

    private ReadOnlyMemory<byte> Cosigned(SignedCheckpoint checkpoint, NoteSignature cosignature) =>
        SignedNote.Of(checkpoint.Note.Text.Span, [.. checkpoint.Note.Signatures.Where(signature => logKey.IsNamedBy(signature)), cosignature]).Bytes;

    private static Evidence Split(SignedCheckpoint shown, Checkpoint last, ReadOnlyMemory<byte>? note) => new(Continuation.Split(last.Size, shown.Checkpoint.Root, last.Root), Files(shown, note));

    private static Fault Restored(long found, long cosigned) =>
        new(RecordFaults.RestoredDisk, "", string.Create(CultureInfo.InvariantCulture, $"size {found}"), string.Create(CultureInfo.InvariantCulture, $"size {cosigned}, which was cosigned before"));

    private static ImmutableDictionary<string, ReadOnlyMemory<byte>> Files(SignedCheckpoint shown, ReadOnlyMemory<byte>? held)
    {
        var files = ImmutableDictionary<string, ReadOnlyMemory<byte>>.Empty.Add(EvidenceNames.Checkpoint, shown.Note.Bytes);
        return held is { } note ? files.Add(EvidenceNames.HeldCheckpoint, note) : files;
    }
}
