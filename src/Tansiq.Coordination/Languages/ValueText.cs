using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Tansiq.Geo;

namespace Tansiq.Coordination.Languages;

/// <summary>
/// Writes values as a person reads them in one language, ready to be put into its phrases: in right-to-left languages
/// every number, time, coordinate and identifier is isolated left-to-right, and a name by its first strong letter.
/// </summary>
/// <param name="phrases">The language.</param>
/// <param name="zone">The zone whose local time is shown beside universal time, or null.</param>
public sealed class ValueText(Phrasebook phrases, DateTimeZone? zone)
{
    private const int MetresPerKilometre = 1_000;
    private const int MetresPerTenthKilometre = 100;
    private const int MinutesPerHour = 60;

    /// <summary>Years in which a local time is shown; beyond them a zone's offset could leave the calendar.</summary>
    private static readonly Interval ShownLocally = new(Instant.FromUtc(1, 1, 1, 0, 0), Instant.FromUtc(9998, 1, 1, 0, 0));

    private static readonly LocalDatePattern DatePattern = LocalDatePattern.CreateWithInvariantCulture("uuuu-MM-dd");
    private static readonly LocalTimePattern WholeMinutePattern = LocalTimePattern.CreateWithInvariantCulture("HH:mm");
    private static readonly LocalTimePattern ExactTimePattern = LocalTimePattern.CreateWithInvariantCulture("HH:mm:ss.FFFFFFFFF");

    private readonly NumberFormatInfo _numbers = new()
    {
        NumberDecimalSeparator = phrases.Text("number.decimal-separator"),
        NumberGroupSeparator = phrases.Text("number.group-separator"),
        NegativeSign = "−",
    };

    /// <summary>An identifier, a code, a file name: anything that reads from left to right.</summary>
    public string Identifier(string text) => Isolation.Run(text, phrases.IsRightToLeft);

    /// <summary>A name in whatever script; control characters and those that steer direction are taken out.</summary>
    public string Name(string text) => Isolation.Name(text, phrases.IsRightToLeft);

    /// <summary>A name in this language, of those that it has.</summary>
    public string Name(Words words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return Name(words.In(phrases.Language));
    }

    /// <summary>A whole number, grouped by thousands.</summary>
    public string Count(long value) => Identifier(value.ToString("N0", _numbers));

    /// <summary>A moment, exactly: <c>2016-07-29 06:00Z (09:00 Asia/Damascus)</c>; the local date stands there where it differs.</summary>
    public string Time(Instant at)
    {
        var universal = at.InUtc().LocalDateTime;
        var text = $"{DatePattern.Format(universal.Date)} {TimeOfDay(universal)}Z";
        if (zone is null || !ShownLocally.Contains(at)) return Identifier(text);
        var local = at.InZone(zone).LocalDateTime;
        var date = local.Date == universal.Date ? "" : DatePattern.Format(local.Date) + " ";
        return Identifier($"{text} ({date}{TimeOfDay(local)} {zone.Id})");
    }

    /// <summary>A period in hours and minutes; the sign is left to the phrase.</summary>
    public string Period(long minutes)
    {
        var hours = Math.Abs(minutes / MinutesPerHour);
        var rest = Math.Abs(minutes % MinutesPerHour);
        var key = hours == 0 ? "value.minutes" : rest == 0 ? "value.hours" : "value.hours-minutes";
        return phrases.Fill(key, KeyValuePair.Create("hours", Count(hours)), KeyValuePair.Create("minutes", Count(rest)));
    }

    /// <summary>A distance that was agreed, exactly: kilometres where one decimal is enough, else metres.</summary>
    public string Distance(long metres) =>
        metres >= MetresPerKilometre && metres % MetresPerTenthKilometre == 0
            ? Unit("value.kilometres", (metres / (decimal)MetresPerKilometre).ToString("#,0.#", _numbers))
            : Unit("value.metres", metres.ToString("N0", _numbers));

