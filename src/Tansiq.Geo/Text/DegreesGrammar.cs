namespace Tansiq.Geo.Text;

/// <summary>What was read of one coordinate.</summary>
/// <param name="UnitsE7">The angle in units of 10⁻⁷ degree; may be out of range.</param>
/// <param name="StepDegrees">What one step of the last written digit is worth, degrees.</param>
internal readonly record struct DegreesAngle(long UnitsE7, double StepDegrees);

/// <summary>Division of whole numbers, rounded to nearest, ties to even.</summary>
internal static class RoundedQuotient
{
    /// <summary>The quotient of a number that is not negative by a positive one.</summary>
    public static Int128 Of(Int128 dividend, Int128 divisor)
    {
        var (quotient, remainder) = Int128.DivRem(dividend, divisor);
        var twice = 2 * remainder;
        return twice > divisor || (twice == divisor && Int128.IsOddInteger(quotient)) ? quotient + 1 : quotient;
    }
}

/// <summary>Tokens of one coordinate, its hemisphere letter taken off.</summary>
/// <param name="Tokens">Numbers, signs and units.</param>
/// <param name="Hemisphere">The hemisphere, or null for a signed number.</param>
internal sealed record DegreesCoordinate(List<DegreesToken> Tokens, DegreesTokenKind? Hemisphere)
{
    private static readonly DegreesTokenKind[] Units = [DegreesTokenKind.DegreeSign, DegreesTokenKind.MinuteSign, DegreesTokenKind.SecondSign];

    /// <summary>Whether it is the longitude; null where no hemisphere says so.</summary>
    public bool? IsLongitude => Hemisphere is null ? null : Hemisphere is DegreesTokenKind.East or DegreesTokenKind.West;

    /// <summary>The angle; or a refusal <c>geo.degrees-malformed</c>, <c>geo.degrees-ambiguous</c> or <c>geo.minutes-out-of-range</c>.</summary>
    public Parsed<DegreesAngle> Angle()
    {
        var negative = Hemisphere is DegreesTokenKind.South or DegreesTokenKind.West;
        var start = 0;
        if (Tokens.Count > 0 && Tokens[0].Kind is DegreesTokenKind.Minus or DegreesTokenKind.Plus)
        {
            if (Hemisphere is not null) return Refused("geo.degrees-ambiguous", "either a sign or a hemisphere letter");
            negative = Tokens[0].Kind == DegreesTokenKind.Minus;
            start = 1;
        }

        if (Numbers(start) is not { Count: > 0 } numbers)
            return Refused("geo.degrees-malformed", "degrees, minutes and seconds, of which the last may have a decimal point");
        if (numbers.Count == 1 && IsPacked(numbers[0]))
        {
            if (Unpacked(numbers[0]) is not { } unpacked)
                return Refused("geo.degrees-ambiguous", "latitude as DDMM or DDMMSS with N or S, longitude as DDDMM or DDDMMSS with E or W");
            numbers = unpacked;
        }

        return Sum(numbers, negative);
    }

    private static Parsed<DegreesAngle> Sum(List<DegreesToken> numbers, bool negative)
    {
        var fraction = numbers[^1].FractionDigits;
        var scale = PowerOfTen(fraction);
        Int128 seconds = 0;
        var place = (Int128)3600;
        var step = 1.0;
        for (var i = 0; i < numbers.Count; i++)
        {
            var scaled = i == numbers.Count - 1 ? numbers[i].Digits : numbers[i].Digits * scale;
            if (i > 0 && scaled >= 60 * scale) return Refused("geo.minutes-out-of-range", "minutes and seconds below 60");
            seconds += scaled * place;
            if (i > 0) step /= 60;
            place /= 60;
        }

        // At most seven digits of degrees and twenty behind the point: far below the largest Int128.
        var units = (long)RoundedQuotient.Of(seconds * GeoPoint.UnitsPerDegree, 3600 * scale);
        return new DegreesAngle(negative ? -units : units, step / (double)scale);
    }

    // Numbers with their units in order; null where the order is wrong or a number that is not the last has a fraction.
    private List<DegreesToken>? Numbers(int start)
    {
        var numbers = new List<DegreesToken>();
        for (var i = start; i < Tokens.Count; i++)
        {
            var token = Tokens[i];
            if (token.Kind != DegreesTokenKind.Number || numbers.Count == Units.Length) return null;
            if (numbers.Count > 0 && numbers[^1].FractionDigits > 0) return null;
            numbers.Add(token);
            if (i + 1 == Tokens.Count) break;
            var next = Tokens[i + 1].Kind;
            if (next == Units[numbers.Count - 1] || (next == DegreesTokenKind.Colon && i + 2 < Tokens.Count)) i++;
        }

        return numbers;
    }

