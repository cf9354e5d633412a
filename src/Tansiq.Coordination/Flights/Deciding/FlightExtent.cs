using System.Collections.Immutable;
using NodaTime;
using Tansiq.Geo;

namespace Tansiq.Coordination.Flights.Deciding;

/// <summary>A box around all volumes of a flight and the time from the first to the last: kept beside a notice, so that most others are passed by at a glance.</summary>
/// <param name="From">Start of the first volume.</param>
/// <param name="Until">End of the last volume (exclusive).</param>
/// <param name="Box">A box that holds the box of every outline.</param>
internal readonly record struct FlightExtent(Instant From, Instant Until, PlaneBox Box)
{
    /// <summary>The extent of volumes that have a start and an end, one or more.</summary>
    public static FlightExtent Of(ImmutableArray<Volume> volumes)
    {
        var (from, until, box) = (volumes[0].Time.Start, volumes[0].Time.End, volumes[0].Outline.Box);
        foreach (var volume in volumes)
        {
            from = Instant.Min(from, volume.Time.Start);
            until = Instant.Max(until, volume.Time.End);
            var other = volume.Outline.Box;
            box = new(Math.Min(box.West, other.West), Math.Min(box.South, other.South), Math.Max(box.East, other.East), Math.Max(box.North, other.North));
        }

        return new(from, until, box);
    }
}
