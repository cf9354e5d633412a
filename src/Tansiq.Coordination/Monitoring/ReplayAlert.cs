using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Geo;

namespace Tansiq.Coordination.Monitoring;

/// <summary>What an alert is about. The order is that of the summary.</summary>
public enum ReplayAlertKind
{
    /// <summary>A track was in an area; without a covering notice it is <em>present, purpose unknown</em>.</summary>
    Presence = 0,

    /// <summary>A track that is declared to fly notices was not in the notified volumes.</summary>
    Nonconformance = 1,

    /// <summary>A track that is not declared to fly a notice was too near to its volumes.</summary>
    Conflict = 2,

    /// <summary>A track reported from places that it cannot have reached.</summary>
    Jump = 3,

    /// <summary>A track repeated one place although it moves.</summary>
    Frozen = 4,
}

/// <summary>
/// Events of one track that belong together, folded into one alert with its course (MON-4): one for each track and area and
/// clause, or flight and clause. It is evidence for an officer and no allegation (MON-5).
/// </summary>
/// <remarks>
/// <see cref="ReplayEvent.At"/> is the moment from which nothing is added any more; <see cref="ReplayEvent.Place"/> and
/// <see cref="ReplayEvent.Height"/> are those of the last event; <see cref="ReplayEvent.Certainty"/> is the greatest.
/// </remarks>
public sealed record ReplayAlert : ReplayEvent
{
    /// <summary>What it is about.</summary>
    public required ReplayAlertKind About { get; init; }

    /// <summary>The area, of a presence; else null.</summary>
    public required Id<DesignatedArea>? Area { get; init; }

    /// <summary>The clause, of a presence or a conflict that stands under one; else null.</summary>
    public required Id<Clause>? Clause { get; init; }

    /// <summary>The notice that the track came too near to, of a conflict; else null.</summary>
    public required FlightReference? Flight { get; init; }

    /// <summary>Whether it went on when the input ended.</summary>
    public required bool IsOpen { get; init; }

    /// <summary>The moment of the first event.</summary>
    public required Instant From { get; init; }

    /// <summary>The place of the first event.</summary>
    public required GeoPoint FromPlace { get; init; }

    /// <summary>The moment of the last event.</summary>
    public required Instant Until { get; init; }

    /// <summary>How often it began: entries, departures from the volumes, approaches, jumps, frozen times; 1 or more.</summary>
    public required long Entries { get; init; }

    /// <summary>The longest time from a beginning to its end.</summary>
    public required Duration LongestStay { get; init; }

    /// <summary>All such times together.</summary>
    public required Duration TotalStay { get; init; }

    /// <summary>Of a presence: the least that a notice covered any of its beginnings; else null.</summary>
    public required Certainty? Covered { get; init; }

    /// <summary>Of a presence: the notices that covered; of a nonconformance: the notices declared; the first ones where there are many.</summary>
    public required ImmutableArray<FlightReference> Flights { get; init; }

    /// <summary>Why the track was lost, where the last event is its loss; else null.</summary>
    public required ReplayCause? Cause { get; init; }

    /// <summary>How many events were folded into it.</summary>
    public required long Events { get; init; }
}
