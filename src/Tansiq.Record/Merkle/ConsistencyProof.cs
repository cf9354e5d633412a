namespace Tansiq.Record.Merkle;

/// <summary>That a larger tree continues a smaller one (RFC 6962, section 2.1.2).</summary>
public static class ConsistencyProof
{
    /// <summary>The most hashes of a proof (tlog-witness, add-checkpoint).</summary>
    public const int MaximumHashes = 63;

    /// <summary>The proof between two sizes of a tree.</summary>
    /// <param name="oldSize">The smaller size, from 0.</param>
    /// <param name="newSize">The larger size.</param>
    /// <param name="hashes">The tree.</param>
    /// <returns>The hashes, none where the sizes are equal or the smaller is 0; or the fault by which a hash is not known.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The sizes are not in that order.</exception>
    public static Checked<IReadOnlyList<MerkleHash>> Of(long oldSize, long newSize, ISubtreeHashes hashes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(oldSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(oldSize, newSize);
        var ranges = new List<(long From, long Until)>();
        if (oldSize == 0 || oldSize == newSize) return TreeRange.Hashes(ranges, hashes);
        var (from, until) = (0L, newSize);
        while (until != oldSize)
        {
            var middle = from + TreeRange.LeftLeaves(until - from);
            ranges.Add(oldSize <= middle ? (middle, until) : (from, middle));
            (from, until) = oldSize <= middle ? (from, middle) : (middle, until);
        }

        // Where the smaller tree is a complete subtree, who has its root has this hash.
        if (from != 0) ranges.Add((from, until));
        ranges.Reverse();
        return TreeRange.Hashes(ranges, hashes);
    }

    /// <summary>Whether a proof leads from one root to both (RFC 9162, section 2.1.4.2).</summary>
    /// <param name="oldSize">The smaller size.</param>
    /// <param name="newSize">The larger size.</param>
    /// <param name="oldRoot">The root at the smaller size.</param>
    /// <param name="newRoot">The root at the larger size.</param>
    /// <param name="proof">The proof; empty where the smaller size is 0 or the sizes are equal.</param>
    public static bool Verifies(long oldSize, long newSize, in MerkleHash oldRoot, in MerkleHash newRoot, IReadOnlyList<MerkleHash> proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (oldSize < 0 || oldSize > newSize || proof.Count > MaximumHashes) return false;
        if (oldSize == newSize) return proof.Count == 0 && oldRoot == newRoot && (oldSize != 0 || oldRoot == MerkleHashing.Empty);
        if (oldSize == 0) return proof.Count == 0 && oldRoot == MerkleHashing.Empty;
        var (node, last) = (oldSize - 1, newSize - 1);
        while ((node & 1) == 1) (node, last) = (node >> 1, last >> 1);
        var next = 0;
        if (node != 0 && proof.Count == 0) return false;
        var oldHash = node == 0 ? oldRoot : proof[next++];
        var newHash = oldHash;
        for (; next < proof.Count; next++)
        {
            if (last == 0) return false;
            var sibling = proof[next];
            if ((node & 1) == 1 || node == last)
            {
                oldHash = MerkleHashing.Node(sibling, oldHash);
                newHash = MerkleHashing.Node(sibling, newHash);
                while ((node & 1) == 0 && node != 0) (node, last) = (node >> 1, last >> 1);
            }
            else
            {
                newHash = MerkleHashing.Node(newHash, sibling);
            }

            (node, last) = (node >> 1, last >> 1);
        }

        return last == 0 && oldHash == oldRoot && newHash == newRoot;
    }
}
