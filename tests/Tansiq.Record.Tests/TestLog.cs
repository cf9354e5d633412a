using System.Text;
using Tansiq.Record.Checkpoints;
using Tansiq.Record.Merkle;
using Tansiq.Record.Notes;

namespace Tansiq.Record.Tests;

/// <summary>A small log in memory: entry N is the note's text N, its proofs are a naive tree's.</summary>
internal sealed class TestLog(string origin, string branch = "") : ISubtreeHashes
{
    public SigningKey Key { get; } = TestKeys.Signer(origin);

    public byte[] Entry(long index) => Encoding.UTF8.GetBytes(FormattableString.Invariant($"{branch}{index}\n"));

    public Checked<MerkleHash> Hash(Subtree subtree) => subtree.Height == 0
        ? MerkleHashing.Leaf(Entry(subtree.Index))
        : MerkleHashing.Node(Hash(new(subtree.Height - 1, 2 * subtree.Index)).Value, Hash(new(subtree.Height - 1, 2 * subtree.Index + 1)).Value);

    public Checkpoint At(long size) => new(origin, size, MerkleFrontier.Of(size, this).Value.Root());

    public SignedNote Signed(long size) => SignedCheckpoint.Sign(At(size), Key).Note;

    public IReadOnlyList<MerkleHash> Inclusion(long index, long size) => InclusionProof.Of(index, size, this).Value;

    public IReadOnlyList<MerkleHash> Consistency(long oldSize, long newSize) => ConsistencyProof.Of(oldSize, newSize, this).Value;
}
