using NodaTime;

namespace Tansiq.Coordination.Agreements;

/// <summary>A moment as an agreement states it; it keeps its zone until it is resolved (AGR-3).</summary>
public abstract record Moment
{
    private Moment()
    {
    }

    /// <summary>A moment of universal time.</summary>
    /// <param name="Instant">The moment.</param>
    public sealed record At(Instant Instant) : Moment;

    /// <summary>A local date and time in a zone.</summary>
    /// <param name="DateAndTime">The local date and time.</param>
    /// <param name="Zone">The zone, TZDB name.</param>
    public sealed record Local(LocalDateTime DateAndTime, string Zone) : Moment;

    /// <summary>Some days after D, the local date on which the last signature came onto the record.</summary>
    /// <param name="Days">Days after D, 0 or more.</param>
    /// <param name="Time">Local time of that day.</param>
    /// <param name="Zone">The zone, TZDB name, in which D is reckoned too.</param>
    public sealed record DayPlus(int Days, LocalTime Time, string Zone) : Moment;

    /// <summary>Some days of 24 hours after the start; only as an end.</summary>
    /// <param name="Days">Days, 1 or more.</param>
    public sealed record AfterStart(int Days) : Moment;

    /// <summary>Agreed to exist, not agreed when.</summary>
    public sealed record Undefined : Moment;
}
