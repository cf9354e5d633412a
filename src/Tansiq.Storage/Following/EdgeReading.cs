using System.Collections.Immutable;
using System.Numerics;
using Tansiq.Record;
using Tansiq.Record.Checkpoints;
using Tansiq.Record.Following;
using Tansiq.Record.Logs;
using Tansiq.Record.Merkle;
using Tansiq.Record.Tiles;

namespace Tansiq.Storage.Following;

/// <summary>
/// Reads the tiles at the edge of a tree. Where they don't lead to the root, they are made again from what lies below them: so the one that is wrong is
/// known, and all before its place stays usable.
/// </summary>
internal sealed class EdgeReading
{
    private readonly IRecordSource _source;
    private readonly SignedCheckpoint _checkpoint;
    private readonly Dictionary<int, EdgeTile> _tiles = [];

    private EdgeReading(IRecordSource source, SignedCheckpoint checkpoint) => (_source, _checkpoint) = (source, checkpoint);

    private long Size => _checkpoint.Checkpoint.Size;

    /// <summary>The edge that leads to the root, and what is broken in it as it came; no edge where none can be made.</summary>
    public static async Task<(EdgeTiles? Edge, Broken? Broken)> ReadAsync(IRecordSource source, SignedCheckpoint checkpoint, long start, CancellationToken cancellationToken)
    {
        var reading = new EdgeReading(source, checkpoint);
        foreach (var tile in EdgeTiles.Names(checkpoint.Checkpoint.Size))
        {
            var given = await source.TileAsync(tile, cancellationToken).ConfigureAwait(false);
            reading._tiles[tile.Level] = new(tile, given, TileContent.Hashes(tile, given));
        }

        if (reading.Edge(asGiven: -1) is { } edge) return (edge, null);
        foreach (var tile in reading._tiles.Values) tile.Made = await reading.MadeFromBelowAsync(tile.Name, cancellationToken).ConfigureAwait(false);
        return reading.MadeGood(start);
    }

    // Which tiles are as they came and which are made again: one bit a tile, and a tree has seldom more than four.
    private EdgeTiles? Edge(int asGiven)
    {
        var hashes = ImmutableDictionary.CreateBuilder<int, ReadOnlyMemory<byte>>();
        foreach (var tile in _tiles.Values)
        {
            var isGiven = (asGiven >> tile.Name.Level & 1) == 1;
            if (isGiven && tile.Given.Fault is not null) return null;
            if (!isGiven && tile.Made is null) return null;
            hashes[tile.Name.Level] = isGiven ? tile.Given.Value : tile.Made!.Value;
        }

        var edge = new EdgeTiles(Size, hashes.ToImmutable());
        return edge.Root() == _checkpoint.Checkpoint.Root ? edge : null;
    }

    private (EdgeTiles? Edge, Broken? Broken) MadeGood(long start)
    {
        var highest = _tiles.Keys.DefaultIfEmpty().Max();
        var choices = Enumerable.Range(0, 1 << (highest + 1)).OrderByDescending(choice => BitOperations.PopCount((uint)choice));
        foreach (var asGiven in choices)
        {
            if (Edge(asGiven) is not { } edge) continue;
            var wrong = _tiles.Values.Where(tile => (asGiven >> tile.Name.Level & 1) == 0).MinBy(tile => tile.FirstWrongEntry())!;
            return (edge, new(new(wrong.Fault(), Files()), Math.Max(start, wrong.FirstWrongEntry())));
        }

        var fault = _tiles.Values.FirstOrDefault(tile => tile.Given.Fault is not null)?.Given.Fault
            ?? new Fault(RecordFaults.TileRewritten, EvidenceNames.Checkpoint, Root(), _checkpoint.Checkpoint.Root.ToString());
        return (null, new(new(fault, Files()), start));
    }

    private string Root() => new EdgeTiles(Size, _tiles.ToImmutableDictionary(tile => tile.Key, tile => tile.Value.Given.Value)).Root().ToString();

    private ImmutableDictionary<string, ReadOnlyMemory<byte>> Files()
    {
        var files = ImmutableDictionary.CreateBuilder<string, ReadOnlyMemory<byte>>();
        files[EvidenceNames.Checkpoint] = _checkpoint.Note.Bytes;
        foreach (var tile in _tiles.Values)
        {
            if (tile.Bytes is { } given) files[tile.Name.Path()] = given;
            if (tile.Made is { } made) files["made-again/" + tile.Name.Path()] = made;
        }

        return files.ToImmutable();
    }

    private async Task<ReadOnlyMemory<byte>?> MadeFromBelowAsync(Tile tile, CancellationToken cancellationToken)
    {
        var made = new byte[tile.Width * MerkleHash.Length];
        if (tile.Level == 0)
        {
            var bundle = Tile.Entries(tile.Index, tile.Width);
            if (!TileContent.Entries(bundle, await _source.TileAsync(bundle, cancellationToken).ConfigureAwait(false)).TryGet(out var entries, out _)) return null;
            for (var place = 0; place < tile.Width; place++) MerkleHashing.Leaf(entries[place].Span).CopyTo(made.AsSpan(place * MerkleHash.Length));
            return made;
        }

        for (var place = 0; place < tile.Width; place++)
        {
            var below = Tile.Hashes(tile.Level - 1, tile.Index * Tile.FullWidth + place);
            if (!TileContent.Hashes(below, await _source.TileAsync(below, cancellationToken).ConfigureAwait(false)).TryGet(out var hashes, out _)) return null;
            TileContent.Root(hashes).CopyTo(made.AsSpan(place * MerkleHash.Length));
        }

        return made;
    }

    private sealed class EdgeTile(Tile name, ReadOnlyMemory<byte>? bytes, Checked<ReadOnlyMemory<byte>> given)
    {
        public Tile Name => name;

        public ReadOnlyMemory<byte>? Bytes => bytes;

        public Checked<ReadOnlyMemory<byte>> Given => given;

        public ReadOnlyMemory<byte>? Made { get; set; }

        // A tile of level 0 is walked as a whole: nothing below it says which of its hashes can be believed.
        public long FirstWrongEntry() => (name.Index * Tile.FullWidth + (name.Level == 0 ? 0 : FirstWrongPlace())) << (name.Level * Tile.Height);

        public Fault Fault()
        {
            if (given.Fault is { } fault) return fault;
            var place = FirstWrongPlace();
            return new(RecordFaults.TileRewritten, $"{name.Path()}, hash {place}", TileContent.HashAt(given.Value, place).ToString(), TileContent.HashAt(Made!.Value, place).ToString());
        }

        private int FirstWrongPlace()
        {
            if (given.Fault is not null) return 0;
            var place = 0;
            while (place < name.Width - 1 && TileContent.HashAt(given.Value, place) == TileContent.HashAt(Made!.Value, place)) place++;
            return place;
        }
    }
}
