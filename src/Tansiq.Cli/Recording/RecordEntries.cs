using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Recording;
using Tansiq.Geo.Text;
using Tansiq.Record;
using Tansiq.Record.Checkpoints;
using Tansiq.Record.Entries;
using Tansiq.Record.Notes;
using Tansiq.Record.Tiles;

namespace Tansiq.Cli.Recording;

/// <summary>The entries and attachments of a record at one checkpoint, wherever it is. Nothing is verified.</summary>
internal sealed class RecordEntries
{
    private readonly RecordPlace _place;
    private readonly CancellationToken _stop;

    private RecordEntries(RecordPlace place, ReadOnlyMemory<byte> note, Checkpoint checkpoint, CancellationToken stop)
    {
        _place = place;
        Note = note;
        Checkpoint = checkpoint;
        _stop = stop;
    }

    /// <summary>The checkpoint as it is signed.</summary>
    public ReadOnlyMemory<byte> Note { get; }

    /// <summary>What it says.</summary>
    public Checkpoint Checkpoint { get; }

    /// <summary>Reads the checkpoint of a record.</summary>
    public static Parsed<RecordEntries> Open(RecordPlace place, CancellationToken stop)
    {
        if (Wait(place.Source.CheckpointAsync(stop)) is not { } note) return new Refusal(RecordFaults.Missing, "checkpoint", "nothing", "a record with a checkpoint");
        if (!SignedNote.Read(note).TryGet(out var signed, out var fault) || !Checkpoint.Parse(signed.Text.Span).TryGet(out var checkpoint, out fault))
            return fault.In("checkpoint").AsRefusal();
        return new RecordEntries(place, note, checkpoint, stop);
    }

    /// <summary>Some entries, in order.</summary>
    /// <exception cref="Tansiq.Storage.Sources.RecordSourceException">The source lacks them or gives something else.</exception>
    public IEnumerable<ReadOnlyMemory<byte>> Read(long from, long until) => _place.Store is { } store ? store.Entries(from, until) : Bundled(from, until);

    /// <summary>An attachment; null where the source has none that is what its name says.</summary>
    public ReadOnlyMemory<byte>? Attachment(AttachmentHash hash) =>
        Wait(_place.Source.AttachmentAsync(hash, _stop)) is { } content && AttachmentHash.Of(content.Span) == hash ? content : (ReadOnlyMemory<byte>?)null;

    /// <summary>The founding as the record itself has it; null where its first entry is none.</summary>
    public Founding? Founding() =>
        Checkpoint.Size > 0 && SignedEntry.Read(Read(0, 1).First()).TryGet(out var entry, out _)
            ? StatementsDomain.Read(entry, Attachment, founding: null).Body as Founding
            : null;

    private IEnumerable<ReadOnlyMemory<byte>> Bundled(long from, long until)
    {
        for (var index = from / Tile.FullWidth; index * Tile.FullWidth < until; index++)
        {
            var first = index * Tile.FullWidth;
            var width = (int)Math.Min(Tile.FullWidth, Checkpoint.Size - first);
            var entries = Bundle(Tile.Entries(index, width));
            for (var at = Math.Max(from, first); at < Math.Min(until, first + width); at++) yield return entries[at - first];
        }
    }

    private ReadOnlyMemory<byte>[] Bundle(Tile tile)
    {
        if (Wait(_place.Source.TileAsync(tile, _stop)) is not { } bytes) throw new Storage.Sources.RecordSourceException(new(RecordFaults.Missing, tile.Path(), "nothing", "the entries"));
        // Where a partial bundle is gone, the full one may stand for it.
        if (EntryBundle.Read(bytes, tile.Width).TryGet(out var entries, out var fault)) return entries;
        if (tile.IsPartial && EntryBundle.Read(bytes, Tile.FullWidth).TryGet(out entries, out _)) return entries;
        throw new Storage.Sources.RecordSourceException(fault.In(tile.Path()));
    }

    private static ReadOnlyMemory<byte>? Wait(ValueTask<ReadOnlyMemory<byte>?> asked) => asked.AsTask().GetAwaiter().GetResult();
}
