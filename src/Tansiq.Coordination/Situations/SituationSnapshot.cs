using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Situations.Snapshots;
using Tansiq.Coordination.Statements;
using Tansiq.Geo.Text;

namespace Tansiq.Coordination.Situations;

/// <summary>
/// A history as bytes (docs/formats/situation-snapshot.md), from which it comes back sooner than by folding the record
/// again. It is a cache of one's own making: never taken from others, and where anything is wrong with it, the record is
/// folded.
/// </summary>
public static class SituationSnapshot
{
    /// <summary>The version of the format.</summary>
    public const int FormatVersion = 2;

    /// <summary>How many bytes a record's root hash has.</summary>
    public const int RootByteCount = SHA256.HashSizeInBytes;

    /// <summary>How many bytes <see cref="ReadHeader"/> needs.</summary>
    public const int HeaderByteCount = 16 + 2 * sizeof(int) + sizeof(long) + RootByteCount;

    /// <summary>The most bytes that are read: a snapshot has to fit one piece of memory.</summary>
    public static int MaximumByteCount => Array.MaxLength;

    private static ReadOnlySpan<byte> Magic => "tansiq snapshot\n"u8;

    /// <summary>Writes a history at its full size.</summary>
    /// <param name="history">The history.</param>
    /// <param name="root">The root hash of the record at that size, 32 bytes (RFC 6962).</param>
    /// <param name="output">Where to; it is given at most 64 KiB at a time.</param>
    /// <exception cref="ArgumentException">A root has 32 bytes.</exception>
    public static void Write(SituationHistory history, ReadOnlySpan<byte> root, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(output);
        if (root.Length != RootByteCount) throw new ArgumentException("A root has 32 bytes.", nameof(root));
        var latest = history.Latest;
        using var writer = new SnapshotWriter(output);
        writer.Bytes(Magic);
        writer.Int32(FormatVersion);
        writer.Int32(Admit.RulesVersion);
        writer.Int64(latest.Size);
        writer.Bytes(root);
        new WrittenHistory(writer, history, latest).Write();
        writer.Bytes(writer.Sum());
        writer.Flush();
    }

    /// <summary>Reads for which record a snapshot was made.</summary>
    /// <param name="start">Its first <see cref="HeaderByteCount"/> bytes or more.</param>
    /// <returns>Size and root; or <c>record.snapshot-unknown</c>, <c>record.snapshot-other-version</c>.</returns>
    public static Parsed<SnapshotHeader> ReadHeader(ReadOnlySpan<byte> start)
    {
        if (start.Length < HeaderByteCount || !start.StartsWith(Magic)) return new Refusal("record.snapshot-unknown", "", "other bytes", "a snapshot");
        var numbers = start[Magic.Length..];
        var (format, rules) = (BinaryPrimitives.ReadInt32LittleEndian(numbers), BinaryPrimitives.ReadInt32LittleEndian(numbers[sizeof(int)..]));
        if ((format, rules) != (FormatVersion, Admit.RulesVersion))
        {
            return new Refusal(
                "record.snapshot-other-version",
                "",
                string.Create(CultureInfo.InvariantCulture, $"format {format}, rules {rules}"),
                string.Create(CultureInfo.InvariantCulture, $"format {FormatVersion}, rules {Admit.RulesVersion}"));
        }

        var size = BinaryPrimitives.ReadInt64LittleEndian(numbers[(2 * sizeof(int))..]);
        if (size is < 0 or > int.MaxValue) return Malformed();
        return new SnapshotHeader(size, ContentHash.FromBytes(start[(HeaderByteCount - RootByteCount)..HeaderByteCount]));
    }

    /// <summary>Reads a history.</summary>
    /// <remarks>
    /// It makes about a kilobyte of objects for each entry, all of which stay: who reads a large one does well to keep the
    /// platform from collecting meanwhile.
    /// </remarks>
    /// <param name="snapshot">The bytes, all of them.</param>
    /// <param name="root">The root hash of the record at the snapshot's size, which <see cref="ReadHeader"/> gives: 32 bytes.</param>
    /// <param name="statementAt">
    /// Gives a statement of the record by its index, read with the founding (null for the founding itself); null where it
    /// is not held. It is asked of the founding, agreements, suspensions and control maps alone.
    /// </param>
    /// <returns>
    /// The history, equal in every answer to the one written; or a refusal: <c>record.snapshot-unknown</c>,
    /// <c>record.snapshot-other-version</c>, <c>record.snapshot-other-record</c>, <c>record.snapshot-damaged</c>,
    /// <c>record.snapshot-statement-missing</c>, <c>record.snapshot-malformed</c>.
    /// </returns>
    public static Parsed<SituationHistory> Read(
        ReadOnlySpan<byte> snapshot, ReadOnlySpan<byte> root, Func<long, Founding?, Statement?> statementAt)
    {
        ArgumentNullException.ThrowIfNull(statementAt);
        if (!ReadHeader(snapshot).TryGet(out var header, out var refusal)) return refusal;
        if (!snapshot[(HeaderByteCount - RootByteCount)..HeaderByteCount].SequenceEqual(root))
            return new Refusal("record.snapshot-other-record", "", header.Root.Hex, "the root hash of this record at that size");
        if (snapshot.Length < HeaderByteCount + SHA256.HashSizeInBytes) return Damaged();
        var content = snapshot[..^SHA256.HashSizeInBytes];
        if (!SHA256.HashData(content).AsSpan().SequenceEqual(snapshot[content.Length..])) return Damaged();
        var cursor = new SnapshotCursor(content[HeaderByteCount..]);
        var entries = cursor.Count(int.MaxValue, HistoryReader.LeastEntryBytes);
        cursor.Require(entries == header.Size);
        var reader = new HistoryReader(entries, statementAt);
        if (reader.Read(ref cursor) is { } history) return history;
        return reader.Missing is { } missing
            ? new Refusal(
                "record.snapshot-statement-missing",
                string.Create(CultureInfo.InvariantCulture, $"entry {missing}"),
                "nothing, or another statement",
                "the statement that the snapshot was made of")
            : Malformed();
    }

    /// <summary>
    /// A hash of all that a situation holds, independent of how it came to be: what was said and what became of it, but for
    /// how much of it is joint (docs/formats/situation-digest.md).
    /// </summary>
    /// <param name="situation">The situation.</param>
    public static ContentHash StateDigest(Situation situation)
    {
        ArgumentNullException.ThrowIfNull(situation);
        using var writer = new SnapshotWriter(output: null);
        new WrittenState(writer, situation).Write();
        return ContentHash.FromBytes(writer.Sum());
    }

    private static Refusal Damaged() => new("record.snapshot-damaged", "", "bytes that do not have the hash at their end", "a whole snapshot");

    private static Refusal Malformed() => new("record.snapshot-malformed", "", "entries that are none", "the entries of a record");
}

/// <summary>For which record a snapshot was made.</summary>
/// <param name="Size">The size of the record.</param>
/// <param name="Root">The root hash of the record at that size.</param>
public sealed record SnapshotHeader(long Size, ContentHash Root);
