using System.Text;

namespace Tansiq.Coordination.Languages;

/// <summary>Keeps pieces of one direction whole within text of another (Unicode Standard Annex 9, explicit isolates).</summary>
internal static class Isolation
{
    private const char LeftToRight = '\u2066';
    private const char FirstStrong = '\u2068';
    private const char Pop = '\u2069';

    /// <summary>A run that always reads from left to right: an identifier, a time, a coordinate, a number.</summary>
    public static string Run(string text, bool withinRightToLeft) => withinRightToLeft ? LeftToRight + text + Pop : text;

    /// <summary>
    /// A name in whatever script it has. It is isolated within right-to-left text, and elsewhere where it holds
    /// right-to-left letters. Characters that would steer the direction of what follows, and control characters, are taken out.
    /// </summary>
    public static string Name(string text, bool withinRightToLeft)
    {
        var plain = WithoutControls(text);
        return withinRightToLeft || HasRightToLeft(plain) ? FirstStrong + plain + Pop : plain;
    }

    private static string WithoutControls(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (IsDirectional(character)) continue;
            kept.Append(char.IsControl(character) || character is '\u2028' or '\u2029' ? ' ' : character);
        }

        return kept.ToString();
    }

    private static bool IsDirectional(char character) =>
        character is '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    /// <summary>Blocks of Hebrew, Arabic and their neighbours, and their presentation forms.</summary>
    private static bool HasRightToLeft(string text) =>
        text.Any(character => character is (>= '\u0590' and <= '\u08FF') or (>= '\uFB1D' and <= '\uFDFF') or (>= '\uFE70' and <= '\uFEFE'));
}
