using Tansiq.Record.Checkpoints;
using Tansiq.Record.Notes;

namespace Tansiq.Storage.Following;

/// <summary>The note that is held of a checkpoint: the log's signature and the cosignatures that were verified, and nothing that nobody here knows.</summary>
internal static class HeldNote
{
    /// <summary>Joins what several notes of one checkpoint bear.</summary>
    /// <param name="logKey">The log's key.</param>
    /// <param name="notes">Notes of the same text; the first signature of each key is taken.</param>
    /// <param name="own">One's own cosignature; null for none.</param>
    public static SignedNote Join(VerifierKey logKey, IEnumerable<SignedCheckpoint> notes, NoteSignature? own)
    {
        var all = notes.ToList();
        var signatures = new List<NoteSignature> { Of(all[0], logKey) };
        var cosigners = all.SelectMany(note => note.Cosignatures.Select(cosignature => (note, cosignature.Key))).DistinctBy(each => each.Key);
        signatures.AddRange(cosigners.Select(each => Of(each.note, each.Key)));
        if (own is { } cosignature) signatures.Add(cosignature);
        return SignedNote.Of(all[0].Note.Text.Span, [.. signatures]);
    }

    private static NoteSignature Of(SignedCheckpoint checkpoint, VerifierKey key) => checkpoint.Note.Signatures.First(signature => key.IsNamedBy(signature));
}