    // A latitude of three digits is not whole degrees any more either: it is refused as ambiguous.
    private bool IsPacked(DegreesToken number) => number.WholeDigits > (IsLongitude == false ? 2 : 3);

    // DDMM, DDMMSS; DDDMM, DDDMMSS.
    private List<DegreesToken>? Unpacked(DegreesToken number)
    {
        if (IsLongitude is not { } isLongitude || Tokens.Count != 1) return null;
        var pairs = number.WholeDigits - (isLongitude ? 3 : 2);
        if (pairs is not (2 or 4)) return null;
        var scale = PowerOfTen(number.FractionDigits);
        var last = new DegreesToken(DegreesTokenKind.Number, number.Digits % (100 * scale), 2, number.FractionDigits);
        var rest = number.Digits / (100 * scale);
        if (pairs == 2) return [Whole(rest), last];
        return [Whole(rest / 100), Whole(rest % 100), last];
    }

    private static DegreesToken Whole(Int128 digits) => new(DegreesTokenKind.Number, digits, 2);

    private static Int128 PowerOfTen(int exponent)
    {
        Int128 power = 1;
        for (var i = 0; i < exponent; i++) power *= 10;
        return power;
    }

    private static Refusal Refused(string code, string expected) => new(code, "", "", expected);
}

/// <summary>Parts two coordinates.</summary>
internal static class DegreesGrammar
{
    /// <summary>The two coordinates in the order of the text, or null where there are not two, or none can tell which is which.</summary>
    public static (DegreesCoordinate First, DegreesCoordinate Second)? Split(List<DegreesToken> tokens)
    {
        var hemispheres = tokens.Count(token => token.IsHemisphere);
        var separators = tokens.Count(token => token.Kind == DegreesTokenKind.Separator);
        if (separators > 1 || tokens.Count < 2) return null;
        return hemispheres switch
        {
            0 => WithoutLetters(tokens, separators == 1),
            2 => tokens[0].IsHemisphere ? Prefixed(tokens) : tokens[^1].IsHemisphere ? Suffixed(tokens) : null,
            _ => null,
        };
    }

    private static (DegreesCoordinate, DegreesCoordinate)? Prefixed(List<DegreesToken> tokens)
    {
        var second = tokens.FindIndex(1, token => token.IsHemisphere);
        var end = tokens[second - 1].Kind == DegreesTokenKind.Separator ? second - 1 : second;
        return Pair(
            new(tokens[1..end], tokens[0].Kind),
            new(tokens[(second + 1)..], tokens[second].Kind));
    }

    private static (DegreesCoordinate, DegreesCoordinate)? Suffixed(List<DegreesToken> tokens)
    {
        var first = tokens.FindIndex(token => token.IsHemisphere);
        var start = tokens[first + 1].Kind == DegreesTokenKind.Separator ? first + 2 : first + 1;
        return Pair(
            new(tokens[..first], tokens[first].Kind),
            new(tokens[start..^1], tokens[^1].Kind));
    }

    private static (DegreesCoordinate, DegreesCoordinate)? WithoutLetters(List<DegreesToken> tokens, bool isSeparated)
    {
        var split = isSeparated
            ? tokens.FindIndex(token => token.Kind == DegreesTokenKind.Separator)
            : SecondStart(tokens);
        if (split <= 0) return null;
        return (new(tokens[..split], null), new(tokens[(isSeparated ? split + 1 : split)..], null));
    }

    // Without letters or a comma the second coordinate starts at a sign, at the number of the second degree sign, or it is
    // the second of just two numbers.
    private static int SecondStart(List<DegreesToken> tokens)
    {
        var sign = tokens.FindIndex(1, token => token.Kind is DegreesTokenKind.Minus or DegreesTokenKind.Plus);
        if (sign > 0) return sign;
        var degreeSigns = tokens.Count(token => token.Kind == DegreesTokenKind.DegreeSign);
        if (degreeSigns == 2) return tokens.FindLastIndex(token => token.Kind == DegreesTokenKind.DegreeSign) - 1;
        var numbers = tokens.Count(token => token.Kind == DegreesTokenKind.Number);
        return numbers == 2 && degreeSigns == 0 ? tokens.FindLastIndex(token => token.Kind == DegreesTokenKind.Number) : -1;
    }

    private static (DegreesCoordinate, DegreesCoordinate)? Pair(DegreesCoordinate first, DegreesCoordinate second) =>
        first.IsLongitude == second.IsLongitude ? null : (first, second);
}
