using Tansiq.Feeds.Positions.Asterix;
using Tansiq.Feeds.Positions.Clocks;

namespace Tansiq.Feeds.Positions;

/// <summary>What a path holds: a file of positions, or a folder of them that is one feed.</summary>
public static class PositionSource
{
    /// <summary>The source at a path: a <see cref="PositionFolder"/> where it is a folder, else a <see cref="PositionFile"/>. No file is opened.</summary>
    public static IPositionSource At(string path) => At(path, ClockRule.Default, RadarPlaces.None);

    /// <summary>The same with what is said of its clock, and with the places of radars.</summary>
    public static IPositionSource At(string path, ClockRule clock, RadarPlaces radars)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Directory.Exists(path)
            ? PositionFolder.At(path).WithClock(clock).WithRadars(radars)
            : PositionFile.At(path).WithClock(clock).WithRadars(radars);
    }
}
