using System.Numerics;

namespace Tansiq.Record.Merkle;

/// <summary>Ranges of leaves, as RFC 6962 (section 2.1) splits them.</summary>
internal static class TreeRange
{
    /// <summary>How many of so many leaves (at least two) lie to the left: the largest power of two smaller than their number.</summary>
    public static long LeftLeaves(long count) => 1L << BitOperations.Log2((ulong)(count - 1));

    /// <summary>The hash of each range.</summary>
    public static Checked<IReadOnlyList<MerkleHash>> Hashes(IReadOnlyList<(long From, long Until)> ranges, ISubtreeHashes hashes)
    {
        var found = new MerkleHash[ranges.Count];
        for (var number = 0; number < found.Length; number++)
        {
            if (!Hash(ranges[number].From, ranges[number].Until, hashes).TryGet(out found[number], out var fault)) return fault;
        }

        return found;
    }

    // Ranges of proofs begin where a subtree of their size begins, so the complete subtrees fold from the right.
    private static Checked<MerkleHash> Hash(long from, long until, ISubtreeHashes hashes)
    {
        var parts = Subtree.Of(from, until).ToList();
        if (!hashes.Hash(parts[^1]).TryGet(out var hash, out var fault)) return fault;
        for (var number = parts.Count - 2; number >= 0; number--)
        {
            if (!hashes.Hash(parts[number]).TryGet(out var left, out fault)) return fault;
            hash = MerkleHashing.Node(left, hash);
        }

        return hash;
    }
}
