using NodaTime;

namespace Tansiq.Coordination.Monitoring;

/// <summary>The thresholds of a replay. Every one is an input and is named in docs/formats/replay.md.</summary>
/// <remarks>Immutable and thread-safe. <see cref="Replay"/> refuses values outside the ranges given here.</remarks>
public sealed record ReplaySettings
{
    /// <summary>The longest gap that may be set: 1 hour.</summary>
    public static readonly Duration LongestGap = Duration.FromHours(1);

    /// <summary>The longest <see cref="AlertFoldTime"/> that may be set: 24 hours.</summary>
    public static readonly Duration LongestAlertFoldTime = Duration.FromHours(24);

    /// <summary>The greatest speed that may be set, metres per second.</summary>
    public const int GreatestSpeedMetresPerSecond = 20_000;

    /// <summary>The most fixes that may be asked for before a jump is accepted or a track is called frozen.</summary>
    public const int MostFixes = 1_000;

    /// <summary>The values that are used where nothing else is said.</summary>
    public static ReplaySettings Default { get; } = new();

    /// <summary>Between fixes at most this far apart a track is taken to move in a straight line: 1 ms to 1 h; 60 s unless told.</summary>
    public Duration MaximumGap { get; init; } = Duration.FromSeconds(60);

    /// <summary>A faster apparent speed is a jump, metres per second, 1 to 20,000; 1,000 unless told (no aircraft in service is faster).</summary>
    public int MaximumSpeedMetresPerSecond { get; init; } = 1_000;

    /// <summary>How coarse time stamps are: this is added to the time between two fixes before a jump is told; 0 to 1 h, 1 s unless told.</summary>
    public Duration TimeResolution { get; init; } = Duration.FromSeconds(1);

    /// <summary>How many consistent fixes at the new place make a jump accepted, the first one counted: 2 to 1,000; 3 unless told.</summary>
    public int FixesToAcceptJump { get; init; } = 3;

    /// <summary>From this speed on an aircraft can't stay at one place to 10⁻⁷ degree, metres per second, 1 to 20,000; 50 unless told.</summary>
    public int MovingSpeedMetresPerSecond { get; init; } = 50;

    /// <summary>How long a place is repeated before the track is called frozen: 0 to 1 h; 20 s unless told.</summary>
    public Duration FrozenAfter { get; init; } = Duration.FromSeconds(20);

    /// <summary>How many fixes repeat a place, the first one counted, before the track is called frozen: 2 to 1,000; 3 unless told.</summary>
    public int FrozenFixes { get; init; } = 3;

    /// <summary>An alert closes when nothing was added to it for longer than this: 0 to 24 h; 30 min unless told.</summary>
    public Duration AlertFoldTime { get; init; } = Duration.FromMinutes(30);

    /// <summary>Throws where a value is outside its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    internal void Validate()
    {
        RequireDuration(MaximumGap, Duration.FromMilliseconds(1), LongestGap, nameof(MaximumGap));
        RequireDuration(TimeResolution, Duration.Zero, LongestGap, nameof(TimeResolution));
        RequireDuration(FrozenAfter, Duration.Zero, LongestGap, nameof(FrozenAfter));
        RequireDuration(AlertFoldTime, Duration.Zero, LongestAlertFoldTime, nameof(AlertFoldTime));
        RequireCount(MaximumSpeedMetresPerSecond, 1, GreatestSpeedMetresPerSecond, nameof(MaximumSpeedMetresPerSecond));
        RequireCount(MovingSpeedMetresPerSecond, 1, GreatestSpeedMetresPerSecond, nameof(MovingSpeedMetresPerSecond));
        RequireCount(FixesToAcceptJump, 2, MostFixes, nameof(FixesToAcceptJump));
        RequireCount(FrozenFixes, 2, MostFixes, nameof(FrozenFixes));
    }

    private static void RequireDuration(Duration value, Duration least, Duration most, string name)
    {
        if (value < least || value > most) throw new ArgumentOutOfRangeException(name, value, "Outside its range.");
    }

    private static void RequireCount(int value, int least, int most, string name)
    {
        if (value < least || value > most) throw new ArgumentOutOfRangeException(name, value, "Outside its range.");
    }
}
