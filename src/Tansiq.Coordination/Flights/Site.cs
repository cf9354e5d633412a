using System.Collections.Immutable;
using NodaTime;
using Tansiq.Geo;
using Tansiq.Geo.Outlines;

namespace Tansiq.Coordination.Flights;

/// <summary>The category of a protected site (FLT-7).</summary>
public enum SiteCategory
{
    /// <summary>A hospital or clinic.</summary>
    Hospital = 0,

    /// <summary>A school.</summary>
    School = 1,

    /// <summary>A water plant or pumping station.</summary>
    Water = 2,

    /// <summary>A convoy.</summary>
    Convoy = 3,

    /// <summary>A camp of displaced people.</summary>
    Camp = 4,
}

/// <summary>How far a site's notification was verified.</summary>
public enum Verification
{
    /// <summary>Not verified.</summary>
    Unverified = 0,

    /// <summary>Verified.</summary>
    Verified = 1,

    /// <summary>Disputed by a party; checked all the same.</summary>
    Disputed = 2,
}

/// <summary>A protected site, as exactly as its notifier lets it be known.</summary>
public sealed record Site
{
    /// <summary>The greatest uncertainty that is taken, metres.</summary>
    public const int MaximumUncertaintyMetres = 50_000;

    /// <summary>Its identifier.</summary>
    public required Id<Site> Id { get; init; }

    /// <summary>Its name.</summary>
    public required Words Name { get; init; }

    /// <summary>Its category.</summary>
    public required SiteCategory Category { get; init; }

    /// <summary>The stated place: a point, or null where <see cref="Outlines"/> is given.</summary>
    public required GeoPoint? Point { get; init; }

    /// <summary>The stated extent; empty where it is a point.</summary>
    public required ImmutableArray<Outline> Outlines { get; init; }

    /// <summary>The true place lies within so many metres of the stated one, 0 to 50,000.</summary>
    public required int UncertaintyMetres { get; init; }

    /// <summary>How far it was verified.</summary>
    public required Verification Verification { get; init; }

    /// <summary>From when to when the notification holds, half-open; its end is the expiry.</summary>
    public required Interval Validity { get; init; }
}
