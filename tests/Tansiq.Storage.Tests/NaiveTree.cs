using Tansiq.Record.Merkle;

namespace Tansiq.Storage.Tests;

/// <summary>The root of a tree as RFC 6962 (section 2.1) defines it, and nothing else.</summary>
public static class NaiveTree
{
    public static MerkleHash Root(ReadOnlySpan<MerkleHash> leaves)
    {
        if (leaves.IsEmpty) return MerkleHashing.Empty;
        if (leaves.Length == 1) return leaves[0];
        var left = 1;
        while (left * 2 < leaves.Length) left *= 2;
        return MerkleHashing.Node(Root(leaves[..left]), Root(leaves[left..]));
    }

    public static MerkleHash Root(IEnumerable<ReadOnlyMemory<byte>> entries) => Root(entries.Select(entry => MerkleHashing.Leaf(entry.Span)).ToArray().AsSpan());
}
