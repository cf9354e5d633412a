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
public sealed partial class VolumeIndex
{
    /// <summary>The size at which everything is known that was ever added and not ended.</summary>
    public const long LatestSize = long.MaxValue - 1;

    /// <summary>The most entries an index has, ended ones included.</summary>
    public const int MaximumEntries = Candidate.MaximumEntries;

    private const int FirstCapacity = 16;

    private readonly SearchHeights _heights;
    private readonly IndexEntry[] _entries;
    private readonly EntryTail _tail;
    private readonly int _tailCount;
    private readonly RunSet _runs;
    private readonly Lineage _lineage;
    private readonly long _version;

    private VolumeIndex(SearchHeights heights, IndexEntry[] entries, int count, EntryTail tail, int tailCount, RunSet runs, Lineage lineage, long version)
    {
        _heights = heights;
        _entries = entries;
        Count = count;
        _tail = tail;
        _tailCount = tailCount;
        _runs = runs;
        _lineage = lineage;
        _version = version;
    }

    /// <summary>How many entries there are, ended ones included.</summary>
    public int Count { get; }

    /// <summary>What the index itself takes, bytes: without the volumes and their outlines, which it keeps by reference.</summary>
    public long MemoryBytes
    {
        get
        {
            var endings = _entries.AsSpan(0, Count).ToArray().LongCount(entry => entry.Ending is not null);
            return _entries.Length * IndexEntry.MemoryBytes + endings * Ending.MemoryBytes + _tail.MemoryBytes + _runs.MemoryBytes;
        }
    }

    /// <summary>An index without entries.</summary>
    /// <param name="heights">How heights of different references compare.</param>
    public static VolumeIndex Empty(HeightConversion heights)
    {
        ArgumentNullException.ThrowIfNull(heights);
        return new(new(heights), new IndexEntry[FirstCapacity], 0, new(0), 0, RunSet.Empty, new(0), 0);
    }

    /// <summary>The index with one more volume.</summary>
    /// <param name="volume">The volume.</param>
    /// <param name="key">What the caller knows it by; several entries may have one key.</param>
    /// <param name="knownFrom">The size of the record from which on it is known, 0 or more.</param>
    public VolumeIndex Add(Volume volume, long key, long knownFrom)
    {
        ArgumentNullException.ThrowIfNull(volume);
        return Add(new IndexEntry { Volume = volume, Cells = volume.Outline.Cells, Key = key, KnownFrom = knownFrom });
    }

    /// <summary>The index with one more box, which stands for itself: a place, or what is known by its box alone.</summary>
    /// <param name="box">The box; less than 360° wide, longitudes within ±540°.</param>
    /// <param name="heights">The height band.</param>
    /// <param name="time">When, half-open.</param>
    /// <param name="key">What the caller knows it by.</param>
    /// <param name="knownFrom">The size of the record from which on it is known, 0 or more.</param>
    public VolumeIndex Add(PlaneBox box, HeightBand heights, Interval time, long key, long knownFrom) =>
        Add(new IndexEntry { Box = new(box, heights, time), Key = key, KnownFrom = knownFrom });

    /// <summary>The index with more volumes, in the order given: what <see cref="Add(Volume, long, long)"/> gives one by one, sooner.</summary>
    public VolumeIndex AddAll(IReadOnlyCollection<AddedVolume> volumes)
    {
        ArgumentNullException.ThrowIfNull(volumes);
        return volumes.Count <= EntryTail.Capacity
            ? volumes.Aggregate(this, (index, added) => index.Add(added.Volume, added.Key, added.KnownFrom))
            : Owned(volumes.Count, out var version).AddPacked(volumes, version);
    }

    /// <summary>The index in which an entry is not known any more from a size on; smaller sizes still know it.</summary>
    /// <remarks>Of an entry that has ended before, this end counts from now on.</remarks>
    /// <param name="entry">The entry's number.</param>
    /// <param name="knownUntil">The first size of the record at which it is not known.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such entry.</exception>
    public VolumeIndex End(int entry, long knownUntil)
    {
        Checked(entry);
        var owned = Owned(0, out var version);
        ref var ended = ref owned._entries[entry];
        var earlier = ended.Ending;
        Volatile.Write(ref ended.Ending, new(version, knownUntil, earlier));
        var runs = earlier is not null ? owned._runs.WithKnownUntil(knownUntil)
            : entry < owned._tail.FirstEntry ? owned._runs.WithEnded(entry, new(owned._entries, version))
            : owned._runs;
        return owned.Next(owned._entries, Count, owned._tail, _tailCount, runs, version);
    }

    /// <summary>The key that an entry was added with.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such entry.</exception>
    public long KeyOf(int entry) => _entries[Checked(entry)].Key;

    /// <summary>The volume that an entry was added with, or null where it was added as a box.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such entry.</exception>
    public Volume? VolumeOf(int entry) => _entries[Checked(entry)].Volume;

