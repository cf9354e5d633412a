using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;

namespace Tansiq.Coordination.Information;

/// <summary>What a node knows of an urgent message and of what became of it. Immutable.</summary>
public sealed record UrgentCourse
{
    /// <summary>The message's note.</summary>
    public required UrgentNote.OfMessage Note { get; init; }

    /// <summary>When this node got it, or sent it, by its own clock.</summary>
    public required Instant HeldSince { get; init; }

    /// <summary>All events that are held, by hash.</summary>
    public ImmutableSortedDictionary<ContentHash, UrgentNote.OfEvent> Events { get; private init; } = ImmutableSortedDictionary<ContentHash, UrgentNote.OfEvent>.Empty;

    /// <summary>The event by which its sender closed it; null while it is open.</summary>
    public UrgentEvent? Closing { get; private init; }

    /// <summary>Whether its sender closed it and this node holds every event of its course: then the course is the same at every node.</summary>
    public bool IsComplete { get; private init; }

    /// <summary>By whose node it came, as that called itself; null where this node sent it.</summary>
    internal Id<Party>? Path { get; init; }

    /// <summary>What each other node was offered of it.</summary>
    internal ImmutableDictionary<OfferedNote, Offer> Offers { get; init; } = ImmutableDictionary<OfferedNote, Offer>.Empty;

    /// <summary>How many steps of its ladder this node has taken, the repetitions of the last included.</summary>
    internal int StepsTaken { get; init; }

    /// <summary>When the last step was taken; null for none since this node started.</summary>
    internal Instant? LastStepAt { get; init; }

    /// <summary>Whether this node has put the course on the record.</summary>
    public bool IsRecorded { get; init; }

    /// <summary>When putting it on the record is tried again.</summary>
    internal Instant NextRecordingAt { get; init; } = Instant.MinValue;

    /// <summary>The message.</summary>
    public UrgentMessage Message => Note.Message;

    /// <summary>The first answer of a party; null where no person there has answered.</summary>
    public UrgentEvent? AnswerOf(Id<Party> party) => Of(party).FirstOrDefault(each => each.Event.Kind == UrgentEventKind.Answered)?.Event;

    /// <summary>
    /// The events in the order of their moments: where it is complete, those that its closing names, the same at every node; else all that are held.
    /// </summary>
    public ImmutableArray<UrgentEvent> InOrder() =>
    [
        .. (IsComplete ? Named()! : Events.Values)
            .OrderBy(each => each.Event.At)
            .ThenBy(each => each.Event.Party)
            .ThenBy(each => each.Event.Number)
            .ThenBy(each => each.Hash)
            .Select(each => each.Event),
    ];

    /// <summary>The course with one more event.</summary>
    internal UrgentCourse With(UrgentNote.OfEvent happened)
    {
        var next = this with { Events = Events.SetItem(happened.Hash, happened) };
        if (happened.Event is { Kind: UrgentEventKind.Closed } closing && Closing is null && closing.Party == Message.From) next = next with { Closing = closing };
        return next.Closing is null || next.IsComplete ? next : next with { IsComplete = next.Named() is not null };
    }

    /// <summary>The events of one party, by number.</summary>
    internal IEnumerable<UrgentNote.OfEvent> Of(Id<Party> party) =>
        Events.Values.Where(each => each.Author == party).OrderBy(each => each.Event.Number).ThenBy(each => each.Hash);

    /// <summary>Whether a person of a party has answered and none of that party's events before is missing.</summary>
    internal bool IsAnsweredBy(Id<Party> party) => Of(party).Any(each => each.Event.Kind == UrgentEventKind.Answered && Chain(each.Hash) is not null);

    /// <summary>
    /// The event with which a party's part of the course ends for now: of those after which none is missing the one that follows an answer, then the last. A party
    /// that lost its disk may have begun twice.
    /// </summary>
    internal UrgentNote.OfEvent? LastOf(Id<Party> party) => Of(party)
        .Select(each => (Last: each, Chain: Chain(each.Hash)))
        .Where(each => each.Chain is not null)
        .OrderByDescending(each => each.Chain!.Any(before => before.Event.Kind == UrgentEventKind.Answered))
        .ThenByDescending(each => each.Last.Event.Number)
        .Select(each => each.Last)
        .FirstOrDefault();

    // All events that the closing names, or null where one is missing.
    private List<UrgentNote.OfEvent>? Named()
    {
        var named = new List<UrgentNote.OfEvent>();
        foreach (var last in Closing!.Through.Values.Append(Closing.After))
        {
            if (last is null) continue;
            if (Chain(last) is not { } chain) return null;
            named.AddRange(chain);
        }

        return named;
    }

    // An event and those before it of the same party; null where one is missing.
    private List<UrgentNote.OfEvent>? Chain(ContentHash last)
    {
        var chain = new List<UrgentNote.OfEvent>();
        for (var hash = last; hash is not null; hash = chain[^1].Event.After)
        {
            if (chain.Count > UrgentEvent.MaximumOfOneParty || !Events.TryGetValue(hash, out var happened)) return null;
            chain.Add(happened);
        }

        return chain;
    }
}

/// <summary>A note and the node to which it is offered.</summary>
internal sealed record OfferedNote(Id<Party> Peer, ContentHash Hash);

/// <summary>How far an offer has come.</summary>
/// <param name="NextAt">When it is made again.</param>
/// <param name="IsHeld">Whether the other node said that it holds the note.</param>
internal sealed record Offer(Instant NextAt, bool IsHeld);
