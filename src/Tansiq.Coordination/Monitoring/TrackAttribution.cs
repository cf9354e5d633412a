using Tansiq.Coordination.Parties;

namespace Tansiq.Coordination.Monitoring;

/// <summary>What an attribution rests on (MON-3).</summary>
public enum AttributionBasis
{
    /// <summary>The ICAO 24-bit address lies in the block of a state of registration; never names an actor.</summary>
    AddressBlock = 0,

    /// <summary>A party declared it.</summary>
    Declared = 1,

    /// <summary>Officers assessed it, and may be wrong.</summary>
    Assessed = 2,
}

/// <summary>How sure an attribution is, by the word of its source.</summary>
public enum AttributionConfidence
{
    /// <summary>Low.</summary>
    Low = 0,

    /// <summary>Moderate.</summary>
    Moderate = 1,

    /// <summary>High.</summary>
    High = 2,
}

/// <summary>Whose aircraft a track is taken to be. A track without one is unattributed and stays so (MON-3).</summary>
/// <param name="Basis">What it rests on: the word on the actor where there is one, else the address block.</param>
/// <param name="State">The state of registration by the address block, as ISO 3166-1 alpha-2 code; null where the address tells none.</param>
/// <param name="Actor">The actor; null where only the state of registration is known.</param>
/// <param name="Confidence">How sure it is.</param>
public sealed record TrackAttribution(AttributionBasis Basis, string? State, Id<Actor>? Actor, AttributionConfidence Confidence);
