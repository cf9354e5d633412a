using System.Collections.Immutable;

namespace Tansiq.Coordination.Monitoring;

/// <summary>
/// Holds events until none that comes before them can come any more, and gives them in the order of the output: moment,
/// track, group (jump, frozen, conformance, area), area, clause, and then as they happened.
/// </summary>
internal sealed class EventBuffer
{
    private readonly PriorityQueue<ReplayEvent, Key> _queue = new(new OutputOrder());
    private readonly long[] _counts = new long[Enum.GetValues<ReplayEventKind>().Length];
    private long _sequence;

    public void Add(ReplayEvent item)
    {
        _counts[(int)item.Kind]++;
        var area = item as AreaEvent;
        _queue.Enqueue(
            item,
            new(item.At.ToUnixTimeMilliseconds(), item.Track, GroupOf(item.Kind), area?.Area.Value ?? "", area?.Clause?.Value ?? "", _sequence++));
    }

    /// <summary>Takes the events before a moment, milliseconds since 1970.</summary>
    public ImmutableArray<ReplayEvent> TakeBefore(long milliseconds)
    {
        if (!_queue.TryPeek(out _, out var first) || first.Milliseconds >= milliseconds) return [];
        var taken = ImmutableArray.CreateBuilder<ReplayEvent>();
        while (_queue.TryPeek(out var item, out var key) && key.Milliseconds < milliseconds)
        {
            _queue.Dequeue();
            taken.Add(item);
        }

        return taken.ToImmutable();
    }

    /// <summary>How many events of each kind were added.</summary>
    public ImmutableArray<(ReplayEventKind Kind, long Count)> Counts() =>
        [.. Enum.GetValues<ReplayEventKind>().Select(kind => (kind, _counts[(int)kind]))];

    private static int GroupOf(ReplayEventKind kind) =>
        kind switch
        {
            ReplayEventKind.Jump => 0,
            ReplayEventKind.Frozen => 1,
            ReplayEventKind.Conforming or ReplayEventKind.Nonconforming => 2,
            _ => 3,
        };

    private readonly record struct Key(long Milliseconds, string Track, int Group, string Area, string Clause, long Sequence);

    private sealed class OutputOrder : IComparer<Key>
    {
        public int Compare(Key x, Key y)
        {
            var order = x.Milliseconds.CompareTo(y.Milliseconds);
            if (order == 0) order = string.CompareOrdinal(x.Track, y.Track);
            if (order == 0) order = x.Group.CompareTo(y.Group);
            if (order == 0) order = string.CompareOrdinal(x.Area, y.Area);
            if (order == 0) order = string.CompareOrdinal(x.Clause, y.Clause);
            return order == 0 ? x.Sequence.CompareTo(y.Sequence) : order;
        }
    }
}
