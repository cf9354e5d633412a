using System.Security.Cryptography;
using Tansiq.Record.Merkle;

namespace Tansiq.Record.Tests.Merkle;

/// <summary>A Merkle tree as RFC 6962, section 2.1, defines it, word for word: recursion over ranges of leaves. Not thread-safe.</summary>
internal sealed class NaiveTree : ISubtreeHashes
{
    private readonly Dictionary<(long From, long Until), byte[]> _known = [];

    /// <summary>The leaf's bytes: its number.</summary>
    public static byte[] Entry(long index) => BitConverter.GetBytes(index);

    public MerkleHash Leaf(long index) => MerkleHash.Of(Hash(index, index + 1));

    public MerkleHash Root(long size) => MerkleHash.Of(Hash(0, size));

    public Checked<MerkleHash> Hash(Subtree subtree) => MerkleHash.Of(Hash(subtree.Index << subtree.Height, (subtree.Index + 1) << subtree.Height));

    /// <summary>PATH(m, D[from:until]), each hash with whether it stands to the left.</summary>
    public IEnumerable<(MerkleHash Hash, bool IsLeft)> Path(long index, long from, long until)
    {
        if (until - from == 1) return [];
        var middle = from + Left(until - from);
        return index < middle
            ? Path(index, from, middle).Append((MerkleHash.Of(Hash(middle, until)), false))
            : Path(index, middle, until).Append((MerkleHash.Of(Hash(from, middle)), true));
    }

    /// <summary>SUBPROOF(m, D[from:until], isComplete).</summary>
    public IEnumerable<MerkleHash> Proof(long oldSize, long from, long until, bool isComplete)
    {
        if (oldSize == until - from) return isComplete ? [] : [MerkleHash.Of(Hash(from, until))];
        var left = Left(until - from);
        return oldSize <= left
            ? Proof(oldSize, from, from + left, isComplete).Append(MerkleHash.Of(Hash(from + left, until)))
            : Proof(oldSize - left, from + left, until, false).Append(MerkleHash.Of(Hash(from, from + left)));
    }

    private byte[] Hash(long from, long until)
    {
        if (until == from) return SHA256.HashData([]);
        if (_known.TryGetValue((from, until), out var known)) return known;
        if (until - from == 1) return _known[(from, until)] = SHA256.HashData([0, .. Entry(from)]);
        var middle = from + Left(until - from);
        return _known[(from, until)] = SHA256.HashData([1, .. Hash(from, middle), .. Hash(middle, until)]);
    }

    private static long Left(long count)
    {
        var power = 1L;
        while (power * 2 < count) power *= 2;
        return power;
    }
}
