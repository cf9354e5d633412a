using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Geo;

namespace Tansiq.Coordination.Monitoring;

/// <summary>What happened. The order is that of the summary.</summary>
public enum ReplayEventKind
{
    /// <summary>A track reported from a place that it cannot have reached.</summary>
    Jump = 0,

    /// <summary>A track repeats one place although it moves.</summary>
    Frozen = 1,

    /// <summary>A track that is declared to fly a notice is in the notified volumes (again).</summary>
    Conforming = 2,

    /// <summary>A track that is declared to fly a notice is not in the notified volumes, or may not be.</summary>
    Nonconforming = 3,

    /// <summary>A track is in an area at its first fix, or at the first one after it was lost.</summary>
    Appeared = 4,

    /// <summary>A track came into an area, or what was possible became certain.</summary>
    Enter = 5,

    /// <summary>A track left an area, or what was certain became only possible.</summary>
    Leave = 6,

    /// <summary>A track was not seen any more while it was in an area.</summary>
    Lost = 7,

    /// <summary>A track came too near to a notified volume that it is not declared to fly, or what was possible became certain.</summary>
    Conflict = 8,

    /// <summary>A track is not too near any more, or only possibly, or was not seen any more.</summary>
    ConflictEnd = 9,

    /// <summary>Events that belong together, with their course.</summary>
    Alert = 10,
}

/// <summary>Why a track appeared or was lost.</summary>
public enum ReplayCause
{
    /// <summary>The track's first fix.</summary>
    First = 0,

    /// <summary>No fix for longer than the greatest gap.</summary>
    Gap = 1,

    /// <summary>The track jumped, and its new place was accepted.</summary>
    Jump = 2,

    /// <summary>The track was frozen for longer than the greatest gap.</summary>
    Frozen = 3,

    /// <summary>The input ended.</summary>
    End = 4,
}

/// <summary>One event of a replay. It is evidence for an officer and no allegation (MON-5).</summary>
public abstract record ReplayEvent
{
    private protected ReplayEvent()
    {
    }

    /// <summary>What happened.</summary>
    public required ReplayEventKind Kind { get; init; }

    /// <summary>The track.</summary>
    public required string Track { get; init; }

    /// <summary>When, the nearest millisecond to the exact moment (ties to even).</summary>
    public required Instant At { get; init; }

    /// <summary>Where, the nearest point of the grid to the exact place (ties to even).</summary>
    public required GeoPoint Place { get; init; }

    /// <summary>The track's height there to the nearest 0.1 mm (ties to even), or null where it is not known.</summary>
    public required Height? Height { get; init; }

    /// <summary>How sure it is.</summary>
    public required Certainty Certainty { get; init; }

    /// <summary>Whose aircraft the track is taken to be, or null where it is unattributed.</summary>
    public required TrackAttribution? Attribution { get; init; }
}

/// <summary>A track came into an area, left it, appeared or was lost in it.</summary>
public sealed record AreaEvent : ReplayEvent
{
    /// <summary>The area.</summary>
    public required Id<DesignatedArea> Area { get; init; }

    /// <summary>The clause, or null where the area stands under none.</summary>
    public required Id<Clause>? Clause { get; init; }

    /// <summary>Why it appeared or was lost; null for the others.</summary>
    public required ReplayCause? Cause { get; init; }

    /// <summary>Whether a notice covers the track there; never certain for a track that is declared to fly none.</summary>
    public required Certainty Covered { get; init; }

    /// <summary>The notices that do, as far as <see cref="Covered"/> says; the first ones where there are many.</summary>
    public required ImmutableArray<FlightReference> Flights { get; init; }
}

/// <summary>A track that is declared to fly notices is in their volumes, or is not.</summary>
public sealed record ConformanceEvent : ReplayEvent
{
    /// <summary>The notices that it is declared to fly; the first ones where there are many.</summary>
    public required ImmutableArray<FlightReference> Flights { get; init; }
}

/// <summary>A track is too near to a notified volume that it is not declared to fly, or is so no longer (FLT-4).</summary>
public sealed record ConflictEvent : ReplayEvent
{
    /// <summary>The notice.</summary>
    public required FlightReference Flight { get; init; }

    /// <summary>The separation clause, or null where none is in force and the track is in the volume itself.</summary>
    public required Id<Clause>? Clause { get; init; }

    /// <summary>Why the track appeared there or was lost there; null for the others.</summary>
    public required ReplayCause? Cause { get; init; }
}

/// <summary>A track reported from a place that it cannot have reached.</summary>
public sealed record JumpEvent : ReplayEvent
{
    /// <summary>Its last place before.</summary>
    public required GeoPoint FromPlace { get; init; }

    /// <summary>When it was there, the nearest millisecond.</summary>
    public required Instant FromAt { get; init; }
}

/// <summary>A track repeats one place although it moves.</summary>
public sealed record FrozenEvent : ReplayEvent
{
    /// <summary>When it first reported that place, the nearest millisecond.</summary>
    public required Instant Since { get; init; }
}
