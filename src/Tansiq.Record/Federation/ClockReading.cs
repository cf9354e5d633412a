using NodaTime;

namespace Tansiq.Record.Federation;

/// <summary>What one request tells of another node's clock: it read its clock somewhere between our asking and its answer.</summary>
/// <param name="Skew">Its clock less our own, if both ways took the same time.</param>
/// <param name="Uncertainty">Half the time there and back: the true skew is within it of <paramref name="Skew"/>.</param>
/// <param name="ReadAt">When, by our own clock.</param>
public sealed record ClockReading(Duration Skew, Duration Uncertainty, Instant ReadAt)
{
    /// <summary>Reads a clock by a request and its answer.</summary>
    /// <param name="asked">Our clock as the request went out.</param>
    /// <param name="told">What the other told.</param>
    /// <param name="answered">Our clock as the answer came; not before <paramref name="asked"/>, else a clock was set meanwhile and nothing is known.</param>
    public static ClockReading? Of(Instant asked, Instant told, Instant answered)
    {
        if (answered < asked) return null;
        var half = (answered - asked) / 2;
        return new(told - (asked + half), half, answered);
    }

    /// <summary>Whether it is certain that the other clock is further away than a limit.</summary>
    public bool IsBeyond(Duration limit) => Skew - Uncertainty > limit || Skew + Uncertainty < -limit;
}
