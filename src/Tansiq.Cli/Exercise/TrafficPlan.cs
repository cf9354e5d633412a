using System.Collections.Immutable;
using NodaTime;
using Tansiq.Geo;

namespace Tansiq.Cli.Exercise;

/// <summary>What exercise traffic is made from (docs/formats/traffic.md).</summary>
internal sealed record TrafficPlan
{
    /// <summary>The most aircraft that fly without a notice.</summary>
    public const int MaximumAircraft = 500;

    /// <summary>The longest time, in hours.</summary>
    public const int MaximumHours = 24;

    /// <summary>The seed: the same seed gives the same traffic.</summary>
    public required long Seed { get; init; }

    /// <summary>From when to when, half-open.</summary>
    public required Interval Time { get; init; }

    /// <summary>Where aircraft fly that have no notice and no area to go to.</summary>
    public required PlaneBox Region { get; init; }

    /// <summary>Airliners in transit.</summary>
    public required int Airliners { get; init; }

    /// <summary>Tankers on a racetrack.</summary>
    public required int Tankers { get; init; }

    /// <summary>Helicopters from a place and back.</summary>
    public required int Helicopters { get; init; }

    /// <summary>Unmanned aircraft that stay over a place.</summary>
    public required int Drones { get; init; }

    /// <summary>Fast aircraft without notice that enter designated areas.</summary>
    public required int Unnotified { get; init; }

    /// <summary>How many tracks have a loss of coverage.</summary>
    public required int Gaps { get; init; }

    /// <summary>How many tracks repeat one place for a while.</summary>
    public required int Frozen { get; init; }

    /// <summary>How many tracks report from elsewhere for a moment.</summary>
    public required int Jumps { get; init; }

    /// <summary>The declared tracks that leave their notified volumes for a while.</summary>
    public required ImmutableSortedSet<string> Strays { get; init; }
}
