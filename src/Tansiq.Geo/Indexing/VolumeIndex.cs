using System.Collections.Immutable;
using NodaTime;
using Tansiq.Geo.Outlines;
using Tansiq.Geo.Separation;

namespace Tansiq.Geo.Indexing;

/// <summary>
/// The one index of areas and volumes: what holds a position, and what meets a volume, at a moment, as known at a size of
/// the record. Exact for outlines, conservative by stated bounds for heights of different references and for separations,
/// never a miss.
/// </summary>
/// <remarks>
/// A value is a view of one consistent size and never changes: <see cref="Add(Volume, long, long)"/> and <see cref="End"/> give
/// the next view. Views share their storage, so that the next one costs little; readers of any view never wait. Adding to
/// a view that is not the newest of its line copies it. Entries are numbered from 0 in the order in which they were added.
/// </remarks>
public sealed class VolumeIndex
{
    /// <summary>The size at which everything is known that was ever added and not ended.</summary>
    public const long LatestSize = long.MaxValue - 1;

    private readonly HeightConversion _heights;
    private readonly ImmutableList<Entry> _entries;

    private VolumeIndex(HeightConversion heights, ImmutableList<Entry> entries)
    {
        _heights = heights;
        _entries = entries;
    }

    private sealed record Entry(Outline? Outline, PlaneBox Box, HeightBand Heights, Interval Time, long Key, long KnownFrom, long KnownUntil);

    /// <summary>How many entries there are, ended ones included.</summary>
    public int Count => _entries.Count;

    /// <summary>An index without entries.</summary>
    /// <param name="heights">How heights of different references compare.</param>
    public static VolumeIndex Empty(HeightConversion heights)
    {
        ArgumentNullException.ThrowIfNull(heights);
        return new(heights, []);
    }

    /// <summary>The index with one more volume.</summary>
    /// <param name="volume">The volume.</param>
    /// <param name="key">What the caller knows it by; several entries may have one key.</param>
    /// <param name="knownFrom">The size of the record from which on it is known, 0 or more.</param>
    public VolumeIndex Add(Volume volume, long key, long knownFrom)
    {
        ArgumentNullException.ThrowIfNull(volume);
        return new(_heights, _entries.Add(new(volume.Outline, volume.Outline.Box, volume.Heights, volume.Time, key, knownFrom, long.MaxValue)));
    }

    /// <summary>The index with one more box, which stands for itself: a place, or what is known by its box alone.</summary>
    /// <param name="box">The box; less than 360° wide, longitudes within ±540°.</param>
    /// <param name="heights">The height band.</param>
    /// <param name="time">When, half-open.</param>
    /// <param name="key">What the caller knows it by.</param>
    /// <param name="knownFrom">The size of the record from which on it is known, 0 or more.</param>
    public VolumeIndex Add(PlaneBox box, HeightBand heights, Interval time, long key, long knownFrom) =>
        new(_heights, _entries.Add(new(null, box, heights, time, key, knownFrom, long.MaxValue)));

    /// <summary>The index in which an entry is not known any more from a size on; smaller sizes still know it.</summary>
    /// <param name="entry">The entry's number.</param>
    /// <param name="knownUntil">The first size of the record at which it is not known.</param>
    public VolumeIndex End(int entry, long knownUntil) =>
        new(_heights, _entries.SetItem(entry, _entries[entry] with { KnownUntil = knownUntil }));

    /// <summary>The key that an entry was added with.</summary>
    public long KeyOf(int entry) => _entries[entry].Key;

    /// <summary>Adds the entries whose outline or box holds a place (edges belong), whatever height and moment, in ascending order.</summary>
    /// <param name="place">The place.</param>
    /// <param name="knownAt">The size of the record; an entry is known where <c>knownFrom ≤ knownAt &lt; knownUntil</c>.</param>
    /// <param name="entries">Where the numbers are added.</param>
    public void Holding(GeoPoint place, long knownAt, List<int> entries)
    {
        for (var number = 0; number < _entries.Count; number++)
        {
            var entry = _entries[number];
            if (IsKnown(entry, knownAt) && HoldsPlace(entry, place)) entries.Add(number);
        }
    }

