using System.Security.Cryptography;

namespace Tansiq.Coordination.Statements;

/// <summary>The SHA-256 of a text or an attachment, exactly as its bytes are. It names that content and no other.</summary>
/// <remarks>A class for the reason that <see cref="Id{TEntity}"/> gives.</remarks>
public sealed record ContentHash : IComparable<ContentHash>
{
    private ContentHash(string hex) => Hex = hex;

    /// <summary>What a reader gives in place of a hash that it refused: the hash of nothing that exists.</summary>
    public static ContentHash None { get; } = new("");

    /// <summary>64 lower-case hexadecimal digits; empty for <see cref="None"/>.</summary>
    public string Hex { get; }

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
    public int CompareTo(ContentHash? other) => string.CompareOrdinal(Hex, other?.Hex);

    /// <summary>The digits.</summary>
    public override string ToString() => Hex;

    /// <summary>Orders by digits.</summary>
    public static bool operator <(ContentHash left, ContentHash right) => string.CompareOrdinal(left?.Hex, right?.Hex) < 0;

    /// <summary>Orders by digits.</summary>
    public static bool operator <=(ContentHash left, ContentHash right) => string.CompareOrdinal(left?.Hex, right?.Hex) <= 0;

    /// <summary>Orders by digits.</summary>
    public static bool operator >(ContentHash left, ContentHash right) => string.CompareOrdinal(left?.Hex, right?.Hex) > 0;

    /// <summary>Orders by digits.</summary>
    public static bool operator >=(ContentHash left, ContentHash right) => string.CompareOrdinal(left?.Hex, right?.Hex) >= 0;
}
