namespace Tansiq.Geo;

/// <summary>One position of one track as a feed reported it.</summary>
/// <param name="Track">The track's identifier in its feed, for example an ICAO 24-bit address in lower-case hexadecimal.</param>
/// <param name="Position">Where and when.</param>
/// <param name="GroundSpeedMetresPerSecond">Reported speed over ground, or null where none was reported.</param>
/// <param name="OnGround">Whether the aircraft reported itself on the ground, or null where it did not say.</param>
/// <param name="Callsign">The reported callsign without padding, or null.</param>
public sealed record ReportedPosition(
    string Track,
    Position Position,
    double? GroundSpeedMetresPerSecond,
    bool? OnGround,
    string? Callsign)
{
    /// <summary>The feed that it came from, by the name of its file or folder; empty where there is only one.</summary>
    public string Source { get; init; } = "";
}
