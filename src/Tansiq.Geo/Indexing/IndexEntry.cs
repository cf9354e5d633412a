using NodaTime;
using Tansiq.Geo.Outlines;

namespace Tansiq.Geo.Indexing;

/// <summary>What was added to an index, and when it ended.</summary>
/// <remarks>Written once by whoever adds it; only <see cref="Ending"/> is replaced later, by one reference.</remarks>
internal struct IndexEntry
{
    public const long MemoryBytes = 6 * sizeof(long);

    /// <summary>The volume, or null of a box.</summary>
    public Volume? Volume;

    /// <summary>The box, or null of a volume.</summary>
    public IndexedBox? Box;

    /// <summary>The cells of the volume's outline, at hand without another step; null of a box.</summary>
    public OutlineCells? Cells;

    /// <summary>The last ending, of whatever view; null where it has none.</summary>
    public Ending? Ending;

    public long Key;

    public long KnownFrom;

    public readonly HeightBand Heights => Volume is { } volume ? volume.Heights : Box!.Heights;

    public readonly Interval Time => Volume is { } volume ? volume.Time : Box!.Time;

    /// <summary>The ending that a view of a version sees.</summary>
    public readonly Ending? EndingAt(long version)
    {
        var ending = Volatile.Read(in Ending);
        while (ending is not null && ending.Version > version) ending = ending.Earlier;
        return ending;
    }

    /// <summary>Whether the outline or the box holds a place, in whatever turn.</summary>
    public readonly bool Holds(GeoPoint place) => Cells is { } cells ? cells.Locate(place) != PointLocation.Outside : Box!.Contains(place);

    /// <summary>Whether the outline meets another, or the box another's box.</summary>
    public readonly bool Meets(Outline outline) => Cells is { } cells ? OutlineMeeting.Meets(cells, outline.Cells) : Box!.Meets(outline.Box);

    /// <summary>Reads what <see cref="Meets"/> and the heights and times are read from; the result means nothing.</summary>
    public readonly int Touch() => Cells is { } cells ? cells.Edges.Touch() + (Volume!.Heights.Floor.HasValue ? 1 : 0) : 0;

    public readonly bool IsKnown(long knownAt, long version) =>
        KnownFrom <= knownAt && (EndingAt(version) is not { } ending || knownAt < ending.KnownUntil);
}

/// <summary>That an entry is not known any more from a size on.</summary>
/// <param name="Version">The version of the first view that has it.</param>
/// <param name="KnownUntil">The first size at which the entry is not known.</param>
/// <param name="Earlier">The ending that this one replaced.</param>
internal sealed record Ending(long Version, long KnownUntil, Ending? Earlier)
{
    // With the header and the type of an object.
    public const long MemoryBytes = 5 * sizeof(long);
}

/// <summary>A box that stands for itself.</summary>
internal sealed class IndexedBox(PlaneBox box, HeightBand heights, Interval time)
{
    private Volume? _volume;

    public PlaneBox Box => box;

    public HeightBand Heights => heights;

    public Interval Time => time;

    /// <summary>The box as a volume; its outline may be a line or a point. Whichever thread's is kept does.</summary>
    public Volume Volume => _volume ??= new(
        new([new(box.West, box.South), new(box.East, box.South), new(box.East, box.North), new(box.West, box.North)], []), heights, time);

    /// <summary>Whether the box holds a place, in whatever turn.</summary>
    public bool Contains(GeoPoint place)
    {
        if (place.LatitudeE7 < box.South || place.LatitudeE7 > box.North) return false;
        var point = place.ToPlane();
        var turns = Turns.Bringing(new(point.X, point.Y, point.X, point.Y), box);
        return turns.First <= turns.Last;
    }

    /// <summary>Whether the box meets another, in whatever turn.</summary>
    public bool Meets(PlaneBox other)
    {
        if (other.South > box.North || box.South > other.North) return false;
        var turns = Turns.Bringing(other, box);
        return turns.First <= turns.Last;
    }
}
