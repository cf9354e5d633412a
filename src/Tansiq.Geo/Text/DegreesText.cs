using System.Globalization;
using Tansiq.Geo.Geodesy;

namespace Tansiq.Geo.Text;

/// <summary>A place that was read from text, with the precision of the text.</summary>
/// <param name="Point">The place.</param>
/// <param name="LastDigitMetres">
/// What one step of the last digit is worth on the ground, metres: the larger of latitude and longitude. The place was
/// named to within half of it: <c>36°12'N 037°09'E</c> gives 1,862 m, so ±931 m.
/// </param>
public readonly record struct ParsedPlace(GeoPoint Point, double LastDigitMetres);

/// <summary>Latitude and longitude as people write them, WGS 84. Forms: docs/formats/coordinates.md.</summary>
/// <remarks>Digits become units of 10⁻⁷ degree exactly, rounded once, ties to even. Pure and thread-safe.</remarks>
public static class DegreesText
{
    /// <summary>The longest text that is taken, characters.</summary>
    public const int MaximumLength = 100;

    /// <summary>The most digits behind a decimal point.</summary>
    public const int MaximumFractionDigits = 20;

    /// <summary>Reads latitude and longitude.</summary>
    /// <param name="text">
    /// Two coordinates, with hemisphere letters both before or both after (then in either order), or as signed numbers,
    /// latitude first. Degrees, degrees and minutes, or degrees, minutes and seconds, of which the last may have a decimal
    /// point; with signs or spaces or colons between, or as <c>361230N0370900E</c>.
    /// </param>
    /// <returns>
    /// The place; or a refusal: <c>geo.degrees-malformed</c>, <c>geo.degrees-ambiguous</c>, <c>geo.degrees-too-long</c>,
    /// <c>geo.minutes-out-of-range</c>, <c>geo.latitude-out-of-range</c>, <c>geo.longitude-out-of-range</c>,
    /// <c>geo.datum-not-wgs84</c>.
    /// </returns>
    public static Parsed<ParsedPlace> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaximumLength)
            return new Refusal("geo.degrees-too-long", "", $"{text.Length} characters", "at most 100 characters");
        if (!Datum.TakeOff(text).TryGet(out var coordinates, out var refusal)) return refusal;
        if (DegreesScanner.Scan(coordinates) is not { } tokens) return Malformed(text);
        if (DegreesGrammar.Split(tokens) is not { } pair) return Malformed(text);
        if (!pair.First.Angle().TryGet(out var first, out refusal) || !pair.Second.Angle().TryGet(out var second, out refusal))
            return refusal with { Found = Quotation.Of(text) };
        if (pair.First.IsLongitude == true) (first, second) = (second, first);
        if (!Point(first.UnitsE7, second.UnitsE7).TryGet(out var point, out refusal))
            return refusal with { Found = Quotation.Of(text) };
        var (_, cosLatitude) = Deterministic.SinCosDegrees(point.LatitudeDegrees);
        // A degree of the meridian is longest at the poles, one of a parallel at the equator.
        const double metresOfLatitude = 111_694;
        const double metresOfLongitude = 111_320;
        return new ParsedPlace(point, Math.Max(first.StepDegrees * metresOfLatitude, second.StepDegrees * metresOfLongitude * cosLatitude));
    }

    /// <summary>The point of two numbers in units of 10⁻⁷ degree, or a refusal <c>geo.latitude-out-of-range</c> or <c>geo.longitude-out-of-range</c>.</summary>
    /// <param name="latitudeE7">Latitude; −90° to 90° are taken.</param>
    /// <param name="longitudeE7">Longitude; −180° to 180° are taken.</param>
    public static Parsed<GeoPoint> Point(long latitudeE7, long longitudeE7)
    {
        if (latitudeE7 is < -GeoPoint.MaximumLatitudeE7 or > GeoPoint.MaximumLatitudeE7)
            return new Refusal("geo.latitude-out-of-range", "", DecimalE7.Format(latitudeE7), "a latitude of −90° to 90°");
        if (longitudeE7 is < -GeoPoint.HalfTurnE7 or > GeoPoint.HalfTurnE7)
            return new Refusal("geo.longitude-out-of-range", "", DecimalE7.Format(longitudeE7), "a longitude of −180° to 180°");
        return GeoPoint.FromE7(latitudeE7, longitudeE7);
    }

    /// <summary>Degrees, minutes and seconds, for example <c>36°12′30″N 037°09′00″E</c>, rounded with ties to even.</summary>
    /// <param name="point">The point.</param>
    /// <param name="fractionDigits">Digits behind the seconds' decimal point, 0 to 5.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="fractionDigits"/> is not 0 to 5.</exception>
    public static string FormatDegreesMinutesSeconds(GeoPoint point, int fractionDigits = 0)
    {
        var (latitude, longitude) = (Sexagesimal.Of(point.LatitudeE7, fractionDigits), Sexagesimal.Of(point.LongitudeE7, fractionDigits));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{latitude.Degrees:00}°{latitude.Minutes:00}′{latitude.Seconds}″{Letter(point.LatitudeE7, 'N', 'S')} {longitude.Degrees:000}°{longitude.Minutes:00}′{longitude.Seconds}″{Letter(point.LongitudeE7, 'E', 'W')}");
    }

    /// <summary>Degrees, minutes and seconds without signs, for example <c>361230N0370900E</c>, rounded to a second with ties to even.</summary>
    public static string FormatCompact(GeoPoint point)
    {
        var (latitude, longitude) = (Sexagesimal.Of(point.LatitudeE7, 0), Sexagesimal.Of(point.LongitudeE7, 0));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{latitude.Degrees:00}{latitude.Minutes:00}{latitude.Seconds}{Letter(point.LatitudeE7, 'N', 'S')}{longitude.Degrees:000}{longitude.Minutes:00}{longitude.Seconds}{Letter(point.LongitudeE7, 'E', 'W')}");
    }

    /// <summary>Decimal degrees, for example <c>36.2083°N 37.1500°E</c>, rounded with ties to even.</summary>
    /// <param name="point">The point.</param>
    /// <param name="places">Digits behind the decimal point, 0 to 7.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="places"/> is not 0 to 7.</exception>
    public static string FormatDecimal(GeoPoint point, int places)
    {
        if (places is < 0 or > 7) throw new ArgumentOutOfRangeException(nameof(places), places, "Places must be 0 to 7.");
        string Text(int unitsE7) =>
            decimal.Round(Math.Abs(unitsE7) / 10_000_000m, places, MidpointRounding.ToEven).ToString("F" + places, CultureInfo.InvariantCulture);
        return $"{Text(point.LatitudeE7)}°{Letter(point.LatitudeE7, 'N', 'S')} {Text(point.LongitudeE7)}°{Letter(point.LongitudeE7, 'E', 'W')}";
    }

    private static char Letter(int unitsE7, char positive, char negative) => unitsE7 < 0 ? negative : positive;

    private static Refusal Malformed(string text) =>
        new("geo.degrees-malformed", "", Quotation.Of(text), "latitude and longitude such as 36°12'30\"N 037°09'00\"E or 36.2083, 37.15");

    /// <summary>An angle in whole degrees and minutes and written seconds.</summary>
    private readonly record struct Sexagesimal(int Degrees, int Minutes, string Seconds)
    {
        private const int MaximumFractionDigits = 5;

        public static Sexagesimal Of(int unitsE7, int fractionDigits)
        {
            if (fractionDigits is < 0 or > MaximumFractionDigits)
                throw new ArgumentOutOfRangeException(nameof(fractionDigits), fractionDigits, "Digits must be 0 to 5.");
            var stepsOfSecond = 1L;
            for (var i = 0; i < fractionDigits; i++) stepsOfSecond *= 10;
            // 10⁷ units are 3600 seconds: 25,000 units are 9.
            var steps = (long)RoundedQuotient.Of(Math.Abs((long)unitsE7) * 9 * stepsOfSecond, 25_000);
            var minutes = steps / (60 * stepsOfSecond);
            var seconds = steps % (60 * stepsOfSecond) / (decimal)stepsOfSecond;
            var format = fractionDigits == 0 ? "00" : "00." + new string('0', fractionDigits);
            return new((int)(minutes / 60), (int)(minutes % 60), seconds.ToString(format, CultureInfo.InvariantCulture));
        }
    }
}
