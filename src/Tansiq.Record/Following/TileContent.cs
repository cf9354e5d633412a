using System.Globalization;
using Tansiq.Record.Merkle;
using Tansiq.Record.Tiles;

namespace Tansiq.Record.Following;

/// <summary>What is in the bytes that a source gives for the name of a tile. Where a partial one is gone it may give the full one (tlog-tiles, Partial Tiles).</summary>
public static class TileContent
{
    /// <summary>The hashes that the name asks for.</summary>
    /// <returns>They; <see cref="RecordFaults.Missing"/> or <see cref="RecordFaults.MalformedTile"/>.</returns>
    public static Checked<ReadOnlyMemory<byte>> Hashes(Tile tile, ReadOnlyMemory<byte>? bytes)
    {
        if (bytes is not { } given) return Missing(tile);
        var length = tile.Width * MerkleHash.Length;
        return given.Length == length || given.Length == Tile.FullWidth * MerkleHash.Length
            ? given[..length]
            : new Fault(RecordFaults.MalformedTile, tile.Path(), Bytes(given.Length), Bytes(length));
    }

    /// <summary>The entries that the name asks for.</summary>
    /// <returns>They; <see cref="RecordFaults.Missing"/> or <see cref="RecordFaults.MalformedTile"/>.</returns>
    public static Checked<ReadOnlyMemory<byte>[]> Entries(Tile bundle, ReadOnlyMemory<byte>? bytes)
    {
        if (bytes is not { } given) return Missing(bundle);
        if (EntryBundle.Read(given, bundle.Width).TryGet(out var entries, out var fault)) return entries;
        return bundle.IsPartial && EntryBundle.Read(given, Tile.FullWidth).TryGet(out entries, out _) ? entries[..bundle.Width] : fault.In(bundle.Path());
    }

    /// <summary>The hash of a tile by its place in a tile.</summary>
    public static MerkleHash HashAt(ReadOnlyMemory<byte> hashes, int place) => MerkleHash.Of(hashes.Span.Slice(place * MerkleHash.Length, MerkleHash.Length));

    /// <summary>The root of a full tile: what the tile above it says of it.</summary>
    public static MerkleHash Root(ReadOnlyMemory<byte> fullTile) => TileHashes.Root(fullTile.Span);

    private static Fault Missing(Tile tile) => new(RecordFaults.Missing, tile.Path(), "nothing", "the tile");

    private static string Bytes(int count) => string.Create(CultureInfo.InvariantCulture, $"{count} bytes");
}
