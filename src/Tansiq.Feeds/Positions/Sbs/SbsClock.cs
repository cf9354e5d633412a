using System.Globalization;
using System.Text;
using NodaTime;
using Tansiq.Feeds.Positions.Clocks;

namespace Tansiq.Feeds.Positions.Sbs;

/// <summary>The times of an SBS-1 feed. The rule: docs/formats/feeds-text.md.</summary>
/// <remarks>
/// A time before <c>MSG</c> goes before those of the line, which are of the receiver's own clock without a zone. After a line
/// <c>START</c> a number counts nanoseconds from it; otherwise its size says whether it is seconds, milliseconds,
/// microseconds or nanoseconds since 1970, for no number is a time of 1990 to 2099 in two of them.
/// </remarks>
internal sealed class SbsClock(ClockRule rule)
{
    private const int DateLength = 10;
    private const long NanosecondsPerSecond = 1_000_000_000;

    private static readonly long EndMicroseconds = ReportTime.End.ToUnixTimeSeconds() * 1_000_000;

    private readonly byte[] _date = new byte[DateLength];
    private Instant _dateStart;
    private Instant? _started;

    /// <summary>Takes what follows <c>START,</c>, for example <c>Wed Sep 2 04:23:37 +0000 UTC 2015</c>; false where that is no time.</summary>
    public bool TryStart(ReadOnlySpan<byte> text)
    {
        var words = Encoding.ASCII.GetString(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        const int month = 1, day = 2, time = 3, offset = 4, year = 6;
        if (words.Length != year + 1) return false;
        var written = string.Join(' ', words[day], words[month], words[year], words[time], words[offset]);
        if (!DateTimeOffset.TryParseExact(written.Insert(Math.Max(0, written.Length - 2), ":"), "d MMM yyyy HH:mm:ss zzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var started)) return false;
        _started = Instant.FromDateTimeOffset(started);
        return true;
    }

    /// <summary>When a message was received, or null where it says no time that can be read.</summary>
    public Instant? TimeOf(in SbsMessage message)
    {
        if (!message.Leading.IsEmpty) return LeadingTime(message.Leading);
        return LocalTime(message.Field(SbsField.DateGenerated), message.Field(SbsField.TimeGenerated))
            ?? LocalTime(message.Field(SbsField.DateLogged), message.Field(SbsField.TimeLogged));
    }

    private Instant? LeadingTime(ReadOnlySpan<byte> text)
    {
        var sinceEpoch = ReportTime.FromSecondsOrMilliseconds(text);
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return sinceEpoch ?? ReportTime.FromIso(text);
        if (_started is { } started) return started.PlusNanoseconds(number);
        if (sinceEpoch is { } at && ReportTime.IsInRange(at)) return at;
        return NodaConstants.UnixEpoch.PlusNanoseconds(number < EndMicroseconds ? number * 1000 : number);
    }

    /// <summary>A date and a time of day of the receiver's clock: <c>2015/02/08</c>, <c>17:57:53.917</c>, to nanoseconds.</summary>
    private Instant? LocalTime(ReadOnlySpan<byte> date, ReadOnlySpan<byte> time)
    {
        if (date.Length != DateLength || time.Length is < 8 or > 18 || !TryStartOfDate(date)) return null;
        if (time[2] != (byte)':' || time[5] != (byte)':' || time.Length > 8 && (time[8] != (byte)'.' || time.Length == 9)) return null;
        if (!TryDigits(time[..2], out var hours) || !TryDigits(time[3..5], out var minutes) || !TryDigits(time[6..8], out var seconds)) return null;
        var fraction = 0L;
        if (time.Length > 9 && !TryDigits(time[9..], out fraction)) return null;
        for (var digits = Math.Max(0, time.Length - 9); digits < 9; digits++) fraction *= 10;
        if (hours > 23 || minutes > 59 || seconds > 60) return null;
        return _dateStart.PlusNanoseconds((hours * 3600 + minutes * 60 + seconds) * NanosecondsPerSecond + fraction);
    }

    /// <summary>Finds where a date begins; that of the last line is kept.</summary>
    private bool TryStartOfDate(ReadOnlySpan<byte> date)
    {
        if (date.SequenceEqual(_date)) return true;
        if (date[4] is not ((byte)'/' or (byte)'-') || date[7] != date[4]) return false;
        if (!TryDigits(date[..4], out var year) || !TryDigits(date[5..7], out var month) || !TryDigits(date[8..], out var day)) return false;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > CalendarSystem.Iso.GetDaysInMonth((int)year, (int)month)) return false;
        _dateStart = rule.ToInstant(new LocalDateTime((int)year, (int)month, (int)day, 0, 0));
        date.CopyTo(_date);
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out long number)
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
