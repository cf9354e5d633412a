using System.Globalization;
using NodaTime;
using Tansiq.Record.Checkpoints;
using Tansiq.Record.Logs;
using Tansiq.Record.Merkle;
using Tansiq.Record.Notes;

namespace Tansiq.Record.Witnessing;

/// <summary>What a witness decides (C2SP tlog-witness, add-checkpoint). Pure: keeping what was decided is the caller's.</summary>
public static class Witness
{
    /// <summary>Answers a request.</summary>
    /// <param name="body">The request's body.</param>
    /// <param name="logs">The logs that are witnessed: the keys of each by its origin.</param>
    /// <param name="remembered">Gives the note that was cosigned last of an origin, null for none (<see cref="IRecordStore.Witnessed"/>).</param>
    /// <param name="key">The witness's key of type <see cref="SignatureType.Cosignature"/>.</param>
    /// <param name="now">The witness's clock.</param>
    /// <returns>The answer. <see cref="WitnessAnswer.Cosigned"/> must not go out before its note is kept.</returns>
    /// <exception cref="InvalidOperationException">What is remembered is not a checkpoint: the store is broken.</exception>
    public static WitnessAnswer Answer(
        ReadOnlyMemory<byte> body,
        IReadOnlyDictionary<string, IReadOnlyList<VerifierKey>> logs,
        Func<string, ReadOnlyMemory<byte>?> remembered,
        SigningKey key,
        Instant now)
    {
        ArgumentNullException.ThrowIfNull(logs);
        ArgumentNullException.ThrowIfNull(remembered);
        ArgumentNullException.ThrowIfNull(key);
        if (!AddCheckpointRequest.Read(body).TryGet(out var request, out var fault)) return new WitnessAnswer.Malformed(fault);
        var origin = request.Checkpoint.Origin;
        if (!logs.TryGetValue(origin, out var logKeys)) return new WitnessAnswer.UnknownOrigin(new(RecordFaults.OtherOrigin, "checkpoint, line 1", "another origin", "a log that is witnessed here"));
        if (!request.Note.Verify(logKeys).TryGet(out var signed, out fault)) return new WitnessAnswer.NotSigned(fault);
        if (request.OldSize > request.Checkpoint.Size) return new WitnessAnswer.OldAboveNew(OldAboveNew(request));
        var last = remembered(origin) is { } note ? Remembered.Of(note) : Remembered.Nothing;
        if (WhyNot(request, last) is { } refused) return refused;
        return Cosigned(request, last, [.. signed.Select(each => request.Note.Signatures[each.Signature])], key.Cosign(request.Note.Text.Span, now));
    }

    private static WitnessAnswer? WhyNot(AddCheckpointRequest request, Remembered last)
    {
        var isOtherRoot = request.Checkpoint.Size == last.Size && request.Checkpoint.Root != last.Root;
        if (request.OldSize != last.Size) return new WitnessAnswer.Conflict(last.Size, isOtherRoot ? Evidence(OtherRoot(request, last), request, last) : null);
        if (isOtherRoot) return new WitnessAnswer.WrongRoot(OtherRoot(request, last), Evidence(OtherRoot(request, last), request, last));
        if (ConsistencyProof.Verifies(last.Size, request.Checkpoint.Size, last.Root, request.Checkpoint.Root, request.Proof)) return null;
        return new WitnessAnswer.WrongProof(WrongProof(request), Evidence(WrongProof(request), request, last));
    }

    private static WitnessAnswer.Cosigned Cosigned(AddCheckpointRequest request, Remembered last, NoteSignature[] logSignatures, NoteSignature cosignature) => new(
        request.Checkpoint,
        last.Note,
        SignedNote.Of(request.Note.Text.Span, [.. logSignatures, cosignature]).Bytes,
        cosignature.Line());

    private static Evidence Evidence(Fault fault, AddCheckpointRequest request, Remembered last)
    {
        var files = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal) { ["checkpoint-shown"] = request.Note.Bytes };
        if (last.Note is { } note) files.Add("checkpoint-cosigned", note);
        return new(fault, files);
    }

    private static Fault OldAboveNew(AddCheckpointRequest request) => new(
        RecordFaults.MalformedRequest,
        "line 1",
        string.Create(CultureInfo.InvariantCulture, $"old {request.OldSize}"),
        string.Create(CultureInfo.InvariantCulture, $"at most the checkpoint's size, {request.Checkpoint.Size}"));

    private static Fault OtherRoot(AddCheckpointRequest request, Remembered last) => new(
        RecordFaults.SplitView,
        string.Create(CultureInfo.InvariantCulture, $"size {last.Size}"),
        $"root {request.Checkpoint.Root}",
        $"root {last.Root}");

    private static Fault WrongProof(AddCheckpointRequest request) => new(
        RecordFaults.WrongProof,
        string.Create(CultureInfo.InvariantCulture, $"size {request.OldSize} to {request.Checkpoint.Size}"),
        "a proof that does not hold",
        "a consistency proof between both");

    private sealed record Remembered(ReadOnlyMemory<byte>? Note, long Size, MerkleHash Root)
    {
        public static Remembered Nothing { get; } = new(null, 0, MerkleHashing.Empty);

        public static Remembered Of(ReadOnlyMemory<byte> bytes)
        {
            if (!SignedNote.Read(bytes).TryGet(out var note, out var fault) || !Checkpoint.Parse(note.Text.Span).TryGet(out var checkpoint, out fault))
                throw new InvalidOperationException("What a witness remembers is not a checkpoint: " + fault);
            return new(bytes, checkpoint.Size, checkpoint.Root);
        }
    }
}
