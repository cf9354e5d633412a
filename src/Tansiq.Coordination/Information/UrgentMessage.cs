using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;

namespace Tansiq.Coordination.Information;

/// <summary>What an urgent message is (INF-5).</summary>
public enum UrgentKind
{
    /// <summary>Stop what you are doing, at once.</summary>
    Stop = 0,

    /// <summary>Command speaks to command.</summary>
    Hotline = 1,

    /// <summary>Something endangers a flight.</summary>
    FlightSafety = 2,
}

/// <summary>
/// A message that goes at once by every path there is, from centre to centre (INF-5). It needs no agreement in force, no second person, no admission and no
/// trust in whoever hands it on: it is signed by the sender's node.
/// </summary>
/// <remarks>There is nothing here for what is below, and nothing may be added for it (BND-1).</remarks>
public sealed record UrgentMessage
{
    /// <summary>The most parties to which one message goes.</summary>
    public const int MaximumAddressees = 16;

    /// <summary>The most characters of its words in one language.</summary>
    public const int MaximumWordsLength = 1_000;

    /// <summary>The most languages of its words.</summary>
    public const int MaximumLanguages = 8;

    /// <summary>The hash of the founding of the record to which it belongs: an exercise's STOP never reaches a real desk (BND-4).</summary>
    public required ContentHash Record { get; init; }

    /// <summary>The identifier that its sender gave it.</summary>
    public required Id<UrgentMessage> Id { get; init; }

    /// <summary>Who sends it.</summary>
    public required Id<Party> From { get; init; }

    /// <summary>To whom; the sender is not among them.</summary>
    public required ImmutableSortedSet<Id<Party>> To { get; init; }

    /// <summary>What it is.</summary>
    public required UrgentKind Kind { get; init; }

    /// <summary>The role that it is addressed to first; those after it in <see cref="EscalationLadder"/> are told when nobody answers.</summary>
    public required OfficerRole Role { get; init; }

    /// <summary>What it says, in whatever languages.</summary>
    public required Words Words { get; init; }

    /// <summary>The notice or operation that it is about, by hash; null where it is about none.</summary>
    public required ContentHash? About { get; init; }

    /// <summary>When it was sent, by the sender's clock.</summary>
    public required Instant SentAt { get; init; }
}

/// <summary>What happened to an urgent message.</summary>
public enum UrgentEventKind
{
    /// <summary>The sender's: another node says that it holds the message.</summary>
    Handed = 0,

    /// <summary>An addressee's: its node has the message.</summary>
    Delivered = 1,

    /// <summary>An addressee's: a role was told of it.</summary>
    Told = 2,

    /// <summary>An addressee's: it was on the screen of an officer of that role.</summary>
    Shown = 3,

    /// <summary>An addressee's: a person of that role answered.</summary>
    Answered = 4,

    /// <summary>The sender's: every addressee has answered, or a person ended it. It says which events its course has.</summary>
    Closed = 5,
}

/// <summary>One event in the course of an urgent message, signed by the node where it happened.</summary>
public sealed record UrgentEvent
{
    /// <summary>The most events of one party in one course; further repetitions are alarms without an event.</summary>
    public const int MaximumOfOneParty = 64;

    /// <summary>The hash of the message's text.</summary>
    public required ContentHash Message { get; init; }

    /// <summary>Where it happened.</summary>
    public required Id<Party> Party { get; init; }

    /// <summary>Its number among the events of that party in that course, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The hash of that party's event before it; null for its first. So a course is named by its last events.</summary>
    public required ContentHash? After { get; init; }

    /// <summary>When, by that party's clock.</summary>
    public required Instant At { get; init; }

    /// <summary>What happened.</summary>
    public required UrgentEventKind Kind { get; init; }

    /// <summary>By whose node the message came, or which node it was handed to, as that node called itself; null for other kinds.</summary>
    public Id<Party>? Path { get; init; }

    /// <summary>The role; null where none is meant.</summary>
    public OfficerRole? Role { get; init; }

    /// <summary>The pseudonym of the person who answered or ended it; null for other kinds.</summary>
    public string? Officer { get; init; }

    /// <summary>The answer's words; null for none.</summary>
    public Words? Words { get; init; }

    /// <summary>
    /// For <see cref="UrgentEventKind.Closed"/>: the hash of each addressee's last event that is of the course, which names those before it too; empty for
    /// other kinds.
    /// </summary>
    public ImmutableSortedDictionary<Id<Party>, ContentHash> Through { get; init; } = ImmutableSortedDictionary<Id<Party>, ContentHash>.Empty;
}
