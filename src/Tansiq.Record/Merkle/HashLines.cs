using System.Globalization;
using System.Text;
using Tansiq.Record.Notes;

namespace Tansiq.Record.Merkle;

/// <summary>The hashes of a proof as text: one in base64 on each line, then an empty line (tlog-witness, add-checkpoint; tlog-proof, Format).</summary>
internal static class HashLines
{
    /// <summary>Reads the hashes and the empty line after them.</summary>
    /// <returns>The hashes, or a fault under <paramref name="code"/>.</returns>
    public static Checked<IReadOnlyList<MerkleHash>> Read(ref LineReader lines, int most, string code)
    {
        var hashes = new List<MerkleHash>();
        while (lines.TryRead(out var line))
        {
            if (line.IsEmpty) return hashes;
            if (hashes.Count == most) return new Fault(RecordFaults.TooLarge, Place(lines), "one hash more", string.Create(CultureInfo.InvariantCulture, $"at most {most} hashes"));
            if (!MerkleHash.TryParse(line, out var hash)) return new Fault(code, Place(lines), "another line", "32 bytes in base64, or an empty line");
            hashes.Add(hash);
        }

        return new Fault(code, Place(lines), "the end", "an empty line after the hashes");
    }

    public static void Write(StringBuilder text, IReadOnlyList<MerkleHash> hashes)
    {
        foreach (var hash in hashes) text.Append(hash).Append('\n');
        text.Append('\n');
    }

    /// <summary>The line that was read last.</summary>
    public static string Place(in LineReader lines) => string.Create(CultureInfo.InvariantCulture, $"line {lines.Lines}");
}
