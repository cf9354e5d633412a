using System.Collections.Immutable;
using Tansiq.Record;
using Tansiq.Record.Checkpoints;
using Tansiq.Record.Following;
using Tansiq.Record.Logs;
using Tansiq.Record.Merkle;
using Tansiq.Record.Tiles;

namespace Tansiq.Storage.Following;

/// <summary>
/// The tiles of hashes that a checkpoint vouches for: from the root down, each tile is held against the hash of it in the tile above before anything
/// is believed of it. One task at a time.
/// </summary>
internal sealed class VouchedTiles
{
    private const int MostKept = 32;
    private readonly IRecordSource _source;
    private readonly EdgeTiles _edge;
    private readonly Dictionary<(int Level, long Index), ReadOnlyMemory<byte>> _kept = [];

    private VouchedTiles(IRecordSource source, SignedCheckpoint checkpoint, EdgeTiles edge, Broken? broken) =>
        (_source, Checkpoint, _edge, Broken) = (source, checkpoint, edge, broken);

    /// <summary>The checkpoint.</summary>
    public SignedCheckpoint Checkpoint { get; }

    /// <summary>How many entries the tree has.</summary>
    public long Size => Checkpoint.Checkpoint.Size;

    /// <summary>What is known to be broken at the edge, though the rest could be made good from what lies below it; null where nothing is.</summary>
    public Broken? Broken { get; }

    /// <summary>Up to which entry the tiles can be walked.</summary>
    public long Until => Broken?.HoldsUntil ?? Size;

    /// <summary>Reads the edge and holds it against the root.</summary>
    /// <returns>The tiles; or, where nothing leads to the root, what is broken, in <paramref name="start"/> as far as it was known before.</returns>
    public static async Task<(VouchedTiles? Tiles, Broken? Broken)> OpenAsync(IRecordSource source, SignedCheckpoint checkpoint, long start, CancellationToken cancellationToken)
    {
        var (edge, broken) = await EdgeReading.ReadAsync(source, checkpoint, start, cancellationToken).ConfigureAwait(false);
        return edge is null ? (null, broken) : (new(source, checkpoint, edge, broken), null);
    }

    /// <summary>The hashes of a tile: full, or the edge's.</summary>
    /// <returns>The hashes; or <see cref="RecordFaults.Missing"/>, <see cref="RecordFaults.MalformedTile"/> or <see cref="RecordFaults.TileRewritten"/> for it or for one above it.</returns>
    public async ValueTask<Checked<ReadOnlyMemory<byte>>> HashesAsync(int level, long index, CancellationToken cancellationToken)
    {
        if (index == Tile.HashesOfLevel(level + 1, Size)) return _edge.Hashes(level)!.Value;
        if (_kept.TryGetValue((level, index), out var kept)) return kept;
        if (!(await RootOfAsync(level, index, cancellationToken).ConfigureAwait(false)).TryGet(out var root, out var fault)) return fault;
        var tile = Tile.Hashes(level, index);
        if (!Vouched(tile, await _source.TileAsync(tile, cancellationToken).ConfigureAwait(false), root).TryGet(out var hashes, out fault)) return fault;
        if (_kept.Count >= MostKept) _kept.Clear();
        _kept[(level, index)] = hashes;
        return hashes;
    }

    /// <summary>What the root of a full tile has to be, by the tile above it.</summary>
    public async ValueTask<Checked<MerkleHash>> RootOfAsync(int level, long index, CancellationToken cancellationToken)
    {
        var (above, place) = Math.DivRem(index, Tile.FullWidth);
        return (await HashesAsync(level + 1, above, cancellationToken).ConfigureAwait(false)).TryGet(out var hashes, out var fault)
            ? TileContent.HashAt(hashes, (int)place)
            : fault;
    }

    /// <summary>Holds the bytes of a full tile against what its root has to be.</summary>
    public static Checked<ReadOnlyMemory<byte>> Vouched(Tile tile, ReadOnlyMemory<byte>? bytes, MerkleHash root)
    {
        if (!TileContent.Hashes(tile, bytes).TryGet(out var hashes, out var fault)) return fault;
        var found = TileContent.Root(hashes);
        return found == root ? hashes : new Fault(RecordFaults.TileRewritten, tile.Path(), found.ToString(), root.ToString());
    }

    /// <summary>The edge's hashes of level 0.</summary>
    public ReadOnlyMemory<byte> LastHashes() => _edge.Hashes(0)!.Value;

    /// <summary>The root that this tree had at a smaller size.</summary>
    public async Task<Checked<MerkleHash>> RootAtAsync(long size, CancellationToken cancellationToken)
    {
        var tiles = new Dictionary<(int, long), ReadOnlyMemory<byte>>();
        foreach (var tile in EdgeTiles.Names(size))
        {
            if (!(await HashesAsync(tile.Level, tile.Index, cancellationToken).ConfigureAwait(false)).TryGet(out var hashes, out var fault)) return fault;
            tiles[(tile.Level, tile.Index)] = hashes;
        }

        return MerkleFrontier.Of(size, new TileHashes(Size, tile => tiles[(tile.Level, tile.Index)])).Value.Root();
    }

    /// <summary>The checkpoint, the tiles by which an entry hangs on it, and its bundle, as they came: evidence of what the log has signed.</summary>
    public async Task<ImmutableDictionary<string, ReadOnlyMemory<byte>>> WayToAsync(long entry, CancellationToken cancellationToken)
    {
        var files = ImmutableDictionary.CreateBuilder<string, ReadOnlyMemory<byte>>();
        files[EvidenceNames.Checkpoint] = Checkpoint.Note.Bytes;
        foreach (var tile in EdgeTiles.Names(Size)) files[tile.Path()] = _edge.Hashes(tile.Level)!.Value;
        var index = entry / Tile.FullWidth;
        await AddAsync(Tile.Entries(index, (int)Math.Min(Tile.FullWidth, Size - index * Tile.FullWidth))).ConfigureAwait(false);
        for (var level = 0; index < Tile.HashesOfLevel(level + 1, Size); level++, index /= Tile.FullWidth) await AddAsync(Tile.Hashes(level, index)).ConfigureAwait(false);
        return files.ToImmutable();

        async Task AddAsync(Tile tile)
        {
            if (await _source.TileAsync(tile, cancellationToken).ConfigureAwait(false) is { } bytes) files[tile.Path()] = bytes;
        }
    }
}
