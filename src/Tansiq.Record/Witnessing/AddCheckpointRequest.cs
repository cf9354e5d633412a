using System.Globalization;
using System.Text;
using Tansiq.Record.Checkpoints;
using Tansiq.Record.Merkle;
using Tansiq.Record.Notes;

namespace Tansiq.Record.Witnessing;

/// <summary>
/// What a log asks of a witness (C2SP tlog-witness, add-checkpoint): the size that the witness last cosigned, a consistency proof from
/// there, the checkpoint. Form alone is checked. Immutable and thread-safe.
/// </summary>
public sealed class AddCheckpointRequest
{
    /// <summary>The most bytes of a request.</summary>
    public const int MaximumBytes = NoteLimits.MaximumBytes + 4_096;

    private AddCheckpointRequest(long oldSize, IReadOnlyList<MerkleHash> proof, SignedNote note, Checkpoint checkpoint)
    {
        OldSize = oldSize;
        Proof = proof;
        Note = note;
        Checkpoint = checkpoint;
    }

    /// <summary>The size that the witness is believed to have cosigned last; 0 for none.</summary>
    public long OldSize { get; }

    /// <summary>The consistency proof from <see cref="OldSize"/>.</summary>
    public IReadOnlyList<MerkleHash> Proof { get; }

    /// <summary>The checkpoint as it is signed.</summary>
    public SignedNote Note { get; }

    /// <summary>What the checkpoint says; no signature has been verified.</summary>
    public Checkpoint Checkpoint { get; }

    /// <summary>A request from its parts.</summary>
    /// <returns>The request, or <see cref="RecordFaults.MalformedCheckpoint"/> where the note is none.</returns>
    /// <exception cref="ArgumentException">The size is negative, or the proof is longer than <see cref="ConsistencyProof.MaximumHashes"/>.</exception>
    public static Checked<AddCheckpointRequest> Of(long oldSize, IReadOnlyList<MerkleHash> proof, SignedNote note)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(oldSize);
        ArgumentNullException.ThrowIfNull(proof);
        if (proof.Count > ConsistencyProof.MaximumHashes) throw new ArgumentException("A proof has at most 63 hashes.", nameof(proof));
        ArgumentNullException.ThrowIfNull(note);
        return Checkpoint.Parse(note.Text.Span).TryGet(out var checkpoint, out var fault) ? new AddCheckpointRequest(oldSize, [.. proof], note, checkpoint) : fault;
    }

    /// <summary>Reads a request's body.</summary>
    /// <returns>
    /// The request; <see cref="RecordFaults.MalformedRequest"/>, <see cref="RecordFaults.TooLarge"/>, <see cref="RecordFaults.MalformedNote"/> or
    /// <see cref="RecordFaults.MalformedCheckpoint"/>.
    /// </returns>
    public static Checked<AddCheckpointRequest> Read(ReadOnlyMemory<byte> body)
    {
        if (body.Length > MaximumBytes) return new Fault(RecordFaults.TooLarge, "", $"{body.Length} bytes", string.Create(CultureInfo.InvariantCulture, $"a request of at most {MaximumBytes} bytes"));
        var lines = new LineReader(body.Span);
        if (!lines.TryRead(out var line) || !line.StartsWith("old "u8) || !DecimalText.TryParse(line["old ".Length..], out var oldSize))
            return new Fault(RecordFaults.MalformedRequest, "line 1", "another line", "old and the size that was cosigned last");
        if (!HashLines.Read(ref lines, ConsistencyProof.MaximumHashes, RecordFaults.MalformedRequest).TryGet(out var proof, out var fault)) return fault;
        if (!SignedNote.Read(body[lines.Position..]).TryGet(out var note, out fault)) return fault.In("checkpoint");
        return Of(oldSize, proof, note).TryGet(out var request, out fault) ? request : fault.In("checkpoint");
    }

    /// <summary>The request's body.</summary>
    public byte[] Write()
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"old {OldSize}\n");
        HashLines.Write(text, Proof);
        return [.. Encoding.ASCII.GetBytes(text.ToString()), .. Note.Bytes.Span];
    }
}
