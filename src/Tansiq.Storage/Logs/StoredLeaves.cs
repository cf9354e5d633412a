using System.Globalization;
using Tansiq.Record;
using Tansiq.Record.Entries;
using Tansiq.Record.Logs;
using Tansiq.Record.Merkle;
using Tansiq.Record.Tiles;

namespace Tansiq.Storage.Logs;

/// <summary>Entries as a store has them, compared with the leaves of its tree.</summary>
internal static class StoredLeaves
{
    /// <summary>The entries of one tile from a number on.</summary>
    /// <param name="store">The store.</param>
    /// <param name="from">The first entry.</param>
    /// <param name="until">The entry after the last; in the same tile as the first.</param>
    /// <returns>The entries; <see cref="RecordFaults.EntryRewritten"/> or <see cref="RecordFaults.Missing"/>.</returns>
    public static Checked<SignedEntry[]> Read(IRecordStore store, long from, long until)
    {
        var index = from / Tile.FullWidth;
        var start = index * Tile.FullWidth;
        var tile = Tile.Hashes(0, index, (int)(until - start));
        if (store.Tile(tile) is not { } hashes) return new Fault(RecordFaults.Missing, tile.Path(), "nothing", "the tile");
        var entries = new SignedEntry[until - from];
        var number = from;
        foreach (var bytes in store.Entries(from, until))
        {
            if (!SignedEntry.Read(bytes).TryGet(out var entry, out var fault)) return fault.In(Place(number));
            if (entry.Leaf != MerkleHash.Of(hashes.Span.Slice((int)(number - start) * MerkleHash.Length, MerkleHash.Length)))
                return new Fault(RecordFaults.EntryRewritten, Place(number), "another hash than in its tile", "the entry that was appended");
            entries[number++ - from] = entry;
        }

        return entries;
    }

    private static string Place(long number) => string.Create(CultureInfo.InvariantCulture, $"entry {number}");
}
