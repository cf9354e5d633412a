using System.Buffers;
using System.Buffers.Text;

namespace Tansiq.Record.Notes;

/// <summary>Base64 as C2SP writes it: RFC 4648 section 4, padded, without white space, one way only to write a value.</summary>
internal static class Base64Text
{
    private static readonly SearchValues<byte> WhiteSpace = SearchValues.Create(" \t\r\n"u8);

    /// <summary>Decodes a text of at most so many bytes into an array of its own.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> text, int maximumBytes, out byte[] value)
    {
        value = [];
        if (text.IsEmpty) return true;
        if (text.Length % 4 != 0 || text.Length / 4 > maximumBytes / 3 + 1) return false;
        var length = text.Length / 4 * 3 - (text[^1] != (byte)'=' ? 0 : text[^2] != (byte)'=' ? 1 : 2);
        if (length > maximumBytes) return false;
        var buffer = new byte[length];
        if (!TryDecode(text, buffer, out var written) || written != length) return false;
        value = buffer;
        return true;
    }

    /// <summary>Decodes into a buffer that is long enough.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> text, Span<byte> buffer, out int length)
    {
        length = 0;
        if (text.Length % 4 != 0 || text.ContainsAny(WhiteSpace)) return false;
        // The decoder refuses bits that the padding leaves over and that are not zero: else one signature would have several texts.
        return Base64.DecodeFromUtf8(text, buffer, out var consumed, out length) == OperationStatus.Done && consumed == text.Length;
    }
}
