using System.Buffers.Text;
using System.Text;
using NodaTime;
using NodaTime.Text;
using Tansiq.Feeds.Positions.Clocks;

namespace Tansiq.Feeds.Positions;

/// <summary>Times as feeds write them: seconds or milliseconds since 1970, or ISO 8601 with its zone.</summary>
internal static class ReportTime
{
    /// <summary>The earliest time that is taken. Seconds read as milliseconds fall before it.</summary>
    public static readonly Instant Earliest = Instant.FromUtc(1990, 1, 1, 0, 0);

    /// <summary>The first time that is no longer taken. Milliseconds read as seconds fall after it.</summary>
    public static readonly Instant End = Instant.FromUtc(2100, 1, 1, 0, 0);

    private const int MaximumIsoLength = 40;
    private const int MaximumFractionDigits = 9;
    private const long NanosecondsPerSecond = 1_000_000_000;

    // A number of this size in either unit is beyond 2100; it still fits when turned into milliseconds.
    private const long MaximumWhole = 1_000_000_000_000_000;

    private static readonly InstantPattern[] Patterns =
    [
        InstantPattern.ExtendedIso,
        InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd' 'HH:mm:ss;FFFFFFFFF'Z'"),
    ];

    private static readonly OffsetDateTimePattern[] OffsetPatterns =
    [
        OffsetDateTimePattern.ExtendedIso,
        OffsetDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd' 'HH:mm:ss;FFFFFFFFFo<g>"),
    ];

    private static readonly LocalDateTimePattern[] LocalPatterns =
    [
        LocalDateTimePattern.ExtendedIso,
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd' 'HH:mm:ss;FFFFFFFFF"),
    ];

    /// <summary>Whether a time is in the range that is taken.</summary>
    public static bool IsInRange(Instant time) => time >= Earliest && time < End;

    /// <summary>Reads digits with an optional fraction (no exponent) as seconds since 1970; nanoseconds beyond are cut.</summary>
    public static Instant? FromSeconds(ReadOnlySpan<byte> digits) => FromNumber(digits, NanosecondsPerSecond);

    /// <summary>Reads digits with an optional fraction (no exponent) as milliseconds since 1970; nanoseconds beyond are cut.</summary>
    public static Instant? FromMilliseconds(ReadOnlySpan<byte> digits) => FromNumber(digits, NanosecondsPerSecond / 1000);

    /// <summary>Reads digits with an optional fraction as seconds or milliseconds since 1970, whichever is a time that is taken.</summary>
    /// <remarks>No number is such a time in both. One that is in neither is given as seconds, for the caller to refuse.</remarks>
    public static Instant? FromSecondsOrMilliseconds(ReadOnlySpan<byte> digits)
    {
        var seconds = FromSeconds(digits);
        if (seconds is { } at && IsInRange(at)) return seconds;
        return FromMilliseconds(digits) is { } milliseconds && IsInRange(milliseconds) ? milliseconds : seconds;
    }

    /// <summary>Reads ISO 8601 date and time with <c>Z</c> or an offset, <c>T</c> or a space between. No zone: null.</summary>
    public static Instant? FromIso(ReadOnlySpan<byte> text) => FromUsualIso(text) ?? FromAnyIso(text);

