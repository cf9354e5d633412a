using System.Collections.Immutable;
using NodaTime;
using Tansiq.Geo.Text;

namespace Tansiq.Coordination.Monitoring;

/// <summary>Counts what came in and what the feed showed.</summary>
internal sealed class ReplayTally(long maximumGapTicks)
{
    private readonly SortedDictionary<string, (long Count, List<string> Examples)> _rejected = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _lastSeenTicks = new(StringComparer.Ordinal);
    private long _accepted;
    private long _rejectedCount;
    private long _withoutHeight;
    private long _gaps;
    private long _gapTicks;
    private long? _firstTicks;
    private long _nowTicks;
    private long _silenceTicks;
    private long? _silenceFromTicks;
    private bool _isFull;

    public long AfterJump { get; set; }

    public long Stale { get; set; }

    public void Reject(Refusal refusal)
    {
        _rejectedCount++;
        var kind = _rejected.ContainsKey(refusal.Code) || _rejected.Count < Replay.MaximumRejectedKinds ? refusal.Code : Replay.OtherKinds;
        var (count, examples) = _rejected.GetValueOrDefault(kind, (0, []));
        if (examples.Count < Replay.MaximumRejectedExamples) examples.Add(refusal.ToString());
        _rejected[kind] = (count + 1, examples);
    }

    /// <summary>Counts a position that was taken; says whether its track was seen before.</summary>
    public bool Accept(string track, Fix fix)
    {
        _accepted++;
        if (fix.Height is null) _withoutHeight++;
        NoteFeed(fix.Ticks);
        return NoteTrack(track, fix.Ticks);
    }

    public ReplaySummary Summarize(EventBuffer events) =>
        new()
        {
            PositionsRead = _accepted + _rejectedCount,
            PositionsAccepted = _accepted,
            PositionsAfterJump = AfterJump,
            PositionsStale = Stale,
            Rejected = [.. _rejected.Select(kind => new RejectedPositions(kind.Key, kind.Value.Count, [.. kind.Value.Examples]))],
            Tracks = _lastSeenTicks.Count,
            TracksIsLowerBound = _isFull,
            Events = events.Counts(),
            Coverage = new()
            {
                From = InstantOf(_firstTicks),
                Until = _firstTicks is null ? null : InstantOf(_nowTicks),
                Gaps = _gaps,
                GapTime = Duration.FromTicks(_gapTicks),
                PositionsWithoutHeight = _withoutHeight,
                LongestSilence = Duration.FromTicks(_silenceTicks),
                LongestSilenceFrom = InstantOf(_silenceFromTicks),
            },
        };

    private void NoteFeed(long ticks)
    {
        if (_firstTicks is null) _firstTicks = ticks;
        else if (ticks - _nowTicks > _silenceTicks) (_silenceTicks, _silenceFromTicks) = (ticks - _nowTicks, _nowTicks);
        _nowTicks = ticks;
    }

    private bool NoteTrack(string track, long ticks)
    {
        var isKnown = _lastSeenTicks.TryGetValue(track, out var last);
        if (!isKnown && _lastSeenTicks.Count >= Replay.MaximumTracksRemembered)
        {
            _isFull = true;
            return false;
        }

        if (isKnown && ticks - last > maximumGapTicks)
        {
            _gaps++;
            _gapTicks += ticks - last;
        }

        _lastSeenTicks[track] = ticks;
        return isKnown;
    }

    private static Instant? InstantOf(long? ticks) => ticks is { } known ? Instant.FromUnixTimeTicks(known) : null;
}
