using System.Text.Json;
using Tansiq.Record.Merkle;

namespace Tansiq.Record.Tests.Merkle;

/// <summary>Every proof of every size to 500 against a naive tree, and the vectors that others publish.</summary>
[Trait("Requirement", "REC-1")]
[Trait("Requirement", "REC-3")]
public class MerkleProofTests
{
    private const int MostLeaves = 500;

    [Fact]
    public void InclusionProof_EveryLeafOfEverySizeTo500_IsTheNaiveTreesAndVerifiesForNothingElse()
    {
        var tree = new NaiveTree();
        for (var size = 1L; size <= MostLeaves; size++)
        {
            for (var index = 0L; index < size; index++)
            {
                var path = tree.Path(index, 0, size).ToList();
                var proof = InclusionProof.Of(index, size, tree).Value;
                proof.ShouldBe(path.Select(step => step.Hash));
                HoldsForNothingElse(tree, index, size, path, proof);
            }
        }
    }

    [Fact]
    public void ConsistencyProof_EveryPairOfSizesTo500_IsTheNaiveTreesAndVerifiesForNothingElse()
    {
        var tree = new NaiveTree();
        for (var newSize = 0L; newSize <= MostLeaves; newSize++)
        {
            for (var oldSize = 0L; oldSize <= newSize; oldSize++)
            {
                var proof = ConsistencyProof.Of(oldSize, newSize, tree).Value;
                proof.ShouldBe(oldSize == 0 ? [] : tree.Proof(oldSize, 0, newSize, true));
                Consistent(tree, oldSize, newSize, oldSize, newSize, proof).ShouldBeTrue($"{oldSize} to {newSize}");
                ContinuesNothingElse(tree, oldSize, newSize, proof);
            }
        }
    }

    [Fact]
    public void Frontier_EverySizeTo500_HasTheNaiveRootGrownOrFromItsSubtrees()
    {
        var tree = new NaiveTree();
        var grown = new MerkleFrontier();
        for (var size = 0L; size <= MostLeaves; size++)
        {
            grown.Size.ShouldBe(size);
            grown.Root().ShouldBe(tree.Root(size));
            var loaded = MerkleFrontier.Of(size, tree).Value;
            loaded.Root().ShouldBe(tree.Root(size));
            loaded.Add(tree.Leaf(size));
            loaded.Root().ShouldBe(tree.Root(size + 1));
            grown.Root().ShouldBe(tree.Root(size), "a copy grows by itself");
            grown.Add(MerkleHashing.Leaf(NaiveTree.Entry(size)), (subtree, hash) => hash.ShouldBe(tree.Hash(subtree).Value));
        }
    }

    [Fact]
    public void InclusionProof_SixtyThreeHashes_AreTakenAndSixtyFourAreNot()
    {
        // The largest tree: each sibling is to the right of the first leaf.
        const long size = long.MaxValue;
        var hash = MerkleHashing.Leaf([1]);
        var proof = Enumerable.Range(0, InclusionProof.MaximumHashes).Select(number => MerkleHashing.Leaf([(byte)number])).ToList();
        var root = proof.Aggregate(hash, (node, sibling) => MerkleHashing.Node(node, sibling));
        InclusionProof.Verifies(0, size, hash, proof, root).ShouldBeTrue();
        InclusionProof.Verifies(0, size, hash, [.. proof, hash], MerkleHashing.Node(root, hash)).ShouldBeFalse();
        ConsistencyProof.Verifies(1, size, hash, root, proof).ShouldBeTrue();
        ConsistencyProof.Verifies(1, size, hash, MerkleHashing.Node(root, hash), [.. proof, hash]).ShouldBeFalse();
    }

    [Fact]
    public void Verifies_SizesOutOfOrder_AreRefused()
    {
        var hash = MerkleHashing.Leaf([1]);
        InclusionProof.Verifies(-1, 1, hash, [], hash).ShouldBeFalse();
        InclusionProof.Verifies(1, 1, hash, [], hash).ShouldBeFalse();
        InclusionProof.Verifies(0, 0, hash, [], hash).ShouldBeFalse();
        ConsistencyProof.Verifies(-1, 1, MerkleHashing.Empty, hash, []).ShouldBeFalse();
        ConsistencyProof.Verifies(2, 1, hash, hash, []).ShouldBeFalse();
        ConsistencyProof.Verifies(0, 0, hash, hash, []).ShouldBeFalse("a tree without leaves has one root only");
        ConsistencyProof.Verifies(0, 1, hash, hash, []).ShouldBeFalse("a tree without leaves has one root only");
    }

    [Fact]
    public void InclusionProof_EveryPublishedVector_IsJudgedAsPublished()
    {
        var judged = 0;
        foreach (var (name, vector) in PublishedVectors.Below("crypto/merkle/inclusion"))
        {
            var holds = TryHash(vector, "leafHash", out var leaf) & TryHash(vector, "root", out var root) & TryProof(vector, out var proof) & TrySize(vector, "leafIdx", out var index) & TrySize(vector, "treeSize", out var size)
                && InclusionProof.Verifies(index, size, leaf, proof, root);
            holds.ShouldBe(!vector.GetProperty("wantErr").GetBoolean(), name);
            judged++;
        }

        judged.ShouldBeGreaterThan(90);
    }

