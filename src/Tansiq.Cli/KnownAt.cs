using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Tansiq.Cli.Scenarios;
using Tansiq.Coordination;
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
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size))
        {
            return size <= record.Record.Entries.Count ? Usable(record.Record.At(size), text) : Refused(text, $"a size up to {record.Record.Entries.Count}");
        }

        if (ParseInstant(text) is { } moment) return Usable(record.Record.At(moment), text);
        return IsIdentifier(text) && record.After(new(text)) is { } after ? Usable(after, text) : Refused(text, "a size, an instant (2016-07-20T06:00:00Z or 200600ZJUL16) or an entry of the timeline");
    }

    /// <summary>The moment meant by <c>--valid-at</c>, null where it is not given.</summary>
    public static Parsed<Instant?> Moment(string? text)
    {
        if (text is null) return (Instant?)null;
        return ParseInstant(text) is { } moment
            ? (Instant?)moment
            : new Refusal("cli.not-a-moment", "--valid-at", JsonText.Shorten(text), "an instant (2016-07-20T06:00:00Z or 200600ZJUL16)");
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
