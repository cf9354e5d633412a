using Tansiq.Record.Notes;

namespace Tansiq.Record.Witnessing;

/// <summary>How a log puts the cosignatures of its witnesses on its checkpoint (tlog-witness, add-checkpoint).</summary>
public static class CosignedCheckpoint
{
    /// <summary>Adds the cosignatures that verify by some keys. One that a key made before on the same checkpoint makes room; those of unknown keys stay out.</summary>
    /// <param name="checkpoint">The checkpoint's note.</param>
    /// <param name="lines">Signature lines: the body of an answer with status 200.</param>
    /// <param name="witnesses">The keys that are asked for.</param>
    /// <returns>
    /// The note with more signatures; <see cref="RecordFaults.MalformedNote"/>, <see cref="RecordFaults.TooLarge"/>,
    /// <see cref="RecordFaults.BadSignature"/>, or <see cref="RecordFaults.UnknownKey"/> where none is by a key that is asked for.
    /// </returns>
    public static Checked<SignedNote> Add(SignedNote checkpoint, ReadOnlyMemory<byte> lines, params IEnumerable<VerifierKey> witnesses)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentNullException.ThrowIfNull(witnesses);
        byte[] joined = [.. checkpoint.Text.Span, (byte)'\n', .. lines.Span];
        if (!SignedNote.Read(joined).TryGet(out var answer, out var fault)) return fault.In("answer");
        if (answer.Text.Length != checkpoint.Text.Length) return new Fault(RecordFaults.MalformedNote, "answer", "an empty line", "signature lines");
        if (!answer.Verify(witnesses.Where(key => key.Type == SignatureType.Cosignature)).TryGet(out var verified, out fault)) return fault.In("answer");
        NoteSignature[] signatures =
        [
            .. checkpoint.Signatures.Where(signature => !verified.Any(each => each.Key.IsNamedBy(signature))),
            .. verified.Select(each => answer.Signatures[each.Signature]),
        ];
        if (signatures.Length > NoteLimits.MaximumSignatures) return new Fault(RecordFaults.TooLarge, "", $"{signatures.Length} signatures", $"at most {NoteLimits.MaximumSignatures}");
        return SignedNote.Of(checkpoint.Text.Span, signatures);
    }
}
