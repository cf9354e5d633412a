using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination.Monitoring;
using Tansiq.Geo;

namespace Tansiq.Cli.Reporting;

/// <summary>Gathers during a replay what its report shows. What it keeps is bounded, however long the input.</summary>
/// <remarks>
/// Tracks that had an event are kept before others. Of tracks without one, those that came last are kept while the replay goes on, for
/// an event is told up to the greatest gap after its moment.
/// </remarks>
internal sealed class ReportCollector(Duration maximumGap)
{
    /// <summary>The most alerts and events that the report lists; alerts come first.</summary>
    public const int MaximumRows = 10_000;

    /// <summary>The most tracks whose shape is kept.</summary>
    public const int MaximumTracks = 4_000;

    private readonly Dictionary<string, TrackShape> _shapes = new(StringComparer.Ordinal);
    private readonly Queue<string> _withoutEvents = new();
    private readonly HashSet<string> _withEvents = new(StringComparer.Ordinal);
    private readonly List<string> _inOrderOfEvents = [];
    private readonly List<ReplayAlert> _alerts = [];
    private readonly List<ReplayEvent> _events = [];
    private readonly StayLedger _stays = new();
    private long _eventCount;

    /// <summary>The first alerts, in the order in which they closed.</summary>
    public IReadOnlyList<ReplayAlert> Alerts => _alerts;

    /// <summary>The first events, in order, as many as alerts leave rows.</summary>
    public IEnumerable<ReplayEvent> Events => _events.Take(MaximumRows - _alerts.Count);

    /// <summary>How many alerts are not listed.</summary>
    public long AlertsLeftOut { get; private set; }

    /// <summary>How many events are not listed.</summary>
    public long EventsLeftOut => _eventCount - Math.Min(_events.Count, MaximumRows - _alerts.Count);

    /// <summary>Tracks that were seen and whose shape is not kept.</summary>
    public long TracksLeftOut { get; private set; }

    /// <summary>How long tracks stayed in areas.</summary>
    public StayLedger Stays => _stays;

    /// <summary>The shapes that are kept: those with events in the order of their first one, then the others in the order in which they were first seen.</summary>
    public ImmutableArray<TrackShape> Tracks() =>
    [
        .. _inOrderOfEvents.Select(track => _shapes.GetValueOrDefault(track)).OfType<TrackShape>(),
        .. _withoutEvents.Where(track => !_withEvents.Contains(track)).Select(track => _shapes[track]),
    ];

    /// <summary>Whether a track had an event.</summary>
    public bool HasEvents(string track) => _withEvents.Contains(track);

    /// <summary>Takes a position that was read.</summary>
    public void Take(ReportedPosition reported)
    {
        if (reported.Track.Length is 0 or > Replay.MaximumTrackLength) return;
        if (!_shapes.TryGetValue(reported.Track, out var shape))
        {
            if (!HasRoom())
            {
                TracksLeftOut++;
                return;
            }

            _shapes.Add(reported.Track, shape = new(reported.Track, maximumGap));
            if (!_withEvents.Contains(reported.Track)) _withoutEvents.Enqueue(reported.Track);
        }

        shape.Add(reported);
    }

    /// <summary>Takes an event or an alert.</summary>
    public void Take(ReplayEvent happened)
    {
        if (happened is ReplayAlert alert)
        {
            if (_alerts.Count < MaximumRows) _alerts.Add(alert);
            else AlertsLeftOut++;
            return;
        }

        _eventCount++;
        if (_events.Count < MaximumRows) _events.Add(happened);
        if (happened is AreaEvent inArea) _stays.Take(inArea);
        if (_withEvents.Count < MaximumTracks && _withEvents.Add(happened.Track)) _inOrderOfEvents.Add(happened.Track);
    }

    /// <summary>Makes room for one more shape by dropping the oldest that had no event.</summary>
    private bool HasRoom()
    {
        while (_shapes.Count >= MaximumTracks && _withoutEvents.TryDequeue(out var oldest))
        {
            if (_withEvents.Contains(oldest)) continue;
            _shapes.Remove(oldest);
            TracksLeftOut++;
        }

        return _shapes.Count < MaximumTracks;
    }
}
