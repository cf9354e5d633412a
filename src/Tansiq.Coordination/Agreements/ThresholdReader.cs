using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Tansiq.Coordination.Parties;
using Tansiq.Geo.Text;

namespace Tansiq.Coordination.Agreements;

/// <summary>Reads what an agreement may leave undefined: thresholds and moments (AGR-3, AGR-4).</summary>
internal static class ThresholdReader
{
    /// <summary>The most days after D, or of an agreement's length.</summary>
    public const int MaximumDays = 36_500;

    private static readonly LocalDateTimePattern LocalPattern = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");
    private static readonly LocalTimePattern TimePattern = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    /// <summary>A whole number from 0, or <c>"undefined"</c>.</summary>
    public static Threshold Threshold(this JsonCursor place, long maximum) =>
        IsUndefined(place) ? Agreements.Threshold.Undefined : Agreements.Threshold.Of(place.Integer(0, maximum));

    /// <summary>When an agreement starts.</summary>
    public static Moment StartMoment(this JsonCursor place)
    {
        if (IsUndefined(place)) return new Moment.Undefined();
        var (local, dPlusDays) = (place["local"], place["dPlusDays"]);
        if (local.Exists)
        {
            place.Only("local", "zone");
            return new Moment.Local(LocalDateTime(local), place["zone"].Zone());
        }

        if (dPlusDays.Exists)
        {
            place.Only("dPlusDays", "at", "zone");
            return new Moment.DayPlus((int)dPlusDays.Integer(0, MaximumDays), Time(place["at"]), place["zone"].Zone());
        }

        place.Only("instant");
        return new Moment.At(place["instant"].Instant());
    }

    /// <summary>When an agreement ends: as it starts, or some days of 24 hours after its start.</summary>
    public static Moment EndMoment(this JsonCursor place)
    {
        var days = IsUndefined(place) ? default : place["days"];
        if (!days.Exists) return place.StartMoment();
        place.Only("days");
        return new Moment.AfterStart((int)days.Integer(1, MaximumDays));
    }

    /// <summary>Whether both moments are fixed by their text alone and the end is not after the start.</summary>
    public static bool IsEndBeforeStart(Moment start, Moment end) => (start, end) switch
    {
        (Moment.DayPlus first, Moment.DayPlus second) when first.Zone == second.Zone =>
            (second.Days, second.Time).CompareTo((first.Days, first.Time)) <= 0,
        _ => Resolve(start) is { } from && Resolve(end) is { } until && until <= from,
    };

    private static Instant? Resolve(Moment moment) => moment switch
    {
        Moment.At at => at.Instant,
        Moment.Local local => DateTimeZoneProviders.Tzdb[local.Zone].AtLeniently(local.DateAndTime).ToInstant(),
        _ => null,
    };

    private static bool IsUndefined(JsonCursor place) => place.Kind == JsonValueKind.String && place.Element.ValueEquals("undefined");

    private static LocalDateTime LocalDateTime(JsonCursor place)
    {
        var parsed = LocalPattern.Parse(place.Text(16));
        if (parsed.Success && parsed.Value.Year is >= 1900 and < 2200) return parsed.Value;
        place.Refuse("json.wrong-type", "a local date and time such as 2016-07-25T00:00, years 1900 to 2199");
        return default;
    }

    private static LocalTime Time(JsonCursor place)
    {
        var parsed = TimePattern.Parse(place.Text(5));
        if (parsed.Success) return parsed.Value;
        place.Refuse("json.wrong-type", "a local time such as 00:00");
        return default;
    }
}
