using System.Globalization;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Tansiq.Geo;
using Tansiq.Geo.Geodesy;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Airspaces.UasZones;

/// <summary>One geographical zone for drones as airspaces: one for each band of heights and each period of its volumes.</summary>
/// <param name="zone">Where the zone's own members are.</param>
/// <param name="place">Its pointer (RFC 6901) in the file.</param>
internal sealed class UasZone(JsonElement zone, string place)
{
    /// <summary>The most volumes of a zone, and the most periods.</summary>
    public const int MaximumParts = 1_000;

    private const int MaximumClassLength = 64;

    private readonly List<(HeightBand Band, DrawnParts Parts)> _bands = [];
    private readonly List<Interval?> _periods = [];
    private bool _hasSchedule;

    /// <summary>Adds the periods in which the zone applies; none, or one that is permanent, is always.</summary>
    /// <param name="name">The member that holds them.</param>
    public Refusal? AddPeriods(string name)
    {
        var periods = Member(zone, name);
        if (periods.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null) return null;
        if (periods.ValueKind != JsonValueKind.Array || periods.GetArrayLength() > MaximumParts)
            return new(AirspaceRefusals.Time, place + "/" + name, Shown(periods), FeedRefusals.Invariant($"at most {MaximumParts} periods"));
        foreach (var period in periods.EnumerateArray())
        {
            if (AddPeriod(period, FeedRefusals.Invariant($"{place}/{name}/{_periods.Count}")) is { } refusal) return refusal;
        }

        return null;
    }

    /// <summary>Adds a volume.</summary>
    /// <param name="lower">Its lower limit, with its reference and the unit of both.</param>
    /// <param name="upper">Its upper limit.</param>
    /// <param name="unit">The unit, <c>m</c> or <c>ft</c>.</param>
    /// <param name="at">Where it stands.</param>
    /// <param name="draw">Draws its shape.</param>
    public Refusal? AddVolume(Limit lower, Limit upper, string? unit, string at, Func<DrawnParts, Refusal?> draw)
    {
        if (!lower.Read(unit, at).TryGet(out var floor, out var refusal) || !upper.Read(unit, at).TryGet(out var ceiling, out refusal)) return refusal;
        if (HeightBand.Create(floor, ceiling) is not { } band)
            return new(AirspaceRefusals.FloorAboveCeiling, at, FeedRefusals.Invariant($"{floor} above {ceiling}"), "a floor not above the ceiling");
        var index = _bands.FindIndex(known => known.Band == band);
        if (index < 0)
        {
            index = _bands.Count;
            _bands.Add((band, new DrawnParts()));
        }

        if (floor is null || ceiling is null) _bands[index].Parts.Remark(AirspaceRemarkKind.HeightsOpen, at);
        return draw(_bands[index].Parts);
    }

    /// <summary>The airspaces.</summary>
    /// <param name="classMember">The member that names the class.</param>
    /// <param name="typeMember">The member that names the type.</param>
    public IReadOnlyList<Parsed<Airspace>> Finish(string classMember, string typeMember)
    {
        var name = Name();
        if (name.Length is 0 or > AirspaceFile.MaximumNameLength)
            return [new Refusal(AirspaceRefusals.Missing, place, JsonText.Shorten(name), FeedRefusals.Invariant($"a name or identifier of 1 to {AirspaceFile.MaximumNameLength} characters"))];
        if (_bands.Count == 0) return [new Refusal(AirspaceRefusals.NotAnArea, place, "no geometry", "an area")];
        var airspaces = new List<Parsed<Airspace>>();
        foreach (var (band, parts) in _bands)
        {
            if (_hasSchedule) parts.Remark(AirspaceRemarkKind.ScheduleNotApplied, place);
            if (!parts.Finish(place).TryGet(out var outlines, out var refusal))
            {
                airspaces.Add(refusal);
                continue;
            }

            foreach (var period in Periods())
            {
                airspaces.Add(new Airspace(place, name, Word(classMember)?.ToUpperInvariant() ?? FeatureDescription.NoClass, band, outlines)
                {
                    Type = Word(typeMember),
                    Validity = period,
                    Remarks = [.. parts.Remarks],
                });
            }
        }

        return airspaces;
    }

    /// <summary>A circle about a position <c>[longitude, latitude]</c>.</summary>
    public static Refusal? DrawCircle(JsonElement centre, double? radiusMetres, string at, DrawnParts parts)
    {
        if (centre.ValueKind != JsonValueKind.Array || centre.GetArrayLength() < 2 || Number(centre[0]) is not { } longitude || Number(centre[1]) is not { } latitude
            || Math.Abs(longitude) > 180 || Math.Abs(latitude) > 90)
        {
            return new(AirspaceRefusals.Coordinate, at, Shown(centre), "[longitude, latitude] in degrees");
        }

        if (radiusMetres is not { } radius) return new(AirspaceRefusals.Number, at, "no radius", "a radius");
        return Densify.Circle(GeoPoint.FromDegrees(latitude, longitude), radius).TryGet(out var circle, out var refusal)
            ? parts.Add([circle], at, mustClose: false)
            : refusal with { Where = at };
    }

