using System.Globalization;
using NodaTime;

namespace Tansiq.Geo.Text;

/// <summary>Date-time groups of military messages (ACP 121): <c>151200ZJUL16</c>, day, hour and minute, zone, month, year.</summary>
/// <remarks>
/// A two-digit year from 69 is of the nineteen hundreds, one to 68 of the two thousands; four digits are taken too. To the
/// minute: a group has no seconds. Pure and thread-safe.
/// </remarks>
public static class DateTimeGroup
{
    /// <summary>The longest text that is taken, characters.</summary>
    public const int MaximumLength = 40;

    private const int FirstTwoDigitYear = 1969;
    private const int LastTwoDigitYear = 2068;
    private const string EasternZones = "ABCDEFGHIKLM";
    private const string WesternZones = "NOPQRSTUVWXY";

    private static readonly string[] Months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

    /// <summary>Reads a date-time group.</summary>
    /// <param name="text">
    /// The group, upper or lower case, with or without spaces between its parts: <c>151200Z JUL 16</c>, <c>15 1200C JUL 2016</c>.
    /// </param>
    /// <param name="localOffset">What the zone letter <c>J</c> (local time) means; without it <c>J</c> is refused.</param>
    /// <returns>
    /// The instant; or a refusal: <c>time.group-malformed</c>, <c>time.group-too-long</c>, <c>time.no-such-day</c>,
    /// <c>time.no-such-time</c> (hours to 23, minutes to 59), <c>time.local-zone-unknown</c>.
    /// </returns>
    public static Parsed<Instant> Parse(string text, Offset? localOffset = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaximumLength)
            return new Refusal("time.group-too-long", "", $"{text.Length} characters", "at most 40 characters");
        var rest = text.ToUpperInvariant().AsSpan().Trim();
        if (Take(ref rest, 2) is not { } day
            || Take(ref rest, 2) is not { } hour
            || Take(ref rest, 2) is not { } minute
            || TakeLetter(ref rest) is not { } zone
            || TakeMonth(ref rest) is not { } month
            || TakeYear(rest) is not { } year)
        {
            return new Refusal("time.group-malformed", "", Quotation.Of(text), "a date-time group such as 151200ZJUL16");
        }

        if (hour > 23 || minute > 59)
            return new Refusal("time.no-such-time", "", Quotation.Of(text), "an hour of 00 to 23 and a minute of 00 to 59");
        if (day == 0 || day > CalendarSystem.Iso.GetDaysInMonth(year, month))
            return new Refusal("time.no-such-day", "", Quotation.Of(text), "a day that the month has");
        if ((zone == 'J' ? localOffset : OffsetOf(zone)) is not { } offset)
            return new Refusal("time.local-zone-unknown", "", Quotation.Of(text), "a zone letter other than J, which is local time");
        return new LocalDateTime(year, month, day, hour, minute).WithOffset(offset).ToInstant();
    }

    /// <summary>Writes an instant as a date-time group without spaces; seconds are cut off.</summary>
    /// <param name="instant">The instant, of the years 1 to 9998.</param>
    /// <param name="zone">Zone letter, <c>A</c> to <c>Z</c> without <c>J</c>; <c>Z</c> is UTC.</param>
    /// <returns>The group, for example <c>151200ZJUL16</c>; with four digits of year outside 1969 to 2068.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The zone is not such a letter, or the year is out of range.</exception>
    public static string Format(Instant instant, char zone = 'Z')
    {
        if (OffsetOf(zone) is not { } offset)
            throw new ArgumentOutOfRangeException(nameof(zone), zone, "The zone must be A to Z without J.");
        var local = instant.WithOffset(offset).LocalDateTime;
        if (local.Year is < 1 or > 9998)
            throw new ArgumentOutOfRangeException(nameof(instant), instant, "The year must be 1 to 9998.");
        var year = local.Year is >= FirstTwoDigitYear and <= LastTwoDigitYear
            ? (local.Year % 100).ToString("00", CultureInfo.InvariantCulture)
            : local.Year.ToString("0000", CultureInfo.InvariantCulture);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{local.Day:00}{local.Hour:00}{local.Minute:00}{zone}{Months[local.Month - 1]}{year}");
    }

    private static Offset? OffsetOf(char zone)
    {
        if (zone == 'Z') return Offset.Zero;
        var east = EasternZones.IndexOf(zone, StringComparison.Ordinal);
        if (east >= 0) return Offset.FromHours(east + 1);
        var west = WesternZones.IndexOf(zone, StringComparison.Ordinal);
        return west >= 0 ? Offset.FromHours(-(west + 1)) : null;
    }

    private static int? Take(scoped ref ReadOnlySpan<char> rest, int digits)
    {
        if (rest.Length < digits || rest[..digits].ContainsAnyExceptInRange('0', '9')) return null;
        var number = int.Parse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture);
        rest = rest[digits..].TrimStart();
        return number;
    }

    private static char? TakeLetter(scoped ref ReadOnlySpan<char> rest)
    {
        if (rest.IsEmpty || !char.IsAsciiLetterUpper(rest[0])) return null;
        var letter = rest[0];
        rest = rest[1..].TrimStart();
        return letter;
    }

    private static int? TakeMonth(scoped ref ReadOnlySpan<char> rest)
    {
        for (var month = 0; month < Months.Length; month++)
        {
            if (!rest.StartsWith(Months[month], StringComparison.Ordinal)) continue;
            rest = rest[Months[month].Length..].TrimStart();
            return month + 1;
        }

        return null;
    }

    private static int? TakeYear(ReadOnlySpan<char> rest)
    {
        if (rest.Length == 4) return Take(ref rest, 4) is { } year and > 0 and < 9999 ? year : null;
        if (rest.Length != 2 || Take(ref rest, 2) is not { } shortYear) return null;
        return shortYear < FirstTwoDigitYear % 100 ? 2000 + shortYear : 1900 + shortYear;
    }
}
