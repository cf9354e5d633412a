using System.Collections.Immutable;
using System.Globalization;
using Tansiq.Record;
using Tansiq.Record.Entries;
using Tansiq.Record.Following;
using Tansiq.Record.Logs;
using Tansiq.Record.Merkle;
using Tansiq.Record.Notes;
using Tansiq.Record.Tiles;

namespace Tansiq.Storage.Following;

/// <summary>An entry that its tile vouches for.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Reading">What the domain reads in it.</param>
/// <param name="VerifiedBy">The key by which its signature verified already; null where it is still to be verified.</param>
internal readonly record struct ReadEntry<TReading>(SignedEntry Entry, TReading Reading, VerifierKey? VerifiedBy);

/// <summary>What was read of a bundle: its new entries up to the first that does not hold.</summary>
/// <param name="Entries">The entries that hold, from the first on that is new to who walks.</param>
/// <param name="Fault">What is wrong with the next one, or with the tile or bundle as a whole; null where nothing is.</param>
/// <param name="Files">The bytes that show it.</param>
internal sealed record BundleRead<TReading>(IReadOnlyList<ReadEntry<TReading>> Entries, Fault? Fault, ImmutableDictionary<string, ReadOnlyMemory<byte>> Files);

/// <summary>
/// Reads a bundle and its tile and does all that needs nothing of the entries before it: hashes, form, reading, attachments, and signatures by the keys
/// of a state that is at hand. So several bundles are read side by side.
/// </summary>
/// <param name="source">Where the record is read.</param>
/// <param name="domain">What its entries mean.</param>
/// <param name="shelf">The attachments.</param>
/// <param name="from">The first entry that is new to who walks; those before it in its bundle have to be what the tile says, and are not read again.</param>
/// <param name="signaturesFrom">From which entry on signatures are verified.</param>
internal sealed class BundleReading<TState, TReading>(IRecordSource source, IRecordDomain<TState, TReading> domain, AttachmentShelf shelf, long from, long signaturesFrom)
    where TState : class
    where TReading : class
{
    /// <summary>Reads a bundle whose tile is full.</summary>
    /// <param name="index">The bundle's number.</param>
    /// <param name="root">What the root of its tile has to be.</param>
    /// <param name="known">A state before it.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<BundleRead<TReading>> FullAsync(long index, MerkleHash root, TState known, CancellationToken cancellationToken)
    {
        var tile = Tile.Hashes(0, index);
        var bytes = await source.TileAsync(tile, cancellationToken).ConfigureAwait(false);
        return VouchedTiles.Vouched(tile, bytes, root).TryGet(out var hashes, out var fault)
            ? await EntriesAsync(Tile.Entries(index), hashes, known, cancellationToken).ConfigureAwait(false)
            : Failed([], fault, EvidenceOf(tile, bytes));
    }

    /// <summary>Reads a bundle whose tile is known.</summary>
    public async Task<BundleRead<TReading>> EntriesAsync(Tile bundle, ReadOnlyMemory<byte> hashes, TState known, CancellationToken cancellationToken)
    {
        var files = EvidenceOf(bundle.IsPartial ? Tile.Hashes(0, bundle.Index, bundle.Width) : Tile.Hashes(0, bundle.Index), hashes);
        var bytes = await source.TileAsync(bundle, cancellationToken).ConfigureAwait(false);
        if (!TileContent.Entries(bundle, bytes).TryGet(out var entries, out var fault)) return Failed([], fault, files.AddRange(EvidenceOf(bundle, bytes)));
        var first = bundle.Index * Tile.FullWidth;
        var read = new List<ReadEntry<TReading>>(entries.Length);
        var ask = new AttachmentAsk(shelf);
        for (var place = 0; place < entries.Length; place++)
        {
            var (index, vouched) = (first + place, TileContent.HashAt(hashes, place));
            if (index < from && MerkleHashing.Leaf(entries[place].Span) == vouched) continue;
            if (!Entry(entries[place], vouched).TryGet(out var entry, out fault))
                return Failed(read, fault.In(Place(index)), files.Add(EvidenceNames.Entry(index), entries[place]));
            var reading = await ReadAsync(entry, known, ask, cancellationToken).ConfigureAwait(false);
            if (await WrongAttachmentAsync(reading, cancellationToken).ConfigureAwait(false) is { Fault: { } wrong } taken)
                return Failed(read, wrong.In(Place(index)), WithAttachment(files.Add(EvidenceNames.Entry(index), entries[place]), taken));
            read.Add(new(entry, reading, index >= signaturesFrom ? VerifiedBy(entry, reading, known) : null));
        }

        return new(read, null, files);
    }

    /// <summary>How a place on the record is called.</summary>
    public static string Place(long index) => string.Create(CultureInfo.InvariantCulture, $"entry {index}");

    // An entry's own hash says first whether it is the one that was signed for; its form is the log's fault only if it is.
    private static Checked<SignedEntry> Entry(ReadOnlyMemory<byte> bytes, MerkleHash vouched)
    {
        var isRead = SignedEntry.Read(bytes).TryGet(out var entry, out var fault);
        var leaf = isRead ? entry!.Leaf : MerkleHashing.Leaf(bytes.Span);
        if (leaf != vouched) return new Fault(RecordFaults.EntryRewritten, "", leaf.ToString(), vouched.ToString());
        return isRead ? entry! : fault!;
    }

    private async ValueTask<TReading> ReadAsync(SignedEntry entry, TState known, AttachmentAsk ask, CancellationToken cancellationToken)
    {
        ask.Release();
        while (true)
        {
            var reading = domain.Read(entry, known, ask.Give);
            if (!ask.HasMissed || !await ask.FetchAsync(cancellationToken).ConfigureAwait(false)) return reading;
        }
    }

    private async ValueTask<TakenAttachment?> WrongAttachmentAsync(TReading reading, CancellationToken cancellationToken)
    {
        var attachments = domain.AttachmentsOf(reading);
        for (var number = 0; number < attachments.Count; number++)
        {
            if (shelf.IsSeen(attachments[number])) continue;
            var taken = await shelf.TakeAsync(attachments[number], cancellationToken).ConfigureAwait(false);
            if (taken.Fault is not null) return taken;
        }

        return null;
    }

    // By another key at its place, or not at all: that is judged there.
    private VerifierKey? VerifiedBy(SignedEntry entry, TReading reading, TState known) =>
        domain.KeyOf(known, reading, entry.Signature).TryGet(out var key, out _) && key.Verifies(entry.Text.Span, entry.Signature.Bytes.Span) ? key : null;

    private static BundleRead<TReading> Failed(IReadOnlyList<ReadEntry<TReading>> read, Fault fault, ImmutableDictionary<string, ReadOnlyMemory<byte>> files) =>
        new(read, fault, files);

    private static ImmutableDictionary<string, ReadOnlyMemory<byte>> EvidenceOf(Tile tile, ReadOnlyMemory<byte>? bytes) =>
        bytes is { } given ? ImmutableDictionary<string, ReadOnlyMemory<byte>>.Empty.Add(tile.Path(), given) : ImmutableDictionary<string, ReadOnlyMemory<byte>>.Empty;

    private static ImmutableDictionary<string, ReadOnlyMemory<byte>> WithAttachment(ImmutableDictionary<string, ReadOnlyMemory<byte>> files, TakenAttachment taken) =>
        taken is { Bytes: { } bytes, Fault: { } fault } ? files.Add(fault.Where, bytes) : files;
}