    /// <summary>A member of an object, or undefined.</summary>
    public static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : default;

    /// <summary>A text, or null.</summary>
    public static string? Text(JsonElement element) => element.ValueKind == JsonValueKind.String && element.GetString() is { Length: > 0 } text ? text : null;

    /// <summary>A number, also written as a text; null where it is none.</summary>
    public static double? Number(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number when element.TryGetDouble(out var number) && double.IsFinite(number) => number,
        JsonValueKind.String when double.TryParse(element.GetString(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => number,
        _ => null,
    };

    /// <summary>An element as refusals show it.</summary>
    public static string Shown(JsonElement element) => element.ValueKind == JsonValueKind.Undefined ? "nothing" : JsonText.Shorten(element.GetRawText());

    /// <summary>Metres of a unit, or null where it is none.</summary>
    public static double? MetresOf(string? unit) => unit?.ToUpperInvariant() switch
    {
        "M" => 1,
        "FT" => 0.3048,
        _ => null,
    };

    private Refusal? AddPeriod(JsonElement period, string at)
    {
        _hasSchedule |= IsSchedule(Member(period, "dailyPeriod")) || IsSchedule(Member(period, "schedule"));
        if (Text(Member(period, "permanent")) is "YES")
        {
            _periods.Add(null);
            return null;
        }

        var isTime = true;
        var (start, end) = (Moment(Member(period, "startDateTime"), ref isTime), Moment(Member(period, "endDateTime"), ref isTime));
        if (!isTime || start >= end) return new(AirspaceRefusals.Time, at, Shown(period), "a beginning such as 2026-07-20T06:00:00Z, and an end after it");
        _periods.Add(start is null && end is null ? null : new Interval(start, end));
        return null;
    }

    private static bool IsSchedule(JsonElement schedule) =>
        schedule.ValueKind == JsonValueKind.Array
        && schedule.EnumerateArray().Any(day => day.ValueKind == JsonValueKind.Object && day.EnumerateObject().Any(member => member.Value.ValueKind == JsonValueKind.String || member.Value is { ValueKind: JsonValueKind.Array } days && days.GetArrayLength() > 0));

    private static Instant? Moment(JsonElement element, ref bool isTime)
    {
        if (element.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null) return null;
        if (Text(element) is { } text)
        {
            if (InstantPattern.ExtendedIso.Parse(text) is { Success: true } instant) return instant.Value;
            if (OffsetDateTimePattern.ExtendedIso.Parse(text) is { Success: true } moment) return moment.Value.ToInstant();
        }

        isTime = false;
        return null;
    }

    private IEnumerable<Interval?> Periods() => _periods.Count == 0 || _periods.Contains(null) ? [null] : _periods.Distinct();

    /// <summary>The name: a text, or of words by language the English ones, else the first; else the identifier.</summary>
    private string Name()
    {
        var name = Member(zone, "name");
        var text = Text(name);
        if (text is null && name.ValueKind == JsonValueKind.Array)
        {
            var words = name.EnumerateArray().Select(word => (Language: Text(Member(word, "lang")) ?? "", Text: Text(Member(word, "text")))).Where(word => word.Text is not null).ToList();
            text = words.OrderBy(word => !word.Language.StartsWith("en", StringComparison.OrdinalIgnoreCase)).FirstOrDefault().Text;
        }

        return AirspaceProperties.Printable(text ?? Text(Member(zone, "identifier")) ?? "").Trim();
    }

    private string? Word(string member) => Text(Member(zone, member)) is { Length: <= MaximumClassLength } word ? AirspaceProperties.Printable(word) : null;

    /// <summary>A limit: its value and what it is measured from.</summary>
    internal readonly record struct Limit(JsonElement Value, JsonElement Reference)
    {
        /// <summary>The height, or null where the side is open.</summary>
        public Parsed<Height?> Read(string? unit, string at)
        {
            if (Value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null) return (Height?)null;
            HeightReference? reference = Text(Reference)?.ToUpperInvariant() switch
            {
                "AGL" => HeightReference.Ground,
                "AMSL" => HeightReference.SeaLevel,
                "WGS84" => HeightReference.Ellipsoid,
                _ => null,
            };
            if (Number(Value) is { } number && reference is { } known && MetresOf(unit) is { } metres && Math.Abs(number) <= 1e6)
            {
                var units = (long)Math.Round((decimal)number * (decimal)metres * Height.UnitsPerMetre, MidpointRounding.ToEven);
                if (Height.IsInRange(units)) return (Height?)Height.FromUnits(units, known);
            }

            return new Refusal(AirspaceRefusals.Height, at, JsonText.Shorten($"{Shown(Value)} {unit} {Shown(Reference)}"), "a number, m or ft, and AGL, AMSL or WGS84");
        }
    }
}
