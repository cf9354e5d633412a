using NodaTime;

namespace Tansiq.Server.Hosting.Running;

/// <summary>The clock of an exercise: another clock and a fixed time more or less, the same on all nodes. Thread-safe as the other is.</summary>
/// <param name="clock">The other clock, usually the machine's.</param>
/// <param name="offset">What is added.</param>
public sealed class OffsetClock(IClock clock, Duration offset) : IClock
{
    /// <inheritdoc/>
    public Instant GetCurrentInstant() => clock.GetCurrentInstant() + offset;
}
