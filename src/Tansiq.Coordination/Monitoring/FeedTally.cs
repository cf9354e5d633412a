using System.Collections.Immutable;

namespace Tansiq.Coordination.Monitoring;

/// <summary>Counts by feed (MON-4).</summary>
internal sealed class FeedTally(long maximumGapTicks)
{
    private readonly Dictionary<string, FeedWindows> _bySource = new(StringComparer.Ordinal);
    private readonly List<FeedWindows> _feeds = [];
    private string? _lastSource;
    private FeedWindows? _last;

    /// <summary>Counts a position that was taken.</summary>
    public void Note(TrackState state, string source, long ticks)
    {
        var feed = ReferenceEquals(source, _lastSource) ? _last! : FeedOf(source);
        feed.Note(ticks);
        if (ReferenceEquals(state.Feed, feed)) return;
        state.Feed = feed;
        feed.NoteTrack(state.Track);
    }

    /// <summary>Counts a position of a feed that only repeats what another one gives: the feed was not blind.</summary>
    public void NoteRepetition(string track, string source, long ticks)
    {
        var feed = FeedOf(source);
        feed.Note(ticks);
        feed.NoteTrack(track);
    }

    /// <summary>The figures, in the order of the feeds' first positions.</summary>
    public ImmutableArray<FeedCoverage> Summarize(long firstTicks, long lastTicks) =>
        [.. _feeds.Select(feed => feed.Summarize(firstTicks, lastTicks))];

    private FeedWindows FeedOf(string source)
    {
        var name = _bySource.ContainsKey(source) || _feeds.Count < Replay.MaximumFeeds ? source : Replay.OtherKinds;
        if (!_bySource.TryGetValue(name, out var feed))
        {
            _bySource[name] = feed = new(name, maximumGapTicks);
            _feeds.Add(feed);
        }

        (_lastSource, _last) = (source, feed);
        return feed;
    }
}
