using NodaTime;

namespace Tansiq.Feeds.Positions.Clocks;

/// <summary>Gives times of day (UTC) their day: the one that brings them nearest to a moment that is known.</summary>
/// <remarks>
/// The moment is the time of the packet where the feed has one. Otherwise it is the last time that was resolved, so that
/// a feed runs on over midnight as long as it is never silent for 12 hours. Used by one thread.
/// </remarks>
public sealed class DayResolver
{
    /// <summary>The end of the times of day that are taken: a leap second counts as the start of the next day.</summary>
    public static readonly Duration EndOfTimes = Duration.FromSeconds(86_401);

    private static readonly Duration HalfDay = Duration.FromHours(12);
    private static readonly Duration Day = Duration.FromDays(1);

    private Instant _reference;

    /// <summary>Begins near a moment.</summary>
    /// <param name="reference">At most 12 hours from the first time, for example the noon of its day.</param>
    public DayResolver(Instant reference) => _reference = reference;

    /// <summary>The instant of a time of day near the last one; null where it is negative or not below <see cref="EndOfTimes"/>.</summary>
    public Instant? Resolve(Duration timeOfDay) => Resolve(timeOfDay, _reference);

    /// <summary>The instant of a time of day near the moment at which it was received; null as in <see cref="Resolve(Duration)"/>.</summary>
    public Instant? Resolve(Duration timeOfDay, Instant received)
    {
        if (timeOfDay < Duration.Zero || timeOfDay >= EndOfTimes) return null;
        _reference = Nearest(timeOfDay, received);
        return _reference;
    }

    /// <summary>The instant with a time of day (UTC) that is nearest to a moment; of two at 12 hours the earlier.</summary>
    public static Instant Nearest(Duration timeOfDay, Instant moment)
    {
        var sinceMidnight = Duration.FromTicks(moment.InUtc().TimeOfDay.TickOfDay);
        var instant = moment - sinceMidnight + timeOfDay;
        if (instant - moment >= HalfDay) return instant - Day;
        return moment - instant > HalfDay ? instant + Day : instant;
    }
}
