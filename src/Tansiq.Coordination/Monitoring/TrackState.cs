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
internal sealed class TrackState
{
    private bool _hasAnchor;
    private Fix? _inbound;
    private Fix? _candidate;
    private Fix _anchor;
    private Fix _lastSeen;
    private int _candidateFixes;
    private int _repeats;

    public TrackState(string track, in Fix first, Declaration? declaration)
    {
        Track = track;
        Declaration = declaration;
        _anchor = first;
        _lastSeen = first;
        AnchorNode = new(this);
        SeenNode = new(this);
    }

    public string Track { get; }

    /// <summary>What it is declared to fly, or null.</summary>
    public Declaration? Declaration { get; }

    /// <summary>The last good fix; none before the first or where nothing but jumps came.</summary>
    public ref readonly Fix Anchor => ref _anchor;

    /// <summary>The last fix of any kind.</summary>
    public ref readonly Fix LastSeen => ref _lastSeen;

    /// <summary>Its place among the tracks in order of their anchors, while it is followed.</summary>
    public LinkedListNode<TrackState> AnchorNode { get; }

    /// <summary>Its place among the tracks in order of their last fixes.</summary>
    public LinkedListNode<TrackState> SeenNode { get; }

    /// <summary>Whether the track is taken to be followed from <see cref="Anchor"/>; false once it was lost.</summary>
    public bool IsFollowed { get; private set; }

    /// <summary>Whether the track jumped, so that no level is certain any more.</summary>
    public bool IsDoubtful { get; private set; }

    /// <summary>Whether the track is frozen.</summary>
    public bool IsFrozen { get; private set; }

    /// <summary>The greatest level that it can have.</summary>
    public Certainty Cap => IsDoubtful ? Certainty.Possible : Certainty.Certain;

    /// <summary>The areas that it is in.</summary>
    public HeldLevels Areas { get; } = new();

    /// <summary>The notified volumes that it is too near to.</summary>
    public HeldLevels Conflicts { get; } = new();

    /// <summary>The level in the notices that it is declared to fly, or null where not known or not declared.</summary>
    public Certainty? Conformance { get; set; }

    /// <summary>The callsign that it last reported, or null.</summary>
    public string? Callsign { get; set; }

    /// <summary>Whose aircraft it is taken to be, or null.</summary>
    public TrackAttribution? Attribution { get; set; }

    /// <summary>Whether it was seen before it is kept here.</summary>
    public bool WasSeenBefore { get; init; }

    /// <summary>The feed that it was last counted for.</summary>
    public FeedWindows? Feed { get; set; }

    /// <summary>A level as far as the track can have it.</summary>
    public Certainty Capped(Certainty level) => level > Cap ? Cap : level;

    /// <summary>Notes the last fix.</summary>
    public void See(in Fix fix) => _lastSeen = fix;

    /// <summary>Says what a fix is, and keeps count of repeated and jumped-to places.</summary>
    public FixJudgement Judge(in Fix fix, ReportedPosition reported, ReplaySettings settings)
    {
        if (_hasAnchor && fix.Place == Anchor.Place && ClaimsToMove(reported, settings)) return Repeat(fix, settings);
        if (_candidate is { } candidate && fix.Place == candidate.Place && ReportsSpeed(reported, settings)) return FixJudgement.AfterJump;
        if (IsFollowed ? !IsJump(Anchor, fix, settings) : _candidate is null) return FixJudgement.Good;
        return Consider(fix, settings);
    }

    /// <summary>Makes a fix the one from which the track is followed.</summary>
    public void Follow(in Fix fix)
    {
        _inbound = IsFollowed ? _anchor : null;
        _anchor = fix;
        _hasAnchor = true;
        IsFollowed = true;
        IsFrozen = false;
        _repeats = 0;
        _candidate = null;
    }

    /// <summary>Ends the following.</summary>
    public void Lose() => IsFollowed = false;

    private FixJudgement Repeat(in Fix fix, ReplaySettings settings)
    {
        _repeats++;
        var isFrozen = _repeats + 1 >= settings.FrozenFixes && fix.Ticks - Anchor.Ticks >= settings.FrozenAfter.BclCompatibleTicks;
        if (!isFrozen || IsFrozen) return FixJudgement.Stale;
        IsFrozen = true;
        return FixJudgement.Frozen;
    }

    private FixJudgement Consider(in Fix fix, ReplaySettings settings)
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

    private static bool IsJump(in Fix from, in Fix to, ReplaySettings settings) =>
        ApparentSpeed.Exceeds(from, to, settings.MaximumSpeedMetresPerSecond, settings.TimeResolution.BclCompatibleTicks);
}
