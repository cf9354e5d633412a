using Tansiq.Geo.Outlines;

namespace Tansiq.Geo.Indexing;

/// <summary>
/// The packed runs of a view, all but its newest entries: living ones in the order of their entries, each at least
/// <see cref="RunChange.Ratio"/> times as large as the next, and apart from them those of ended entries, which a search at a
/// later size passes over. So few runs are searched, and an entry is packed again only when those behind it have become
/// many (J. L. Bentley, J. B. Saxe, "Decomposable searching problems", Journal of Algorithms 1, 1980). Never changes.
/// </summary>
internal sealed class RunSet(LivingRun[] living, EndedRun[] ended)
{
    public static RunSet Empty { get; } = new([], []);

    public long MemoryBytes => living.Sum(run => run.Packed.MemoryBytes) + ended.Sum(run => run.Packed.MemoryBytes);

    /// <summary>Adds the entries whose boxes meet a box, of those that may be known at a size.</summary>
    public void Search(in SearchBox box, long knownAt, Candidates candidates)
    {
        foreach (ref readonly var run in living.AsSpan())
        {
            if (run.LeastKnownFrom <= knownAt) run.Packed.Search(box, run.FlagsAt(knownAt), candidates);
        }
        foreach (ref readonly var run in ended.AsSpan())
        {
            if (run.LeastKnownFrom <= knownAt && knownAt < run.GreatestKnownUntil) run.Packed.Search(box, Candidate.MayBeUnknown, candidates);
        }
    }

    /// <summary>Adds the entries that hold a place, or may, of those whose boxes meet its box and that may be known at a size.</summary>
    public void SearchPlace(in SearchBox box, long knownAt, Candidates candidates)
    {
        foreach (ref readonly var run in living.AsSpan())
        {
            if (run.LeastKnownFrom <= knownAt) run.Packed.SearchPlace(box, run.FlagsAt(knownAt), candidates);
        }
        foreach (ref readonly var run in ended.AsSpan())
        {
            if (run.LeastKnownFrom <= knownAt && knownAt < run.GreatestKnownUntil) run.Packed.SearchPlace(box, Candidate.MayBeUnknown, candidates);
        }
    }

    /// <summary>The set with one more run, of entries that come after all others.</summary>
    /// <param name="slots">The boxes in the order of their keys, one or more.</param>
    /// <param name="firstEntry">The first of the entries.</param>
    /// <param name="entries">The entries as the new view sees them.</param>
    public RunSet With(PackedSlot[] slots, int firstEntry, in SeenEntries entries)
    {
        var change = new RunChange(living, ended, entries);
        change.Add(PackedRun.Of(slots, entries), firstEntry);
        return change.Finish();
    }

    /// <summary>The set after a living entry of it has ended.</summary>
    public RunSet WithEnded(int entry, in SeenEntries entries)
    {
        var number = living.Length - 1;
        while (living[number].FirstEntry > entry) number--;
        var run = living[number] with { EndedCount = living[number].EndedCount + 1 };
        if (run.EndedCount <= run.Packed.Count / RunChange.Ratio)
        {
            var counted = living.AsSpan().ToArray();
            counted[number] = run;
            return new(counted, ended);
        }
        var change = new RunChange(living, ended, entries);
        change.TakeOutEnded(number);
        return change.Finish();
    }

    /// <summary>The set after an entry that had ended before has come to be known longer: no run may be passed over too early.</summary>
    public RunSet WithKnownUntil(long knownUntil) => new(
        living, Array.ConvertAll(ended, run => run with { GreatestKnownUntil = Math.Max(run.GreatestKnownUntil, knownUntil) }));
}

/// <summary>A run of entries that have not ended, but for some that have since it was packed.</summary>
/// <param name="Packed">The boxes.</param>
/// <param name="FirstEntry">All entries from this number to the next run's first that had not ended are in it.</param>
/// <param name="EndedCount">How many have ended since.</param>
/// <param name="LeastKnownFrom">At smaller sizes none is known.</param>
/// <param name="GreatestKnownFrom">From this size on all are, but for those that have ended.</param>
internal readonly record struct LivingRun(PackedRun Packed, int FirstEntry, int EndedCount, long LeastKnownFrom, long GreatestKnownFrom)
{
    /// <summary>Whether it has to be looked at of each entry if it is known at a size.</summary>
    public int FlagsAt(long knownAt) => EndedCount == 0 && GreatestKnownFrom <= knownAt ? 0 : Candidate.MayBeUnknown;
}

/// <summary>A run of entries that have ended.</summary>
/// <param name="Packed">The boxes.</param>
/// <param name="LeastKnownFrom">At smaller sizes none is known.</param>
/// <param name="GreatestKnownUntil">From this size on none is known.</param>
internal readonly record struct EndedRun(PackedRun Packed, long LeastKnownFrom, long GreatestKnownUntil);

/// <summary>The entries as a view of a version sees them.</summary>
internal readonly struct SeenEntries(IndexEntry[] entries, long version)
{
    public bool HasEnded(int entry) => entries[entry].Ending is not null && EndingOf(entry) is not null;

    public Ending? EndingOf(int entry) => entries[entry].EndingAt(version);

    public Outline? OutlineOf(int entry) => entries[entry].Volume?.Outline;

    public long KnownFromOf(int entry) => entries[entry].KnownFrom;
}
