using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;

namespace Tansiq.Coordination.Information;

/// <summary>A message that went from centre to centre without the office, as a mark for <see cref="Id{TEntity}"/>.</summary>
public sealed record DirectMessage
{
    private DirectMessage()
    {
    }
}

/// <summary>What a direct message is about (INF-5).</summary>
public enum DirectMessageKind
{
    /// <summary>Stop at once.</summary>
    Stop = 0,

    /// <summary>The hotline.</summary>
    Hotline = 1,

    /// <summary>The safety of a flight.</summary>
    FlightSafety = 2,
}

/// <summary>What happened to a direct message.</summary>
public enum CourseEventKind
{
    /// <summary>An officer said it.</summary>
    Said = 0,

    /// <summary>It was sent by a path.</summary>
    Sent = 1,

    /// <summary>It came to the other end by a path.</summary>
    Delivered = 2,

    /// <summary>It was shown to a role.</summary>
    Shown = 3,

    /// <summary>Nobody had answered, and the next role was called.</summary>
    Escalated = 4,

    /// <summary>A person in a role answered.</summary>
    Answered = 5,
}

/// <summary>One moment of a message's course, by the clock of the end that reports it.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="At">When.</param>
/// <param name="Path">By which path it was sent or came: an identifier such as <c>direct</c>, <c>office</c>, <c>via:ru</c>; null for other events.</param>
/// <param name="Role">Which role was shown it, called or answered; null for other events.</param>
public sealed record CourseEvent(CourseEventKind Kind, Instant At, string? Path, OfficerRole? Role);

/// <summary>
/// What one end puts on the record afterwards of a STOP, hotline or flight-safety message (INF-5), every second of it. It needs no agreement in force and
/// no second person. An end that has more to say says it again: the newest of each end counts.
/// </summary>
public sealed record StopReport : StatementBody
{
    /// <summary>The most events of one report.</summary>
    public const int MaximumEvents = 400;

    /// <summary>The most characters of its words in one language.</summary>
    public const int MaximumWordsLength = 1_000;

    /// <summary>The message.</summary>
    public required Id<DirectMessage> Message { get; init; }

    /// <summary>What it is about.</summary>
    public required DirectMessageKind Kind { get; init; }

    /// <summary>Who sent it: a signatory or the office.</summary>
    public required Id<Party> From { get; init; }

    /// <summary>To whom: a signatory or the office.</summary>
    public required Id<Party> To { get; init; }

    /// <summary>To which role first.</summary>
    public required OfficerRole Role { get; init; }

    /// <summary>Its words, in the languages in which they were said, one or more.</summary>
    public required Words Words { get; init; }

    /// <summary>Its course as this end saw it, in the order of time.</summary>
    public required ImmutableArray<CourseEvent> Course { get; init; }
}

/// <summary>A report of a direct message on the record.</summary>
/// <param name="Report">It.</param>
/// <param name="Party">Which end made it.</param>
/// <param name="Hash">The hash of its statement.</param>
/// <param name="Place">Where it stands.</param>
public sealed record RecordedStop(StopReport Report, Id<Party> Party, ContentHash Hash, RecordPlace Place);
