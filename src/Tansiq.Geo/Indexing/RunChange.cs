namespace Tansiq.Geo.Indexing;

/// <summary>A set of runs while it is changed.</summary>
internal readonly struct RunChange(LivingRun[] living, EndedRun[] ended, SeenEntries entries)
{
    /// <summary>How many times as large as the next run each is at least; and what part of a run may have ended before it is packed again.</summary>
    public const int Ratio = 4;

    private readonly List<LivingRun> _living = [.. living];
    private readonly List<EndedRun> _ended = [.. ended];
    private readonly SeenEntries _entries = entries;

    /// <summary>Adds a run of entries that come after all others.</summary>
    public void Add(PackedRun packed, int firstEntry)
    {
        long leastKnownFrom = long.MaxValue, greatestKnownFrom = long.MinValue;
        var endedCount = 0;
        for (var slot = 0; slot < packed.Count; slot++)
        {
            var knownFrom = _entries.KnownFromOf(packed.EntryAt(slot));
            (leastKnownFrom, greatestKnownFrom) = (Math.Min(leastKnownFrom, knownFrom), Math.Max(greatestKnownFrom, knownFrom));
            if (_entries.HasEnded(packed.EntryAt(slot))) endedCount++;
        }
        _living.Add(new(packed, firstEntry, endedCount, leastKnownFrom, greatestKnownFrom));
        if (endedCount > 0) TakeOutEnded(_living.Count - 1);
    }

    /// <summary>Packs a living run again, without those that have ended.</summary>
    public void TakeOutEnded(int number)
    {
        var run = _living[number];
        _living.RemoveAt(number);
        if (AddEnded(RunMerge.Of(run.Packed, null, _entries, hasEnded: true)) is { } packed)
            _living.Insert(number, run with { Packed = packed, EndedCount = 0 });
    }

    /// <summary>Merges neighbours until each run is large enough beside the next.</summary>
    public RunSet Finish()
    {
        for (var number = _living.Count - 1; number > 0; number--)
        {
            if (number < _living.Count && IsTooSmall(_living[number - 1].Packed, _living[number].Packed)) MergeWithNext(number - 1);
        }
        for (var number = _ended.Count - 1; number > 0; number--)
        {
            if (IsTooSmall(_ended[number - 1].Packed, _ended[number].Packed)) MergeEndedWithNext(number - 1);
        }
        return new([.. _living], [.. _ended]);
    }

    private static bool IsTooSmall(PackedRun run, PackedRun next) => run.Count < (long)Ratio * next.Count;

    private void MergeWithNext(int number)
    {
        LivingRun first = _living[number], second = _living[number + 1];
        _living.RemoveRange(number, 2);
        if (AddEnded(RunMerge.Of(first.Packed, second.Packed, _entries, first.EndedCount + second.EndedCount > 0)) is { } packed)
        {
            _living.Insert(number, new(
                packed, first.FirstEntry, 0,
                Math.Min(first.LeastKnownFrom, second.LeastKnownFrom), Math.Max(first.GreatestKnownFrom, second.GreatestKnownFrom)));
        }
    }

    private void MergeEndedWithNext(int number)
    {
        EndedRun first = _ended[number], second = _ended[number + 1];
        _ended.RemoveAt(number + 1);
        var packed = RunMerge.Of(first.Packed, second.Packed, _entries, hasEnded: false).Living!;
        _ended[number] = new(
            packed, Math.Min(first.LeastKnownFrom, second.LeastKnownFrom), Math.Max(first.GreatestKnownUntil, second.GreatestKnownUntil));
    }

    private PackedRun? AddEnded((PackedRun? Living, PackedRun? Ended) merged)
    {
        if (merged.Ended is not { } packed) return merged.Living;
        long leastKnownFrom = long.MaxValue, greatestKnownUntil = long.MinValue;
        for (var slot = 0; slot < packed.Count; slot++)
        {
            leastKnownFrom = Math.Min(leastKnownFrom, _entries.KnownFromOf(packed.EntryAt(slot)));
            greatestKnownUntil = Math.Max(greatestKnownUntil, _entries.EndingOf(packed.EntryAt(slot))!.KnownUntil);
        }
        _ended.Add(new(packed, leastKnownFrom, greatestKnownUntil));
        return merged.Living;
    }
}

/// <summary>Packs the boxes of one run or two again, in time linear in their number.</summary>
internal static class RunMerge
{
    /// <summary>The boxes of the entries that have not ended, and of those that have; null where there are none.</summary>
    /// <param name="first">A run.</param>
    /// <param name="second">Another, or null.</param>
    /// <param name="entries">The entries.</param>
    /// <param name="hasEnded">Whether any may have ended; where not, all come in the first of the two.</param>
    public static (PackedRun? Living, PackedRun? Ended) Of(PackedRun first, PackedRun? second, in SeenEntries entries, bool hasEnded)
    {
        var total = first.Count + (second?.Count ?? 0);
        var endedCount = hasEnded ? CountEnded(first, entries) + (second is null ? 0 : CountEnded(second, entries)) : 0;
        var living = total > endedCount ? new PackedRun.Writer(total - endedCount) : null;
        var ended = endedCount > 0 ? new PackedRun.Writer(endedCount) : null;
        int firstSlot = 0, secondSlot = 0;
        while (firstSlot + secondSlot < total)
        {
            var takesFirst = secondSlot == (second?.Count ?? 0)
                || (firstSlot < first.Count && first.KeyAt(firstSlot) <= second!.KeyAt(secondSlot));
            var (run, slot) = takesFirst ? (first, firstSlot++) : (second!, secondSlot++);
            var writer = ended is not null && entries.HasEnded(run.EntryAt(slot)) ? ended : living!;
            writer.Add(run, slot);
        }
        return (living?.Finish(), ended?.Finish());
    }

    private static int CountEnded(PackedRun run, in SeenEntries entries)
    {
        var count = 0;
        for (var slot = 0; slot < run.Count; slot++)
        {
            if (entries.HasEnded(run.EntryAt(slot))) count++;
        }
        return count;
    }
}
