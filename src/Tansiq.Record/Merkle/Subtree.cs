using System.Numerics;

namespace Tansiq.Record.Merkle;

/// <summary>A complete subtree: 2^<paramref name="Height"/> leaves from <paramref name="Index"/> · 2^<paramref name="Height"/> on.</summary>
/// <param name="Height">0 for a leaf.</param>
/// <param name="Index">Its number among those of its height, from 0.</param>
public readonly record struct Subtree(int Height, long Index)
{
    /// <summary>The complete subtrees that some leaves are made of, from left to right.</summary>
    /// <param name="from">The first leaf.</param>
    /// <param name="until">The leaf after the last.</param>
    public static IEnumerable<Subtree> Of(long from, long until)
    {
        while (from < until)
        {
            var height = BitOperations.Log2((ulong)(until - from));
            if (from != 0) height = Math.Min(height, BitOperations.TrailingZeroCount(from));
            yield return new(height, from >> height);
            from += 1L << height;
        }
    }
}

/// <summary>Knows the hashes of the complete subtrees of a tree.</summary>
public interface ISubtreeHashes
{
    /// <summary>The hash of a complete subtree, or the fault by which it is not known.</summary>
    Checked<MerkleHash> Hash(Subtree subtree);
}
