using System.Buffers;
using System.Globalization;
using Tansiq.Geo;

namespace Tansiq.Feeds.Airspaces;

/// <summary>Coordinates as OpenAir files write them; exact to the grid of 10⁻⁷ degree, ties to even.</summary>
internal static class OpenAirCoordinate
{
    private const int MaximumDigits = 12;

    private static readonly SearchValues<char> AngleCharacters = SearchValues.Create("0123456789:.");

    // A second is 10⁷/3600 units.
    private const decimal UnitsOfNineSeconds = 25_000;

    /// <summary>
    /// Reads a latitude and a longitude from the start of a text: <c>46:58:29 N 008:15:29 E</c>, seconds or minutes with a
    /// fraction, also packed as <c>265644.00N 0500434.00E</c>.
    /// </summary>
    /// <param name="text">The text; what follows the coordinate is left in it.</param>
    /// <returns>The point, or null.</returns>
    public static GeoPoint? Take(ref ReadOnlySpan<char> text)
    {
        var rest = text.TrimStart();
        if (TakeAngle(ref rest, 'N', 'S', degreeDigits: 2) is not { } latitude) return null;
        rest = rest.TrimStart();
        if (TakeAngle(ref rest, 'E', 'W', degreeDigits: 3) is not { } longitude) return null;
        if (Math.Abs(latitude) > GeoPoint.MaximumLatitudeE7 || Math.Abs(longitude) > GeoPoint.HalfTurnE7) return null;
        text = rest;
        return GeoPoint.FromE7(latitude, longitude);
    }

    private static long? TakeAngle(ref ReadOnlySpan<char> text, char positive, char negative, int degreeDigits)
    {
        var end = text.IndexOfAnyExcept(AngleCharacters);
        if (end <= 0) return null;
        if (Seconds(text[..end], degreeDigits) is not { } seconds) return null;
        text = text[end..].TrimStart();
        if (text.IsEmpty) return null;
        var hemisphere = char.ToUpperInvariant(text[0]);
        if (hemisphere != positive && hemisphere != negative) return null;
        text = text[1..];
        var units = (long)Math.Round(seconds * UnitsOfNineSeconds / 9, MidpointRounding.ToEven);
        return hemisphere == negative ? -units : units;
    }

    private static decimal? Seconds(ReadOnlySpan<char> text, int degreeDigits)
    {
        Span<Range> parts = stackalloc Range[4];
        var count = text.Split(parts, ':');
        if (count == 1)
        {
            var whole = text.IndexOf('.') is >= 0 and var point ? point : text.Length;
            var minutes = text[Math.Min(degreeDigits, whole)..];
            if (whole == degreeDigits + 4) return Seconds(text[..degreeDigits], minutes[..2], minutes[2..]);
            if (whole == degreeDigits + 2) return Seconds(text[..degreeDigits], minutes, default);
            return whole <= degreeDigits ? Seconds(text, default, default) : null;
        }

        return count switch
        {
            2 => Seconds(text[parts[0]], text[parts[1]], default),
            3 => Seconds(text[parts[0]], text[parts[1]], text[parts[2]]),
            _ => null,
        };
    }

    /// <summary>Degrees, minutes and seconds in seconds; only the last that is given has a fraction.</summary>
    private static decimal? Seconds(ReadOnlySpan<char> degrees, ReadOnlySpan<char> minutes, ReadOnlySpan<char> seconds)
    {
        if (Number(degrees, 180, isLast: minutes.IsEmpty) is not { } wholeDegrees) return null;
        if (minutes.IsEmpty) return wholeDegrees * 3600;
        if (Number(minutes, 60, isLast: seconds.IsEmpty) is not { } wholeMinutes || wholeMinutes == 60) return null;
        if (seconds.IsEmpty) return wholeDegrees * 3600 + wholeMinutes * 60;
        return Number(seconds, 60, isLast: true) is { } rest && rest < 60 ? wholeDegrees * 3600 + wholeMinutes * 60 + rest : null;
    }

    private static decimal? Number(ReadOnlySpan<char> digits, int maximum, bool isLast) =>
        digits.Length is > 0 and <= MaximumDigits
        && decimal.TryParse(digits, isLast ? NumberStyles.AllowDecimalPoint : NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number <= maximum
            ? number
            : null;
}
