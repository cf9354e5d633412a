using System.Buffers;
using System.Security.Cryptography;

namespace Tansiq.Record.Merkle;

/// <summary>How leaves and nodes are hashed (RFC 6962, section 2.1).</summary>
public static class MerkleHashing
{
    private const int StackBytes = 1_024;

    /// <summary>The root of a tree without leaves: SHA-256 of nothing.</summary>
    public static MerkleHash Empty { get; } = MerkleHash.Of(SHA256.HashData([]));

    /// <summary>The hash of an entry: SHA-256(0x00 ‖ entry).</summary>
    public static MerkleHash Leaf(ReadOnlySpan<byte> entry)
    {
        if (entry.Length < StackBytes)
        {
            Span<byte> small = stackalloc byte[1 + entry.Length];
            return Prefixed(small, entry);
        }

        var rented = ArrayPool<byte>.Shared.Rent(1 + entry.Length);
        var hash = Prefixed(rented.AsSpan(0, 1 + entry.Length), entry);
        ArrayPool<byte>.Shared.Return(rented);
        return hash;
    }

    /// <summary>The hash of a node: SHA-256(0x01 ‖ left ‖ right).</summary>
    public static MerkleHash Node(in MerkleHash left, in MerkleHash right)
    {
        Span<byte> bytes = stackalloc byte[1 + 2 * MerkleHash.Length];
        bytes[0] = 1;
        left.CopyTo(bytes[1..]);
        right.CopyTo(bytes[(1 + MerkleHash.Length)..]);
        Span<byte> hash = stackalloc byte[MerkleHash.Length];
        SHA256.HashData(bytes, hash);
        return MerkleHash.Of(hash);
    }

    private static MerkleHash Prefixed(Span<byte> buffer, ReadOnlySpan<byte> entry)
    {
        buffer[0] = 0;
        entry.CopyTo(buffer[1..]);
        Span<byte> hash = stackalloc byte[MerkleHash.Length];
        SHA256.HashData(buffer, hash);
        return MerkleHash.Of(hash);
    }
}
