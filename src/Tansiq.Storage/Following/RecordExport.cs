using Tansiq.Record;
using Tansiq.Record.Checkpoints;
using Tansiq.Record.Entries;
using Tansiq.Record.Logs;
using Tansiq.Record.Merkle;
using Tansiq.Record.Notes;
using Tansiq.Record.Tiles;
using Tansiq.Storage.Sources;

namespace Tansiq.Storage.Following;

/// <summary>Writes a record as a folder that any web server can serve (tlog-tiles), with its attachments beside.</summary>
public static class RecordExport
{
    /// <summary>
    /// Writes what the folder lacks, the checkpoint last: at each moment the folder holds all that its checkpoint covers. Every file appears whole
    /// or not at all. Full tiles and attachments that are there are left as they are. The store may grow meanwhile.
    /// </summary>
    /// <param name="store">The record.</param>
    /// <param name="folder">The folder; made where it is not there.</param>
    /// <param name="progress">Told how many entries are written.</param>
    /// <param name="cancellationToken">Ends it between two files.</param>
    /// <returns>
    /// What the folder's checkpoint says; <see cref="RecordFaults.Missing"/> where the store has none; or, where the folder has the checkpoint of
    /// something else and nothing is written, <see cref="RecordFaults.OtherOrigin"/>, <see cref="RecordFaults.RolledBack"/> or <see cref="RecordFaults.SplitView"/>.
    /// </returns>
    /// <exception cref="IOException">The folder can't be written.</exception>
    public static Checked<Checkpoint> Write(IRecordStore store, string folder, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(folder);
        if (store.Checkpoint is not { } note) return new Fault(RecordFaults.Missing, SourceLimits.CheckpointPath, "nothing", "a record with a checkpoint");
        if (!Parse(note).TryGet(out var checkpoint, out var fault)) return fault;
        if (!IsContinued(folder, checkpoint, store).TryGet(out _, out fault)) return fault;
        foreach (var hash in store.Attachments())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (WriteAttachment(store, folder, hash) is { } missing) return missing;
        }

        foreach (var tile in Bundles(checkpoint.Size).Concat(Tile.Of(checkpoint.Size)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (WriteTile(store, folder, tile) is { } missing) return missing;
            if (tile.IsEntries) progress?.Report(tile.Index * Tile.FullWidth + tile.Width);
        }

        Replace(Path.Combine(folder, SourceLimits.CheckpointPath), note.Span);
        return checkpoint;
    }

    private static IEnumerable<Tile> Bundles(long size)
    {
        for (long index = 0; index * Tile.FullWidth < size; index++) yield return Tile.Entries(index, (int)Math.Min(Tile.FullWidth, size - index * Tile.FullWidth));
    }

    private static Checked<Checkpoint> Parse(ReadOnlyMemory<byte> note) =>
        SignedNote.Read(note).TryGet(out var signed, out var fault) ? Checkpoint.Parse(signed.Text.Span) : fault;

    // A folder is only ever continued: what others have read from it stays true.
    private static Checked<Checkpoint> IsContinued(string folder, Checkpoint checkpoint, IRecordStore store)
    {
        var path = Path.Combine(folder, SourceLimits.CheckpointPath);
        if (!File.Exists(path)) return checkpoint;
        if (new FileInfo(path).Length > SourceLimits.MaximumCheckpointBytes) return SourceLimits.TooLarge(path, SourceLimits.MaximumCheckpointBytes).Fault;
        if (!Parse(File.ReadAllBytes(path)).TryGet(out var there, out var fault)) return fault.In(path);
        if (there.Origin != checkpoint.Origin) return new Fault(RecordFaults.OtherOrigin, path, there.Origin, checkpoint.Origin);
        if (there.Size > checkpoint.Size) return new Fault(RecordFaults.RolledBack, path, $"size {there.Size}", $"at most size {checkpoint.Size}");
        if (!MerkleFrontier.Of(there.Size, new TileHashes(checkpoint.Size, store.Tile)).TryGet(out var frontier, out fault)) return fault;
        return frontier.Root() == there.Root ? checkpoint : new Fault(RecordFaults.SplitView, path, $"another root at size {there.Size}", frontier.Root().ToString());
    }

    private static Fault? WriteAttachment(IRecordStore store, string folder, AttachmentHash hash)
    {
        var path = Path.Combine(folder, SourceLimits.AttachmentPath(hash));
        if (File.Exists(path)) return null;
        if (store.Attachment(hash) is not { } content) return new Fault(RecordFaults.AttachmentMissing, SourceLimits.AttachmentPath(hash), "nothing", "the attachment");
        Replace(path, content.Span);
        return null;
    }

    private static Fault? WriteTile(IRecordStore store, string folder, Tile tile)
    {
        var path = Path.Combine(folder, tile.Path());
        if (File.Exists(path)) return null;
        if (store.Tile(tile) is not { } bytes) return new Fault(RecordFaults.Missing, tile.Path(), "nothing", "the tile");
        Replace(path, bytes.Span);
        // Who still reads by an older checkpoint takes the full one instead (tlog-tiles, Partial Tiles).
        if (!tile.IsPartial && Directory.Exists(path + ".p")) Directory.Delete(path + ".p", recursive: true);
        return null;
    }

    private static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        var written = Path.Combine(folder, "." + Path.GetFileName(path) + "." + Path.GetRandomFileName());
        try
        {
            using (var file = new FileStream(written, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            File.Move(written, path, overwrite: true);
        }
        catch
        {
            File.Delete(written);
            throw;
        }
    }
}
