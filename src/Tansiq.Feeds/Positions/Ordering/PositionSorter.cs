using Tansiq.Geo;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Positions.Ordering;

/// <summary>Puts any number of positions in the order of time: in memory while they are few, else by sorted runs in a temporary file.</summary>
/// <remarks>Of equal times the one added first goes first. Used by one thread.</remarks>
internal sealed class PositionSorter(int runBytes, long maximumFileBytes) : IDisposable
{
    /// <summary>How many bytes of positions are held (some 75 each); with more they go to the temporary file.</summary>
    public const int RunBytes = 32 * 1024 * 1024;

    /// <summary>The most bytes of the temporary file: some 900,000,000 positions.</summary>
    public const long MaximumFileBytes = 64L * 1024 * 1024 * 1024;

    private const int SegmentBytes = 1024 * 1024;

    private readonly List<byte[]> _segments = [];
    private readonly PositionRows _rows = new();
    private RunFile? _file;
    private long[] _times = new long[1024];
    private RowPlace[] _places = new RowPlace[1024];
    private int _count;
    private int _segment = -1;
    private int _segmentUsed;
    private long _used;

    /// <summary>Takes a position.</summary>
    /// <returns>Null; or why no further one can be taken. What was taken before can still be drained.</returns>
    public Refusal? Add(int source, RecordPlace place, ReportedPosition reported)
    {
        var size = PositionRows.SizeOf(reported);
        if (_count > 0 && _used + size > runBytes && Spill() is { } refusal) return refusal with { Where = place.ToString() };
        if (_count == _times.Length)
        {
            Array.Resize(ref _times, 2 * _count);
            Array.Resize(ref _places, 2 * _count);
        }

        var row = Allocate(size);
        PositionRows.Write(_segments[row.Segment].AsSpan(row.Start, size), source, place, reported);
        _times[_count] = TimeSpread.Nanoseconds(reported.Position.At);
        _places[_count++] = row;
        _used += size;
        return null;
    }

    /// <summary>Gives all positions in order, with the number of the source that each was added for. Once.</summary>
    public IEnumerable<(int Source, PositionRecord Record)> Drain()
    {
        SortHeld();
        var runs = new List<IEnumerator<ReadOnlyMemory<byte>>>();
        if (_file is not null) runs.AddRange(_file.Runs().Select(run => run.GetEnumerator()));
        runs.Add(Held().GetEnumerator());
        var next = new PriorityQueue<int, Int128>();
        for (var run = 0; run < runs.Count; run++) Advance(run);
        while (next.TryDequeue(out var run, out _))
        {
            yield return _rows.Read(runs[run].Current.Span);
            Advance(run);
        }

        void Advance(int run)
        {
            if (runs[run].MoveNext()) next.Enqueue(run, OrderKey.Of(PositionRows.TimeOf(runs[run].Current.Span), run));
            else runs[run].Dispose();
        }
    }

    public void Dispose() => _file?.Dispose();

    /// <summary>Room for a row in one piece; segments are used again after each run.</summary>
    private RowPlace Allocate(int size)
    {
        if (_segment < 0 || _segmentUsed + size > _segments[_segment].Length)
        {
            _segment++;
            _segmentUsed = 0;
            if (_segment == _segments.Count) _segments.Add(new byte[Math.Max(SegmentBytes, size)]);
            else if (_segments[_segment].Length < size) _segments[_segment] = new byte[size];
        }

        var place = new RowPlace(_segment, _segmentUsed, size);
        _segmentUsed += size;
        return place;
    }

    private void SortHeld()
    {
        // Array.Sort does not keep the order of equal times: where they were added decides between those.
        var order = new int[_count];
        for (var index = 0; index < _count; index++) order[index] = index;
        Array.Sort(_times, order, 0, _count);
        for (int start = 0, end; start < _count; start = end)
        {
            for (end = start + 1; end < _count && _times[end] == _times[start];) end++;
            if (end - start > 1) Array.Sort(order, start, end - start);
        }

        var sorted = new RowPlace[_places.Length];
        for (var index = 0; index < _count; index++) sorted[index] = _places[order[index]];
        _places = sorted;
    }

    private IEnumerable<ReadOnlyMemory<byte>> Held()
    {
        for (var index = 0; index < _count; index++)
        {
            var place = _places[index];
            yield return _segments[place.Segment].AsMemory(place.Start, place.Length);
        }
    }

    private Refusal? Spill()
    {
        if ((_file?.Length ?? 0) + _used + (long)_count * sizeof(int) > maximumFileBytes)
            return new(FeedRefusals.TooManyPositions, "", "more positions", FeedRefusals.Invariant($"at most {maximumFileBytes} bytes of positions that are not in the order of time"));
        SortHeld();
        try
        {
            _file ??= RunFile.Create();
            _file.Write(Held());
        }
        catch (Exception full) when (full is IOException or UnauthorizedAccessException)
        {
            return new(FeedRefusals.NoTemporarySpace, "", JsonText.Shorten(full.Message), "room for temporary files, to put positions in the order of time");
        }

        (_count, _segment, _segmentUsed, _used) = (0, -1, 0, 0);
        return null;
    }

    /// <summary>Where a row stands in the segments.</summary>
    private readonly record struct RowPlace(int Segment, int Start, int Length);
}

/// <summary>Times with what decides between equal ones, in one number.</summary>
internal static class OrderKey
{
    /// <summary>Orders by time, then by rank.</summary>
    public static Int128 Of(long time, long rank) => ((Int128)time << 64) + rank;
}
