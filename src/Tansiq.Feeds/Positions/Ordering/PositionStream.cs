using Tansiq.Geo;

namespace Tansiq.Feeds.Positions.Ordering;

/// <summary>Positions in the order of time, and refusals in between.</summary>
/// <param name="Earliest">A time before which it gives no position, nanoseconds since 1970: until then it need not be begun; 0 where that is not known.</param>
/// <param name="Records">The records with the number of their source.</param>
internal sealed record PositionStream(long Earliest, IEnumerable<(int Source, PositionRecord Record)> Records)
{
    /// <summary>Merges streams by time, then by the number of the source. What is not begun yet holds no file open.</summary>
    public static IEnumerable<(int Source, PositionRecord Record)> Merge(IReadOnlyList<PositionStream> streams)
    {
        var begun = new IEnumerator<(int Source, PositionRecord Record)>?[streams.Count];
        var next = new PriorityQueue<int, Int128>();
        try
        {
            // Rank −1: a stream that is still to be begun goes before positions of its earliest time.
            for (var index = 0; index < streams.Count; index++) next.Enqueue(index, OrderKey.Of(streams[index].Earliest, -1));
            while (next.TryDequeue(out var index, out _))
            {
                if (begun[index] is { } current) yield return current.Current;
                var records = begun[index] ??= streams[index].Records.GetEnumerator();
                while (records.MoveNext())
                {
                    if (records.Current.Record.Content.TryGet(out var position, out _))
                    {
                        next.Enqueue(index, OrderKey.Of(TimeSpread.Nanoseconds(position.Position.At), records.Current.Source));
                        break;
                    }

                    yield return records.Current;
                }
            }
        }
        finally
        {
            foreach (var records in begun) records?.Dispose();
        }
    }
}
