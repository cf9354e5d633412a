using System.Runtime.InteropServices;
using System.Text;
using Tansiq.Record.Notes;

namespace Tansiq.Record.Merkle;

/// <summary>A SHA-256 hash of 32 bytes in a Merkle tree.</summary>
/// <remarks>The default value is 32 zero bytes, which is legal and the hash of nothing known. Immutable.</remarks>
[StructLayout(LayoutKind.Sequential)]
public readonly struct MerkleHash : IEquatable<MerkleHash>
{
    /// <summary>The length in bytes.</summary>
    public const int Length = 32;

    private readonly ulong _first;
    private readonly ulong _second;
    private readonly ulong _third;
    private readonly ulong _fourth;

    /// <summary>A hash from its 32 bytes.</summary>
    /// <exception cref="ArgumentException">There are not 32.</exception>
    public static MerkleHash Of(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Length ? MemoryMarshal.Read<MerkleHash>(bytes) : throw new ArgumentException("A hash has 32 bytes.", nameof(bytes));

    /// <summary>Writes the 32 bytes.</summary>
    public void CopyTo(Span<byte> bytes) => MemoryMarshal.Write(bytes, this);

    /// <summary>The 32 bytes.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Length];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>Reads base64.</summary>
    public static bool TryParse(string text, out MerkleHash hash)
    {
        ArgumentNullException.ThrowIfNull(text);
        hash = default;
        if (text.Length != 44 || !Base64Text.TryDecode(Encoding.UTF8.GetBytes(text), out var bytes) || bytes.Length != Length) return false;
        hash = Of(bytes);
        return true;
    }

    /// <summary>The same bytes.</summary>
    public bool Equals(MerkleHash other) => _first == other._first && _second == other._second && _third == other._third && _fourth == other._fourth;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MerkleHash other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _first.GetHashCode();

    /// <summary>Base64, as checkpoints have it.</summary>
    public override string ToString() => Convert.ToBase64String(ToBytes());

    /// <summary>The same bytes.</summary>
    public static bool operator ==(MerkleHash left, MerkleHash right) => left.Equals(right);

    /// <summary>Other bytes.</summary>
    public static bool operator !=(MerkleHash left, MerkleHash right) => !left.Equals(right);
}
