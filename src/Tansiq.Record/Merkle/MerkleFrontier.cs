using System.Numerics;

namespace Tansiq.Record.Merkle;

/// <summary>
/// The right edge of a growing tree: the root of each complete subtree that its size is made of, the largest first. With it a leaf is
/// added in constant time on average, and the root takes as many hashes as the tree is high. Not thread-safe.
/// </summary>
public sealed class MerkleFrontier
{
    private readonly List<MerkleHash> _subtrees;

    /// <summary>The edge of an empty tree.</summary>
    public MerkleFrontier()
        : this([], 0)
    {
    }

    private MerkleFrontier(List<MerkleHash> subtrees, long size) => (_subtrees, Size) = (subtrees, size);

    /// <summary>How many leaves the tree has.</summary>
    public long Size { get; private set; }

    /// <summary>The edge of a tree of a size, from the hashes of its complete subtrees.</summary>
    /// <param name="size">Its size.</param>
    /// <param name="hashes">Gives the hash of a complete subtree, or the fault by which it is not known.</param>
    public static Checked<MerkleFrontier> Of(long size, ISubtreeHashes hashes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentNullException.ThrowIfNull(hashes);
        var subtrees = new List<MerkleHash>();
        foreach (var subtree in Subtree.Of(0, size))
        {
            if (!hashes.Hash(subtree).TryGet(out var hash, out var fault)) return fault;
            subtrees.Add(hash);
        }

        return new MerkleFrontier(subtrees, size);
    }

    /// <summary>Adds a leaf.</summary>
    /// <param name="leaf">Its hash.</param>
    /// <param name="completed">Called for the leaf and each subtree that it completes, the lowest first; null where nobody asks.</param>
    public void Add(in MerkleHash leaf, Action<Subtree, MerkleHash>? completed = null)
    {
        var hash = leaf;
        completed?.Invoke(new(0, Size), hash);
        var merged = BitOperations.TrailingZeroCount(~Size);
        for (var height = 1; height <= merged; height++)
        {
            hash = MerkleHashing.Node(_subtrees[^1], hash);
            _subtrees.RemoveAt(_subtrees.Count - 1);
            completed?.Invoke(new(height, Size >> height), hash);
        }

        _subtrees.Add(hash);
        Size++;
    }

    /// <summary>The root of the whole tree.</summary>
    public MerkleHash Root()
    {
        if (_subtrees.Count == 0) return MerkleHashing.Empty;
        var root = _subtrees[^1];
        for (var number = _subtrees.Count - 2; number >= 0; number--) root = MerkleHashing.Node(_subtrees[number], root);
        return root;
    }

    /// <summary>The same edge, to grow by itself.</summary>
    public MerkleFrontier Copy() => new([.. _subtrees], Size);
}
