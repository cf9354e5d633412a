using NodaTime;

namespace Tansiq.Feeds.Positions.Sbs;

/// <summary>What other messages of an aircraft said before its position.</summary>
internal sealed class SbsAircraft
{
    /// <summary>How long a speed holds.</summary>
    public static readonly Duration SpeedHolds = Duration.FromSeconds(10);

    /// <summary>How long a callsign holds.</summary>
    public static readonly Duration CallsignHolds = Duration.FromMinutes(10);

    private string? _callsign;
    private Instant _callsignAt;
    private double? _speed;
    private Instant _speedAt;

    /// <summary>Keeps a callsign.</summary>
    public void SetCallsign(string callsign, Instant at) => (_callsign, _callsignAt) = (callsign, at);

    /// <summary>Keeps a speed, metres a second.</summary>
    public void SetSpeed(double metresPerSecond, Instant at) => (_speed, _speedAt) = (metresPerSecond, at);

    /// <summary>The callsign that holds at a moment, or null.</summary>
    public string? CallsignAt(Instant at) => Holds(_callsignAt, at, CallsignHolds) ? _callsign : null;

    /// <summary>The speed that holds at a moment, metres a second, or null.</summary>
    public double? SpeedAt(Instant at) => Holds(_speedAt, at, SpeedHolds) ? _speed : null;

    // Messages come a little out of order: one that was received just after holds too.
    private static bool Holds(Instant said, Instant at, Duration time) => at - said <= time && said - at <= time;
}
