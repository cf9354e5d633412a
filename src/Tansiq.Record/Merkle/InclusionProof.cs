namespace Tansiq.Record.Merkle;

/// <summary>That an entry is in a tree (RFC 6962, section 2.1.1): the hashes beside the way from the leaf to the root.</summary>
public static class InclusionProof
{
    /// <summary>The most hashes of a proof.</summary>
    public const int MaximumHashes = 63;

    /// <summary>The proof for a leaf.</summary>
    /// <param name="index">The leaf, 0 to <paramref name="size"/> − 1.</param>
    /// <param name="size">The tree's size.</param>
    /// <param name="hashes">The tree.</param>
    /// <returns>The hashes from the leaf's sibling to the root's child; or the fault by which a hash is not known.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such leaf.</exception>
    public static Checked<IReadOnlyList<MerkleHash>> Of(long index, long size, ISubtreeHashes hashes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var siblings = new List<(long From, long Until)>();
        var (from, until) = (0L, size);
        while (until - from > 1)
        {
            var middle = from + TreeRange.LeftLeaves(until - from);
            siblings.Add(index < middle ? (middle, until) : (from, middle));
            (from, until) = index < middle ? (from, middle) : (middle, until);
        }

        siblings.Reverse();
        return TreeRange.Hashes(siblings, hashes);
    }

    /// <summary>Whether a proof leads from a leaf to a root (RFC 9162, section 2.1.3.2).</summary>
    /// <param name="index">The leaf.</param>
    /// <param name="size">The tree's size.</param>
    /// <param name="leaf">The leaf's hash.</param>
    /// <param name="proof">The proof.</param>
    /// <param name="root">The tree's root.</param>
    public static bool Verifies(long index, long size, in MerkleHash leaf, IReadOnlyList<MerkleHash> proof, in MerkleHash root)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (index < 0 || index >= size || proof.Count > MaximumHashes) return false;
        var (node, last, hash) = (index, size - 1, leaf);
        foreach (var sibling in proof)
        {
            if (last == 0) return false;
            if ((node & 1) == 1 || node == last)
            {
                hash = MerkleHashing.Node(sibling, hash);
                while ((node & 1) == 0 && node != 0) (node, last) = (node >> 1, last >> 1);
            }
            else
            {
                hash = MerkleHashing.Node(hash, sibling);
            }

            (node, last) = (node >> 1, last >> 1);
        }

        return last == 0 && hash == root;
    }
}
