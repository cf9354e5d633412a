using System.Collections.Immutable;
using NodaTime;
using Tansiq.Geo.Indexing;
using Tansiq.Geo.Outlines;
using Tansiq.Geo.Separation;

namespace Tansiq.Geo.Tests.Indexing;

/// <summary>What an index has to answer, by looking at every entry.</summary>
internal sealed class NaiveIndex(HeightConversion heights, ImmutableList<NaiveIndex.Entry> entries)
{
    internal sealed record Entry(Volume? Volume, PlaneBox Box, HeightBand Heights, Interval Time, long Key, long KnownFrom, long KnownUntil);

    public int Count => entries.Count;

    public Entry this[int number] => entries[number];

    public static NaiveIndex Empty(HeightConversion heights) => new(heights, []);

    public NaiveIndex Add(Volume volume, long key, long knownFrom) =>
        new(heights, entries.Add(new(volume, volume.Outline.Box, volume.Heights, volume.Time, key, knownFrom, long.MaxValue)));

    public NaiveIndex Add(PlaneBox box, HeightBand band, Interval time, long key, long knownFrom) =>
        new(heights, entries.Add(new(null, box, band, time, key, knownFrom, long.MaxValue)));

    public NaiveIndex End(int entry, long knownUntil) =>
        new(heights, entries.SetItem(entry, entries[entry] with { KnownUntil = knownUntil }));

    public List<int> Holding(GeoPoint place, long knownAt) => Where(knownAt, entry => HoldsPlace(entry, place));

    public List<IndexHit> Holding(GeoPoint place, Height? height, Instant at, long knownAt) =>
        Hits(knownAt, entry => entry.Time.Contains(at) ? heights.Contains(entry.Heights, height) : Certainty.No, entry => HoldsPlace(entry, place));

    public List<IndexHit> Meeting(Volume volume, long knownAt) => Hits(
        knownAt,
        entry => VolumeSeparation.CommonTime(entry.Time, volume.Time) is null ? Certainty.No : heights.Meets(volume.Heights, entry.Heights),
        entry => entry.Volume is { } own ? own.Outline.Meets(volume.Outline) : AnyTurn(turns => entry.Box.Turned(turns).Meets(volume.Outline.Box)));

    public List<int> BoxesMeeting(PlaneBox box, Instant from, Instant until, long knownAt) => Where(knownAt, entry =>
        (!entry.Time.HasStart || entry.Time.Start <= until) && (!entry.Time.HasEnd || entry.Time.End > from)
        && (!entry.Time.HasStart || !entry.Time.HasEnd || entry.Time.Start < entry.Time.End)
        && entry.Box.South <= box.North && box.South <= entry.Box.North
        && (box.East - box.West >= GeoPoint.TurnE7 || AnyTurn(turns => entry.Box.Turned(turns).Meets(box))));

    public List<(int Entry, VolumeConflict Conflict)> Conflicting(Volume volume, SeparationMinima minima, long knownAt)
    {
        var found = new List<(int, VolumeConflict)>();
        foreach (var number in Where(knownAt, entry => entry.Volume is not null))
        {
            var conflict = VolumeSeparation.Conflicts(volume, entries[number].Volume!, minima, heights);
            if (conflict.Certainty != Certainty.No) found.Add((number, conflict));
        }
        return found;
    }

    private List<int> Where(long knownAt, Func<Entry, bool> holds)
    {
        var found = new List<int>();
        var number = 0;
        foreach (var entry in entries)
        {
            if (entry.KnownFrom <= knownAt && knownAt < entry.KnownUntil && holds(entry)) found.Add(number);
            number++;
        }
        return found;
    }

    private List<IndexHit> Hits(long knownAt, Func<Entry, Certainty> certainty, Func<Entry, bool> holds) =>
        [.. Where(knownAt, entry => certainty(entry) != Certainty.No && holds(entry)).Select(number => new IndexHit(number, certainty(entries[number])))];

    private static bool HoldsPlace(Entry entry, GeoPoint place) =>
        entry.Volume is { } volume ? volume.Outline.Contains(place) : AnyTurn(turns => entry.Box.Contains(place.ToPlane().Turned(turns)));

    private static bool AnyTurn(Func<int, bool> holds) => holds(0) || holds(-1) || holds(1) || holds(-2) || holds(2);
}
