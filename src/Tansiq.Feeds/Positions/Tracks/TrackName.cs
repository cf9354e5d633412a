using System.Globalization;
using System.Text;

namespace Tansiq.Feeds.Positions.Tracks;

/// <summary>Makes an identifier of what people call a track.</summary>
internal static class TrackName
{
    private const int HashDigits = 8;

    // FNV-1a, 32 bits (Fowler, Noll, Vo).
    private const uint HashOffset = 2_166_136_261;
    private const uint HashPrime = 16_777_619;

    /// <summary>
    /// The name in lower case, its blanks as <c>-</c>. Where that loses something (other characters than a-z 0-9 ~ - _ . : or more than
    /// 64 of them) the rest is left out and eight hexadecimal digits of a hash of the name follow, so that different names
    /// stay different. Null for an empty name.
    /// </summary>
    public static string? Of(string name)
    {
        name = name.Trim();
        if (name.Length == 0) return null;
        var kept = new StringBuilder(name.Length);
        var isWhole = true;
        foreach (var character in name)
        {
            if (IsPlain(character)) kept.Append(char.ToLowerInvariant(character));
            else if (character == ' ') kept.Append('-');
            else isWhole = false;
        }

        if (isWhole && kept.Length <= IdentifierCache.MaximumLength) return kept.ToString();
        kept.Length = Math.Min(kept.Length, IdentifierCache.MaximumLength - HashDigits - 1);
        return kept.Append(CultureInfo.InvariantCulture, $"-{Hash(name):x8}").ToString();
    }

    private static bool IsPlain(char character) => char.IsAsciiLetterOrDigit(character) || character is '~' or '-' or '_' or '.' or ':';

    private static uint Hash(string name)
    {
        var hash = HashOffset;
        foreach (var octet in Encoding.UTF8.GetBytes(name)) hash = unchecked((hash ^ octet) * HashPrime);
        return hash;
    }
}
