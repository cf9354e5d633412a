using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NodaTime;
using Tansiq.Coordination.Parties;
using Tansiq.Geo.Text;

namespace Tansiq.Coordination.Monitoring;

/// <summary>Counts what came in and what the feed showed.</summary>
internal sealed class ReplayTally(long maximumGapTicks)
{
    private readonly SortedDictionary<string, (long Count, List<string> Examples)> _rejected = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Remembered> _tracks = new(StringComparer.Ordinal);
    private readonly FeedTally _feeds = new(maximumGapTicks);
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

    /// <summary>Remembers a track that is kept from now on; says whether it was seen before.</summary>
    public bool Remember(string track, in Fix fix)
    {
        ref var remembered = ref CollectionsMarshal.GetValueRefOrNullRef(_tracks, track);
        if (!Unsafe.IsNullRef(ref remembered))
        {
            _gaps++;
            _gapTicks += fix.Ticks - remembered.LastSeenTicks;
            return true;
        }

        if (_tracks.Count < Replay.MaximumTracksRemembered) _tracks.Add(track, new(fix.Ticks, null));
        else _isFull = true;
        return false;
    }

    /// <summary>Notes when a track that is not kept any more was last seen, and whose it was.</summary>
    public void Forget(TrackState state)
    {
        ref var remembered = ref CollectionsMarshal.GetValueRefOrNullRef(_tracks, state.Track);
        if (!Unsafe.IsNullRef(ref remembered)) remembered = new(state.LastSeen.Ticks, state.Attribution);
    }

    /// <summary>Counts a position that was taken.</summary>
    public void Accept(TrackState state, in Fix fix, string source)
    {
        _accepted++;
        if (fix.Height is null) _withoutHeight++;
        NoteMoment(fix.Ticks);
        _feeds.Note(state, source, fix.Ticks);
    }

    /// <summary>Counts for its feed a position that another feed gives.</summary>
    public void Hear(string track, string source, long ticks)
    {
        NoteMoment(ticks);
        _feeds.NoteRepetition(track, source, ticks);
    }

    /// <summary>The figures; every track that was kept is forgotten by now.</summary>
    public ReplaySummary Summarize(EventBuffer events, AlertTotals alerts, bool isPartial) =>
        new()
        {
            PositionsRead = _accepted + _rejectedCount,
            PositionsAccepted = _accepted,
            PositionsAfterJump = AfterJump,
            PositionsStale = Stale,
            Rejected = [.. _rejected.Select(kind => new RejectedPositions(kind.Key, kind.Value.Count, [.. kind.Value.Examples]))],
            Tracks = _tracks.Count,
            TracksIsLowerBound = _isFull,
            Events = [.. events.Counts().Select(counted => counted.Kind == ReplayEventKind.Alert ? (counted.Kind, alerts.Total) : counted)],
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
            Attribution = AttributionOfTracks(),
            Alerts = alerts,
            Feeds = _firstTicks is { } first ? _feeds.Summarize(first, _nowTicks) : [],
            IsPartial = isPartial,
        };

    private AttributionTotals AttributionOfTracks()
    {
        var byBasis = new long[Enum.GetValues<AttributionBasis>().Length];
        var byActor = new SortedDictionary<Id<Actor>, long>();
        var byState = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (_, attribution) in _tracks.Values)
        {
            if (attribution is null) continue;
            byBasis[(int)attribution.Basis]++;
            if (attribution.Actor is { } actor) byActor[actor] = byActor.GetValueOrDefault(actor) + 1;
            if (attribution.State is { } state) byState[state] = byState.GetValueOrDefault(state) + 1;
        }

        return new()
        {
            ByBasis = [.. Enum.GetValues<AttributionBasis>().Select(basis => (basis, byBasis[(int)basis]))],
            Unattributed = _tracks.Count - byBasis.Sum(),
            ByActor = [.. byActor.Select(counted => (counted.Key, counted.Value))],
            ByState = [.. byState.Select(counted => (counted.Key, counted.Value))],
        };
    }

    private void NoteMoment(long ticks)
    {
        if (_firstTicks is null) _firstTicks = ticks;
        else if (ticks - _nowTicks > _silenceTicks) (_silenceTicks, _silenceFromTicks) = (ticks - _nowTicks, _nowTicks);
        _nowTicks = ticks;
    }

    private static Instant? InstantOf(long? ticks) => ticks is { } known ? Instant.FromUnixTimeTicks(known) : null;

    private readonly record struct Remembered(long LastSeenTicks, TrackAttribution? Attribution);
}
