namespace Tansiq.Geo.Text;

internal enum DegreesTokenKind
{
    Number,
    DegreeSign,
    MinuteSign,
    SecondSign,
    Colon,
    Minus,
    Plus,
    North,
    South,
    East,
    West,
    Separator,
}

/// <summary>A part of a text of coordinates.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Digits">A number's digits, point left out, as a whole number.</param>
/// <param name="WholeDigits">How many of them stand before the point.</param>
/// <param name="FractionDigits">How many of them stand after it.</param>
internal readonly record struct DegreesToken(DegreesTokenKind Kind, Int128 Digits = default, int WholeDigits = 0, int FractionDigits = 0)
{
    public bool IsHemisphere => Kind is DegreesTokenKind.North or DegreesTokenKind.South or DegreesTokenKind.East or DegreesTokenKind.West;
}

/// <summary>Cuts a text of coordinates into tokens, in Latin, Cyrillic and Arabic script.</summary>
internal static class DegreesScanner
{
    private const int MaximumWholeDigits = 7;

    // Whole words before their beginnings. The Arabic letter ش alone is not taken: north and east both begin with it.
    private static readonly (string Text, DegreesTokenKind Kind)[] Words =
    [
        ("NORTH", DegreesTokenKind.North), ("SOUTH", DegreesTokenKind.South), ("EAST", DegreesTokenKind.East), ("WEST", DegreesTokenKind.West),
        ("С. Ш.", DegreesTokenKind.North), ("Ю. Ш.", DegreesTokenKind.South), ("В. Д.", DegreesTokenKind.East), ("З. Д.", DegreesTokenKind.West),
        ("С.Ш.", DegreesTokenKind.North), ("Ю.Ш.", DegreesTokenKind.South), ("В.Д.", DegreesTokenKind.East), ("З.Д.", DegreesTokenKind.West),
        ("شمالا", DegreesTokenKind.North), ("جنوبا", DegreesTokenKind.South), ("شرقا", DegreesTokenKind.East), ("غربا", DegreesTokenKind.West),
        ("شمال", DegreesTokenKind.North), ("جنوب", DegreesTokenKind.South), ("شرق", DegreesTokenKind.East), ("غرب", DegreesTokenKind.West),
        ("N", DegreesTokenKind.North), ("S", DegreesTokenKind.South), ("E", DegreesTokenKind.East), ("W", DegreesTokenKind.West),
        ("С", DegreesTokenKind.North), ("Ю", DegreesTokenKind.South), ("В", DegreesTokenKind.East), ("З", DegreesTokenKind.West),
    ];

    /// <summary>The tokens, or null where something stands there that no coordinate has.</summary>
    public static List<DegreesToken>? Scan(string text)
    {
        // The tanwin of شمالًا is written before or after the alif, or not at all.
        var upper = text.Replace("\u064B", "", StringComparison.Ordinal).ToUpperInvariant();
        var tokens = new List<DegreesToken>();
        var position = 0;
        while (position < upper.Length)
        {
            var character = upper[position];
            if (char.IsWhiteSpace(character) || IsDirectionMark(character))
            {
                position++;
                continue;
            }

            if (DigitValue(character) >= 0)
            {
                if (TakeNumber(upper, ref position) is not { } number) return null;
                tokens.Add(number);
            }
            else if (TakeSign(upper, ref position) is { } sign)
            {
                tokens.Add(new(sign));
            }
            else if (TakeWord(upper, ref position) is { } word)
            {
                tokens.Add(new(word));
            }
            else
            {
                return null;
            }
        }

        return tokens;
    }

    private static DegreesToken? TakeNumber(string text, ref int position)
    {
        Int128 digits = 0;
        var wholeDigits = 0;
        var fractionDigits = 0;
        var pointSeen = false;
        for (; position < text.Length; position++)
        {
            var digit = DigitValue(text[position]);
            if (digit >= 0)
            {
                digits = digits * 10 + digit;
                if (pointSeen) fractionDigits++;
                else wholeDigits++;
                if (wholeDigits > MaximumWholeDigits || fractionDigits > DegreesText.MaximumFractionDigits) return null;
            }
            else if (text[position] is '.' or '٫' && !pointSeen)
            {
                pointSeen = true;
            }
            else
            {
                break;
            }
        }

        return pointSeen && fractionDigits == 0 ? null : new(DegreesTokenKind.Number, digits, wholeDigits, fractionDigits);
    }

    private static DegreesTokenKind? TakeSign(string text, ref int position)
    {
        if (IsMinuteSign(text[position]) && position + 1 < text.Length && IsMinuteSign(text[position + 1]))
        {
            position += 2;
            return DegreesTokenKind.SecondSign;
        }

        DegreesTokenKind? kind = text[position] switch
        {
            '°' or 'º' or '˚' => DegreesTokenKind.DegreeSign,
            '"' or '″' or '”' or '“' or 'ʺ' => DegreesTokenKind.SecondSign,
            ':' => DegreesTokenKind.Colon,
            '-' or '−' => DegreesTokenKind.Minus,
            '+' => DegreesTokenKind.Plus,
            ',' or ';' or '،' => DegreesTokenKind.Separator,
            var character when IsMinuteSign(character) => DegreesTokenKind.MinuteSign,
            _ => null,
        };
        if (kind is not null) position++;
        return kind;
    }

    private static DegreesTokenKind? TakeWord(string text, ref int position)
    {
        foreach (var (word, kind) in Words)
        {
            if (string.CompareOrdinal(text, position, word, 0, word.Length) != 0) continue;
            var end = position + word.Length;
            // A letter right behind would make it another word.
            if (end < text.Length && char.IsLetter(text[end])) continue;
            position = end;
            return kind;
        }

        return null;
    }

    private static bool IsMinuteSign(char character) => character is '\'' or '′' or '’' or '‘' or 'ʹ';

    private static int DigitValue(char character) => character switch
    {
        >= '0' and <= '9' => character - '0',
        >= '٠' and <= '٩' => character - '٠',
        >= '۰' and <= '۹' => character - '۰',
        _ => -1,
    };

    // Invisible marks that order text of both directions; they come along when such text is copied.
    private static bool IsDirectionMark(char character) =>
        character is '\u200E' or '\u200F' or '\u061C' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