    [Fact]
    public void ConsistencyProof_EveryPublishedVector_IsJudgedAsPublished()
    {
        var judged = 0;
        var differences = new List<string>();
        foreach (var (name, vector) in PublishedVectors.Below("crypto/merkle/consistency"))
        {
            var holds = TryHash(vector, "root1", out var oldRoot) & TryHash(vector, "root2", out var newRoot) & TryProof(vector, out var proof) & TrySize(vector, "size1", out var oldSize) & TrySize(vector, "size2", out var newSize)
                && ConsistencyProof.Verifies(oldSize, newSize, oldRoot, newRoot, proof);
            if (holds == vector.GetProperty("wantErr").GetBoolean()) differences.Add($"{name}: here {holds}");
            judged++;
        }

        differences.ShouldBeEmpty();
        judged.ShouldBeGreaterThan(40);
    }

    private static void HoldsForNothingElse(NaiveTree tree, long index, long size, List<(MerkleHash Hash, bool IsLeft)> path, IReadOnlyList<MerkleHash> proof)
    {
        var (leaf, root) = (tree.Leaf(index), tree.Root(size));
        // A size is not hashed: a proof also holds for a place from which the same turns lead to the root, and for no other.
        foreach (var (otherIndex, otherSize) in new[] { (index, size), (index - 1, size), (index + 1, size), (index, size - 1), (index, size + 1), (index + 1, size + 1) })
        {
            var isSameWay = otherIndex >= 0 && otherIndex < otherSize && tree.Path(otherIndex, 0, otherSize).Select(step => step.IsLeft).SequenceEqual(path.Select(step => step.IsLeft));
            InclusionProof.Verifies(otherIndex, otherSize, leaf, proof, root).ShouldBe(isSameWay, $"{index} of {size} as {otherIndex} of {otherSize}");
        }

        InclusionProof.Verifies(index, size, tree.Leaf(index + 1), proof, root).ShouldBeFalse();
        InclusionProof.Verifies(index, size, leaf, proof, tree.Root(size + 1)).ShouldBeFalse();
        InclusionProof.Verifies(index, size, leaf, [.. proof, leaf], root).ShouldBeFalse();
        if (proof.Count == 0) return;
        InclusionProof.Verifies(index, size, leaf, [.. proof.Skip(1)], root).ShouldBeFalse();
        InclusionProof.Verifies(index, size, leaf, [.. proof.SkipLast(1)], root).ShouldBeFalse();
        InclusionProof.Verifies(index, size, leaf, Tampered(proof, (int)((index + size) % proof.Count)), root).ShouldBeFalse();
    }

    private static void ContinuesNothingElse(NaiveTree tree, long oldSize, long newSize, IReadOnlyList<MerkleHash> proof)
    {
        // An empty tree is continued by every tree, so its proof says nothing that could be wrong.
        if (oldSize == 0) return;
        foreach (var (otherOld, otherNew) in new[] { (oldSize - 1, newSize), (oldSize + 1, newSize), (oldSize, newSize - 1), (oldSize, newSize + 1) })
        {
            if (otherOld > 0) Consistent(tree, otherOld, otherNew, otherOld, otherNew, proof).ShouldBe(otherOld == otherNew && proof.Count == 0, $"{oldSize} to {newSize} as {otherOld} to {otherNew}");
        }

        Consistent(tree, oldSize, newSize, oldSize + 1, newSize, proof).ShouldBeFalse();
        Consistent(tree, oldSize, newSize, oldSize, newSize + 1, proof).ShouldBeFalse();
        Consistent(tree, oldSize, newSize, oldSize, newSize, [.. proof, tree.Root(1)]).ShouldBeFalse();
        if (proof.Count == 0) return;
        Consistent(tree, oldSize, newSize, oldSize, newSize, [.. proof.Skip(1)]).ShouldBeFalse();
        Consistent(tree, oldSize, newSize, oldSize, newSize, [.. proof.SkipLast(1)]).ShouldBeFalse();
        Consistent(tree, oldSize, newSize, oldSize, newSize, Tampered(proof, (int)((oldSize + newSize) % proof.Count))).ShouldBeFalse();
    }

    private static bool Consistent(NaiveTree tree, long oldSize, long newSize, long oldRootOf, long newRootOf, IReadOnlyList<MerkleHash> proof) =>
        ConsistencyProof.Verifies(oldSize, newSize, tree.Root(oldRootOf), tree.Root(newRootOf), proof);

    private static MerkleHash[] Tampered(IReadOnlyList<MerkleHash> proof, int number)
    {
        var bytes = proof[number].ToBytes();
        bytes[number % bytes.Length] ^= 1;
        return [.. proof.Take(number), MerkleHash.Of(bytes), .. proof.Skip(number + 1)];
    }

    private static bool TryHash(JsonElement vector, string name, out MerkleHash hash) => MerkleHash.TryParse(vector.GetProperty(name).GetString() ?? "", out hash);

    private static bool TrySize(JsonElement vector, string name, out long size) => vector.GetProperty(name).TryGetInt64(out size);

    private static bool TryProof(JsonElement vector, out IReadOnlyList<MerkleHash> proof)
    {
        var hashes = new List<MerkleHash>();
        proof = hashes;
        if (vector.GetProperty("proof").ValueKind == JsonValueKind.Null) return true;
        foreach (var element in vector.GetProperty("proof").EnumerateArray())
        {
            if (!MerkleHash.TryParse(element.GetString() ?? "", out var hash)) return false;
            hashes.Add(hash);
        }

        return true;
    }
}
