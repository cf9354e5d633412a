using NodaTime;

namespace Tansiq.Geo;

/// <summary>A part of airspace for a time: an outline × a height band × a half-open interval of time.</summary>
/// <remarks>
/// The outline's edges and the band's bounds belong to the volume; of the interval the start does and the end does not.
/// An interval without start or end is open on that side; an empty interval holds nothing. Immutable and thread-safe.
/// </remarks>
/// <param name="Outline">The outline, WGS 84.</param>
/// <param name="Heights">The height band.</param>
/// <param name="Time">When, half-open.</param>
public sealed record Volume(Outlines.Outline Outline, HeightBand Heights, Interval Time);
