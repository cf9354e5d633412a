using System.Buffers;
using System.Buffers.Text;

namespace Tansiq.Record.Notes;

/// <summary>Base64 as C2SP writes it: RFC 4648 section 4, padded, without white space, one way only to write a value.</summary>
internal static class Base64Text
{
    public static bool TryDecode(ReadOnlySpan<byte> text, out byte[] value)
    {
        value = [];
        if (text.Length % 4 != 0 || text.Length > 2 * NoteLimits.MaximumSignatureBytes) return false;
        var buffer = new byte[text.Length / 4 * 3];
        if (!TryDecode(text, buffer, out var length)) return false;
        value = length == buffer.Length ? buffer : buffer[..length];
        return true;
    }

    /// <summary>Decodes into a buffer of at least three quarters of the text's length.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> text, Span<byte> buffer, out int length)
    {
        length = 0;
        if (text.Length % 4 != 0 || text.ContainsAny(" \t\r\n"u8)) return false;
        if (Base64.DecodeFromUtf8(text, buffer, out var consumed, out length) != OperationStatus.Done || consumed != text.Length) return false;
        return IsCanonical(text, buffer[..length]);
    }

    // Bits that the padding leaves over have to be zero: else one signature would have several texts.
    private static bool IsCanonical(ReadOnlySpan<byte> text, ReadOnlySpan<byte> value)
    {
        if (value.Length % 3 == 0) return true;
        Span<byte> again = stackalloc byte[4];
        return Base64.EncodeToUtf8(value[^(value.Length % 3)..], again, out _, out var written) == OperationStatus.Done
            && text[^4..].SequenceEqual(again[..written]);
    }
}
