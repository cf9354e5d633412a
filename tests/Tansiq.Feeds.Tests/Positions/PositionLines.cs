using System.Globalization;
using Tansiq.Feeds.Positions;
using Tansiq.Geo;

namespace Tansiq.Feeds.Tests.Positions;

/// <summary>Positions as lines that another program can write too, to compare record by record.</summary>
internal static class PositionLines
{
    /// <summary><c>track|latitude E7|longitude E7|microseconds|height 0.1 mm|P, E or S|speed mm/s|uncertainty m|ground|callsign</c>, or <c>-CODE</c>.</summary>
    public static List<string> Of(IEnumerable<PositionRecord> records) => [.. records.Select(Line)];

    private static string Line(PositionRecord record)
    {
        if (!record.Content.TryGet(out var reported, out var refusal)) return "-" + refusal.Code;
        var (place, uncertainty, height, at) = reported.Position;
        var reference = height?.Reference switch
        {
            null => "",
            HeightReference.Pressure => "P",
            HeightReference.Ellipsoid => "E",
            _ => "S",
        };
        var speed = reported.GroundSpeedMetresPerSecond is { } value ? Math.Round(value * 1000).ToString(CultureInfo.InvariantCulture) : "";
        return string.Join(
            '|', reported.Track, Text(place.LatitudeE7), Text(place.LongitudeE7), Text(at.ToUnixTimeTicks() / 10), Text(height?.Units), reference, speed,
            Text(uncertainty), reported.OnGround switch { null => "", true => "1", false => "0" }, reported.Callsign ?? "");
    }

    private static string Text(long? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";
}
