using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Tansiq.Record;
using Tansiq.Record.Following;
using Tansiq.Record.Logs;
using Tansiq.Record.Tiles;
using Tansiq.Storage.Sources;

namespace Tansiq.Server.Federation;

/// <summary>
/// What one node gives another that follows it, in one answer: a checkpoint, the tiles at its edge, the entries that the other has not, and the newest
/// joint checkpoint. Nothing of it is trusted: it is a record source like any other (docs/formats/federation.md).
/// </summary>
/// <param name="Checkpoint">The checkpoint's note; null where there is no record yet.</param>
/// <param name="Joint">The newest joint checkpoint's note; null where there is none.</param>
/// <param name="From">The first of the entries.</param>
/// <param name="Tiles">The tiles at the edge of the checkpoint's tree.</param>
/// <param name="Entries">The entries up to the checkpoint's size; none where they are too many, and are to be read as tiles.</param>
internal sealed record RecordPart(
    ReadOnlyMemory<byte>? Checkpoint, ReadOnlyMemory<byte>? Joint, long From, IReadOnlyList<(Tile Tile, ReadOnlyMemory<byte> Hashes)> Tiles, IReadOnlyList<ReadOnlyMemory<byte>> Entries)
{
    /// <summary>The media type.</summary>
    public const string ContentType = "application/vnd.tansiq.part";

    /// <summary>The most entries in a part.</summary>
    public const int MaximumEntries = 4_096;

    /// <summary>The most bytes of a part.</summary>
    public const int MaximumBytes = 8 * 1024 * 1024;

    private const byte CheckpointKind = 1;
    private const byte JointKind = 2;
    private const byte TileKind = 3;
    private const byte EntriesKind = 4;
    private const int HeaderBytes = 5;

    /// <summary>The part of a record after some entries.</summary>
    /// <param name="store">The record.</param>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="size">Its size.</param>
    /// <param name="from">How many entries the other has.</param>
    public static RecordPart Of(IRecordStore store, ReadOnlyMemory<byte> checkpoint, long size, long from)
    {
        if (size - from is <= 0 or > MaximumEntries) return new(checkpoint, store.JointCheckpoint, from, [], []);
        var tiles = EdgeTiles.Names(size).Select(tile => (tile, store.Tile(tile) ?? ReadOnlyMemory<byte>.Empty)).ToList();
        var (entries, bytes) = (new List<ReadOnlyMemory<byte>>((int)(size - from)), 0L);
        foreach (var entry in store.Entries(from, size))
        {
            bytes += entry.Length + 2;
            if (bytes > MaximumBytes / 2) return new(checkpoint, store.JointCheckpoint, from, [], []);
            entries.Add(entry);
        }

        return new(checkpoint, store.JointCheckpoint, from, tiles, entries);
    }

    /// <summary>Writes it: parts of a kind (one byte), a length (four bytes, big-endian) and content.</summary>
    public void Write(IBufferWriter<byte> target)
    {
        if (Checkpoint is { } checkpoint) Write(target, CheckpointKind, checkpoint.Span);
        if (Joint is { } joint) Write(target, JointKind, joint.Span);
        foreach (var (tile, hashes) in Tiles) Write(target, TileKind, [.. Encoding.ASCII.GetBytes(tile.Path()), (byte)'\n', .. hashes.Span]);
        if (Entries.Count == 0) return;
        Header(target, EntriesKind, sizeof(long) + Entries.Sum(entry => entry.Length + 2));
        BinaryPrimitives.WriteInt64BigEndian(target.GetSpan(sizeof(long)), From);
        target.Advance(sizeof(long));
        foreach (var entry in Entries) EntryBundle.Write(target, entry.Span);
    }

    /// <summary>Reads it.</summary>
    /// <returns>The part, or <see cref="RecordFaults.SourceFailed"/>.</returns>
    public static Checked<RecordPart> Read(ReadOnlyMemory<byte> bytes)
    {
        var part = new RecordPart(null, null, 0, [], []);
        while (!bytes.IsEmpty)
        {
            if (bytes.Length < HeaderBytes) return Malformed("the end of a part");
            var length = BinaryPrimitives.ReadInt32BigEndian(bytes.Span[1..]);
            if (length < 0 || length > bytes.Length - HeaderBytes) return Malformed("a length beyond the end");
            if (!Read(part, bytes.Span[0], bytes.Slice(HeaderBytes, length)).TryGet(out part, out var fault)) return fault;
            bytes = bytes[(HeaderBytes + length)..];
        }

        return part;
    }

    private static Checked<RecordPart> Read(RecordPart part, byte kind, ReadOnlyMemory<byte> content)
    {
        switch (kind)
        {
            case CheckpointKind: return part with { Checkpoint = content };
            case JointKind: return part with { Joint = content };
            case TileKind:
                var end = content.Span.IndexOf((byte)'\n');
                if (end < 0 || !Tile.Parse(Encoding.ASCII.GetString(content.Span[..end])).TryGet(out var tile, out _)) return Malformed("a tile without a name");
                return part with { Tiles = [.. part.Tiles, (tile, content[(end + 1)..])] };
            case EntriesKind:
                if (content.Length < sizeof(long) || BinaryPrimitives.ReadInt64BigEndian(content.Span) is not (>= 0 and var from)) return Malformed("entries without a place");
                return EntryList.Read(content[sizeof(long)..], MaximumEntries).TryGet(out var entries, out var fault) ? part with { From = from, Entries = entries } : fault;
            default:
                // A newer version's: what it says beside is of no use here.
                return part;
        }
    }

    private static void Write(IBufferWriter<byte> target, byte kind, ReadOnlySpan<byte> content)
    {
        Header(target, kind, content.Length);
        target.Write(content);
    }

    private static void Header(IBufferWriter<byte> target, byte kind, int length)
    {
        var header = target.GetSpan(HeaderBytes);
        header[0] = kind;
        BinaryPrimitives.WriteInt32BigEndian(header[1..], length);
        target.Advance(HeaderBytes);
    }

    private static Fault Malformed(string found) => new(RecordFaults.SourceFailed, SourceLimits.CheckpointPath, found, "a part of a record");
}

/// <summary>Entries one after the other, each with its length before it, as many as there are.</summary>
internal static class EntryList
{
    /// <summary>The media type.</summary>
    public const string ContentType = "application/vnd.tansiq.entries";

    /// <summary>Takes a list apart.</summary>
    /// <returns>The entries, or <see cref="RecordFaults.MalformedRequest"/>.</returns>
    public static Checked<IReadOnlyList<ReadOnlyMemory<byte>>> Read(ReadOnlyMemory<byte> bytes, int most)
    {
        var entries = new List<ReadOnlyMemory<byte>>();
        while (!bytes.IsEmpty)
        {
            var length = bytes.Length < 2 ? int.MaxValue : BinaryPrimitives.ReadUInt16BigEndian(bytes.Span);
            if (length > bytes.Length - 2) return new Fault(RecordFaults.MalformedRequest, "", "an entry that is cut off", "entries, each with its length before it");
            if (entries.Count == most) return new Fault(RecordFaults.TooLarge, "", $"more than {most} entries", $"at most {most}");
            entries.Add(bytes.Slice(2, length));
            bytes = bytes[(2 + length)..];
        }

        return entries;
    }
}
