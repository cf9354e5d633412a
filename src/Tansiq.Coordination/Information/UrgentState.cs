using System.Collections.Immutable;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;

namespace Tansiq.Coordination.Information;

/// <summary>Who a node on the urgent way is, and which others it reaches.</summary>
/// <param name="Self">The party whose node it is.</param>
/// <param name="Office">The party of the office.</param>
/// <param name="Peers">The parties of all other nodes that it knows an address of: centres, the office, observers that forward.</param>
public sealed record UrgentNode(Id<Party> Self, Id<Party> Office, ImmutableArray<Id<Party>> Peers);

/// <summary>All urgent messages that a node holds. Immutable.</summary>
/// <param name="Node">Who it is.</param>
public sealed record UrgentState(UrgentNode Node)
{
    /// <summary>The most messages of one sender whose course is not settled; further ones are not taken, so that nobody crowds out another.</summary>
    public const int MaximumOpenOfOneSender = 1_024;

    /// <summary>The most settled messages that are kept in memory; the oldest leave first. They stay on the disk and on the record.</summary>
    public const int MaximumSettled = 1_024;

    /// <summary>The messages that something is still to be done for, by hash.</summary>
    public ImmutableSortedDictionary<ContentHash, UrgentCourse> Open { get; init; } = ImmutableSortedDictionary<ContentHash, UrgentCourse>.Empty;

    /// <summary>The messages that are closed, recorded, and held by all nodes, by hash.</summary>
    public ImmutableSortedDictionary<ContentHash, UrgentCourse> Settled { get; init; } = ImmutableSortedDictionary<ContentHash, UrgentCourse>.Empty;

    /// <summary>The course of a message; null where it is not held.</summary>
    public UrgentCourse? Find(ContentHash message) => Open.GetValueOrDefault(message) ?? Settled.GetValueOrDefault(message);

    /// <summary>Whether a note can be taken: null, or the code of the refusal.</summary>
    public string? Refuses(UrgentNote note)
    {
        ArgumentNullException.ThrowIfNull(note);
        if (Find(note.About) is { } course)
        {
            if (note is not UrgentNote.OfEvent { Event: var happened } || course.Events.ContainsKey(note.Hash)) return null;
            if (!MaySay(course.Message, happened)) return UrgentCodes.NotTakingPart;
            return course.Of(happened.Party).Count() >= 2 * UrgentEvent.MaximumOfOneParty ? UrgentCodes.TooManyEvents : null;
        }

        if (note is not UrgentNote.OfMessage { Message.From: var sender }) return UrgentCodes.UnknownMessage;
        return Open.Values.Count(each => each.Message.From == sender) >= MaximumOpenOfOneSender ? UrgentCodes.TooManyOpen : null;
    }

    private static bool MaySay(UrgentMessage message, UrgentEvent happened) =>
        happened.Kind is UrgentEventKind.Handed or UrgentEventKind.Closed ? happened.Party == message.From : message.To.Contains(happened.Party);
}

/// <summary>The codes of what is not taken on the urgent way (docs/formats/refusals.md).</summary>
public static class UrgentCodes
{
    /// <summary>An event of a message that is not held.</summary>
    public const string UnknownMessage = "information.unknown-message";

    /// <summary>An event of a party that is neither sender nor addressee.</summary>
    public const string NotTakingPart = "information.not-taking-part";

    /// <summary>Too many events of that party in one course.</summary>
    public const string TooManyEvents = "information.too-many-events";

    /// <summary>Too many messages of that sender are open.</summary>
    public const string TooManyOpen = "information.too-many-open";

    /// <summary>An answer by a machine.</summary>
    public const string AnsweredByMachine = "information.answered-by-machine";

    /// <summary>An answer by a party to which it was not addressed, or an end by another than its sender.</summary>
    public const string NotAddressed = "information.not-addressed";

    /// <summary>An identifier that another message of the same sender has.</summary>
    public const string IdReused = "information.id-reused";
}
