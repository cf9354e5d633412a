using NodaTime;
using Tansiq.Coordination.Parties;

namespace Tansiq.Coordination.Statements;

/// <summary>What a party said: the envelope and the body. Its identity is party, id and hash of the exact text.</summary>
/// <param name="Id">The identifier that its party gave it.</param>
/// <param name="Party">Who says it: a party, an observer, or the office.</param>
/// <param name="Made">When its author says that it was made; deadlines never count by it (REC-6).</param>
/// <param name="Hash">The hash of its exact text, by which others cite it.</param>
/// <param name="Body">What is said.</param>
public sealed record Statement(Id<Statement> Id, Id<Party> Party, Instant Made, ContentHash Hash, StatementBody Body)
{
    /// <summary>The key that signed it, held at its place on the record; null where the record is played in memory and nothing is signed.</summary>
    public HeldKey? SignedBy { get; init; }

    /// <summary>The officer who released it, as its envelope says; null where it names none.</summary>
    public SpeakingOfficer? Officer { get; init; }
}

/// <summary>What a statement says. Each capability has its own sealed cases.</summary>
public abstract record StatementBody;

/// <summary>A statement of a type that this version does not know: kept and inert (REC-7).</summary>
/// <param name="Type">The type's name as written.</param>
public sealed record UnknownBody(string Type) : StatementBody;

/// <summary>A text that was not taken as a statement but stands on the record: kept and inert (REC-7).</summary>
/// <param name="Code">Why it was not taken (docs/formats/refusals.md).</param>
/// <param name="Where">Where in the text.</param>
public sealed record MalformedBody(string Code, string Where) : StatementBody;

/// <summary>The office's clock: time on the record advances to this moment (REC-6).</summary>
/// <param name="Now">The moment, UTC; never before the last one.</param>
public sealed record RecordTime(Instant Now) : StatementBody;
