using NodaTime;

namespace Tansiq.Geo;

/// <summary>Where something was reported to be at a moment, with what is not known of it.</summary>
/// <param name="Place">The reported place, WGS 84.</param>
/// <param name="HorizontalUncertaintyMetres">Radius in which the true place lies, metres; zero where the feed gives none.</param>
/// <param name="Height">The reported height with its reference, or null where none was reported.</param>
/// <param name="At">The moment.</param>
public readonly record struct Position(GeoPoint Place, int HorizontalUncertaintyMetres, Height? Height, Instant At);