    /// <summary>Reads <c>2016-07-15T09:00:00.25Z</c> of the times that are taken, quickly; null for everything else.</summary>
    internal static Instant? FromUsualIso(ReadOnlySpan<byte> text)
    {
        const int toSeconds = 19;
        if (text.Length is < toSeconds + 1 or > toSeconds + 2 + MaximumFractionDigits || text[^1] != (byte)'Z') return null;
        if (text[4] != (byte)'-' || text[7] != (byte)'-' || text[10] is not ((byte)'T' or (byte)' ') || text[13] != (byte)':' || text[16] != (byte)':') return null;
        var isNumber = TryDigits(text[..4], out var year) & TryDigits(text[5..7], out var month) & TryDigits(text[8..10], out var day)
            & TryDigits(text[11..13], out var hour) & TryDigits(text[14..16], out var minute) & TryDigits(text[17..19], out var second);
        if (!isNumber || year is < 1990 or >= 2100 || month is < 1 or > 12 || day < 1 || day > CalendarSystem.Iso.GetDaysInMonth(year, month)) return null;
        if (hour > 23 || minute > 59 || second > 59) return null;
        var instant = Instant.FromUtc(year, month, day, hour, minute, second);
        var fraction = text[toSeconds..^1];
        if (fraction.IsEmpty) return instant;
        if (fraction[0] != (byte)'.' || fraction.Length == 1 || !TryDigits(fraction[1..], out var nanoseconds)) return null;
        for (var digits = fraction.Length - 1; digits < MaximumFractionDigits; digits++) nanoseconds *= 10;
        return instant.PlusNanoseconds(nanoseconds);
    }

    /// <summary>Reads all that <see cref="FromIso"/> takes.</summary>
    internal static Instant? FromAnyIso(ReadOnlySpan<byte> text)
    {
        if (text.Length is 0 or > MaximumIsoLength) return null;
        var iso = Encoding.Latin1.GetString(text);
        foreach (var pattern in Patterns)
        {
            if (pattern.Parse(iso) is { Success: true } instant) return instant.Value;
        }

        foreach (var pattern in OffsetPatterns)
        {
            if (pattern.Parse(iso) is { Success: true } moment) return moment.Value.ToInstant();
        }

        return null;
    }

    /// <summary>Reads ISO 8601 date and time that has no zone, by what is said of the feed's clock.</summary>
    public static Instant? FromIsoWithoutZone(ReadOnlySpan<byte> text, ClockRule clock)
    {
        if (text.Length is 0 or > MaximumIsoLength) return null;
        var iso = Encoding.Latin1.GetString(text);
        foreach (var pattern in LocalPatterns)
        {
            if (pattern.Parse(iso) is { Success: true } local) return clock.ToInstant(local.Value);
        }

        return null;
    }

    /// <summary>Reads a field of text that may be either: a number of milliseconds or seconds, or ISO 8601.</summary>
    public static Instant? FromField(ReadOnlySpan<byte> field, bool isMilliseconds) =>
        (isMilliseconds ? FromMilliseconds(field) : FromSeconds(field)) ?? FromIso(field);

    private static Instant? FromNumber(ReadOnlySpan<byte> digits, long unitNanoseconds)
    {
        if (!Utf8Parser.TryParse(digits, out long whole, out var consumed) || whole is < 0 or > MaximumWhole) return null;
        var rest = digits[consumed..];
        var fraction = 0L;
        if (!rest.IsEmpty)
        {
            if (rest[0] != (byte)'.' || rest.Length == 1) return null;
            var unit = unitNanoseconds;
            for (var index = 1; index < rest.Length; index++)
            {
                if (!char.IsAsciiDigit((char)rest[index])) return null;
                if (index > MaximumFractionDigits) continue;
                unit /= 10;
                fraction += (rest[index] - '0') * unit;
            }
        }

        var seconds = whole / (NanosecondsPerSecond / unitNanoseconds);
        var nanoseconds = whole % (NanosecondsPerSecond / unitNanoseconds) * unitNanoseconds + fraction;

        // NodaTime's own range is smaller than that of MaximumWhole seconds; what is beyond 2100 is refused all the same.
        return seconds >= End.ToUnixTimeSeconds() ? Instant.MaxValue : Instant.FromUnixTimeSeconds(seconds).PlusNanoseconds(nanoseconds);
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out int number)
    {
        number = 0;
        foreach (var digit in text)
        {
            if (!char.IsAsciiDigit((char)digit)) return false;
            number = number * 10 + (digit - '0');
        }

        return true;
    }
}