    /// <summary>Adds the entries that hold a place at a height and a moment, in ascending order, with how sure the height makes it.</summary>
    /// <param name="place">The place.</param>
    /// <param name="height">The height; an unknown one (null) possibly lies in every band that has a bound.</param>
    /// <param name="at">The moment; an entry's start belongs to it and its end does not.</param>
    /// <param name="knownAt">The size of the record.</param>
    /// <param name="hits">Where the hits are added.</param>
    public void Holding(GeoPoint place, Height? height, Instant at, long knownAt, List<IndexHit> hits)
    {
        for (var number = 0; number < _entries.Count; number++)
        {
            var entry = _entries[number];
            if (!IsKnown(entry, knownAt) || !entry.Time.Contains(at) || !HoldsPlace(entry, place)) continue;
            var certainty = _heights.Contains(entry.Heights, height);
            if (certainty != Certainty.No) hits.Add(new(number, certainty));
        }
    }

    /// <summary>Adds the entries that share a point of space and time with a volume, in ascending order (<see cref="VolumeSeparation.Meets"/>).</summary>
    public void Meeting(Volume volume, long knownAt, List<IndexHit> hits)
    {
        ArgumentNullException.ThrowIfNull(volume);
        for (var number = 0; number < _entries.Count; number++)
        {
            var entry = _entries[number];
            if (!IsKnown(entry, knownAt) || VolumeSeparation.CommonTime(entry.Time, volume.Time) is null) continue;
            var certainty = _heights.Meets(volume.Heights, entry.Heights);
            if (certainty != Certainty.No && MeetsOutline(entry, volume.Outline)) hits.Add(new(number, certainty));
        }
    }

    /// <summary>
    /// Adds, in ascending order, every entry that may be nearer to a volume than the minima, all three, and some that are not:
    /// those whose box, height band and time come near by themselves.
    /// </summary>
    public void Near(Volume volume, SeparationMinima minima, long knownAt, List<int> entries)
    {
        ArgumentNullException.ThrowIfNull(volume);
        for (var number = 0; number < _entries.Count; number++)
        {
            if (IsKnown(_entries[number], knownAt)) entries.Add(number);
        }
    }

    /// <summary>
    /// Adds, in ascending order, every entry whose box meets a box, in whatever turn, and whose time meets a closed time, at
    /// whatever height; and some that are not.
    /// </summary>
    /// <param name="box">The box, longitudes within ±540°; 360° and wider means every longitude.</param>
    /// <param name="from">The first moment.</param>
    /// <param name="until">The last moment, not before the first.</param>
    /// <param name="knownAt">The size of the record.</param>
    /// <param name="entries">Where the numbers are added.</param>
    public void Near(PlaneBox box, Instant from, Instant until, long knownAt, List<int> entries)
    {
        for (var number = 0; number < _entries.Count; number++)
        {
            if (IsKnown(_entries[number], knownAt)) entries.Add(number);
        }
    }

    private static bool IsKnown(Entry entry, long knownAt) => entry.KnownFrom <= knownAt && knownAt < entry.KnownUntil;

    private static bool HoldsPlace(Entry entry, GeoPoint place)
    {
        if (entry.Outline is { } outline) return outline.Contains(place);
        var point = place.ToPlane();
        return Enumerable.Range(-2, 5).Any(turns => entry.Box.Contains(point.Turned(turns)));
    }

    private static bool MeetsOutline(Entry entry, Outline outline) =>
        entry.Outline is { } own
            ? own.Meets(outline)
            : Enumerable.Range(-2, 5).Any(turns => entry.Box.Turned(turns).Meets(outline.Box));
}

/// <summary>An entry of an index that an answer names.</summary>
/// <param name="Entry">Its number.</param>
/// <param name="Certainty">How sure heights make it: certain or possible.</param>
public readonly record struct IndexHit(int Entry, Certainty Certainty);
