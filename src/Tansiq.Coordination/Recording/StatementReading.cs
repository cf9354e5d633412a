using Tansiq.Coordination.Statements;
using Tansiq.Record.Entries;

namespace Tansiq.Coordination.Recording;

/// <summary>An entry of the record as it was read apart from its place. Immutable and thread-safe.</summary>
public sealed class StatementReading
{
    internal StatementReading(in StatementEnvelope envelope, Statement? statement)
    {
        Envelope = envelope;
        Identity = envelope.Identity();
        Statement = statement;
    }

    /// <summary>The type; empty where the text says none that can be read.</summary>
    public string Type => Envelope.Type;

    /// <summary>The author's identifier; empty where the text says none.</summary>
    public string Party => Envelope.Party;

    /// <summary>The statement's own identifier; empty where the text says none.</summary>
    public string Id => Envelope.Id;

    internal StatementEnvelope Envelope { get; }

    /// <summary>Party and identifier as 128 bits, or null where the text says none.</summary>
    internal UInt128? Identity { get; }

    /// <summary>
    /// The statement, with a <see cref="MalformedBody"/> where the text is none; null where it takes the founding to read it, which is
    /// there only at its place.
    /// </summary>
    internal Statement? Statement { get; }

    /// <summary>The attachments that it names.</summary>
    internal IReadOnlyList<AttachmentHash> Attachments => Envelope.Attachments;
}
