using System.Globalization;
using System.Text;
using Tansiq.Record.Merkle;
using Tansiq.Record.Notes;

namespace Tansiq.Record.Checkpoints;

/// <summary>What a log is at one size (tlog-checkpoint v1.0.0): origin, size and root, without extension lines.</summary>
/// <param name="Origin">The log's identity.</param>
/// <param name="Size">How many entries.</param>
/// <param name="Root">The Merkle root over them.</param>
public sealed record Checkpoint(string Origin, long Size, MerkleHash Root)
{
    private const int Lines = 3;

    /// <summary>The text that is signed: three lines.</summary>
    public byte[] Text() => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Root}\n"));

    /// <summary>Reads a checkpoint's text.</summary>
    /// <returns>The checkpoint, or <see cref="RecordFaults.MalformedCheckpoint"/>.</returns>
    public static Checked<Checkpoint> Parse(ReadOnlySpan<byte> text)
    {
        var lines = Encoding.UTF8.GetString(text).Split('\n');
        if (lines.Length != Lines + 1 || lines[Lines].Length != 0) return Malformed("", "another number of lines", "origin, size and root, and no extension lines");
        if (!KeyName.IsValid(lines[0])) return Malformed("line 1", "another origin", "a name without spaces and plus, at most 255 bytes");
        if (!TrySize(lines[1], out var size)) return Malformed("line 2", "another size", "a decimal number without leading zeroes");
        return MerkleHash.TryParse(lines[2], out var root) ? new Checkpoint(lines[0], size, root) : Malformed("line 3", "another root", "32 bytes in base64");
    }

    /// <summary>Reads a size: decimal digits without leading zeroes, less than 2⁶³.</summary>
    internal static bool TrySize(string text, out long size) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out size) && (text.Length == 1 || text[0] != '0');

    private static Fault Malformed(string where, string found, string expected) => new(RecordFaults.MalformedCheckpoint, where, found, expected);
}
