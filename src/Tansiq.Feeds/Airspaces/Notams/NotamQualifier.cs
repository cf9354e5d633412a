using System.Globalization;
using Tansiq.Geo;

namespace Tansiq.Feeds.Airspaces.Notams;

/// <summary>The Q line: what a NOTAM is about, between which levels, and a circle that holds all of it.</summary>
/// <param name="Code">The five letters, for example <c>QRDCA</c>.</param>
/// <param name="Heights">From its lower to its upper level; 000 is the ground, 999 unlimited.</param>
/// <param name="Centre">The centre of its circle, or null.</param>
/// <param name="RadiusNauticalMiles">The radius of its circle, whole nautical miles; 999 is a whole region.</param>
internal sealed record NotamQualifier(string Code, HeightBand Heights, GeoPoint? Centre, int RadiusNauticalMiles)
{
    /// <summary>The radius that means a whole flight information region.</summary>
    public const int WholeRegion = 999;

    private const int Fields = 8;
    private const int Unlimited = 999;

    /// <summary>Reads <c>LLLL/QRDCA/IV/BO/W/000/999/3201N03453E005</c>; null where it is none. Without levels or circle those are open.</summary>
    public static NotamQualifier? Read(string text)
    {
        var fields = text.Split('/', Fields + 1, StringSplitOptions.TrimEntries);
        if (fields.Length < 2 || fields[1].Length != 5 || fields[1][0] != 'Q' || !fields[1].All(char.IsAsciiLetterUpper)) return null;
        var (lower, upper) = (Level(fields, 5), Level(fields, 6));
        Height? floor = lower is > 0 and < Unlimited ? Height.FromFlightLevel(lower.Value) : null;
        Height? ceiling = upper is { } level and < Unlimited ? Height.FromFlightLevel(level) : null;
        var circle = fields.Length > 7 ? Circle(fields[7]) : null;
        return new(fields[1], HeightBand.Create(floor, ceiling) ?? HeightBand.All, circle?.Centre, circle?.Radius ?? WholeRegion);
    }

    private static int? Level(string[] fields, int index) =>
        fields.Length > index && fields[index].Length == 3 && int.TryParse(fields[index], NumberStyles.None, CultureInfo.InvariantCulture, out var level) ? level : null;

    private static (GeoPoint Centre, int Radius)? Circle(string text)
    {
        var end = text.IndexOfAny([' ', '\t', '\r', '\n']);
        if (end >= 0) text = text[..end];
        if (text.Length != 14 || !int.TryParse(text.AsSpan(11), NumberStyles.None, CultureInfo.InvariantCulture, out var radius)) return null;
        return NotamCoordinates.Of(text[..11]) is [{ Place: { } centre }] ? (centre, radius) : null;
    }
}
