using System.Globalization;
using System.Text;
using Tansiq.Record.Checkpoints;
using Tansiq.Record.Logs;
using Tansiq.Record.Notes;

namespace Tansiq.Record.Witnessing;

/// <summary>What a witness answers to <see cref="AddCheckpointRequest"/> (tlog-witness, add-checkpoint), as it goes over HTTP.</summary>
public abstract record WitnessAnswer
{
    private const string PlainText = "text/plain; charset=utf-8";

    private WitnessAnswer(int status, string contentType, string body)
    {
        Status = status;
        ContentType = contentType;
        Body = Encoding.UTF8.GetBytes(body);
    }

    /// <summary>The status of the answer.</summary>
    public int Status { get; }

    /// <summary>The media type of <see cref="Body"/>.</summary>
    public string ContentType { get; }

    /// <summary>The body.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>
    /// 200: the cosignature. Before it goes out, <paramref name="Remember"/> has to be kept in the place of <paramref name="Expected"/> in one
    /// step (<see cref="IRecordStore.TryWitness"/>); where that fails, another request was faster, and the witness is asked again.
    /// </summary>
    /// <param name="Checkpoint">What is cosigned.</param>
    /// <param name="Expected">The note that the witness remembered; null for none.</param>
    /// <param name="Remember">The note to remember: the checkpoint with the log's signatures and the cosignature.</param>
    /// <param name="Line">The cosignature's line.</param>
    public sealed record Cosigned(Checkpoint Checkpoint, ReadOnlyMemory<byte>? Expected, ReadOnlyMemory<byte> Remember, string Line)
        : WitnessAnswer(200, PlainText, Line);

    /// <summary>400: not a request.</summary>
    public sealed record Malformed(Fault Fault) : WitnessAnswer(400, PlainText, Fault + "\n");

    /// <summary>404: a log that this witness does not know.</summary>
    public sealed record UnknownOrigin(Fault Fault) : WitnessAnswer(404, PlainText, Fault + "\n");

    /// <summary>403: no signature by a key of the log, or one that does not verify.</summary>
    public sealed record NotSigned(Fault Fault) : WitnessAnswer(403, PlainText, Fault + "\n");

    /// <summary>400: the old size is above the checkpoint's.</summary>
    public sealed record OldAboveNew(Fault Fault) : WitnessAnswer(400, PlainText, Fault + "\n");

    /// <summary>409: the old size is not the one that was cosigned last, which is the body.</summary>
    /// <param name="Size">The size that was cosigned last.</param>
    /// <param name="Evidence">Where the checkpoint has that size and another root, both notes: the log shows two views. Null otherwise.</param>
    public sealed record Conflict(long Size, Evidence? Evidence)
        : WitnessAnswer(409, ConflictSize.ContentType, string.Create(CultureInfo.InvariantCulture, $"{Size}\n"));

    /// <summary>409: the size that was cosigned last, with another root: the log shows two views.</summary>
    /// <param name="Fault">What does not agree.</param>
    /// <param name="Evidence">Both notes, signed by the log.</param>
    public sealed record WrongRoot(Fault Fault, Evidence Evidence) : WitnessAnswer(409, PlainText, Fault + "\n");

    /// <summary>422: the proof does not lead from what was cosigned last to the checkpoint.</summary>
    /// <param name="Fault">What does not agree.</param>
    /// <param name="Evidence">Both notes. They show a fault of the log only if no proof between them can be had.</param>
    public sealed record WrongProof(Fault Fault, Evidence Evidence) : WitnessAnswer(422, PlainText, Fault + "\n");
}

/// <summary>The body of <see cref="WitnessAnswer.Conflict"/>: the size that the witness cosigned last.</summary>
public static class ConflictSize
{
    /// <summary>Its media type; a 409 of another type is no such answer.</summary>
    public const string ContentType = "text/x.tlog.size";

    /// <summary>Reads the size, as a log does that then sends a proof from there.</summary>
    /// <returns>The size, or <see cref="RecordFaults.MalformedRequest"/>.</returns>
    public static Checked<long> Read(ReadOnlySpan<byte> body) =>
        body is [.. var digits, (byte)'\n'] && DecimalText.TryParse(digits, out var size)
            ? size
            : new Fault(RecordFaults.MalformedRequest, "answer", "another text", "a size and a newline");
}
