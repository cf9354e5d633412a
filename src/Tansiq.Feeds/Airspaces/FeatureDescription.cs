using NodaTime;
using NodaTime.Text;
using Tansiq.Geo;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Airspaces;

/// <summary>Name, class, heights and validity of a feature of GeoJSON or KML (docs/formats/airspace.md).</summary>
internal sealed class FeatureDescription
{
    /// <summary>The class of a feature that names none.</summary>
    public const string NoClass = "AREA";

    private const int MaximumClassLength = 64;

    private static readonly string[] From = ["from", "validfrom", "effectivefrom", "startdatetime", "starttime", "begin"];
    private static readonly string[] Until = ["until", "validuntil", "validto", "effectiveuntil", "effectiveto", "enddatetime", "endtime", "end"];

    private static readonly LocalDatePattern[] Dates =
    [
        LocalDatePattern.Iso, LocalDatePattern.CreateWithInvariantCulture("uuuu-MM"), LocalDatePattern.CreateWithInvariantCulture("uuuu"),
    ];

    private FeatureDescription(string name, string airspaceClass, string? type, HeightBand heights, bool isOpen, Interval? validity)
    {
        Name = name;
        Class = airspaceClass;
        Type = type;
        Heights = heights;
        HasOpenHeights = isOpen;
        Validity = validity;
    }

    public string Name { get; }

    public string Class { get; }

    public string? Type { get; }

    public HeightBand Heights { get; }

    /// <summary>Whether floor, ceiling or both are not given.</summary>
    public bool HasOpenHeights { get; }

    public Interval? Validity { get; }

    /// <summary>Reads what a feature says of itself.</summary>
    /// <param name="properties">Its properties.</param>
    /// <param name="otherwise">Its name where it names itself nowhere.</param>
    /// <param name="place">Where it stands.</param>
    public static Parsed<FeatureDescription> Read(AirspaceProperties properties, string otherwise, string place)
    {
        var name = properties.Text("name", "title", "label", "airspacename", "firname", "nameen", "callsign", "designator", "ident", "identifier", "icaocode", "id") ?? otherwise;
        if (name.Length > AirspaceFile.MaximumNameLength)
            return new Refusal(AirspaceRefusals.Missing, place, JsonText.Shorten(name), FeedRefusals.Invariant($"a name of 1 to {AirspaceFile.MaximumNameLength} characters"));
        if (!FeatureHeights.Read(properties, place).TryGet(out var heights, out var refusal)) return refusal;
        if (!ValidityOf(properties, place).TryGet(out var validity, out refusal)) return refusal;
        var type = properties.Text("type");
        if (type?.Length > MaximumClassLength) type = null;
        var airspaceClass = properties.Text("class", "airspaceclass", "icaoclass", "category", "kind");
        if (airspaceClass is null or { Length: > MaximumClassLength }) (airspaceClass, type) = (type, null);
        return new FeatureDescription(name, airspaceClass?.ToUpperInvariant() ?? NoClass, type, heights.Band, heights.IsOpen, validity);
    }

    /// <summary>The airspace of this description and the parts that were drawn for it.</summary>
    public Parsed<Airspace> Airspace(DrawnParts parts, string place)
    {
        if (HasOpenHeights) parts.Remark(AirspaceRemarkKind.HeightsOpen, place);
        return parts.Finish(place).TryGet(out var outlines, out var refusal)
            ? new Airspace(place, Name, Class, Heights, outlines) { Type = Type, Validity = Validity, Remarks = [.. parts.Remarks] }
            : refusal;
    }

    private static Parsed<Interval?> ValidityOf(AirspaceProperties properties, string place)
    {
        var (from, until) = (properties.Text(From), properties.Text(Until));
        if (from is null && until is null) return (Interval?)null;
        Instant? start = null, end = null;
        if (from is not null && (start = Moment(from, isEnd: false)) is null) return NoTime(from, place);
        if (until is not null && (end = Moment(until, isEnd: true)) is null) return NoTime(until, place);
        // Years like 9999 mean that there is no end.
        if (start < TimeReading.Earliest) start = null;
        if (end >= TimeReading.Limit) end = null;
        if (start >= TimeReading.Limit || end < TimeReading.Earliest || start >= end) return NoTime($"{from} to {until}", place);
        return start is null && end is null ? (Interval?)null : new Interval(start, end);
    }

    /// <summary>A moment with its zone; of a date, a month or a year its beginning, or its end where it ends a time.</summary>
    private static Instant? Moment(string text, bool isEnd)
    {
        if (InstantPattern.ExtendedIso.Parse(text) is { Success: true } instant) return instant.Value;
        if (OffsetDateTimePattern.ExtendedIso.Parse(text) is { Success: true } moment) return moment.Value.ToInstant();
        for (var coarseness = 0; coarseness < Dates.Length; coarseness++)
        {
            if (Dates[coarseness].Parse(text) is not { Success: true } date) continue;
            if (date.Value.Year is < 1 or > 9990) return date.Value.Year < 1 ? Instant.FromUtc(1, 1, 1, 0, 0) : TimeReading.Limit;
            var day = !isEnd ? date.Value : coarseness switch { 0 => date.Value.PlusDays(1), 1 => date.Value.PlusMonths(1), _ => date.Value.PlusYears(1) };
            return day.AtMidnight().InUtc().ToInstant();
        }

        return null;
    }

    private static Refusal NoTime(string found, string place) =>
        new(AirspaceRefusals.Time, place, JsonText.Shorten(found), "a time such as 2026-07-20T06:00:00Z, or a date, and an end after its beginning");
}
