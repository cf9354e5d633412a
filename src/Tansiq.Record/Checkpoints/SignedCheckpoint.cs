using System.Collections.Immutable;
using Tansiq.Record.Notes;
using NodaTime;

namespace Tansiq.Record.Checkpoints;

/// <summary>A checkpoint that the log has signed, with the cosignatures on it that verify.</summary>
public sealed class SignedCheckpoint
{
    private SignedCheckpoint(SignedNote note, Checkpoint checkpoint, ImmutableArray<Cosignature> cosignatures)
    {
        Note = note;
        Checkpoint = checkpoint;
        Cosignatures = cosignatures;
    }

    /// <summary>The note, byte for byte: the evidence.</summary>
    public SignedNote Note { get; }

    /// <summary>What it says.</summary>
    public Checkpoint Checkpoint { get; }

    /// <summary>The cosignatures by the keys that were asked for, in the order of the note.</summary>
    public ImmutableArray<Cosignature> Cosignatures { get; }

    /// <summary>Signs a checkpoint as the log.</summary>
    public static SignedCheckpoint Sign(Checkpoint checkpoint, SigningKey logKey)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentNullException.ThrowIfNull(logKey);
        var text = checkpoint.Text();
        return new(SignedNote.Of(text, logKey.Sign(text)), checkpoint, []);
    }

    /// <summary>Reads a note as a checkpoint of a log.</summary>
    /// <param name="bytes">The note.</param>
    /// <param name="logKey">The log's key; the checkpoint has to be signed by it, and its origin has to be the key's name.</param>
    /// <param name="witnesses">Keys of type <see cref="SignatureType.Cosignature"/> whose cosignatures are asked for.</param>
    /// <returns>
    /// The checkpoint; or a fault: not a note, not a checkpoint, of another origin, not signed by the log, or with a bad
    /// signature by a key that is known (which refuses all of it).
    /// </returns>
    public static Checked<SignedCheckpoint> Open(ReadOnlyMemory<byte> bytes, VerifierKey logKey, params IEnumerable<VerifierKey> witnesses)
    {
        ArgumentNullException.ThrowIfNull(logKey);
        ArgumentNullException.ThrowIfNull(witnesses);
        if (!SignedNote.Read(bytes).TryGet(out var note, out var fault)) return fault;
        if (!Checkpoint.Parse(note.Text.Span).TryGet(out var checkpoint, out fault)) return fault;
        if (checkpoint.Origin != logKey.Name) return new Fault(RecordFaults.OtherOrigin, "line 1", checkpoint.Origin, logKey.Name);
        if (note.Verify(logKey).Fault is { } unsigned) return unsigned;
        if (!note.Verify([logKey, .. witnesses]).TryGet(out var verified, out fault)) return fault;
        return new SignedCheckpoint(note, checkpoint, [.. verified.Where(each => each.Key.Type == SignatureType.Cosignature).OrderBy(each => each.Signature).Select(each => CosignatureOf(note, each))]);
    }

    private static Cosignature CosignatureOf(SignedNote note, (VerifierKey Key, int Signature) verified)
    {
        _ = Cosignature.TrySplit(note.Signatures[verified.Signature].Bytes.Span, out var seconds, out _);
        return new(verified.Key, Instant.FromUnixTimeSeconds(seconds));
    }
}
