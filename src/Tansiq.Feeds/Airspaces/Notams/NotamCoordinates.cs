using System.Globalization;
using System.Text.RegularExpressions;
using Tansiq.Geo;

namespace Tansiq.Feeds.Airspaces.Notams;

/// <summary>A coordinate in a text.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Place">The place, or null where minutes, seconds or degrees are none.</param>
internal readonly record struct NotamCoordinate(int Start, int End, GeoPoint? Place);

/// <summary>
/// Coordinates as NOTAM write them: <c>2523S 15656W</c>, <c>475557N0201934E</c>, <c>N0250E09043</c>, <c>N320015 E0345244</c>,
/// <c>243529.31N 0541854.87E</c>, <c>33 08 44 S 162 43 16 W</c>, <c>33-30-00N 036-15-00E</c>, <c>33°30'N 036°15'E</c>.
/// </summary>
internal static class NotamCoordinates
{
    // A second of arc is 10⁷/3600 units.
    private const decimal UnitsOfNineSeconds = 25_000;

    private const string Between = @"[\s,/\-]{0,6}";
    private const string Packed = @"(?<lat>[0-9]{4}([0-9]{2})?(\.[0-9]{1,6})?)\s?(?<ns>[NS])" + Between + @"(?<lon>[0-9]{4,7}(\.[0-9]{1,6})?)\s?(?<ew>[EW])";
    private const string HemisphereFirst = @"(?<ns>[NS])\s?(?<lat>[0-9]{4}([0-9]{2})?(\.[0-9]{1,6})?)" + Between + @"(?<ew>[EW])\s?(?<lon>[0-9]{4,7}(\.[0-9]{1,6})?)";
    private const string Mark = @"[ °'""\-]{1,2}";
    private const string Spaced =
        @"(?<lat>[0-9]{2}" + Mark + @"[0-9]{2}(" + Mark + @"[0-9]{2})?(\.[0-9]{1,6})?)[ °'""]{0,2}(?<ns>[NS])" + Between
        + @"(?<lon>[0-9]{2,3}" + Mark + @"[0-9]{2}(" + Mark + @"[0-9]{2})?(\.[0-9]{1,6})?)[ °'""]{0,2}(?<ew>[EW])";

    private static readonly Regex Pattern = new(
        @"\b((" + Packed + @")|(" + HemisphereFirst + @")|(" + Spaced + @"))\b",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant);

    /// <summary>The coordinates in a text in upper case.</summary>
    public static IReadOnlyList<NotamCoordinate> Of(string text)
    {
        var found = new List<NotamCoordinate>();
        for (var match = Pattern.Match(text); match.Success; match = match.NextMatch())
        {
            var latitude = UnitsE7(match.Groups["lat"].ValueSpan, 2, 90);
            var secondsGiven = Digits(match.Groups["lat"].ValueSpan) > 4;
            var longitudeText = match.Groups["lon"].ValueSpan;

            // A longitude below 100° may lack its first zero: with seconds it has six digits then, without four.
            var degreeDigits = Digits(longitudeText) - (secondsGiven ? 4 : 2);
            var longitude = degreeDigits is 2 or 3 ? UnitsE7(longitudeText, degreeDigits, 180) : null;
            GeoPoint? place = latitude is { } north && longitude is { } east
                ? GeoPoint.FromE7(match.Groups["ns"].ValueSpan[0] == 'S' ? -north : north, match.Groups["ew"].ValueSpan[0] == 'W' ? -east : east)
                : null;
            found.Add(new(match.Index, match.Index + match.Length, place));
        }

        return found;
    }

    private static int Digits(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var character in text)
        {
            if (character == '.') break;
            if (char.IsAsciiDigit(character)) count++;
        }

        return count;
    }

    private static long? UnitsE7(ReadOnlySpan<char> text, int degreeDigits, int most)
    {
        Span<char> plain = stackalloc char[text.Length];
        var length = 0;
        foreach (var character in text)
        {
            if (char.IsAsciiDigit(character) || character == '.') plain[length++] = character;
        }

        var digits = plain[..length];
        var whole = Digits(digits);
        var hasSeconds = whole == degreeDigits + 4;
        if (!hasSeconds && whole != degreeDigits + 2) return null;
        var degrees = Number(digits[..degreeDigits]);
        var minutes = Number(hasSeconds ? digits.Slice(degreeDigits, 2) : digits[degreeDigits..]);
        var seconds = hasSeconds ? Number(digits[(degreeDigits + 2)..]) : 0;
        if (minutes >= 60 || seconds >= 60) return null;
        var total = degrees * 3600 + minutes * 60 + seconds;
        return total <= most * 3600 ? (long)Math.Round(total * UnitsOfNineSeconds / 9, MidpointRounding.ToEven) : null;
    }

    private static decimal Number(ReadOnlySpan<char> digits) => decimal.Parse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
}
