using Tansiq.Record;
using Tansiq.Record.Entries;
using Tansiq.Record.Logs;
using Tansiq.Record.Tiles;

namespace Tansiq.Storage.Logs;

/// <summary>
/// The state of a record from the entries of one's own store. Each is compared with its hash in the tree; signatures are not verified again.
/// Entries are read side by side and folded in their order.
/// </summary>
public static class RecordFold
{
    private const int TilesAtOnce = 16;

    /// <summary>Folds entries.</summary>
    /// <param name="store">The store.</param>
    /// <param name="domain">What the entries mean.</param>
    /// <param name="from">Where to begin; null for the first entry.</param>
    /// <param name="until">The entry after the last; the store has that many.</param>
    /// <param name="progress">Told how many entries are folded; may be null.</param>
    /// <param name="cancellationToken">Ends it between two steps.</param>
    /// <returns>The state; or <see cref="RecordFaults.EntryRewritten"/>, <see cref="RecordFaults.Missing"/>, an entry that is no note.</returns>
    /// <exception cref="RecordStoreException">The store failed.</exception>
    public static Checked<TState> Run<TState, TReading>(
        IRecordStore store, IRecordDomain<TState, TReading> domain, StartingState<TState>? from, long until, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
        where TState : class
        where TReading : class
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(domain);
        var (state, size) = (from?.State ?? domain.Empty, from?.Size ?? 0);
        var next = Read(size, state);
        while (size < until)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var tiles = next.GetAwaiter().GetResult();
            next = Read(size + tiles.Sum(tile => tile.Length), state);
            foreach (var tile in tiles)
            {
                if (tile.Fault is { } fault) return fault;
                foreach (var (entry, reading) in tile.Entries) state = domain.Append(state, entry, reading, store.Attachment).State;
                size += tile.Length;
            }

            progress?.Report(size);
        }

        return state;

        // The next tiles are read, on all processors, while these are folded.
        Task<ReadTile<TReading>[]> Read(long start, TState known) => Task.Run(() => RangesOf(start, until).Take(TilesAtOnce).ToArray() is { Length: > 0 } ranges
            ? ReadAll(store, domain, ranges, known)
            : []);
    }

    private static ReadTile<TReading>[] ReadAll<TState, TReading>(IRecordStore store, IRecordDomain<TState, TReading> domain, (long From, long Until)[] ranges, TState known)
        where TState : class
        where TReading : class
    {
        var tiles = new ReadTile<TReading>[ranges.Length];
        Parallel.For(0, ranges.Length, number =>
        {
            var (from, until) = ranges[number];
            tiles[number] = StoredLeaves.Read(store, from, until).TryGet(out var entries, out var fault)
                ? new([.. entries.Select(entry => (entry, domain.Read(entry, known, store.Attachment)))], null, entries.Length)
                : new([], fault, (int)(until - from));
        });
        return tiles;
    }

    private static IEnumerable<(long From, long Until)> RangesOf(long from, long until)
    {
        while (from < until)
        {
            var end = Math.Min(until, (from / Tile.FullWidth + 1) * Tile.FullWidth);
            yield return (from, end);
            from = end;
        }
    }

    private readonly record struct ReadTile<TReading>((SignedEntry Entry, TReading Reading)[] Entries, Fault? Fault, int Length);
}
