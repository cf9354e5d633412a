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

    // Written by the thread that reads; what a source counts before is of looking through it.
    private readonly bool[] _isBeingRead;
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
        _isBeingRead = new bool[sources.Count];
        var sizes = sources.Select(source => source.TotalBytes).ToList();
        TotalBytes = sizes.Contains(null) ? null : sizes.Sum();
        _maximumPositionsInMemory = maximumPositionsInMemory;
        _maximumBytesInMemory = maximumBytesInMemory;
    }

    /// <summary>How many bytes the sources hold as they are stored; null where one does not know (a pipe).</summary>
    public long? TotalBytes { get; }

    /// <summary>How many of <see cref="TotalBytes"/> have been read. Any thread may ask while another reads.</summary>
    /// <remarks>Looking through the sources for their order is not counted; it comes first and takes a small part of the time.</remarks>
    public long BytesRead
    {
        get
        {
            var bytes = 0L;
            for (var index = 0; index < _sources.Count; index++) bytes += Volatile.Read(ref _isBeingRead[index]) ? _sources[index].BytesRead : 0;
            return bytes;
        }
    }

    /// <summary>
    /// Gives each record of each source once, positions in the order of time. The place in a refusal begins with the
    /// source's name (<c>morning.json.gz: item 7</c>). A fatal refusal (<see cref="FeedRefusals.IsFatal"/>) ends its source alone.
    /// </summary>
    /// <param name="cancellationToken">Once cancelled, no further record is given: the sequence ends, without an exception.</param>
    public IEnumerable<Parsed<ReportedPosition>> Read(CancellationToken cancellationToken = default)
    {
        var once = new PositionsOnce();
        foreach (var (source, record) in Merged(cancellationToken))
        {
            if (cancellationToken.IsCancellationRequested) yield break;
            if (record.Content.TryGet(out var position, out var refusal)) refusal = once.Admit(position, record.Place);
            if (refusal is null)
            {
                yield return position!;
                continue;
            }

            yield return refusal.Under(refusal.Where.Length == 0 ? source.Name : source.Name + ": ");
        }
    }

    private IEnumerable<(IPositionSource Source, PositionRecord Record)> Merged(CancellationToken cancellationToken)
    {
        var next = new PriorityQueue<int, (Instant At, int Source)>();
        var records = new IEnumerator<PositionRecord>[_sources.Count];
        try
        {
            for (var index = 0; index < _sources.Count; index++) records[index] = InOrder(_sources[index], cancellationToken).GetEnumerator();
            for (var index = 0; index < _sources.Count; index++)
            {
                Volatile.Write(ref _isBeingRead[index], true);
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

    private IEnumerable<PositionRecord> InOrder(IPositionSource source, CancellationToken cancellationToken)
    {
        if (!source.CanReadAgain) return source.Read(cancellationToken: cancellationToken);
        var stepBack = LargestStepBack(source, cancellationToken);
        if (stepBack == Duration.Zero) return source.Read(cancellationToken: cancellationToken);
        return stepBack <= ReorderWindow
            ? new ReorderBuffer(ReorderWindow).Order(source.Read(cancellationToken: cancellationToken))
            : PositionTable.Order(source.Read(_maximumBytesInMemory, cancellationToken), _maximumPositionsInMemory);
    }

    /// <summary>How far times go back at most; looking stops once it is more than the window.</summary>
    private static Duration LargestStepBack(IPositionSource source, CancellationToken cancellationToken)
    {
        var newest = Instant.MinValue;
        var largest = Duration.Zero;
        foreach (var record in source.Read(cancellationToken: cancellationToken))
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
