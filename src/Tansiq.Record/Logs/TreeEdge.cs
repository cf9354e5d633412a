using Tansiq.Record.Merkle;
using Tansiq.Record.Tiles;

namespace Tansiq.Record.Logs;

/// <summary>
/// The right edge of a tree that is written as tiles: the root, and the last tile of each level as far as it is filled. Not thread-safe.
/// </summary>
public sealed class TreeEdge
{
    private readonly MerkleFrontier _frontier;
    private readonly List<LastTile> _levels;

    /// <summary>The edge of an empty tree.</summary>
    public TreeEdge()
        : this(new(), [])
    {
    }

    private TreeEdge(MerkleFrontier frontier, List<LastTile> levels) => (_frontier, _levels) = (frontier, levels);

    /// <summary>How many leaves the tree has.</summary>
    public long Size => _frontier.Size;

    /// <summary>The root.</summary>
    public MerkleHash Root() => _frontier.Root();

    /// <summary>The edge of a tree that is kept as tiles.</summary>
    /// <param name="size">The tree's size.</param>
    /// <param name="read">Gives a tile by its name; null where it is not there.</param>
    public static Checked<TreeEdge> Load(long size, Func<Tile, ReadOnlyMemory<byte>?> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        if (!MerkleFrontier.Of(size, new TileHashes(size, read)).TryGet(out var frontier, out var fault)) return fault;
        var levels = new List<LastTile>();
        for (var level = 0; Tile.HashesOfLevel(level, size) is > 0 and var hashes; level++)
        {
            var last = new LastTile { Index = hashes / Tile.FullWidth, Width = (int)(hashes % Tile.FullWidth) };
            if (last.Width > 0)
            {
                var tile = Tile.Hashes(level, last.Index, last.Width);
                if (read(tile) is not { } bytes) return new Fault(RecordFaults.Missing, tile.Path(), "nothing", "the tile");
                bytes.CopyTo(last.Hashes);
            }

            levels.Add(last);
        }

        return new TreeEdge(frontier, levels);
    }

    /// <summary>Adds a leaf.</summary>
    /// <param name="leaf">Its hash.</param>
    /// <param name="filled">Called with level, index and 8,192 bytes for each tile that it fills; the bytes hold until the next call.</param>
    public void Add(in MerkleHash leaf, Action<int, long, ReadOnlyMemory<byte>> filled)
    {
        ArgumentNullException.ThrowIfNull(filled);
        _frontier.Add(leaf, (subtree, hash) =>
        {
            var (level, rest) = Math.DivRem(subtree.Height, Tile.Height);
            if (rest != 0) return;
            if (level == _levels.Count) _levels.Add(new());
            var last = _levels[level];
            hash.CopyTo(last.Hashes.AsSpan(last.Width++ * MerkleHash.Length));
            if (last.Width < Tile.FullWidth) return;
            filled(level, last.Index, last.Hashes);
            (last.Index, last.Width) = (last.Index + 1, 0);
        });
    }

    /// <summary>The tiles at the edge that are filled in part: level, index and their hashes.</summary>
    public IEnumerable<(int Level, long Index, ReadOnlyMemory<byte> Hashes)> Partial()
    {
        for (var level = 0; level < _levels.Count; level++)
        {
            var last = _levels[level];
            if (last.Width > 0) yield return (level, last.Index, last.Hashes.AsMemory(0, last.Width * MerkleHash.Length));
        }
    }

    /// <summary>The same edge, to grow by itself.</summary>
    public TreeEdge Copy() => new(_frontier.Copy(), [.. _levels.Select(level => level.Copy())]);

    private sealed class LastTile
    {
        public byte[] Hashes { get; private init; } = new byte[Tile.FullWidth * MerkleHash.Length];

        public long Index { get; set; }

        public int Width { get; set; }

        public LastTile Copy() => new() { Hashes = [.. Hashes], Index = Index, Width = Width };
    }
}
