using System.Collections.Immutable;

namespace Tansiq.Coordination.Monitoring;

/// <summary>
/// Holds events until none that comes before them can come any more, and gives them in the order of the output: moment,
/// track, group (jump, frozen, conformance, area, conflict), area or flight, clause, and then as they happened.
/// </summary>
internal sealed class EventBuffer
{
    private readonly PriorityQueue<ReplayEvent, Key> _queue = new(new OutputOrder());
    private readonly long[] _counts = new long[Enum.GetValues<ReplayEventKind>().Length];
    private long _sequence;

    /// <summary>Adds an event.</summary>
    public void Add(ReplayEvent item)
    {
        _counts[(int)item.Kind]++;
        AddUnwritten(item);
    }

    /// <summary>Adds what has its place in the order and is not counted.</summary>
    public void AddUnwritten(ReplayEvent item)
    {
        var (group, subject, clause) = SubjectOf(item);
        _queue.Enqueue(item, new(item.At.ToUnixTimeMilliseconds(), item.Track, group, subject, clause, _sequence++));
    }

    /// <summary>Takes the next event if it is before a moment, milliseconds since 1970; else null.</summary>
    public ReplayEvent? TakeBefore(long milliseconds) =>
        _queue.TryPeek(out _, out var first) && first.Milliseconds < milliseconds ? _queue.Dequeue() : null;

    /// <summary>Whether an event is before a moment, milliseconds since 1970.</summary>
    public bool HasBefore(long milliseconds) => _queue.TryPeek(out _, out var first) && first.Milliseconds < milliseconds;

    /// <summary>How many events of each kind were added.</summary>
    public ImmutableArray<(ReplayEventKind Kind, long Count)> Counts() =>
        [.. Enum.GetValues<ReplayEventKind>().Select(kind => (kind, _counts[(int)kind]))];

    private static (int Group, string Subject, string Clause) SubjectOf(ReplayEvent item) =>
        item switch
        {
            JumpEvent => (0, "", ""),
            FrozenEvent => (1, "", ""),
            ConformanceEvent => (2, "", ""),
            AreaEvent area => (3, area.Area.Value, area.Clause?.Value ?? ""),
            ConflictEvent conflict => (4, ReplayJson.NameOf(conflict.Flight), conflict.Clause?.Value ?? ""),
            _ => (5, "", ""),
        };

    private readonly record struct Key(long Milliseconds, string Track, int Group, string Subject, string Clause, long Sequence);

    private sealed class OutputOrder : IComparer<Key>
    {
        public int Compare(Key x, Key y)
        {
            var order = x.Milliseconds.CompareTo(y.Milliseconds);
            if (order == 0) order = string.CompareOrdinal(x.Track, y.Track);
            if (order == 0) order = x.Group.CompareTo(y.Group);
            if (order == 0) order = string.CompareOrdinal(x.Subject, y.Subject);
            if (order == 0) order = string.CompareOrdinal(x.Clause, y.Clause);
            return order == 0 ? x.Sequence.CompareTo(y.Sequence) : order;
        }
    }
}
