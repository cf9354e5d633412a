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

namespace Tansiq.Storage.Logs;

/// <summary>
/// Snapshots of the situation beside a record: a cache of one's own making, so that a long record opens fast. One that is damaged
/// or of another record is passed over and told; none is ever taken from elsewhere or given away.
/// </summary>
/// <param name="folder">The folder of the snapshots; made when the first is written.</param>
/// <param name="store">The record.</param>
/// <param name="entriesBetween">From how many entries behind a new one is written.</param>
public sealed class SituationSnapshots(string folder, IRecordStore store, int entriesBetween = SituationSnapshots.EntriesBetween)
{
    /// <summary>From how many entries behind a new one is written, where nothing else is said.</summary>
    public const int EntriesBetween = 20_000;

    // What is read stays: collecting in between would only copy it. More than this the runtime does not promise.
    private const long MostUncollectedBytes = 4L * 1024 * 1024 * 1024;
    private const int BytesMadeOfEach = 7;

    private const string Extension = ".snapshot";
    private const int MostKept = 2;

    /// <summary>The state of the newest snapshot that can be read; the empty state where there is none.</summary>
    /// <param name="told">Told of others, each in one line.</param>
    public RecordedState Read(Action<string> told)
    {
        ArgumentNullException.ThrowIfNull(told);
        foreach (var path in Files())
        {
            if (Read(path).TryGet(out var history, out var refusal)) return RecordedState.Of(history);
            told($"{path}: {refusal}; passed over");
        }

        return RecordedState.Empty;
    }

    /// <summary>Writes a snapshot where the newest lies far behind; that it can't be written is told and changes nothing.</summary>
    /// <param name="state">The state of the whole record.</param>
    /// <param name="startedFrom">The size of the snapshot that it began from.</param>
    /// <param name="told">Told of failures, each in one line.</param>
    /// <returns>Whether one was written.</returns>
    public bool Write(RecordedState state, long startedFrom, Action<string> told)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(told);
        var size = state.Situation.Size;
        if (size - startedFrom < entriesBetween) return false;
        try
        {
            if (RootAt(size) is not { } root) return false;
            var buffer = new ArrayBufferWriter<byte>();
            SituationSnapshot.Write(state.History, root, buffer);
            Directory.CreateDirectory(folder);
            Put(Path.Combine(folder, size.ToString("D12", CultureInfo.InvariantCulture) + Extension), buffer.WrittenSpan);
            foreach (var old in Files().Skip(MostKept)) File.Delete(old);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            told($"{folder}: {JsonText.Shorten(exception.Message)}; no snapshot is kept");
            return false;
        }
    }

    // Under its name it is whole or not there.
    private static void Put(string path, ReadOnlySpan<byte> content)
    {
        var part = $"{path}.{Environment.ProcessId}.part";
        try
        {
            using (var file = new FileStream(part, FileMode.Create, FileAccess.Write))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            File.Move(part, path, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }

    private Parsed<SituationHistory> Read(string path)
    {
        if (!Bytes(path).TryGet(out var bytes, out var refusal)) return refusal;
        if (!SituationSnapshot.ReadHeader(bytes).TryGet(out var header, out refusal)) return refusal;
        if (header.Size > store.Size || RootAt(header.Size) is not { } root)
            return new Refusal("record.snapshot-other-record", "", FormattableString.Invariant($"size {header.Size}"), FormattableString.Invariant($"at most size {store.Size}"));
        var isUncollected = GC.TryStartNoGCRegion(Math.Clamp((long)BytesMadeOfEach * bytes.Length, 1, MostUncollectedBytes));
        try
        {
            return SituationSnapshot.Read(bytes, root, Statement);
        }
        finally
        {
            if (isUncollected && System.Runtime.GCSettings.LatencyMode == System.Runtime.GCLatencyMode.NoGCRegion) GC.EndNoGCRegion();
        }
    }

    private static Parsed<byte[]> Bytes(string path)
    {
        try
        {
            return new FileInfo(path).Length <= SituationSnapshot.MaximumByteCount
                ? File.ReadAllBytes(path)
                : new Refusal("record.snapshot-unreadable", "", "a larger file", FormattableString.Invariant($"at most {SituationSnapshot.MaximumByteCount} bytes"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Refusal("record.snapshot-unreadable", "", JsonText.Shorten(exception.Message), "a file that can be read");
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
        Directory.Exists(folder) ? Directory.GetFiles(folder, "*" + Extension).OrderDescending(StringComparer.Ordinal) : [];
}