    /// <summary>A distance between bounds, rounded outwards: <c>6.1–6.2 km</c>, and metres below 1 km.</summary>
    /// <param name="lowerMetres">Lower bound, metres, at least 0.</param>
    /// <param name="upperMetres">Upper bound, metres.</param>
    /// <param name="agreedMetres">
    /// The distance that it is compared with, or null. Metres are written where rounding would make the upper bound reach it.
    /// </param>
    public string Distance(long lowerMetres, long upperMetres, long? agreedMetres)
    {
        var lowerTenths = lowerMetres / MetresPerTenthKilometre;
        var upperTenths = upperMetres / MetresPerTenthKilometre + (upperMetres % MetresPerTenthKilometre > 0 ? 1 : 0);
        var hidesDifference = agreedMetres is { } agreed && upperMetres < agreed && upperTenths * (decimal)MetresPerTenthKilometre >= agreed;
        return lowerMetres < MetresPerKilometre || hidesDifference
            ? Metres(lowerMetres, upperMetres)
            : Unit("value.kilometres", Bounds((lowerTenths / 10m).ToString("N1", _numbers), (upperTenths / 10m).ToString("N1", _numbers)));
    }

    /// <summary>A distance between bounds in metres, whatever its size; heights are read so.</summary>
    public string Metres(long lowerMetres, long upperMetres) =>
        Unit("value.metres", Bounds(lowerMetres.ToString("N0", _numbers), upperMetres.ToString("N0", _numbers)));

    /// <summary>
    /// A place, WGS 84, in degrees, minutes and seconds (to a tenth, about 3 m) and exactly in decimal degrees:
    /// <c>36°12'30.0"N 037°09'00.0"E (36.2083333, 37.1500000)</c>, with the grid reference that is given.
    /// </summary>
    public string Place(GeoPoint place, string? gridReference)
    {
        var latitude = Sexagesimal(place.LatitudeE7, "00") + (place.LatitudeE7 < 0 ? "S" : "N");
        var longitude = Sexagesimal(place.LongitudeE7, "000") + (place.LongitudeE7 < 0 ? "W" : "E");
        var exact = string.Create(
            CultureInfo.InvariantCulture,
            $"{place.LatitudeE7 / (decimal)GeoPoint.UnitsPerDegree:F7}, {place.LongitudeE7 / (decimal)GeoPoint.UnitsPerDegree:F7}");
        var grid = gridReference is null ? "" : "; " + gridReference;
        return Identifier($"{latitude} {longitude} ({exact}{grid})");
    }

    /// <summary>Several values, in their order.</summary>
    public string List(IEnumerable<string> values) => string.Join(phrases.Text("value.list-separator"), values);

    private string Unit(string key, string number) => phrases.Fill(key, KeyValuePair.Create("number", Identifier(number)));

    private static string Bounds(string lower, string upper) =>
        string.Equals(lower, upper, StringComparison.Ordinal) ? lower : $"{lower}–{upper}";

    private static string TimeOfDay(LocalDateTime moment) =>
        moment is { Second: 0, NanosecondOfSecond: 0 } ? WholeMinutePattern.Format(moment.TimeOfDay) : ExactTimePattern.Format(moment.TimeOfDay);

    private static string Sexagesimal(int unitsE7, string degreesFormat)
    {
        const int tenthsPerMinute = 600;
        const int tenthsPerDegree = 36_000;
        var tenths = (Math.Abs((long)unitsE7) * tenthsPerDegree + GeoPoint.UnitsPerDegree / 2) / GeoPoint.UnitsPerDegree;
        var degrees = (tenths / tenthsPerDegree).ToString(degreesFormat, CultureInfo.InvariantCulture);
        var minutes = tenths % tenthsPerDegree / tenthsPerMinute;
        var seconds = tenths % tenthsPerMinute;
        return string.Create(CultureInfo.InvariantCulture, $"{degrees}°{minutes:00}'{seconds / 10:00}.{seconds % 10}\"");
    }
}
