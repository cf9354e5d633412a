using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Tansiq.Record.Merkle;
using Tansiq.Record.Notes;

namespace Tansiq.Record.Checkpoints;

/// <summary>What a log is at one size (tlog-checkpoint v1.0.0): origin, size and root, without extension lines.</summary>
/// <param name="Origin">The log's identity.</param>
/// <param name="Size">How many entries.</param>
/// <param name="Root">The Merkle root over them.</param>
public sealed record Checkpoint(string Origin, long Size, MerkleHash Root)
{
    /// <summary>The text that is signed: three lines.</summary>
    public byte[] Text() => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Root}\n"));

    /// <summary>Reads a checkpoint's text.</summary>
    /// <returns>The checkpoint, or <see cref="RecordFaults.MalformedCheckpoint"/>.</returns>
    public static Checked<Checkpoint> Parse(ReadOnlySpan<byte> text)
    {
        var lines = new LineReader(text);
        if (!lines.TryRead(out var origin) || !lines.TryRead(out var size) || !lines.TryRead(out var root) || lines.Position != text.Length)
            return Malformed("", "another number of lines", "origin, size and root, and no extension lines");
        if (!IsOrigin(origin)) return Malformed("line 1", "another origin", "an origin of 1 to 255 bytes of UTF-8");
        if (!DecimalText.TryParse(size, out var entries)) return Malformed("line 2", "another size", "a decimal number without leading zeroes");
        return MerkleHash.TryParse(root, out var hash) ? new Checkpoint(Encoding.UTF8.GetString(origin), entries, hash) : Malformed("line 3", "another root", "32 bytes in base64");
    }

    // An origin need not be a key's name: Go's checksum database has spaces in its own.
    private static bool IsOrigin(ReadOnlySpan<byte> origin) =>
        origin.Length is > 0 and <= NoteLimits.MaximumNameBytes && !origin.ContainsAnyInRange((byte)0, (byte)0x1f) && Utf8.IsValid(origin);

    private static Fault Malformed(string where, string found, string expected) => new(RecordFaults.MalformedCheckpoint, where, found, expected);
}
