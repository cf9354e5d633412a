using NodaTime;
using Tansiq.Geo;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Positions;

/// <summary>The positions of several sources in the order of their times, each once.</summary>
/// <remarks>
/// A source that can be read again is first looked through: where no position is older than one before it by more
/// than <see cref="ReorderWindow"/>, it is streamed; otherwise (files grouped by aircraft) its positions are put in order
/// in memory, at most <see cref="MaximumPositionsInMemory"/>. One that cannot be read again is taken as it comes. Of
/// equal times the earlier source, then the earlier record goes first. Refusals come as they are met. What is still older
/// than a position already given is refused as <c>feeds.late</c>, and what was given at that time as
/// <c>feeds.duplicate</c>. Memory does not grow with inputs that are streamed.
/// </remarks>
public sealed class OrderedPositions
{
    /// <summary>By how much times may go back in a source that is streamed.</summary>
    public static readonly Duration ReorderWindow = Duration.FromSeconds(10);

    /// <summary>The most positions of one source that are put in order in memory (60 bytes each).</summary>
    public const int MaximumPositionsInMemory = 5_000_000;

    /// <summary>The most bytes, after decompression, of a source that is put in order in memory.</summary>
    public const long MaximumBytesInMemory = 8L * 1024 * 1024 * 1024;

    /// <summary>The most sources that are merged.</summary>
    public const int MaximumSources = 1_000;

    private readonly IReadOnlyList<IPositionSource> _sources;
    private readonly int _maximumPositionsInMemory;
    private readonly long _maximumBytesInMemory;

    /// <summary>Merges sources.</summary>
    /// <param name="sources">At most <see cref="MaximumSources"/>; their order decides between equal times.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are more sources.</exception>
    public OrderedPositions(IReadOnlyList<IPositionSource> sources)
        : this(sources, MaximumPositionsInMemory, MaximumBytesInMemory)
    {
    }

    internal OrderedPositions(IReadOnlyList<IPositionSource> sources, int maximumPositionsInMemory, long maximumBytesInMemory)
    {
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sources.Count, MaximumSources, nameof(sources));
        _sources = sources;
        _maximumPositionsInMemory = maximumPositionsInMemory;
        _maximumBytesInMemory = maximumBytesInMemory;
    }

    /// <summary>
    /// Gives each record of each source once, positions in the order of time. The place in a refusal begins with the
    /// source's name (<c>morning.json.gz: item 7</c>). A fatal refusal (<see cref="FeedRefusals.IsFatal"/>) ends its source alone.
    /// </summary>
    public IEnumerable<Parsed<ReportedPosition>> Read()
    {
        var once = new PositionsOnce();
        foreach (var (source, record) in Merged())
        {
            if (record.Content.TryGet(out var position, out var refusal)) refusal = once.Admit(position, record.Place);
            if (refusal is null)
            {
                yield return position!;
                continue;
            }

            yield return refusal.Under(refusal.Where.Length == 0 ? source.Name : source.Name + ": ");
        }
    }

    private IEnumerable<(IPositionSource Source, PositionRecord Record)> Merged()
    {
        var next = new PriorityQueue<int, (Instant At, int Source)>();
        var records = new IEnumerator<PositionRecord>[_sources.Count];
        try
        {
            for (var index = 0; index < _sources.Count; index++) records[index] = InOrder(_sources[index]).GetEnumerator();
            for (var index = 0; index < _sources.Count; index++)
            {
                foreach (var refused in Advance(index)) yield return refused;
            }

            while (next.TryDequeue(out var index, out _))
            {
                yield return (_sources[index], records[index].Current);
                foreach (var refused in Advance(index)) yield return refused;
            }
        }
        finally
        {
            foreach (var source in records) source?.Dispose();
        }

        // Gives the refusals before the source's next position, which then waits in the queue.
        IEnumerable<(IPositionSource, PositionRecord)> Advance(int index)
        {
            while (records[index].MoveNext())
            {
                if (records[index].Current.Content.TryGet(out var position, out _))
                {
                    next.Enqueue(index, (position.Position.At, index));
                    yield break;
                }

                yield return (_sources[index], records[index].Current);
            }
        }
    }

    private IEnumerable<PositionRecord> InOrder(IPositionSource source)
    {
        if (!source.CanReadAgain) return source.Read();
        var stepBack = LargestStepBack(source);
        if (stepBack == Duration.Zero) return source.Read();
        return stepBack <= ReorderWindow
            ? new ReorderBuffer(ReorderWindow).Order(source.Read())
            : PositionTable.Order(source.Read(_maximumBytesInMemory), _maximumPositionsInMemory);
    }

    /// <summary>How far times go back at most; looking stops once it is more than the window.</summary>
    private static Duration LargestStepBack(IPositionSource source)
    {
        var newest = Instant.MinValue;
        var largest = Duration.Zero;
        foreach (var record in source.Read())
        {
            if (!record.Content.TryGet(out var position, out _)) continue;
            if (position.Position.At >= newest)
            {
                newest = position.Position.At;
                continue;
            }

            largest = Duration.Max(largest, newest - position.Position.At);
            if (largest > ReorderWindow) break;
        }

        return largest;
    }
}
