using System.Globalization;

namespace Tansiq.Record.Notes;

/// <summary>Numbers as C2SP writes them: ASCII digits without leading zeroes, less than 2⁶³. One way only to write a number.</summary>
internal static class DecimalText
{
    private const int MostDigits = 19;

    public static bool TryParse(ReadOnlySpan<byte> text, out long number)
    {
        number = 0;
        // The platform's parser takes zero bytes after the digits.
        if (text.Length is 0 or > MostDigits || text.ContainsAnyExceptInRange((byte)'0', (byte)'9')) return false;
        return (text.Length == 1 || text[0] != (byte)'0') && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    public static bool TryParse(ReadOnlySpan<char> text, out long number)
    {
        number = 0;
        if (text.Length is 0 or > MostDigits || text.ContainsAnyExceptInRange('0', '9')) return false;
        return (text.Length == 1 || text[0] != '0') && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
