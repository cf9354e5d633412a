using System.Collections.Immutable;
using Tansiq.Coordination.Parties;

namespace Tansiq.Coordination.Monitoring;

/// <summary>A range of ICAO 24-bit addresses.</summary>
/// <param name="First">The first address, 0 to 2²⁴ − 1.</param>
/// <param name="Last">The last address, not below the first.</param>
public readonly record struct AddressRange(int First, int Last);

/// <summary>Who is taken to fly certain tracks, and by whose word (docs/formats/attribution.md).</summary>
public sealed record AttributionRule
{
    /// <summary>The tracks by their exact identifiers.</summary>
    public required ImmutableSortedSet<string> Tracks { get; init; }

    /// <summary>What callsigns begin with, in upper case.</summary>
    public required ImmutableSortedSet<string> Callsigns { get; init; }

    /// <summary>Ranges of addresses.</summary>
    public required ImmutableArray<AddressRange> Blocks { get; init; }

    /// <summary>The actor.</summary>
    public required Id<Actor> Actor { get; init; }

    /// <summary>Declared or assessed.</summary>
    public required AttributionBasis Basis { get; init; }

    /// <summary>How sure it is.</summary>
    public required AttributionConfidence Confidence { get; init; }

    /// <summary>Whose word it is, or where it was published.</summary>
    public required string Source { get; init; }
}

/// <summary>What was declared or assessed of whose aircraft tracks are. Of several rules the most exact counts.</summary>
/// <param name="Rules">The rules.</param>
public sealed record AttributionRules(ImmutableArray<AttributionRule> Rules)
{
    /// <summary>Nothing was declared or assessed.</summary>
    public static AttributionRules None { get; } = new([]);
}
