using NodaTime;

namespace Tansiq.Coordination.Monitoring;

/// <summary>When one feed delivered.</summary>
internal sealed class FeedWindows(string source, long maximumGapTicks)
{
    private readonly List<(long From, long Until)> _windows = [];
    private readonly HashSet<string> _tracks = new(StringComparer.Ordinal);
    private long _positions;
    private long _joined;
    private long _blindTicks;
    private bool _isFull;

    /// <summary>Counts a position that was taken; times never go back.</summary>
    public void Note(long ticks)
    {
        _positions++;
        if (_windows.Count > 0 && ticks - _windows[^1].Until <= maximumGapTicks)
        {
            _windows[^1] = (_windows[^1].From, ticks);
            return;
        }

        if (_windows.Count > 0) _blindTicks += ticks - _windows[^1].Until;
        if (_windows.Count == Replay.MaximumWindows) JoinFirst();
        _windows.Add((ticks, ticks));
    }

    /// <summary>Counts a track, once.</summary>
    public void NoteTrack(string track)
    {
        if (_tracks.Count < Replay.MaximumTracksOfFeed) _tracks.Add(track);
        else _isFull |= !_tracks.Contains(track);
    }

    /// <summary>The figures, for a replay from one moment to another.</summary>
    public FeedCoverage Summarize(long firstTicks, long lastTicks) =>
        new()
        {
            Source = source,
            Positions = _positions,
            Tracks = _tracks.Count,
            TracksIsLowerBound = _isFull,
            Windows = [.. _windows.Select(window => new CoverageWindow(Instant.FromUnixTimeTicks(window.From), Instant.FromUnixTimeTicks(window.Until)))],
            WindowsJoined = _joined,
            Blind = Duration.FromTicks(_blindTicks + BlindIn(_windows[0].From - firstTicks) + BlindIn(lastTicks - _windows[^1].Until)),
        };

    private long BlindIn(long silenceTicks) => silenceTicks > maximumGapTicks ? silenceTicks : 0;

    private void JoinFirst()
    {
        _windows[1] = (_windows[0].From, _windows[1].Until);
        _windows.RemoveAt(0);
        _joined++;
    }
}
