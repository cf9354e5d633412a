using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination;
using Tansiq.Coordination.Statements;

namespace Tansiq.Server.Drafts;

/// <summary>A statement that somebody wrote and nobody has released, or that was released from here. It is the centre's own until it is released (PTY-1).</summary>
internal sealed record Draft
{
    /// <summary>The identifier that the statement will have.</summary>
    public required Id<Statement> Id { get; init; }

    /// <summary>The type of the statement.</summary>
    public required string Type { get; init; }

    /// <summary>Its body: one JSON object, UTF-8, without a break between lines.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>What the body names by hash and was given with it.</summary>
    public required ImmutableArray<ReadOnlyMemory<byte>> Attachments { get; init; }

    /// <summary>The officers who had a hand in it: whoever wrote it or changed it, or made the token of the machine that did.</summary>
    public required ImmutableSortedSet<string> Drafters { get; init; }

    /// <summary>When it was written first.</summary>
    public required Instant MadeAt { get; init; }

    /// <summary>Goes up by one with each change: who releases says which one was read.</summary>
    public required int Revision { get; init; }

    /// <summary>How it was released; null while it was not.</summary>
    public ReleasedText? Released { get; init; }
}

/// <summary>A draft's release.</summary>
/// <param name="By">The officer who released it.</param>
/// <param name="At">When.</param>
/// <param name="Text">The exact text that was said: said again it is the same statement.</param>
internal sealed record ReleasedText(string By, Instant At, ReadOnlyMemory<byte> Text);

/// <summary>The codes of refusals about drafts.</summary>
public static class DraftCodes
{
    /// <summary>There is no draft of that identifier.</summary>
    public const string NoSuch = "drafts.no-such";

    /// <summary>Another draft has that identifier.</summary>
    public const string IdTaken = "drafts.id-taken";

    /// <summary>The draft was changed since it was read.</summary>
    public const string Changed = "drafts.changed";

    /// <summary>The draft was released.</summary>
    public const string Released = "drafts.released";

    /// <summary>Whoever drafted may not release (PTY-4).</summary>
    public const string TwoPersons = "drafts.two-persons";

    /// <summary>No role of the officer may do that with statements of the type.</summary>
    public const string Role = "drafts.role";

    /// <summary>While the record stands still nothing is granted (REC-6).</summary>
    public const string StandsStill = "drafts.record-stands-still";

    /// <summary>A type that this version does not know.</summary>
    public const string UnknownType = "drafts.unknown-type";

    /// <summary>An attachment that is no base64, or that the body does not name.</summary>
    public const string Attachment = "drafts.attachment";

    /// <summary>More drafts than a node keeps.</summary>
    public const string TooMany = "drafts.too-many";
}