    private VolumeIndex Add(IndexEntry added)
    {
        var owned = Owned(1, out var version);
        owned._entries[Count] = added;
        Span<SearchBox> boxes = stackalloc SearchBox[2];
        var boxCount = BoxesOf(added, boxes);
        var (tail, tailCount, runs) = (owned._tail, _tailCount, owned._runs);
        if (tailCount + boxCount > EntryTail.Capacity)
        {
            runs = runs.With(tail.InOrder(tailCount), tail.FirstEntry, new(owned._entries, version));
            (tail, tailCount) = (new(Count), 0);
        }
        for (var i = 0; i < boxCount; i++) tail.Write(tailCount++, Count, boxes[i]);
        return owned.Next(owned._entries, Count + 1, tail, tailCount, runs, version);
    }

    // Of a view that owns its storage and has room.
    private VolumeIndex AddPacked(IReadOnlyCollection<AddedVolume> volumes, long version)
    {
        var slots = new List<PackedSlot>(volumes.Count);
        Span<SearchBox> boxes = stackalloc SearchBox[2];
        var count = Count;
        foreach (var (volume, key, knownFrom) in volumes)
        {
            _entries[count] = new() { Volume = volume, Cells = volume.Outline.Cells, Key = key, KnownFrom = knownFrom };
            foreach (ref readonly var box in boxes[..BoxesOf(_entries[count], boxes)]) slots.Add(new(PackingKey.Of(box), count, box));
            count++;
        }
        var entries = new SeenEntries(_entries, version);
        var runs = _tailCount == 0 ? _runs : _runs.With(_tail.InOrder(_tailCount), _tail.FirstEntry, entries);
        return Next(_entries, count, new(count), 0, runs.With(PackedSlot.InOrder([.. slots]), Count, entries), version);
    }

    private VolumeIndex Next(IndexEntry[] entries, int count, EntryTail tail, int tailCount, RunSet runs, long version) =>
        new(_heights, entries, count, tail, tailCount, runs, _lineage, version);

    /// <summary>This view, or one like it, with the right to write behind its end, and with room.</summary>
    /// <param name="added">How many entries will be added.</param>
    /// <param name="version">The version of the view to be made.</param>
    private VolumeIndex Owned(int added, out long version)
    {
        if (added > MaximumEntries - Count) throw new InvalidOperationException("An index has at most 2²⁹ entries.");
        version = _version + 1;
        var isNewest = _lineage.TryGoOn(_version);
        var hasRoom = Count + added <= _entries.Length;
        if (isNewest && hasRoom) return this;
        var entries = new IndexEntry[hasRoom ? _entries.Length : Math.Max(Count + added, 2 * Count)];
        for (var entry = 0; entry < Count; entry++)
        {
            entries[entry] = _entries[entry];
            // What the views of the other line have ended since is theirs.
            entries[entry].Ending = _entries[entry].EndingAt(_version);
        }
        return isNewest
            ? new(_heights, entries, Count, _tail, _tailCount, _runs, _lineage, _version)
            : new(_heights, entries, Count, _tail.Copy(_tailCount), _tailCount, _runs, new(version), _version);
    }

    private int BoxesOf(in IndexEntry entry, Span<SearchBox> boxes)
    {
        var count = SearchBox.Pieces(entry.Volume?.Outline.Box ?? entry.Box!.Box, boxes);
        var (heights, times) = (_heights.Of(entry.Heights), SearchTimes.Of(entry.Time));
        foreach (ref var box in boxes[..count]) box = box.With(heights, times);
        return count;
    }

    private int Checked(int entry)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(entry);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(entry, Count);
        return entry;
    }

    /// <summary>The views that share one storage. Its newest, and only one caller of it, may write behind the end of the others.</summary>
    private sealed class Lineage(long version)
    {
        private long _version = version;

        public bool TryGoOn(long from) => Interlocked.CompareExchange(ref _version, from + 1, from) == from;
    }
}

/// <summary>A volume that is added to an index.</summary>
/// <param name="Volume">The volume.</param>
/// <param name="Key">What the caller knows it by; several entries may have one key.</param>
/// <param name="KnownFrom">The size of the record from which on it is known, 0 or more.</param>
public readonly record struct AddedVolume(Volume Volume, long Key, long KnownFrom);

/// <summary>An entry of an index that an answer names.</summary>
/// <param name="Entry">Its number.</param>
/// <param name="Certainty">How sure heights make it: certain or possible.</param>
public readonly record struct IndexHit(int Entry, Certainty Certainty);

/// <summary>An entry of an index that is nearer to a volume than minima.</summary>
/// <param name="Entry">Its number.</param>
/// <param name="Conflict">How sure it is, certain or possible, and the numbers behind it.</param>
public readonly record struct IndexConflict(int Entry, VolumeConflict Conflict);
