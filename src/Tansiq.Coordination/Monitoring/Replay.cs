using System.Collections.Immutable;
using NodaTime;
using Tansiq.Geo;
using Tansiq.Geo.Outlines;
using Tansiq.Geo.Text;

namespace Tansiq.Coordination.Monitoring;

/// <summary>
/// Runs reported positions, in order of time, against areas and notices, and says what happened (MON-2). Exactly what
/// each event means, so that another program can find the same ones, is in docs/formats/replay.md.
/// </summary>
/// <remarks>
/// A track is kept for <see cref="ReplaySettings.MaximumGap"/> after its last position and an event is held no longer, an alert
/// for <see cref="ReplaySettings.AlertFoldTime"/>, so that memory does not grow with the input, but for the names of up to
/// <see cref="MaximumTracksRemembered"/> tracks.
/// Deterministic. Not thread-safe.
/// </remarks>
public sealed class Replay
{
    /// <summary>The most tracks that are followed at a time; positions of further ones are rejected.</summary>
    public const int MaximumLiveTracks = 100_000;

    /// <summary>The most tracks whose last position is remembered, to count tracks and gaps.</summary>
    public const int MaximumTracksRemembered = 1_000_000;

    /// <summary>The most characters of a track's identifier.</summary>
    public const int MaximumTrackLength = 64;

    /// <summary>The most kinds of rejected positions that are told apart; further ones count as <see cref="OtherKinds"/>.</summary>
    public const int MaximumRejectedKinds = 64;

    /// <summary>The most examples of one kind of rejected positions.</summary>
    public const int MaximumRejectedExamples = 5;

    /// <summary>The most flights that one event names.</summary>
    public const int MaximumFlightsNamed = 16;

    /// <summary>The most alerts that are held; one more closes the one that would close first.</summary>
    public const int MaximumAlertsHeld = 100_000;

    /// <summary>The most feeds that are told apart; further ones count as <see cref="OtherKinds"/>.</summary>
    public const int MaximumFeeds = 1_000;

    /// <summary>The most coverage windows of one feed; one more joins the two oldest.</summary>
    public const int MaximumWindows = 1_000;

    /// <summary>The most different tracks that are counted of one feed.</summary>
    public const int MaximumTracksOfFeed = 100_000;

    /// <summary>The kind under which positions count whose kind was one too many.</summary>
    public const string OtherKinds = "replay.other";

    /// <summary>The earliest moment that is taken.</summary>
    public static readonly Instant Earliest = Instant.FromUtc(1970, 1, 1, 0, 0);

    /// <summary>The first moment that is not taken any more.</summary>
    public static readonly Instant Latest = Instant.FromUtc(2200, 1, 1, 0, 0);

    private readonly ReplaySettings _settings;
    private readonly long _maximumGapTicks;
    private readonly EventBuffer _events = new();
    private readonly AlertFold _alerts;
    private readonly NoticeCoverage _notices;
    private readonly PresenceWatch _watch;
    private readonly Attributor _attributor;
    private readonly ReplayTally _tally;
    private readonly Dictionary<string, TrackState> _live = new(StringComparer.Ordinal);
    private readonly LinkedList<TrackState> _byAnchor = new();
    private readonly LinkedList<TrackState> _bySeen = new();
    private readonly List<ReplayEvent> _settled = [];
    private long _nowTicks = long.MinValue;
    private bool _isFinished;

