using Tansiq.Coordination;
using Tansiq.Record.Entries;
using Tansiq.Record.Logs;

namespace Tansiq.Server.Nodes;

/// <summary>
/// A node as the capabilities see it: the verified record that it holds, the picture that comes of it, and the one way to say something. Office and
/// centre answer alike; what differs is how a statement gets its place.
/// </summary>
/// <remarks>Thread-safe. What it gives is immutable and of one moment.</remarks>
public interface INode
{
    /// <summary>Who it is.</summary>
    NodeIdentity Identity { get; }

    /// <summary>The record that it holds, for reading.</summary>
    IRecordStore Store { get; }

    /// <summary>The newest picture.</summary>
    NodePicture Picture { get; }

    /// <summary>Waits for a picture other than one that was seen. Whoever waits gets the newest; those in between are passed over.</summary>
    /// <param name="seen">The picture that was seen.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task<NodePicture> NextAsync(NodePicture seen, CancellationToken cancellationToken);

    /// <summary>Says something in the name of the node's party: signs it, keeps it on the disk, and has it put in order.</summary>
    /// <param name="text">The statement's text (<see cref="Coordination.Statements.StatementWriter"/>), made by the node's party.</param>
    /// <param name="attachments">What it names by hash and nobody holds yet.</param>
    /// <param name="cancellationToken">Ends the waiting for an answer; what is kept already is sent all the same.</param>
    /// <returns>
    /// Its place, or that it waits on the disk for an office that is away, or why it was not taken. The same text again gives the same answer.
    /// </returns>
    Task<Submission> SayAsync(ReadOnlyMemory<byte> text, IReadOnlyList<ReadOnlyMemory<byte>> attachments, CancellationToken cancellationToken);

    /// <summary>Takes an entry that somebody else signed: at the office it is put in order, at a centre passed on.</summary>
    /// <param name="entry">A signed note with one signature.</param>
    /// <param name="cancellationToken">Ends the waiting for an answer.</param>
    Task<Submission> SubmitAsync(ReadOnlyMemory<byte> entry, CancellationToken cancellationToken);

    /// <summary>Gives an attachment that is held, or null.</summary>
    ReadOnlyMemory<byte>? Attachment(AttachmentHash hash);
}
