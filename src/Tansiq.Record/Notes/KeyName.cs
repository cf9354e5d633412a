using System.Buffers;
using System.Globalization;
using System.Text;

namespace Tansiq.Record.Notes;

/// <summary>The rules for names of keys (signed-note, Format): not empty, no Unicode spaces, no plus, no control characters.</summary>
public static class KeyName
{
    private static readonly SearchValues<byte> Plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:/@"u8);

    /// <summary>Whether some text may be the name of a key.</summary>
    public static bool IsValid(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length <= NoteLimits.MaximumNameBytes && IsValid(Encoding.UTF8.GetBytes(name));
    }

    /// <summary>Whether some bytes may be the name of a key, in UTF-8.</summary>
    public static bool IsValid(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty || utf8.Length > NoteLimits.MaximumNameBytes) return false;
        if (!utf8.ContainsAnyExcept(Plain)) return true;
        while (!utf8.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(utf8, out var rune, out var length) != OperationStatus.Done) return false;
            if (rune.Value == '+' || Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.SpaceSeparator) return false;
            utf8 = utf8[length..];
        }

        return true;
    }
}
