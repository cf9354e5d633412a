using Tansiq.Feeds.Positions.Asterix;
using Tansiq.Feeds.Positions.Clocks;

namespace Tansiq.Feeds.Positions;

/// <summary>What a reader knows besides the bytes.</summary>
/// <param name="Name">The source's name: a path, or what the caller called it.</param>
/// <param name="Clock">What is said of its clock.</param>
/// <param name="Radars">Where the radars stand that measured ranges and azimuths.</param>
internal sealed record PositionContext(string Name, ClockRule Clock, RadarPlaces Radars);
