using NodaTime;
using Tansiq.Geo.Separation;

namespace Tansiq.Geo.Indexing;

/// <content>What can be asked of an index.</content>
public sealed partial class VolumeIndex
{
    /// <summary>Adds the entries whose outline or box holds a place (edges belong), whatever height and moment, in ascending order.</summary>
    /// <param name="place">The place.</param>
    /// <param name="knownAt">The size of the record; an entry is known where <c>knownFrom ≤ knownAt &lt; knownUntil</c>.</param>
    /// <param name="entries">Where the numbers are added.</param>
    public void Holding(GeoPoint place, long knownAt, List<int> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        foreach (var candidate in Find(SearchBox.Of(place), knownAt))
        {
            if (IsKnown(candidate, knownAt) && Holds(candidate, place)) entries.Add(candidate.Entry);
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
        ArgumentNullException.ThrowIfNull(hits);
        foreach (var candidate in Find(SearchBox.Of(place).With(_heights.Of(height), SearchTimes.Of(at)), knownAt))
        {
            ref readonly var entry = ref _entries[candidate.Entry];
            if (!IsKnown(candidate, knownAt) || !entry.Time.Contains(at)) continue;
            var certainty = _heights.Conversion.Contains(entry.Heights, height);
            if (certainty != Certainty.No && Holds(candidate, place)) hits.Add(new(candidate.Entry, certainty));
        }
    }

    /// <summary>Adds the entries that share a point of space and time with a volume, in ascending order (<see cref="VolumeSeparation.Meets"/>).</summary>
    /// <param name="volume">The volume.</param>
    /// <param name="knownAt">The size of the record.</param>
    /// <param name="hits">Where the hits are added. Of an entry that is a box, it is the box of the volume's outline that is looked at.</param>
    public void Meeting(Volume volume, long knownAt, List<IndexHit> hits)
    {
        ArgumentNullException.ThrowIfNull(volume);
        ArgumentNullException.ThrowIfNull(hits);
        var found = Find(volume.Outline.Box, _heights.Of(volume.Heights), SearchTimes.Of(volume.Time), knownAt);
        Touch(found);
        foreach (var candidate in found)
        {
            ref readonly var entry = ref _entries[candidate.Entry];
            if (!IsKnown(candidate, knownAt) || !VolumeSeparation.ShareTime(entry.Time, volume.Time)) continue;
            var certainty = _heights.Conversion.Meets(volume.Heights, entry.Heights);
            if (certainty != Certainty.No && entry.Meets(volume.Outline)) hits.Add(new(candidate.Entry, certainty));
        }
    }

    /// <summary>
    /// Adds, in ascending order, every entry that may be nearer to a volume than the minima, all three, and some that are not:
    /// those whose box, height band and time come near by themselves.
    /// </summary>
    /// <param name="volume">The volume.</param>
    /// <param name="minima">The minima; all of <see cref="VolumeSeparation.Conflicts"/> that it does not deny is found.</param>
    /// <param name="knownAt">The size of the record.</param>
    /// <param name="entries">Where the numbers are added.</param>
    public void Near(Volume volume, SeparationMinima minima, long knownAt, List<int> entries)
    {
        ArgumentNullException.ThrowIfNull(volume);
        ArgumentNullException.ThrowIfNull(entries);
        foreach (var candidate in FindNear(volume, minima, knownAt))
        {
            if (IsKnown(candidate, knownAt)) entries.Add(candidate.Entry);
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
        ArgumentNullException.ThrowIfNull(entries);
        foreach (var candidate in Find(box, (int.MinValue, int.MaxValue), SearchTimes.Of(from, until), knownAt))
        {
            if (IsKnown(candidate, knownAt)) entries.Add(candidate.Entry);
        }
    }

    /// <summary>
    /// Adds, in ascending order, the entries that are nearer to a volume than the minima, certainly or possibly, all three, with
    /// what <see cref="VolumeSeparation.Conflicts"/> says of the volume and the entry. An entry that is a box counts as a volume
    /// with that outline.
    /// </summary>
    /// <param name="volume">The volume.</param>
    /// <param name="minima">The minima.</param>
    /// <param name="knownAt">The size of the record.</param>
    /// <param name="conflicts">Where the conflicts are added.</param>
    public void Conflicting(Volume volume, SeparationMinima minima, long knownAt, List<IndexConflict> conflicts)
    {
        ArgumentNullException.ThrowIfNull(volume);
        ArgumentNullException.ThrowIfNull(conflicts);
        foreach (var candidate in FindNear(volume, minima, knownAt))
        {
            ref readonly var entry = ref _entries[candidate.Entry];
            if (!IsKnown(candidate, knownAt)) continue;
            var conflict = VolumeSeparation.Conflicts(volume, entry.Volume ?? entry.Box!.Volume, minima, _heights.Conversion);
            if (conflict.Certainty != Certainty.No) conflicts.Add(new(candidate.Entry, conflict));
        }
    }

    private ReadOnlySpan<Candidate> FindNear(Volume volume, SeparationMinima minima, long knownAt) => Find(
        LateralReach.Around(volume.Outline.Box, minima.LateralMetres),
        _heights.Of(volume.Heights, minima.VerticalUnits),
        SearchTimes.Of(volume.Time, minima.Time),
        knownAt);

    private ReadOnlySpan<Candidate> Find(PlaneBox box, (int Low, int High) heights, (int From, int Until) times, long knownAt)
    {
        Span<SearchBox> pieces = stackalloc SearchBox[2];
        var candidates = Candidates.Begin();
        foreach (ref var piece in pieces[..SearchBox.Pieces(box, pieces)])
        {
            piece = piece.With(heights, times);
            _runs.Search(piece, knownAt, candidates);
            _tail.Search(piece, _tailCount, candidates);
        }
        return candidates.InOrder();
    }

    private ReadOnlySpan<Candidate> Find(in SearchBox placeBox, long knownAt)
    {
        var candidates = Candidates.Begin();
        _runs.SearchPlace(placeBox, knownAt, candidates);
        _tail.Search(placeBox, _tailCount, candidates);
        candidates.Settle(placeBox.South);
        return candidates.InOrder();
    }

    // One after the other, each entry would be waited for from memory in several steps; read in a row without a decision
    // between, they come many at a time.
    private void Touch(ReadOnlySpan<Candidate> found)
    {
        if (found.Length < 2) return;
        var touched = 0;
        foreach (var candidate in found) touched ^= _entries[candidate.Entry].Touch();
        Candidates.OfThread.Touched = touched;
    }

    private bool IsKnown(Candidate candidate, long knownAt) => candidate.IsKnownForSure || _entries[candidate.Entry].IsKnown(knownAt, _version);

    private bool Holds(Candidate candidate, GeoPoint place) => candidate.IsInsideForSure || _entries[candidate.Entry].Holds(place);
}
