using Tansiq.Record.Merkle;

namespace Tansiq.Record.Tiles;

/// <summary>The hashes of complete subtrees, from tiles (tlog-tiles, Merkle Tree). Keeps the tiles that it was asked for last. Not thread-safe.</summary>
/// <param name="size">The size of the tree that the tiles are of.</param>
/// <param name="read">Gives a tile's bytes by its name, of the width that the tree has; null where it is not there.</param>
public sealed class TileHashes(long size, Func<Tile, ReadOnlyMemory<byte>?> read) : ISubtreeHashes
{
    private const int MostKept = 64;
    private readonly Dictionary<(int Level, long Index), ReadOnlyMemory<byte>> _kept = [];

    /// <inheritdoc/>
    public Checked<MerkleHash> Hash(Subtree subtree)
    {
        var (level, height) = Math.DivRem(subtree.Height, Tile.Height);
        var first = subtree.Index << height;
        if (((subtree.Index + 1) << height) > Tile.HashesOfLevel(level, size)) throw new ArgumentOutOfRangeException(nameof(subtree), subtree, "Not complete in a tree of this size.");
        if (!Bytes(level, first / Tile.FullWidth).TryGet(out var bytes, out var fault)) return fault;
        var start = (int)(first % Tile.FullWidth) * MerkleHash.Length;
        return Root(bytes.Span.Slice(start, (1 << height) * MerkleHash.Length));
    }

    /// <summary>The root of a complete subtree from the hashes at its foot: a power of two of them.</summary>
    internal static MerkleHash Root(ReadOnlySpan<byte> hashes)
    {
        if (hashes.Length == MerkleHash.Length) return MerkleHash.Of(hashes);
        var half = hashes.Length / 2;
        return MerkleHashing.Node(Root(hashes[..half]), Root(hashes[half..]));
    }

    private Checked<ReadOnlyMemory<byte>> Bytes(int level, long index)
    {
        if (_kept.TryGetValue((level, index), out var kept)) return kept;
        var tile = Tile.Hashes(level, index, (int)Math.Min(Tile.FullWidth, Tile.HashesOfLevel(level, size) - index * Tile.FullWidth));
        if (read(tile) is not { } bytes) return new Fault(RecordFaults.Missing, tile.Path(), "nothing", "the tile");
        if (bytes.Length != tile.Width * MerkleHash.Length) return new Fault(RecordFaults.MalformedTile, tile.Path(), $"{bytes.Length} bytes", $"{tile.Width * MerkleHash.Length} bytes");
        if (_kept.Count >= MostKept) _kept.Clear();
        _kept[(level, index)] = bytes;
        return bytes;
    }
}
