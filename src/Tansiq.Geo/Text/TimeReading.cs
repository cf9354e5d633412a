using NodaTime;
using NodaTime.Text;

namespace Tansiq.Geo.Text;

/// <summary>Instants and half-open intervals as JSON members.</summary>
public static class TimeReading
{
    /// <summary>The first moment that is read, so that sums of times stay in range.</summary>
    public static readonly Instant Earliest = NodaTime.Instant.FromUtc(1900, 1, 1, 0, 0);

    /// <summary>The first moment that is no longer read.</summary>
    public static readonly Instant Limit = NodaTime.Instant.FromUtc(2200, 1, 1, 0, 0);

    /// <summary>RFC 3339 with <c>Z</c>, to the second or as fine as a nanosecond; the years 1900 to 2199.</summary>
    /// <returns>The moment; <see cref="Earliest"/> if refused.</returns>
    public static Instant Instant(this JsonCursor place)
    {
        var text = place.Text(35);
        if (place.Reading.IsRefused) return Earliest;
        var parsed = InstantPattern.ExtendedIso.Parse(text);
        if (parsed.Success && parsed.Value >= Earliest && parsed.Value < Limit) return parsed.Value;
        place.Refuse("json.wrong-type", "an instant such as 2016-07-20T06:00:00Z, years 1900 to 2199");
        return Earliest;
    }

    /// <summary>The members <c>from</c> and <c>until</c>, each of which may be missing and then leaves its side open.</summary>
    /// <returns>The interval; open on both sides if refused.</returns>
    public static Interval OpenInterval(this JsonCursor holder)
    {
        Instant? from = holder["from"].Exists ? holder["from"].Instant() : null;
        Instant? until = holder["until"].Exists ? holder["until"].Instant() : null;
        return Ordered(holder, from, until);
    }

    /// <summary>The members <c>from</c> and <c>until</c>, both there.</summary>
    /// <returns>The interval; open on both sides if refused.</returns>
    public static Interval ClosedInterval(this JsonCursor holder) =>
        Ordered(holder, holder["from"].Instant(), holder["until"].Instant());

    private static Interval Ordered(JsonCursor holder, Instant? from, Instant? until)
    {
        if (from is { } start && until is { } end && end <= start) holder["until"].Refuse("geo.end-before-start", $"a moment after {start}");
        return holder.Reading.IsRefused ? new(null, null) : new(from, until);
    }
}
