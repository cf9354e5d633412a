using System.Collections.Immutable;
using Tansiq.Record.Merkle;
using Tansiq.Record.Tiles;

namespace Tansiq.Record.Following;

/// <summary>
/// The tiles at the right edge of a tree, those that are not full (tlog-tiles, Partial Tiles). From them alone comes the root, and on their hashes
/// hangs every full tile: its root is a hash of the tile above it. Immutable.
/// </summary>
public sealed class EdgeTiles
{
    private readonly ImmutableDictionary<int, ReadOnlyMemory<byte>> _hashes;

    /// <summary>The edge of a tree of a size.</summary>
    /// <param name="size">The size.</param>
    /// <param name="hashes">For each tile of <see cref="Names"/> its hashes by its level.</param>
    /// <exception cref="ArgumentException">A tile is not there or of another width.</exception>
    public EdgeTiles(long size, ImmutableDictionary<int, ReadOnlyMemory<byte>> hashes)
    {
        ArgumentNullException.ThrowIfNull(hashes);
        if (Names(size).Any(tile => !hashes.TryGetValue(tile.Level, out var bytes) || bytes.Length != tile.Width * MerkleHash.Length))
            throw new ArgumentException("Not the edge of a tree of this size.", nameof(hashes));
        (Size, _hashes) = (size, hashes);
    }

    /// <summary>The tree's size.</summary>
    public long Size { get; }

    /// <summary>The names of the tiles at the edge of a tree, from below; at most one a level.</summary>
    public static IEnumerable<Tile> Names(long size)
    {
        for (var level = 0; Tile.HashesOfLevel(level, size) is > 0 and var hashes; level++)
        {
            var width = (int)(hashes % Tile.FullWidth);
            if (width > 0) yield return Tile.Hashes(level, hashes / Tile.FullWidth, width);
        }
    }

    /// <summary>The hashes of the edge's tile of a level; null where the level ends with a full tile.</summary>
    public ReadOnlyMemory<byte>? Hashes(int level) => _hashes.TryGetValue(level, out var hashes) ? hashes : (ReadOnlyMemory<byte>?)null;

    /// <summary>The same edge with another tile.</summary>
    public EdgeTiles With(int level, ReadOnlyMemory<byte> hashes) => new(Size, _hashes.SetItem(level, hashes));

    /// <summary>The root of the whole tree.</summary>
    public MerkleHash Root() => MerkleFrontier.Of(Size, new TileHashes(Size, tile => _hashes[tile.Level])).Value.Root();
}
