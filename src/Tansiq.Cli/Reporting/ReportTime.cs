using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Tansiq.Cli.Reporting;

/// <summary>Moments as a report shows them: universal time with Z, local time beside it.</summary>
internal static class ReportTime
{
    private static readonly InstantPattern ExactPattern = InstantPattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd HH':'mm':'ss'Z'");
    private static readonly ZonedDateTimePattern LocalPattern = ZonedDateTimePattern.CreateWithInvariantCulture("HH':'mm':'ss", null);

    /// <summary>To the second, in universal time: <c>2016-07-29 06:00:12Z</c>.</summary>
    public static string Exact(Instant at) => ExactPattern.Format(at);

    /// <summary>The time of day in a zone, to the second: <c>09:00:12</c>.</summary>
    public static string Local(Instant at, DateTimeZone zone) => LocalPattern.Format(at.InZone(zone));

    /// <summary>A length of time to the second: <c>1:02:03</c>.</summary>
    public static string Length(Duration time)
    {
        var seconds = (long)Math.Floor(time.TotalSeconds);
        return string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600}:{seconds / 60 % 60:00}:{seconds % 60:00}");
    }

    /// <summary>As a script sorts it: milliseconds since 1970.</summary>
    public static string Sortable(Instant at) => at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
}
