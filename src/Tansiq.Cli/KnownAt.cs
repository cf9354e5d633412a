using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Tansiq.Cli.Scenarios;
using Tansiq.Coordination;
using Tansiq.Coordination.Recording;
using Tansiq.Coordination.Statements;
using Tansiq.Geo.Text;

namespace Tansiq.Cli;

/// <summary>Reads the two questions that every verdict keeps apart: <c>--known-at</c> and <c>--valid-at</c>.</summary>
internal static class KnownAt
{
    /// <summary>The situation meant by a size, an instant (RFC 3339 with Z, or a date-time group), or an entry of the timeline.</summary>
    public static Parsed<Situation> Situation(ScenarioRecord record, string? text)
    {
        if (text is null) return record.Record.Latest;
        if (Asked(text, record.Record.Latest, record.Record.At, record.Record.At) is { } asked) return asked;
        return IsIdentifier(text) && record.After(new(text)) is { } after ? Usable(after, text) : Refused(text, "a size, an instant (2016-07-20T06:00:00Z or 200600ZJUL16) or an entry of the timeline");
    }

    /// <summary>The situation of a record on disk that is meant by a size or an instant; the newest where neither is given.</summary>
    public static Parsed<Situation> Situation(RecordedState state, string? text) =>
        text is null ? Usable(state.Situation, "") : Asked(text, state.Situation, state.KnownAt, state.KnownAt) ?? Refused(text, "a size or an instant (2016-07-20T06:00:00Z or 200600ZJUL16)");

    /// <summary>The moment meant by an option, <c>--valid-at</c> if nothing else is said; null where it is not given.</summary>
    public static Parsed<Instant?> Moment(string? text, string option = "--valid-at")
    {
        if (text is null) return (Instant?)null;
        return ParseInstant(text) is { } moment
            ? (Instant?)moment
            : new Refusal("cli.not-a-moment", option, JsonText.Shorten(text), "an instant (2016-07-20T06:00:00Z or 200600ZJUL16)");
    }

    private static Parsed<Situation>? Asked(string text, Situation latest, Func<long, Situation> atSize, Func<Instant, Situation> atMoment)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size))
            return size <= latest.Size ? Usable(atSize(size), text) : Refused(text, $"a size up to {latest.Size}");
        return ParseInstant(text) is { } moment ? Usable(atMoment(moment), text) : (Parsed<Situation>?)null;
    }

    private static Instant? ParseInstant(string text)
    {
        var iso = InstantPattern.ExtendedIso.Parse(text);
        if (iso.Success) return iso.Value >= TimeReading.Earliest && iso.Value < TimeReading.Limit ? iso.Value : null;
        return DateTimeGroup.Parse(text).TryGet(out var group, out _) ? group : null;
    }

    private static bool IsIdentifier(string text) => text.Length is > 0 and <= JsonCursor.MaximumIdentifierLength;

    private static Parsed<Situation> Usable(Situation situation, string text) =>
        situation is { Founding: not null, Time: not null } ? situation : Refused(text, "a size or moment at which the record has its founding and a time");

    private static Refusal Refused(string text, string expected) => new("cli.not-known-at", "--known-at", JsonText.Shorten(text), expected);
}
