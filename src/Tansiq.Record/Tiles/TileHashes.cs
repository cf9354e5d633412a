using System.Collections;
using Tansiq.Record.Merkle;

namespace Tansiq.Record.Tiles;

/// <summary>
/// The hashes of complete subtrees, from tiles (tlog-tiles, Merkle Tree). Keeps the tiles that it was asked for last, and what it hashed
/// within them: a proof from tiles that are kept hashes nothing. Not thread-safe.
/// </summary>
/// <param name="size">The size of the tree that the tiles are of.</param>
/// <param name="read">Gives a tile's bytes by its name, of the width that the tree has; null where it is not there.</param>
/// <param name="kept">How many tiles are kept, at most 16 KiB each.</param>
public sealed class TileHashes(long size, Func<Tile, ReadOnlyMemory<byte>?> read, int kept = TileHashes.UsuallyKept) : ISubtreeHashes
{
    private const int UsuallyKept = 64;
    private readonly Dictionary<(int Level, long Index), KeptTile> _kept = [];

    /// <inheritdoc/>
    public Checked<MerkleHash> Hash(Subtree subtree)
    {
        var (level, height) = Math.DivRem(subtree.Height, Tile.Height);
        var first = subtree.Index << height;
        if (((subtree.Index + 1) << height) > Tile.HashesOfLevel(level, size)) throw new ArgumentOutOfRangeException(nameof(subtree), subtree, "Not complete in a tree of this size.");
        return Kept(level, first / Tile.FullWidth).TryGet(out var tile, out var fault) ? tile.Hash(height, (int)(first % Tile.FullWidth) >> height) : fault;
    }

    /// <summary>The root of a complete subtree from the hashes at its foot: a power of two of them.</summary>
    internal static MerkleHash Root(ReadOnlySpan<byte> hashes)
    {
        if (hashes.Length == MerkleHash.Length) return MerkleHash.Of(hashes);
        var half = hashes.Length / 2;
        return MerkleHashing.Node(Root(hashes[..half]), Root(hashes[half..]));
    }

    private Checked<KeptTile> Kept(int level, long index)
    {
        if (_kept.TryGetValue((level, index), out var known)) return known;
        var tile = Tile.Hashes(level, index, (int)Math.Min(Tile.FullWidth, Tile.HashesOfLevel(level, size) - index * Tile.FullWidth));
        if (read(tile) is not { } bytes) return new Fault(RecordFaults.Missing, tile.Path(), "nothing", "the tile");
        if (bytes.Length != tile.Width * MerkleHash.Length) return new Fault(RecordFaults.MalformedTile, tile.Path(), $"{bytes.Length} bytes", $"{tile.Width * MerkleHash.Length} bytes");
        if (_kept.Count >= kept) _kept.Clear();
        return _kept[(level, index)] = new(bytes);
    }

    // Nodes within the tile are numbered as in a heap: 1 is the root of a full tile, 2 and 3 stand below it.
    private sealed class KeptTile(ReadOnlyMemory<byte> hashes)
    {
        private readonly MerkleHash[] _nodes = new MerkleHash[Tile.FullWidth];
        private readonly BitArray _isHashed = new(Tile.FullWidth);

        public MerkleHash Hash(int height, int place)
        {
            if (height == 0) return MerkleHash.Of(hashes.Span.Slice(place * MerkleHash.Length, MerkleHash.Length));
            var node = (Tile.FullWidth >> height) + place;
            if (_isHashed[node]) return _nodes[node];
            _isHashed[node] = true;
            return _nodes[node] = MerkleHashing.Node(Hash(height - 1, 2 * place), Hash(height - 1, 2 * place + 1));
        }
    }
}
