using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Tansiq.Coordination.Statements;

/// <summary>The SHA-256 of a text or an attachment, exactly as its bytes are. It names that content and no other.</summary>
/// <remarks>A class for the reason that <see cref="Id{TEntity}"/> gives.</remarks>
public sealed record ContentHash : IComparable<ContentHash>
{
    /// <summary>How many bytes a hash has.</summary>
    public const int ByteCount = SHA256.HashSizeInBytes;

    // The bytes as four numbers, the first byte highest, so that numbers order as digits do.
    private readonly ulong _first;
    private readonly ulong _second;
    private readonly ulong _third;
    private readonly ulong _fourth;
    private readonly bool _isNone;

    private ContentHash(ReadOnlySpan<byte> bytes)
    {
        _first = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _second = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _third = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        _fourth = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    private ContentHash() => _isNone = true;

    /// <summary>What a reader gives in place of a hash that it refused: the hash of nothing that exists.</summary>
    public static ContentHash None { get; } = new();

    /// <summary>64 lower-case hexadecimal digits; empty for <see cref="None"/>.</summary>
    public string Hex
    {
        get
        {
            if (_isNone) return "";
            Span<byte> bytes = stackalloc byte[ByteCount];
            WriteTo(bytes);
            return Convert.ToHexStringLower(bytes);
        }
    }

    /// <summary>The hash of some bytes.</summary>
    public static ContentHash Of(ReadOnlySpan<byte> content)
    {
        Span<byte> bytes = stackalloc byte[ByteCount];
        SHA256.HashData(content, bytes);
        return new(bytes);
    }

    /// <summary>The hash whose 32 bytes these are.</summary>
    /// <exception cref="ArgumentException">There are not 32.</exception>
    public static ContentHash FromBytes(ReadOnlySpan<byte> bytes) =>
        bytes.Length == ByteCount ? new(bytes) : throw new ArgumentException("A hash has 32 bytes.", nameof(bytes));

    /// <summary>Reads 64 lower-case hexadecimal digits; null for anything else.</summary>
    public static ContentHash? Parse(string text)
    {
        if (text is not { Length: 2 * ByteCount }) return null;
        foreach (var digit in text)
        {
            if (!char.IsAsciiHexDigitLower(digit)) return null;
        }

        return new(Convert.FromHexString(text));
    }

    /// <summary>Writes the 32 bytes; those of <see cref="None"/> are zero.</summary>
    /// <exception cref="ArgumentException">There is no room for 32.</exception>
    public void WriteTo(Span<byte> bytes)
    {
        if (bytes.Length < ByteCount) throw new ArgumentException("A hash has 32 bytes.", nameof(bytes));
        BinaryPrimitives.WriteUInt64BigEndian(bytes, _first);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], _second);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[16..], _third);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[24..], _fourth);
    }

    /// <summary>Orders by digits, the same on every machine.</summary>
    public int CompareTo(ContentHash? other)
    {
        if (other is null) return 1;
        if (_isNone || other._isNone) return other._isNone.CompareTo(_isNone);
        var order = _first.CompareTo(other._first);
        if (order == 0) order = _second.CompareTo(other._second);
        if (order == 0) order = _third.CompareTo(other._third);
        return order == 0 ? _fourth.CompareTo(other._fourth) : order;
    }

    /// <inheritdoc />
    // Sixty-four bits, mixed with what differs from run to run: nobody finds many texts that share it.
    public override int GetHashCode() => HashCode.Combine(unchecked((uint)_first), (uint)(_first >> 32));

    /// <summary>Whether both are the same.</summary>
    public bool Equals(ContentHash? other) =>
        other is not null && _first == other._first && _second == other._second && _third == other._third && _fourth == other._fourth && _isNone == other._isNone;

    /// <summary>The digits.</summary>
    public override string ToString() => Hex;

    /// <summary>Orders by digits.</summary>
    public static bool operator <(ContentHash left, ContentHash right) => Compare(left, right) < 0;

    /// <summary>Orders by digits.</summary>
    public static bool operator <=(ContentHash left, ContentHash right) => Compare(left, right) <= 0;

    /// <summary>Orders by digits.</summary>
    public static bool operator >(ContentHash left, ContentHash right) => Compare(left, right) > 0;

    /// <summary>Orders by digits.</summary>
    public static bool operator >=(ContentHash left, ContentHash right) => Compare(left, right) >= 0;

    private static int Compare(ContentHash? left, ContentHash? right) => left is null ? (right is null ? 0 : -1) : left.CompareTo(right);
}
