using NodaTime;
using Tansiq.Feeds.Positions.Merging;
using Tansiq.Feeds.Positions.Ordering;
using Tansiq.Geo;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Positions;

/// <summary>The positions of several sources in the order of their times, each once.</summary>
/// <remarks>
/// A source that can be read again is first looked through: where no position is older than one before it by more
/// than <see cref="ReorderWindow"/>, it is streamed; otherwise (files grouped by aircraft) its positions are sorted, in
/// memory while they are few and else by way of a temporary file. One that cannot be read again is taken as it comes. Of
/// equal times the earlier source, then the earlier record goes first. Refusals come as they are met. What is still older
/// than a position already given is refused as <c>feeds.late</c>, and what was given at that time as
/// <c>feeds.duplicate</c>. With several sources, what they report of one aircraft is one track (docs/formats/feeds-merge.md) and
/// each position names its source; with one, <see cref="ReportedPosition.Source"/> stays empty. Memory does not grow with the inputs.
/// </remarks>
public sealed class OrderedPositions
{
    /// <summary>By how much times may go back in a source that is streamed.</summary>
    public static readonly Duration ReorderWindow = Duration.FromSeconds(10);

    /// <summary>The most sources that are merged.</summary>
    public const int MaximumSources = 1_000;

    private readonly IReadOnlyList<IPositionSource> _sources;
    private readonly int _runBytes;
    private readonly long _maximumFileBytes;

    // Written by the thread that reads; what a source counts before is of looking through it.
    private readonly bool[] _isBeingRead;

    /// <summary>Merges sources.</summary>
    /// <param name="sources">At most <see cref="MaximumSources"/>; their order decides between equal times.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are more sources.</exception>
    public OrderedPositions(IReadOnlyList<IPositionSource> sources)
        : this(sources, PositionSorter.RunBytes, PositionSorter.MaximumFileBytes)
    {
    }

    internal OrderedPositions(IReadOnlyList<IPositionSource> sources, int runBytes, long maximumFileBytes)
    {
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sources.Count, MaximumSources, nameof(sources));
        _sources = sources;
        _runBytes = runBytes;
        _maximumFileBytes = maximumFileBytes;
        _isBeingRead = new bool[sources.Count];
        var sizes = sources.Select(source => source.TotalBytes).ToList();
        TotalBytes = sizes.Contains(null) ? null : sizes.Sum();
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
    /// <param name="onSamePosition">
    /// Called for each position that is refused because another source gives the aircraft's position at that time
    /// (<see cref="FeedRefusals.SamePosition"/>), with its source: the source was not blind. Null where nobody asks.
    /// </param>
    /// <param name="cancellationToken">Once cancelled, no further record is given: the sequence ends, without an exception.</param>
    public IEnumerable<Parsed<ReportedPosition>> Read(Action<ReportedPosition>? onSamePosition = null, CancellationToken cancellationToken = default)
    {
        var once = new PositionsOnce();
        var merge = _sources.Count > 1 ? new TrackMerge(SourceNames.Of(_sources.Select(source => source.Name))) : null;
        foreach (var (source, record) in InOrder(cancellationToken))
        {
            if (cancellationToken.IsCancellationRequested) yield break;
            if (record.Content.TryGet(out var position, out var refusal)) refusal = once.Admit(source, record.Place, position);
            if (refusal is null && merge is not null)
            {
                if (merge.Take(source, record.Place, position!).TryGet(out var merged, out refusal)) position = merged;
                else if (refusal.Code == FeedRefusals.SamePosition) onSamePosition?.Invoke(position! with { Source = merge.NameOf(source) });
            }

            if (refusal is null)
            {
                yield return position!;
                continue;
            }

            yield return refusal.Under(refusal.Where.Length == 0 ? _sources[source].Name : _sources[source].Name + ": ");
        }
    }

    private IEnumerable<(int Source, PositionRecord Record)> InOrder(CancellationToken cancellationToken)
    {
        using var sorter = new PositionSorter(_runBytes, _maximumFileBytes);
        var streamed = new List<PositionStream>();
        var sorted = new List<int>();
        for (var index = 0; index < _sources.Count; index++)
        {
            var spread = _sources[index].CanReadAgain ? LookThrough(_sources[index], cancellationToken) : new();
            if (cancellationToken.IsCancellationRequested) yield break;
            if (spread.IsBeyond(ReorderWindow)) sorted.Add(index);
            else streamed.Add(new(spread.IsEmpty ? 0 : spread.Earliest, Streamed(index, spread, cancellationToken)));
        }

        foreach (var index in sorted)
        {
            foreach (var refused in Sort(index, sorter, cancellationToken)) yield return refused;
        }

        if (sorted.Count > 0) streamed.Add(new(0, sorter.Drain()));
        foreach (var record in streamed.Count == 1 ? streamed[0].Records : PositionStream.Merge(streamed)) yield return record;
    }

    private static TimeSpread LookThrough(IPositionSource source, CancellationToken cancellationToken)
    {
        // Without a time the format has times that looking through does not know.
        if (source is IQuickToOrder quick && quick.LookThrough(cancellationToken) is { IsEmpty: false } found) return found;
        var spread = new TimeSpread();
        foreach (var record in source.Read(cancellationToken: cancellationToken))
        {
            if (!record.Content.TryGet(out var position, out _)) continue;
            spread.Add(TimeSpread.Nanoseconds(position.Position.At));
            if (spread.IsBeyond(ReorderWindow)) break;
        }

        return spread;
    }

    private IEnumerable<(int Source, PositionRecord Record)> Streamed(int index, TimeSpread spread, CancellationToken cancellationToken)
    {
        var records = Read(index, cancellationToken);
        if (spread.LargestStepBack > 0) records = new ReorderBuffer(ReorderWindow).Order(records);
        foreach (var record in records) yield return (index, record);
    }

    private IEnumerable<(int Source, PositionRecord Record)> Sort(int index, PositionSorter sorter, CancellationToken cancellationToken)
    {
        foreach (var record in Read(index, cancellationToken))
        {
            if (!record.Content.TryGet(out var position, out _))
            {
                yield return (index, record);
            }
            else if (sorter.Add(index, record.Place, position) is { } full)
            {
                yield return (index, record with { Content = full });
                yield break;
            }
        }
    }

    private IEnumerable<PositionRecord> Read(int index, CancellationToken cancellationToken)
    {
        var records = _sources[index].Read(cancellationToken: cancellationToken);
        foreach (var record in records)
        {
            if (!_isBeingRead[index]) Volatile.Write(ref _isBeingRead[index], true);
            yield return record;
        }

        Volatile.Write(ref _isBeingRead[index], true);
    }
}
