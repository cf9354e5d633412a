using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Geo;
using Tansiq.Geo.Outlines;

namespace Tansiq.Coordination.Monitoring;

/// <summary>An area that tracks are watched against: outlines × height band × time.</summary>
public sealed record WatchedArea
{
    /// <summary>The area.</summary>
    public required Id<DesignatedArea> Area { get; init; }

    /// <summary>The clauses that designate it; each gets its own event. Empty: one event without a clause.</summary>
    public required ImmutableArray<Id<Clause>> Clauses { get; init; }

    /// <summary>Its outlines, one or more; their points together are the area.</summary>
    public required ImmutableArray<Outline> Outlines { get; init; }

    /// <summary>Its height band.</summary>
    public required HeightBand Heights { get; init; }

    /// <summary>When it is valid, half-open.</summary>
    public required Interval Validity { get; init; }
}

/// <summary>A standing notice that tracks are held against.</summary>
public sealed record WatchedNotice
{
    /// <summary>Its name on the record.</summary>
    public required FlightReference Flight { get; init; }

    /// <summary>The notice; its volumes count.</summary>
    public required Notice Notice { get; init; }

    /// <summary>The tracks that are declared to fly it; empty where no track is known to.</summary>
    public required ImmutableSortedSet<string> Tracks { get; init; }

    /// <summary>The separations that others keep from its volumes; where there are none, only being in the volumes is a conflict.</summary>
    public ImmutableArray<WatchedSeparation> Separations { get; init; } = [];
}

/// <summary>A separation clause that speaks of a notice, in one stretch of time in which it is in force.</summary>
/// <param name="Clause">The clause.</param>
/// <param name="LateralMetres">Least lateral distance, metres, 0 to 500,000.</param>
/// <param name="VerticalUnits">Least vertical distance, units of 0.1 mm, 0 or more.</param>
/// <param name="InForce">When, half-open.</param>
public sealed record WatchedSeparation(Id<Clause> Clause, int LateralMetres, long VerticalUnits, Interval InForce);

/// <summary>Everything that a replay holds tracks against.</summary>
public sealed record ReplayPicture
{
    /// <summary>The areas.</summary>
    public required ImmutableArray<WatchedArea> Areas { get; init; }

    /// <summary>The notices, in the order in which events name them.</summary>
    public required ImmutableArray<WatchedNotice> Notices { get; init; }

    /// <summary>How heights of different references compare.</summary>
    public required HeightConversion Heights { get; init; }

    /// <summary>What was declared or assessed of whose aircraft tracks are.</summary>
    public AttributionRules Attribution { get; init; } = AttributionRules.None;
}
