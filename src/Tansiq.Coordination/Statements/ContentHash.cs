using System.Security.Cryptography;

namespace Tansiq.Coordination.Statements;

/// <summary>The SHA-256 of a text or an attachment, exactly as its bytes are. It names that content and no other.</summary>
/// <remarks>The default value is no hash of anything.</remarks>
public readonly record struct ContentHash : IComparable<ContentHash>
{
    private readonly string? _hex;

    private ContentHash(string hex) => _hex = hex;

    /// <summary>64 lower-case hexadecimal digits; empty for the default value.</summary>
    public string Hex => _hex ?? "";

    /// <summary>The hash of some bytes.</summary>
    public static ContentHash Of(ReadOnlySpan<byte> content) => new(Convert.ToHexStringLower(SHA256.HashData(content)));

    /// <summary>Reads 64 lower-case hexadecimal digits; null for anything else.</summary>
    public static ContentHash? Parse(string text)
    {
        if (text is not { Length: 64 }) return null;
        foreach (var digit in text)
        {
            if (!char.IsAsciiHexDigitLower(digit)) return null;
        }

        return new(text);
    }

    /// <summary>Orders by digits, the same on every machine.</summary>
    public int CompareTo(ContentHash other) => string.CompareOrdinal(Hex, other.Hex);

    /// <summary>The digits.</summary>
    public override string ToString() => Hex;

    /// <summary>Orders by digits.</summary>
    public static bool operator <(ContentHash left, ContentHash right) => left.CompareTo(right) < 0;

    /// <summary>Orders by digits.</summary>
    public static bool operator <=(ContentHash left, ContentHash right) => left.CompareTo(right) <= 0;

    /// <summary>Orders by digits.</summary>
    public static bool operator >(ContentHash left, ContentHash right) => left.CompareTo(right) > 0;

    /// <summary>Orders by digits.</summary>
    public static bool operator >=(ContentHash left, ContentHash right) => left.CompareTo(right) >= 0;
}