    /// <summary>Starts a replay.</summary>
    /// <param name="picture">What tracks are held against.</param>
    /// <param name="settings">The thresholds.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    /// <exception cref="ArgumentException">A layer stretch of the height conversion is −1,000 per mille or less.</exception>
    public Replay(ReplayPicture picture, ReplaySettings settings)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        HeightLimits.Validate(picture.Heights);
        _settings = settings;
        _maximumGapTicks = settings.MaximumGap.BclCompatibleTicks;
        _tally = new(_maximumGapTicks);
        _alerts = new(settings.AlertFoldTime);
        _notices = new(picture);
        _attributor = new(picture.Attribution);
        _watch = new(new(picture, _notices, _events), new(_events), new(picture, _events));
    }

    /// <summary>Takes the next position. One that is not in order, repeated or out of bounds is counted and not taken.</summary>
    /// <returns>The events that are certain to be next, in order; often none.</returns>
    /// <exception cref="InvalidOperationException">The replay is finished.</exception>
    public ImmutableArray<ReplayEvent> Push(ReportedPosition reported)
    {
        ArgumentNullException.ThrowIfNull(reported);
        if (_isFinished) throw new InvalidOperationException("The replay is finished.");
        var fix = Fix.Of(reported.Position);
        if (RefusalOfTrackOrTime(reported, fix) is { } untimely)
        {
            _tally.Reject(untimely);
            return [];
        }

        _nowTicks = fix.Ticks;
        Expire();
        _live.TryGetValue(reported.Track, out var state);
        if (RefusalOfNews(reported, fix, state) is { } refusal) _tally.Reject(refusal);
        else Take(reported, fix, state ?? Begin(reported, fix));
        return SettledBefore(FloorOfMilliseconds(_nowTicks - _maximumGapTicks));
    }

    /// <summary>
    /// Counts for its feed, and for nothing else, a position that another feed gives at that time: what says where a feed was
    /// blind. One that is not in order or out of bounds is passed over.
    /// </summary>
    /// <exception cref="InvalidOperationException">The replay is finished.</exception>
    public void Hear(ReportedPosition reported)
    {
        ArgumentNullException.ThrowIfNull(reported);
        if (_isFinished) throw new InvalidOperationException("The replay is finished.");
        var fix = Fix.Of(reported.Position);
        if (RefusalOfTrackOrTime(reported, fix) is not null) return;
        _nowTicks = fix.Ticks;
        Expire();
        _tally.Hear(reported.Track, reported.Source, fix.Ticks);
    }

    /// <summary>Counts a position that a reader refused.</summary>
    public void Reject(Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        _tally.Reject(refusal);
    }

    /// <summary>Ends the replay: tracks that are still in an area count as lost, for the input tells no more of them.</summary>
    /// <param name="isPartial">Whether the input was not read to its end; the summary then says so.</param>
    /// <returns>The last events, in order, and the figures.</returns>
    /// <exception cref="InvalidOperationException">The replay is finished already.</exception>
    public ReplayEnd Finish(bool isPartial = false)
    {
        if (_isFinished) throw new InvalidOperationException("The replay is finished.");
        _isFinished = true;
        foreach (var state in _byAnchor) _watch.Lose(state, state.IsFrozen ? ReplayCause.Frozen : ReplayCause.End);
        foreach (var state in _bySeen) _tally.Forget(state);
        Settle(long.MaxValue);
        var end = _nowTicks == long.MinValue ? Earliest : Instant.FromUnixTimeMilliseconds(NearestMillisecond(_nowTicks));
        var alerts = _alerts.Finish(end, _settled);
        return new([.. _settled], _tally.Summarize(_events, alerts, isPartial));
    }

    private Refusal? RefusalOfTrackOrTime(ReportedPosition reported, in Fix fix)
    {
        var at = reported.Position.At;
        if (reported.Track.Length is 0 or > MaximumTrackLength)
            return new("replay.track-name", "", $"{JsonText.Shorten(reported.Track)} at {at}", $"1 to {MaximumTrackLength} characters");
        if (at < Earliest || at >= Latest) return new("replay.time-out-of-range", WhereOf(reported), at.ToString(), "1970 to 2199");
        return fix.Ticks < _nowTicks
            ? new("replay.late", WhereOf(reported), at.ToString(), $"{Instant.FromUnixTimeTicks(_nowTicks)} or later")
            : null;
    }

    private Refusal? RefusalOfNews(ReportedPosition reported, in Fix fix, TrackState? state)
    {
        if (state is null)
        {
            return _live.Count < MaximumLiveTracks
                ? null
                : new("replay.too-many-tracks", WhereOf(reported), "one more", $"at most {MaximumLiveTracks} tracks at a time");
        }

        if (state.LastSeen.Ticks != fix.Ticks) return null;
        var at = reported.Position.At;
        return state.LastSeen.Place == fix.Place
            ? new("replay.duplicate", WhereOf(reported), $"{at} again", "each time once")
            : new("replay.two-places", WhereOf(reported), $"{fix.Place} at {at}", $"{state.LastSeen.Place} as before");
    }

    private static string WhereOf(ReportedPosition reported) => $"track {reported.Track}";

    private TrackState Begin(ReportedPosition reported, in Fix fix)
    {
        var declaration = _notices.DeclaredFor(reported.Track);
        var state = new TrackState(reported.Track, fix, declaration)
        {
            WasSeenBefore = _tally.Remember(reported.Track, fix),
            Callsign = reported.Callsign,
            Attribution = _attributor.Of(reported.Track, reported.Callsign, declaration),
        };
        _live[reported.Track] = state;
        return state;
    }

    private void Take(ReportedPosition reported, in Fix fix, TrackState state)
    {
        _tally.Accept(state, fix, reported.Source);
        NoteCallsign(state, reported.Callsign);
        var isFirst = state.SeenNode.List is null;
        state.See(fix);
        MoveToEnd(_bySeen, state.SeenNode);
        switch (state.Judge(fix, reported, _settings))
        {
            case FixJudgement.Good when state.IsFollowed:
                _watch.Move(state, fix);
                MoveToEnd(_byAnchor, state.AnchorNode);
                break;
            case FixJudgement.Good:
                _watch.Appear(state, fix, CauseOfAppearance(state, isFirst));
                MoveToEnd(_byAnchor, state.AnchorNode);
                break;
            case FixJudgement.JumpAccepted:
                if (state.IsFollowed) _watch.Lose(state, ReplayCause.Jump);
                _watch.Appear(state, fix, ReplayCause.Jump);
                MoveToEnd(_byAnchor, state.AnchorNode);
                break;
            case FixJudgement.Jump:
                _tally.AfterJump++;
                _events.Add(JumpOf(state, fix));
                break;
            case FixJudgement.AfterJump:
                _tally.AfterJump++;
                break;
            case FixJudgement.Frozen:
                _tally.Stale++;
                _events.Add(FrozenOf(state, fix));
                break;
            default:
                _tally.Stale++;
                break;
        }
    }

    private static ReplayCause CauseOfAppearance(TrackState state, bool isFirst)
    {
        if (state.IsFrozen) return ReplayCause.Frozen;
        return isFirst && !state.WasSeenBefore ? ReplayCause.First : ReplayCause.Gap;
    }

    private void NoteCallsign(TrackState state, string? callsign)
    {
        if (callsign is null || string.Equals(callsign, state.Callsign, StringComparison.Ordinal)) return;
        state.Callsign = callsign;
        if (_attributor.HeedsCallsigns) state.Attribution = _attributor.Of(state.Track, callsign, state.Declaration);
    }

    // Both lists are in order of time, since time does not go back: whoever has been outlived stands first.
    private void Expire()
    {
        while (_byAnchor.First is { Value: var state } && _nowTicks - state.Anchor.Ticks > _maximumGapTicks)
        {
            _byAnchor.RemoveFirst();
            _watch.Lose(state, state.IsFrozen ? ReplayCause.Frozen : ReplayCause.Gap);
        }

        while (_bySeen.First is { Value: var state } && _nowTicks - state.LastSeen.Ticks > _maximumGapTicks)
        {
            _bySeen.RemoveFirst();
            _live.Remove(state.Track);
            _tally.Forget(state);
        }
    }

    private static void MoveToEnd(LinkedList<TrackState> list, LinkedListNode<TrackState> node)
    {
        if (ReferenceEquals(list.Last, node)) return;
        if (node.List is not null) list.Remove(node);
        list.AddLast(node);
    }

    private ImmutableArray<ReplayEvent> SettledBefore(long milliseconds)
    {
        if (!_events.HasBefore(milliseconds) && _alerts.NextClosing >= milliseconds) return [];
        Settle(milliseconds);
        ImmutableArray<ReplayEvent> settled = [.. _settled];
        _settled.Clear();
        return settled;
    }

    /// <summary>Takes the events before a moment, in order, and the alerts that close among them.</summary>
    private void Settle(long milliseconds)
    {
        while (_events.TakeBefore(milliseconds) is { } item)
        {
            _alerts.CloseBefore(item.At.ToUnixTimeMilliseconds(), _settled);
            _alerts.Add(item, _settled);
            if (item is not ConformanceLost) _settled.Add(item);
        }

        if (milliseconds != long.MaxValue) _alerts.CloseBefore(milliseconds, _settled);
    }

    private static JumpEvent JumpOf(TrackState state, in Fix fix) =>
        new()
        {
            Kind = ReplayEventKind.Jump,
            Track = state.Track,
            At = MomentOf(fix),
            Place = fix.Place,
            Height = fix.Height,
            Certainty = Certainty.Certain,
            Attribution = state.Attribution,
            FromPlace = state.Anchor.Place,
            FromAt = MomentOf(state.Anchor),
        };

    private static FrozenEvent FrozenOf(TrackState state, in Fix fix) =>
        new()
        {
            Kind = ReplayEventKind.Frozen,
            Track = state.Track,
            At = MomentOf(fix),
            Place = fix.Place,
            Height = fix.Height,
            Certainty = Certainty.Certain,
            Attribution = state.Attribution,
            Since = MomentOf(state.Anchor),
        };

    private static Instant MomentOf(in Fix fix) => Instant.FromUnixTimeMilliseconds(NearestMillisecond(fix.Ticks));

    // Ties to even.
    private static long NearestMillisecond(long ticks)
    {
        var (milliseconds, rest) = Math.DivRem(ticks, NodaConstants.TicksPerMillisecond);
        var half = NodaConstants.TicksPerMillisecond / 2;
        return rest > half || (rest == half && long.IsOddInteger(milliseconds)) ? milliseconds + 1 : milliseconds;
    }

    private static long FloorOfMilliseconds(long ticks)
    {
        var (milliseconds, rest) = Math.DivRem(ticks, NodaConstants.TicksPerMillisecond);
        return rest < 0 ? milliseconds - 1 : milliseconds;
    }
}
