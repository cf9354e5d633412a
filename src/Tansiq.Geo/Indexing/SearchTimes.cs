using NodaTime;

namespace Tansiq.Geo.Indexing;

/// <summary>
/// Times as the index compares them before it compares them exactly: closed intervals in units of eight seconds, rounded
/// outwards. 32 bits reach from the year 1425 to 2514; what lies beyond counts as the first or last unit.
/// </summary>
internal static class SearchTimes
{
    private const int SecondsPerUnitShift = 3;

    // Longer than from the first instant to the last, and far from overflow.
    private const long MaximumSeconds = 1L << 50;

    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>The interval of a moment.</summary>
    public static (int From, int Until) Of(Instant moment)
    {
        var unit = UnitOf(moment.ToUnixTimeSeconds());
        return (unit, unit);
    }

    /// <summary>The interval of a closed time.</summary>
    public static (int From, int Until) Of(Instant from, Instant until) => (UnitOf(from.ToUnixTimeSeconds()), UnitOf(until.ToUnixTimeSeconds()));

    /// <summary>The interval of a half-open one widened by a time on both sides.</summary>
    public static (int From, int Until) Of(Interval interval, Duration widening = default)
    {
        // Whole seconds rounded down, and up: one more than rounded down.
        var seconds = widening == Duration.Zero ? 0 : SecondsOf(widening) + 1;
        return (
            interval.HasStart ? UnitOf(interval.Start.ToUnixTimeSeconds() - seconds) : int.MinValue,
            interval.HasEnd ? UnitOf(interval.End.ToUnixTimeSeconds() + seconds) : int.MaxValue);
    }

    private static long SecondsOf(Duration duration) =>
        Math.Min(MaximumSeconds, duration.Days * 86_400L + duration.NanosecondOfDay / NanosecondsPerSecond);

    private static int UnitOf(long unixSeconds) => SearchBox.ToInt(unixSeconds >> SecondsPerUnitShift);
}
