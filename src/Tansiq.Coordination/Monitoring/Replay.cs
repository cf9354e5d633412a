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
/// A track is kept for <see cref="ReplaySettings.MaximumGap"/> after its last position and an event is held no longer, so
/// that memory does not grow with the input, but for the names of up to <see cref="MaximumTracksRemembered"/> tracks.
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

    /// <summary>The kind under which positions count whose kind was one too many.</summary>
    public const string OtherKinds = "replay.other";

    /// <summary>The earliest moment that is taken.</summary>
    public static readonly Instant Earliest = Instant.FromUtc(1970, 1, 1, 0, 0);

    /// <summary>The first moment that is not taken any more.</summary>
    public static readonly Instant Latest = Instant.FromUtc(2200, 1, 1, 0, 0);

    private readonly ReplaySettings _settings;
    private readonly long _maximumGapTicks;
    private readonly EventBuffer _events = new();
    private readonly PresenceWatch _watch;
    private readonly ReplayTally _tally;
    private readonly Dictionary<string, TrackState> _live = new(StringComparer.Ordinal);
    private readonly Queue<(TrackState State, long Ticks)> _expiries = new();
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
        _watch = new(picture, _events);
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
        if (RefusalOfNews(reported, fix) is { } refusal) _tally.Reject(refusal);
        else Take(reported, fix);
        return _events.TakeBefore(FloorOfMilliseconds(_nowTicks - _maximumGapTicks));
    }

    /// <summary>Counts a position that a reader refused.</summary>
    public void Reject(Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        _tally.Reject(refusal);
    }

    /// <summary>Ends the replay: tracks that are still in an area count as lost, for the input tells no more of them.</summary>
    /// <returns>The last events, in order, and the figures.</returns>
    /// <exception cref="InvalidOperationException">The replay is finished already.</exception>
    public ReplayEnd Finish()
    {
        if (_isFinished) throw new InvalidOperationException("The replay is finished.");
        _isFinished = true;
        foreach (var state in _live.Values.Where(state => state.IsFollowed))
            _watch.Lose(state, state.IsFrozen ? ReplayCause.Frozen : ReplayCause.End);
        return new(_events.TakeBefore(long.MaxValue), _tally.Summarize(_events));
    }

    private Refusal? RefusalOfTrackOrTime(ReportedPosition reported, Fix fix)
    {
        var at = reported.Position.At;
        if (reported.Track.Length is 0 or > MaximumTrackLength)
            return new("replay.track-name", "", $"{JsonText.Shorten(reported.Track)} at {at}", $"1 to {MaximumTrackLength} characters");
        if (at < Earliest || at >= Latest) return new("replay.time-out-of-range", WhereOf(reported), at.ToString(), "1970 to 2199");
        return fix.Ticks < _nowTicks
            ? new("replay.late", WhereOf(reported), at.ToString(), $"{Instant.FromUnixTimeTicks(_nowTicks)} or later")
            : null;
    }

    private Refusal? RefusalOfNews(ReportedPosition reported, Fix fix)
    {
        if (!_live.TryGetValue(reported.Track, out var state))
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

    private void Take(ReportedPosition reported, Fix fix)
    {
        var isKnown = _tally.Accept(reported.Track, fix);
        if (!_live.TryGetValue(reported.Track, out var state)) _live[reported.Track] = state = new(reported.Track, fix);
        state.LastSeen = fix;
        _expiries.Enqueue((state, fix.Ticks));
        switch (state.Judge(fix, reported, _settings))
        {
            case FixJudgement.Good when state.IsFollowed:
                _watch.Move(state, fix);
                break;
            case FixJudgement.Good:
                _watch.Appear(state, fix, state.IsFrozen ? ReplayCause.Frozen : isKnown ? ReplayCause.Gap : ReplayCause.First);
                break;
            case FixJudgement.JumpAccepted:
                if (state.IsFollowed) _watch.Lose(state, ReplayCause.Jump);
                _watch.Appear(state, fix, ReplayCause.Jump);
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

    // Every position has its entry; what is not the track's last good, or last seen, fix any more has been outlived.
    private void Expire()
    {
        while (_expiries.TryPeek(out var entry) && _nowTicks - entry.Ticks > _maximumGapTicks)
        {
            _expiries.Dequeue();
            var state = entry.State;
            if (state.IsFollowed && state.Anchor.Ticks == entry.Ticks)
                _watch.Lose(state, state.IsFrozen ? ReplayCause.Frozen : ReplayCause.Gap);
            if (state.LastSeen.Ticks == entry.Ticks) _live.Remove(state.Track);
        }
    }

    private static JumpEvent JumpOf(TrackState state, Fix fix) =>
        new()
        {
            Kind = ReplayEventKind.Jump,
            Track = state.Track,
            At = MomentOf(fix),
            Place = fix.Place,
            Height = fix.Height,
            Certainty = Certainty.Certain,
            FromPlace = state.Anchor.Place,
            FromAt = MomentOf(state.Anchor),
        };

    private static FrozenEvent FrozenOf(TrackState state, Fix fix) =>
        new()
        {
            Kind = ReplayEventKind.Frozen,
            Track = state.Track,
            At = MomentOf(fix),
            Place = fix.Place,
            Height = fix.Height,
            Certainty = Certainty.Certain,
            Since = MomentOf(state.Anchor),
        };

    private static Instant MomentOf(Fix fix) =>
        Instant.FromUnixTimeMilliseconds(Leg.Standing(fix).MillisecondsAt(Fraction.Zero));

    private static long FloorOfMilliseconds(long ticks) => Instant.FromUnixTimeTicks(ticks).ToUnixTimeMilliseconds();
}
