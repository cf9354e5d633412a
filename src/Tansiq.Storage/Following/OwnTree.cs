using Tansiq.Record.Logs;
using Tansiq.Record.Merkle;
using Tansiq.Record.Tiles;

namespace Tansiq.Storage.Following;

/// <summary>The tree that one's own store holds, which was verified when it was written.</summary>
internal static class OwnTree
{
    /// <summary>The edge of the tree at a size.</summary>
    /// <param name="store">The store.</param>
    /// <param name="size">The size.</param>
    /// <param name="heldSize">The size that the store has, at least <paramref name="size"/>.</param>
    /// <exception cref="RecordStoreException">The store lacks a tile.</exception>
    public static MerkleFrontier Frontier(IRecordStore store, long size, long heldSize) =>
        MerkleFrontier.Of(size, new TileHashes(heldSize, store.Tile)).TryGet(out var frontier, out var fault)
            ? frontier
            : throw new RecordStoreException("The store lacks tiles: " + fault, isFull: false);

    /// <summary>The root of the tree at a size.</summary>
    public static MerkleHash Root(IRecordStore store, long size, long heldSize) => Frontier(store, size, heldSize).Root();
}
