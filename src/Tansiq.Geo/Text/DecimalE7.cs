using System.Globalization;
using System.Numerics;

namespace Tansiq.Geo.Text;

/// <summary>Decimal text to whole units of 10⁻⁷ and back, from the digits alone: no binary fraction comes between.</summary>
/// <remarks>Pure and thread-safe; takes nothing from the heap where the text is good.</remarks>
public static class DecimalE7
{
    /// <summary>The longest text that is taken, in characters or bytes.</summary>
    public const int MaximumLength = 128;

    /// <summary>The most digits of a result: values up to just below 10¹¹.</summary>
    public const int MaximumDigits = 18;

    private const int Decimals = 7;

    private static readonly long[] PowersOfTen = [.. Enumerable.Range(0, MaximumDigits + 1).Select(exponent => (long)BigInteger.Pow(10, exponent))];

    // Far beyond what can matter, and far from overflow.
    private const int ExponentLimit = 100_000;

    /// <summary>Reads a decimal number as units of 10⁻⁷, rounded once, ties to even.</summary>
    /// <param name="text">
    /// Sign (<c>+</c>, <c>-</c> or none), digits with at most one point, exponent (<c>e-3</c>) or none; at least one digit
    /// before the exponent. ASCII; no spaces. What JSON calls a number is taken, and <c>.5</c>, <c>5.</c>, <c>007</c> too.
    /// </param>
    /// <returns>
    /// The units; or a refusal: <c>text.number-malformed</c> (NaN and infinity among them), <c>text.number-too-long</c>,
    /// <c>text.number-out-of-range</c> (10¹¹ or more either way).
    /// </returns>
    public static Parsed<long> Parse(ReadOnlySpan<char> text) => Parse<char>(text);

    /// <summary>Reads a decimal number in UTF-8 as units of 10⁻⁷, as <see cref="Parse(ReadOnlySpan{char})"/> does.</summary>
    /// <param name="utf8">The bytes.</param>
    public static Parsed<long> Parse(ReadOnlySpan<byte> utf8) => Parse<byte>(utf8);

    /// <summary>The shortest decimal text of units of 10⁻⁷, for example <c>36.2083</c>, <c>-0.0000001</c>, <c>37</c>.</summary>
    public static string Format(long unitsE7) =>
        (unitsE7 / 10_000_000m).ToString("0.#######", CultureInfo.InvariantCulture);

    private static Parsed<long> Parse<T>(ReadOnlySpan<T> text)
        where T : struct, IBinaryInteger<T>
    {
        if (TryPlain(text, out var plain)) return plain;
        if (text.Length > MaximumLength)
            return new Refusal("text.number-too-long", "", $"{text.Length} characters", "a number of at most 128 characters");
        var position = 0;
        var negative = TakeSign(text, ref position);
        var significand = new Significand(position);
        while (position < text.Length && significand.Take(At(text, position))) position++;
        if (!significand.HasDigits || !TryTakeExponent(text, ref position, out var exponent) || position != text.Length)
            return new Refusal("text.number-malformed", "", Shown(text), "a decimal number");
        // The value in units is 0.d₁d₂… times ten to this power.
        var wholeDigits = significand.DigitsBeforePoint + exponent + 7;
        if (significand.Count == 0) return 0;
        if (wholeDigits > MaximumDigits)
            return new Refusal("text.number-out-of-range", "", Shown(text), "a number below 100,000,000,000");
        var units = Rounded(text, significand, wholeDigits);
        return negative ? -units : units;
    }

    /// <summary>Numbers as nearly all are: a sign or none, at most 18 digits with a point or without, no exponent.</summary>
    private static bool TryPlain<T>(ReadOnlySpan<T> text, out long units)
        where T : struct, IBinaryInteger<T>
    {
        units = 0;
        if (text.Length is 0 or > MaximumDigits + 2) return false;
        var start = At(text, 0) is '-' or '+' ? 1 : 0;
        var point = -1;
        for (var index = start; index < text.Length; index++)
        {
            var character = At(text, index);
            if (char.IsAsciiDigit(character)) units = unchecked(units * 10 + (character - '0'));
            else if (character == '.' && point < 0) point = index;
            else return false;
        }

        var digits = text.Length - start - (point < 0 ? 0 : 1);
        var decimals = point < 0 ? 0 : text.Length - point - 1;
        if (digits is 0 or > MaximumDigits || digits - decimals > MaximumDigits - Decimals) return false;
        units = decimals <= Decimals ? units * PowersOfTen[Decimals - decimals] : Rounded(units, PowersOfTen[decimals - Decimals]);
        if (At(text, 0) == '-') units = -units;
        return true;
    }

