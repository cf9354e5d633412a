using System.Buffers;
using System.Globalization;
using Tansiq.Coordination;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Recording;
using Tansiq.Coordination.Situations;
using Tansiq.Coordination.Statements;
using Tansiq.Geo.Text;
using Tansiq.Record.Entries;
using Tansiq.Record.Logs;
using Tansiq.Record.Merkle;
using Tansiq.Record.Tiles;

namespace Tansiq.Cli.Recording;

/// <summary>
/// Snapshots of the situation in the folder of a record: a cache of one's own making, so that a long record opens fast. One that is damaged
/// or of another record is passed over and told; none is ever taken from elsewhere or given away.
/// </summary>
/// <param name="folder">The folder of the record.</param>
/// <param name="store">The record.</param>
/// <param name="entriesBetween">From how many entries behind a new one is written.</param>
internal sealed class SituationSnapshots(string folder, IRecordStore store, int entriesBetween = SituationSnapshots.EntriesBetween)
{
    private const int EntriesBetween = 20_000;

    // What is read stays: collecting in between would only copy it. More than this the runtime does not promise.
    private const long MostUncollectedBytes = 4L * 1024 * 1024 * 1024;
    private const int BytesMadeOfEach = 7;

    private const string Extension = ".snapshot";
    private const int MostKept = 2;

    private string Folder => Path.Combine(folder, RecordPlace.SnapshotFolderName);

    /// <summary>The state of the newest snapshot that can be read; the empty state where there is none.</summary>
    /// <param name="error">Where the others are told.</param>
    public RecordedState Read(TextWriter error)
    {
        foreach (var path in Files())
        {
            if (Read(path).TryGet(out var history, out var refusal)) return RecordedState.Of(history);
            error.WriteLine(ExitCode.OneLine($"{path}: {refusal}; passed over"));
        }

        return RecordedState.Empty;
    }

    /// <summary>Writes a snapshot where the newest lies far behind; that it can't be written is told and changes nothing.</summary>
    /// <param name="state">The state of the whole record.</param>
    /// <param name="startedFrom">The size of the snapshot that it began from.</param>
    /// <param name="error">Where failures are told.</param>
    public void Write(RecordedState state, long startedFrom, TextWriter error)
    {
        var size = state.Situation.Size;
        if (size - startedFrom < entriesBetween) return;
        try
        {
            if (RootAt(size) is not { } root) return;
            var buffer = new ArrayBufferWriter<byte>();
            SituationSnapshot.Write(state.History, root, buffer);
            Directory.CreateDirectory(Folder);
            using (var file = AtomicFile.Begin(Path.Combine(Folder, size.ToString("D12", CultureInfo.InvariantCulture) + Extension)))
            {
                file.Stream.Write(buffer.WrittenSpan);
                file.Complete();
            }

            foreach (var old in Files().Skip(MostKept)) File.Delete(old);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            error.WriteLine(ExitCode.OneLine($"{Folder}: {JsonText.Shorten(exception.Message)}; no snapshot is kept"));
        }
    }

    private Parsed<SituationHistory> Read(string path)
    {
        if (!InputFile.Read(path, SituationSnapshot.MaximumByteCount).TryGet(out var bytes, out var refusal)) return refusal;
        if (!SituationSnapshot.ReadHeader(bytes.Span).TryGet(out var header, out refusal)) return refusal;
        if (header.Size > store.Size || RootAt(header.Size) is not { } root)
            return new Refusal("record.snapshot-other-record", "", FormattableString.Invariant($"size {header.Size}"), FormattableString.Invariant($"at most size {store.Size}"));
        var isUncollected = GC.TryStartNoGCRegion(Math.Clamp((long)BytesMadeOfEach * bytes.Length, 1, MostUncollectedBytes));
        try
        {
            return SituationSnapshot.Read(bytes.Span, root, Statement);
        }
        finally
        {
            if (isUncollected && System.Runtime.GCSettings.LatencyMode == System.Runtime.GCLatencyMode.NoGCRegion) GC.EndNoGCRegion();
        }
    }

    private Statement? Statement(long index, Founding? founding) =>
        index < store.Size && SignedEntry.Read(store.Entries(index, index + 1).Single()).TryGet(out var entry, out _)
            ? StatementsDomain.Read(entry, store.Attachment, founding)
            : null;

    private byte[]? RootAt(long size)
    {
        if (!MerkleFrontier.Of(size, new TileHashes(store.Size, store.Tile)).TryGet(out var frontier, out _)) return null;
        var root = new byte[MerkleHash.Length];
        frontier.Root().CopyTo(root);
        return root;
    }

    // The names sort by size.
    private IEnumerable<string> Files() =>
        Directory.Exists(Folder) ? Directory.GetFiles(Folder, "*" + Extension).OrderDescending(StringComparer.Ordinal) : [];
}
