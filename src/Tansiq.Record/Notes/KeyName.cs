using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Tansiq.Record.Notes;

/// <summary>The rules for names of keys (signed-note, Format): not empty, no Unicode spaces, no plus, no ASCII control characters.</summary>
public static class KeyName
{
    private const int FirstPrintable = 0x20;
    private static readonly SearchValues<byte> Plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:/@"u8);

    /// <summary>Whether some text may be the name of a key.</summary>
    public static bool IsValid(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Span<byte> utf8 = stackalloc byte[NoteLimits.MaximumNameBytes];
        return Utf8.FromUtf16(name, utf8, out _, out var length, replaceInvalidSequences: false) == OperationStatus.Done && IsValid(utf8[..length]);
    }

    /// <summary>Whether some bytes may be the name of a key, in UTF-8.</summary>
    public static bool IsValid(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty || utf8.Length > NoteLimits.MaximumNameBytes) return false;
        if (!utf8.ContainsAnyExcept(Plain)) return true;
        while (!utf8.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(utf8, out var rune, out var length) != OperationStatus.Done) return false;
            if (rune.Value is '+' or < FirstPrintable || Rune.IsWhiteSpace(rune)) return false;
            utf8 = utf8[length..];
        }

        return true;
    }
}