    private static long Rounded(long value, long unit)
    {
        var (units, rest) = Math.DivRem(value, unit);
        return 2 * rest > unit || (2 * rest == unit && (units & 1) == 1) ? units + 1 : units;
    }

    private static bool TakeSign<T>(ReadOnlySpan<T> text, ref int position)
        where T : struct, IBinaryInteger<T>
    {
        if (position >= text.Length || At(text, position) is not ('-' or '+')) return false;
        return At(text, position++) == '-';
    }

    private static bool TryTakeExponent<T>(ReadOnlySpan<T> text, ref int position, out int exponent)
        where T : struct, IBinaryInteger<T>
    {
        exponent = 0;
        if (position == text.Length || At(text, position) is not ('e' or 'E')) return true;
        position++;
        var negative = TakeSign(text, ref position);
        var start = position;
        for (; position < text.Length && At(text, position) is >= '0' and <= '9' and var digit; position++)
            exponent = Math.Min(ExponentLimit, exponent * 10 + (digit - '0'));
        if (negative) exponent = -exponent;
        return position > start;
    }

    private static long Rounded<T>(ReadOnlySpan<T> text, Significand significand, int wholeDigits)
        where T : struct, IBinaryInteger<T>
    {
        long units = 0;
        var taken = 0;
        var roundingDigit = 0;
        var anyAfter = false;
        for (var i = significand.Start; taken < Math.Max(significand.Count, wholeDigits); i++)
        {
            var character = taken < significand.Count ? At(text, i) : '0';
            if (character == '.') continue;
            if (taken < wholeDigits) units = units * 10 + (character - '0');
            else if (taken == wholeDigits) roundingDigit = character - '0';
            else anyAfter |= character != '0';
            taken++;
        }

        // With no digit before the rounding place (0.0…) the value is below half a unit.
        if (wholeDigits < 0) return 0;
        var up = roundingDigit > 5 || (roundingDigit == 5 && (anyAfter || (units & 1) == 1));
        return up ? units + 1 : units;
    }

    // Anything beyond ASCII becomes a character that no number has.
    private static char At<T>(ReadOnlySpan<T> text, int index)
        where T : struct, IBinaryInteger<T> => (char)ushort.CreateTruncating(text[index]);

    private static string Shown<T>(ReadOnlySpan<T> text)
        where T : struct, IBinaryInteger<T>
    {
        Span<char> shown = stackalloc char[Math.Min(text.Length, 40)];
        for (var i = 0; i < shown.Length; i++)
            shown[i] = At(text, i) is >= ' ' and <= '~' and var character ? character : '?';
        return $"'{shown}'";
    }

    /// <summary>Where the digits of a number stand, leading zeros left out.</summary>
    private struct Significand(int position)
    {
        private bool _pointSeen;
        private int _position = position;

        /// <summary>Whether there was a digit at all, zeros included.</summary>
        public bool HasDigits { get; private set; }

        /// <summary>Position in the text of the first digit that is not zero.</summary>
        public int Start { get; private set; }

        /// <summary>Digits from the first that is not zero.</summary>
        public int Count { get; private set; }

        /// <summary>Of those, the ones before the point; negative where zeros follow the point.</summary>
        public int DigitsBeforePoint { get; private set; }

        public bool Take(char character)
        {
            if (character == '.')
            {
                if (_pointSeen) return false;
                _pointSeen = true;
                _position++;
                return true;
            }

            if (character is < '0' or > '9') return false;
            HasDigits = true;
            if (Count > 0 || character != '0')
            {
                if (Count == 0) Start = _position;
                Count++;
                if (!_pointSeen) DigitsBeforePoint++;
            }
            else if (_pointSeen)
            {
                DigitsBeforePoint--;
            }

            _position++;
            return true;
        }
    }
}
