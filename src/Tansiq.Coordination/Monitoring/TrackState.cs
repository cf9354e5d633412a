using Tansiq.Geo;

namespace Tansiq.Coordination.Monitoring;

/// <summary>What a new fix of a track is.</summary>
internal enum FixJudgement
{
    /// <summary>The track is there.</summary>
    Good = 0,

    /// <summary>The track cannot be there: the first such fix of an episode.</summary>
    Jump = 1,

    /// <summary>The track cannot be there, as was said before.</summary>
    AfterJump = 2,

    /// <summary>The track cannot have come there, but has stayed: it is there.</summary>
    JumpAccepted = 3,

    /// <summary>The place is repeated although the track moves.</summary>
    Stale = 4,

    /// <summary>The place has been repeated so long that the track is frozen: told once an episode.</summary>
    Frozen = 5,
}

/// <summary>What a replay keeps of one track while it is heard.</summary>
internal sealed class TrackState(string track, Fix first)
{
    private bool _hasAnchor;
    private Fix? _inbound;
    private Fix? _candidate;
    private int _candidateFixes;
    private int _repeats;

    public string Track { get; } = track;

    /// <summary>The last good fix; none before the first or where nothing but jumps came.</summary>
    public Fix Anchor { get; private set; } = first;

    /// <summary>Whether the track is taken to be followed from <see cref="Anchor"/>; false once it was lost.</summary>
    public bool IsFollowed { get; private set; }

    /// <summary>Whether the track jumped, so that no level is certain any more.</summary>
    public bool IsDoubtful { get; private set; }

    /// <summary>Whether the track is frozen.</summary>
    public bool IsFrozen { get; private set; }

    /// <summary>The last fix of any kind.</summary>
    public Fix LastSeen { get; set; } = first;

    /// <summary>The areas that it is in, by number, with the level; in no order.</summary>
    public Dictionary<int, Certainty> Held { get; } = [];

    /// <summary>The level in the notices that it is declared to fly, or null where not known or not declared.</summary>
    public Certainty? Conformance { get; set; }

    /// <summary>Says what a fix is, and keeps count of repeated and jumped-to places.</summary>
    public FixJudgement Judge(Fix fix, ReportedPosition reported, ReplaySettings settings)
    {
        if (_hasAnchor && fix.Place == Anchor.Place && ClaimsToMove(reported, settings)) return Repeat(fix, settings);
        if (_candidate is { } candidate && fix.Place == candidate.Place && ReportsSpeed(reported, settings)) return FixJudgement.AfterJump;
        if (IsFollowed ? !IsJump(Anchor, fix, settings) : _candidate is null) return FixJudgement.Good;
        return Consider(fix, settings);
    }

    /// <summary>Makes a fix the one from which the track is followed.</summary>
    public void Follow(Fix fix)
    {
        _inbound = IsFollowed ? Anchor : null;
        Anchor = fix;
        _hasAnchor = true;
        IsFollowed = true;
        IsFrozen = false;
        _repeats = 0;
        _candidate = null;
    }

    /// <summary>Ends the following; levels are forgotten.</summary>
    public void Lose()
    {
        IsFollowed = false;
        Held.Clear();
        Conformance = null;
    }

    private FixJudgement Repeat(Fix fix, ReplaySettings settings)
    {
        _repeats++;
        var isFrozen = _repeats + 1 >= settings.FrozenFixes && fix.Ticks - Anchor.Ticks >= settings.FrozenAfter.BclCompatibleTicks;
        if (!isFrozen || IsFrozen) return FixJudgement.Stale;
        IsFrozen = true;
        return FixJudgement.Frozen;
    }

    private FixJudgement Consider(Fix fix, ReplaySettings settings)
    {
        var isNew = _candidate is null;
        var isConsistent = _candidate is { } candidate
            && fix.Ticks - candidate.Ticks <= settings.MaximumGap.BclCompatibleTicks
            && !IsJump(candidate, fix, settings);
        _candidateFixes = isConsistent ? _candidateFixes + 1 : 1;
        _candidate = fix;
        if (isNew) return FixJudgement.Jump;
        if (_candidateFixes < settings.FixesToAcceptJump) return FixJudgement.AfterJump;
        IsDoubtful = true;
        return FixJudgement.JumpAccepted;
    }

    private bool ClaimsToMove(ReportedPosition reported, ReplaySettings settings)
    {
        if (reported.OnGround == true) return false;
        if (reported.GroundSpeedMetresPerSecond is not null) return ReportsSpeed(reported, settings);
        return _inbound is { } inbound && ApparentSpeed.Exceeds(inbound, Anchor, settings.MovingSpeedMetresPerSecond, 0);
    }

    private static bool ReportsSpeed(ReportedPosition reported, ReplaySettings settings) =>
        reported.OnGround != true && reported.GroundSpeedMetresPerSecond >= settings.MovingSpeedMetresPerSecond;

    private static bool IsJump(Fix from, Fix to, ReplaySettings settings) =>
        ApparentSpeed.Exceeds(from, to, settings.MaximumSpeedMetresPerSecond, settings.TimeResolution.BclCompatibleTicks);
}
