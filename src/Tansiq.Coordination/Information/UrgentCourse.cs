using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination.Flights;
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

    /// <summary>The events by party and number. Of two with one number the one whose hash is less stands, the same everywhere.</summary>
    public ImmutableSortedDictionary<EventPlace, UrgentNote.OfEvent> Events { get; init; } = ImmutableSortedDictionary.Create<EventPlace, UrgentNote.OfEvent>(EventPlace.Order);

    /// <summary>What each other node was offered of it.</summary>
    internal ImmutableDictionary<OfferedNote, Offer> Offers { get; init; } = ImmutableDictionary<OfferedNote, Offer>.Empty;

    /// <summary>By whose node it came, as that called itself; null where this node sent it.</summary>
    internal Id<Party>? Path { get; init; }

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

    /// <summary>The event by which its sender closed it; null while it is open.</summary>
    public UrgentEvent? Closing => Events.Values.Select(note => note.Event).FirstOrDefault(each => each.Kind == UrgentEventKind.Closed && each.Party == Message.From);

    /// <summary>Whether its sender closed it and this node holds every event of its course: then it is the same at every node.</summary>
    public bool IsComplete => Closing is { } closing && closing.Through.All(each => LastWithoutGap(each.Key) >= each.Value);

    /// <summary>The first answer of a party; null where no person there has answered.</summary>
    public UrgentEvent? AnswerOf(Id<Party> party) => Of(party).FirstOrDefault(each => each.Kind == UrgentEventKind.Answered);

    /// <summary>Whether a person of each addressee has answered.</summary>
    public bool IsAnswered => Message.To.All(party => AnswerOf(party) is not null);

    /// <summary>
    /// The events in the order of their moments: where it is complete, those that its closing names, the same at every node; else all that are held.
    /// </summary>
    public ImmutableArray<UrgentEvent> InOrder()
    {
        var through = IsComplete ? Closing!.Through : null;
        return
        [
            .. Events.Values.Select(note => note.Event)
                .Where(each => through is null || each.Number <= through.GetValueOrDefault(each.Party))
                .OrderBy(each => each.At)
                .ThenBy(each => each.Party)
                .ThenBy(each => each.Number),
        ];
    }

    /// <summary>The events of one party, in order.</summary>
    internal IEnumerable<UrgentEvent> Of(Id<Party> party) => Events.Where(each => each.Key.Party == party).Select(each => each.Value.Event);

    /// <summary>The number of a party's last event before which none is missing; 0 for none.</summary>
    internal int LastWithoutGap(Id<Party> party)
    {
        var last = 0;
        foreach (var happened in Of(party))
        {
            if (happened.Number != last + 1) break;
            last = happened.Number;
        }

        return last;
    }
}

/// <summary>Where an event stands in a course.</summary>
/// <param name="Party">Whose it is.</param>
/// <param name="Number">Its number there.</param>
public sealed record EventPlace(Id<Party> Party, int Number)
{
    /// <summary>By party, then by number.</summary>
    internal static IComparer<EventPlace> Order { get; } = Comparer<EventPlace>.Create(static (first, second) =>
    {
        var byParty = first.Party.CompareTo(second.Party);
        return byParty != 0 ? byParty : first.Number.CompareTo(second.Number);
    });
}

/// <summary>A note and the node to which it is offered.</summary>
internal sealed record OfferedNote(Id<Party> Peer, ContentHash Hash);

/// <summary>How far an offer has come.</summary>
/// <param name="NextAt">When it is made again.</param>
/// <param name="IsHeld">Whether the other node said that it holds the note.</param>
internal sealed record Offer(Instant NextAt, bool IsHeld);
