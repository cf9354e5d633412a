using System.Buffers.Binary;
using System.Text;

namespace Tansiq.Feeds.Positions;

/// <summary>Gives one string for each identifier, so that a million rows of one aircraft share its name.</summary>
/// <remarks>Holds at most <see cref="MaximumHeld"/>; further ones are made anew each time. Used by one thread.</remarks>
internal sealed class IdentifierCache
{
    /// <summary>The longest identifier or callsign in bytes.</summary>
    public const int MaximumLength = 64;

    /// <summary>The most identifiers that are kept.</summary>
    public const int MaximumHeld = 100_000;

    private const int NearSlots = 4096;

    // Short identifiers by their bytes, the last of each slot; lower case and as written apart.
    private readonly (ulong Bytes, string? Text)[] _nearLowerCase = new (ulong, string?)[NearSlots];
    private readonly (ulong Bytes, string? Text)[] _nearAsWritten = new (ulong, string?)[NearSlots];

    private readonly HashSet<string> _held = new(StringComparer.Ordinal);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public IdentifierCache() => _lookup = _held.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>An identifier in lower case; null if it is too long or has other characters than a-z 0-9 ~ - _ . :</summary>
    public string? LowerCase(ReadOnlySpan<byte> ascii)
    {
        if (!IsShort(ascii)) return MakeLowerCase(ascii);
        ref var near = ref Near(_nearLowerCase, ascii, out var bytes);
        if (near.Text is null || near.Bytes != bytes) near = (bytes, MakeLowerCase(ascii));
        return near.Text;
    }

    /// <summary>A name as it is written; null if it is too long, is not UTF-8 or has control characters.</summary>
    public string? AsWritten(ReadOnlySpan<byte> utf8)
    {
        if (!IsShort(utf8)) return MakeAsWritten(utf8);
        ref var near = ref Near(_nearAsWritten, utf8, out var bytes);
        if (near.Text is null || near.Bytes != bytes) near = (bytes, MakeAsWritten(utf8));
        return near.Text;
    }

    // What does not end with a byte of zero is told by its bytes alone, filled up with zeros.
    private static bool IsShort(ReadOnlySpan<byte> text) => text.Length is > 0 and <= sizeof(ulong) && text[^1] != 0;

    private static ref (ulong Bytes, string? Text) Near((ulong Bytes, string? Text)[] slots, ReadOnlySpan<byte> text, out ulong bytes)
    {
        Span<byte> padded = stackalloc byte[sizeof(ulong)];
        padded.Clear();
        text.CopyTo(padded);
        bytes = BinaryPrimitives.ReadUInt64LittleEndian(padded);
        return ref slots[(int)(unchecked(bytes * 0x9E37_79B9_7F4A_7C15) >> 52)];
    }

    private string? MakeLowerCase(ReadOnlySpan<byte> ascii)
    {
        if (ascii.Length > MaximumLength) return null;
        Span<char> characters = stackalloc char[MaximumLength];
        for (var index = 0; index < ascii.Length; index++)
        {
            var character = char.ToLowerInvariant((char)ascii[index]);
            var isPlain = char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character);
            if (!isPlain && character is not ('~' or '-' or '_' or '.' or ':')) return null;
            characters[index] = character;
        }

        return One(characters[..ascii.Length]);
    }

    private string? MakeAsWritten(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MaximumLength) return null;
        Span<char> characters = stackalloc char[MaximumLength];
        if (!Encoding.UTF8.TryGetChars(utf8, characters, out var length)) return null;
        foreach (var character in characters[..length])
        {
            if (char.IsControl(character) || character == '\uFFFD') return null;
        }

        return One(characters[..length]);
    }

    /// <summary>The one string of these characters.</summary>
    public string One(ReadOnlySpan<char> characters)
    {
        if (_lookup.TryGetValue(characters, out var held)) return held;
        var made = characters.ToString();
        if (_held.Count < MaximumHeld) _held.Add(made);
        return made;
    }
}
