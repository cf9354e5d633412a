using Tansiq.Geo.Geodesy;
using Tansiq.Geo.Text;

namespace Tansiq.Geo.Grids;

/// <summary>Reads and makes names of squares of the Military Grid Reference System on WGS 84 (NGA.STND.0037).</summary>
/// <remarks>
/// 80° S to 84° N. The polar squares (zone letters A, B, Y, Z of the UPS grid) are refused. Pure and thread-safe.
/// </remarks>
public static class Mgrs
{
    /// <summary>The longest text that is taken, characters.</summary>
    public const int MaximumLength = 40;

    /// <summary>The most digits of easting and of northing: squares of 1 m.</summary>
    public const int MaximumDigits = 5;

    /// <summary>Length of a side in grid metres for a number of digits.</summary>
    /// <param name="digits">0 to 5.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="digits"/> is not 0 to 5.</exception>
    public static int SizeOf(int digits) => digits switch
    {
        0 => 100_000,
        1 => 10_000,
        2 => 1_000,
        3 => 100,
        4 => 10,
        5 => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(digits), digits, "Digits must be 0 to 5."),
    };

    /// <summary>The square of a given size that holds a point: its digits are cut off, not rounded.</summary>
    /// <param name="point">A point.</param>
    /// <param name="digits">Digits of easting and of northing, 0 (100 km) to 5 (1 m).</param>
    /// <returns>The square, or a refusal <c>geo.mgrs-polar</c> south of 80° S and north of 84° N.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="digits"/> is not 0 to 5.</exception>
    public static Parsed<MgrsSquare> FromPoint(GeoPoint point, int digits)
    {
        var size = SizeOf(digits);
        if (Utm.FromPoint(point).Refusal is not null) return Polar(point.ToString());
        var place = Utm.FromPoint(point).Value;
        var northing = place.NorthingMetres - (place.IsSouth ? UtmCoordinate.SouthernFalseNorthingMetres : 0);
        var square = MgrsHundredKilometres.Holding(place.Zone, point.LatitudeE7, place.EastingMetres, northing);
        return new MgrsSquare(
            square,
            digits,
            (int)Math.Floor((place.EastingMetres - square.EastingMetres) / size),
            (int)Math.Floor((northing - square.SignedNorthingMetres) / size));
    }

    /// <summary>Reads the name of a square: <c>37SCV1234567890</c>, <c>37S CV 12345 67890</c>, <c>4q fj 12 67</c>.</summary>
    /// <param name="text">
    /// Zone, band, two letters, and an even number of digits, at most ten; upper or lower case, spaces between the parts or
    /// none. Where a space parts the digits, easting and northing have equally many. "WGS 84" before or after is read over.
    /// </param>
    /// <returns>
    /// The square; or a refusal: <c>geo.mgrs-malformed</c>, <c>geo.mgrs-no-such-square</c> (letters not in use in that zone
    /// and band), <c>geo.mgrs-polar</c>, <c>geo.mgrs-too-long</c>, <c>geo.datum-not-wgs84</c>.
    /// </returns>
    public static Parsed<MgrsSquare> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaximumLength)
            return new Refusal("geo.mgrs-too-long", "", $"{text.Length} characters", "at most 40 characters");
        var parts = new NameParts(text.ToUpperInvariant());
        if (!parts.IsWellFormed)
        {
            // Only now: 28F ED 50 is a square, though ED 50 is a datum.
            if (!Datum.TakeOff(text).TryGet(out var name, out var refusal)) return refusal;
            parts = new NameParts(name.ToUpperInvariant());
        }

        if (parts.IsPolar) return Polar(Quotation.Of(text));
        if (!parts.IsWellFormed) return new Refusal("geo.mgrs-malformed", "", Quotation.Of(text), "a grid reference such as 37S CV 12345 67890");
        var square = MgrsHundredKilometres.FromLetters(parts.Zone, parts.Band, parts.ColumnLetter, parts.RowLetter);
        if (square is not { } found)
            return new Refusal("geo.mgrs-no-such-square", "", Quotation.Of(text), "a 100 km square that exists in that zone and band");
        return new MgrsSquare(found, parts.Easting.Length, NumberOf(parts.Easting), NumberOf(parts.Northing));
    }

    private static int NumberOf(ReadOnlySpan<char> digits)
    {
        var number = 0;
        foreach (var digit in digits) number = number * 10 + (digit - '0');
        return number;
    }

    private static Refusal Polar(string found) =>
        new("geo.mgrs-polar", "", found, "a square between 80° S and 84° N (polar squares are not taken)");

    /// <summary>The parts of a name in upper case, spaces between them left out.</summary>
    private readonly ref struct NameParts
    {
        public NameParts(ReadOnlySpan<char> name)
        {
            var rest = name.Trim();
            IsPolar = rest.Length >= 3 && rest[0] is 'A' or 'B' or 'Y' or 'Z' && TakeLetters(ref rest) is 1 or 3;
            if (IsPolar) return;
            var zone = TakeDigits(ref rest);
            if (zone.Length is not (1 or 2) || rest.IsEmpty) return;
            Zone = NumberOf(zone);
            Band = rest[0];
            rest = rest[1..].TrimStart();
            if (!char.IsAsciiLetter(Band) || rest.Length < 2 || !char.IsAsciiLetter(rest[0]) || !char.IsAsciiLetter(rest[1])) return;
            (ColumnLetter, RowLetter) = (rest[0], rest[1]);
            rest = rest[2..].TrimStart();
            Easting = TakeDigits(ref rest);
            Northing = TakeDigits(ref rest);
            if (Northing.IsEmpty && Easting.Length % 2 == 0)
            {
                Northing = Easting[(Easting.Length / 2)..];
                Easting = Easting[..(Easting.Length / 2)];
            }

            IsWellFormed = Zone is >= 1 and <= 60 && rest.IsEmpty && Easting.Length == Northing.Length && Easting.Length <= MaximumDigits;
        }

        public bool IsPolar { get; }

        public bool IsWellFormed { get; }

        public int Zone { get; }

        public char Band { get; }

        public char ColumnLetter { get; }

        public char RowLetter { get; }

        public ReadOnlySpan<char> Easting { get; }

        public ReadOnlySpan<char> Northing { get; }

        private static ReadOnlySpan<char> TakeDigits(scoped ref ReadOnlySpan<char> rest)
        {
            var end = rest.IndexOfAnyExceptInRange('0', '9');
            var digits = end < 0 ? rest : rest[..end];
            rest = rest[digits.Length..].TrimStart();
            return digits;
        }

        private static int TakeLetters(scoped ref ReadOnlySpan<char> rest)
        {
            var end = rest.IndexOfAnyExceptInRange('A', 'Z');
            var letters = end < 0 ? rest : rest[..end];
            rest = rest[letters.Length..].TrimStart();
            return letters.Length;
        }
    }
}
