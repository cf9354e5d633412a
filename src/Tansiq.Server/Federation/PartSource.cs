using System.Buffers;
using Tansiq.Record.Entries;
using Tansiq.Record.Logs;
using Tansiq.Record.Merkle;
using Tansiq.Record.Tiles;

namespace Tansiq.Server.Federation;

/// <summary>
/// A part of a record as a source: what came in the part is given from it, what is before it from one's own store, and the rest is asked for file by
/// file. Whoever follows it verifies all of it as it does with any other.
/// </summary>
/// <param name="part">The part; with a checkpoint.</param>
/// <param name="own">One's own store.</param>
/// <param name="rest">The same record, file by file.</param>
internal sealed class PartSource(RecordPart part, IRecordStore own, IRecordSource rest) : IRecordSource
{
    private readonly long _until = part.From + part.Entries.Count;
    private readonly Dictionary<Tile, ReadOnlyMemory<byte>> _tiles = part.Tiles.DistinctBy(each => each.Tile).ToDictionary(each => each.Tile, each => each.Hashes);

    /// <inheritdoc/>
    public string Name => rest.Name;

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>?> CheckpointAsync(CancellationToken cancellationToken) => new(part.Checkpoint);

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>?> TileAsync(Tile tile, CancellationToken cancellationToken)
    {
        if (_tiles.TryGetValue(tile, out var hashes)) return new(hashes);
        if (tile.IsEntries && Entries(tile) is { } entries) return new(Bundle(entries));
        if (!tile.IsEntries && tile.Level == 0 && Entries(tile) is { } leaves) return new(Hashes(leaves));
        return rest.TileAsync(tile, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>?> AttachmentAsync(AttachmentHash hash, CancellationToken cancellationToken) => rest.AttachmentAsync(hash, cancellationToken);

    private List<ReadOnlyMemory<byte>>? Entries(Tile tile)
    {
        var first = tile.Index * Tile.FullWidth;
        var until = first + tile.Width;
        // What is wholly in one's own store is not needed again; of a tile that begins there the first part is taken from it.
        if (part.Entries.Count == 0 || until > _until || until <= part.From || (first < part.From && own.Size < part.From)) return null;
        var entries = new List<ReadOnlyMemory<byte>>(tile.Width);
        if (first < part.From) entries.AddRange(own.Entries(first, part.From));
        for (var number = Math.Max(first, part.From); number < until; number++) entries.Add(part.Entries[(int)(number - part.From)]);
        return entries;
    }

    private static ReadOnlyMemory<byte> Bundle(List<ReadOnlyMemory<byte>> entries)
    {
        var bundle = new ArrayBufferWriter<byte>(entries.Sum(entry => entry.Length + 2));
        foreach (var entry in entries) EntryBundle.Write(bundle, entry.Span);
        return bundle.WrittenMemory;
    }

    private static ReadOnlyMemory<byte> Hashes(List<ReadOnlyMemory<byte>> entries)
    {
        var hashes = new byte[entries.Count * MerkleHash.Length];
        for (var place = 0; place < entries.Count; place++) MerkleHashing.Leaf(entries[place].Span).CopyTo(hashes.AsSpan(place * MerkleHash.Length));
        return hashes;
    }
}
