using NodaTime;

namespace Tansiq.Feeds.Positions.Ordering;

/// <summary>Puts positions in order that are out of order by little, holding those of a short time.</summary>
internal sealed class ReorderBuffer(Duration window)
{
    /// <summary>The most positions that are held; with more, the oldest is given although an older may still come.</summary>
    public const int MaximumHeld = 100_000;

    private readonly PriorityQueue<PositionRecord, (Instant At, long Sequence)> _held = new();
    private Instant _newest = Instant.MinValue;
    private long _sequence;

    /// <summary>Gives refusals at once and positions in the order of time, equal times as they came.</summary>
    public IEnumerable<PositionRecord> Order(IEnumerable<PositionRecord> records)
    {
        foreach (var record in records)
        {
            if (!record.Content.TryGet(out var position, out _))
            {
                yield return record;
                continue;
            }

            var at = position.Position.At;
            if (at > _newest) _newest = at;
            _held.Enqueue(record, (at, _sequence++));
            while (_held.Count > MaximumHeld || _held.TryPeek(out _, out var oldest) && _newest - oldest.At > window)
                yield return _held.Dequeue();
        }

        while (_held.Count > 0) yield return _held.Dequeue();
    }
}
