using System.Globalization;
using System.Text;
using Tansiq.Record.Checkpoints;
using Tansiq.Record.Merkle;
using Tansiq.Record.Notes;

namespace Tansiq.Record.Proofs;

/// <summary>
/// That one entry is in a log, to be verified offline with nothing but the entry and the keys (C2SP tlog-proof v1): index, inclusion
/// proof, and the checkpoint with its cosignatures as it is. Immutable and thread-safe.
/// </summary>
public sealed class RecordProof
{
    /// <summary>The most bytes of extra data.</summary>
    public const int MaximumExtraBytes = 4_096;

    /// <summary>The most bytes of a proof.</summary>
    public const int MaximumBytes = NoteLimits.MaximumBytes + InclusionProof.MaximumHashes * HashLineBytes + 2 * MaximumExtraBytes;

    private const int HashLineBytes = 45;
    private const string Header = "c2sp.org/tlog-proof@v1";

    private RecordProof(long index, IReadOnlyList<MerkleHash> hashes, SignedNote checkpoint, ReadOnlyMemory<byte> extra)
    {
        Index = index;
        Hashes = hashes;
        Checkpoint = checkpoint;
        Extra = extra;
    }

    /// <summary>The entry's index, from 0.</summary>
    public long Index { get; }

    /// <summary>The inclusion proof, from the leaf's sibling to the root's child.</summary>
    public IReadOnlyList<MerkleHash> Hashes { get; }

    /// <summary>The checkpoint, as the log and its witnesses signed it. Nothing of it counts before <see cref="Verify"/>.</summary>
    public SignedNote Checkpoint { get; }

    /// <summary>Extra data; empty where there is none. Nobody vouches for it.</summary>
    public ReadOnlyMemory<byte> Extra { get; }

    /// <summary>A proof from its parts; whether it holds is not looked at.</summary>
    /// <param name="index">The entry's index.</param>
    /// <param name="hashes">At most <see cref="InclusionProof.MaximumHashes"/>.</param>
    /// <param name="checkpoint">A checkpoint that covers the entry.</param>
    /// <param name="extra">At most <see cref="MaximumExtraBytes"/> bytes; empty for none.</param>
    /// <exception cref="ArgumentException">A part is out of its bounds.</exception>
    public static RecordProof Of(long index, IReadOnlyList<MerkleHash> hashes, SignedNote checkpoint, ReadOnlyMemory<byte> extra = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentNullException.ThrowIfNull(hashes);
        if (hashes.Count > InclusionProof.MaximumHashes) throw new ArgumentException("A proof has at most 63 hashes.", nameof(hashes));
        ArgumentNullException.ThrowIfNull(checkpoint);
        if (extra.Length > MaximumExtraBytes) throw new ArgumentException("Extra data has at most 4,096 bytes.", nameof(extra));
        return new(index, [.. hashes], checkpoint, extra);
    }

    /// <summary>Reads a proof (tlog-proof, Format).</summary>
    /// <returns>
    /// The proof; <see cref="RecordFaults.MalformedProof"/>, <see cref="RecordFaults.TooLarge"/>, or <see cref="RecordFaults.MalformedNote"/>
    /// where what follows the hashes is not a note.
    /// </returns>
    public static Checked<RecordProof> Read(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > MaximumBytes) return new Fault(RecordFaults.TooLarge, "", $"{bytes.Length} bytes", string.Create(CultureInfo.InvariantCulture, $"a proof of at most {MaximumBytes} bytes"));
        var lines = new LineReader(bytes.Span);
        if (!lines.TryRead(out var line) || !Ascii.Equals(line, Header)) return Malformed(lines, Header);
        var extra = Array.Empty<byte>();
        if (!lines.TryRead(out line)) return Malformed(lines, "index N");
        if (line.StartsWith("extra "u8))
        {
            if (!Base64Text.TryDecode(line["extra ".Length..], MaximumExtraBytes, out extra) || extra.Length == 0) return Malformed(lines, $"extra and 1 to {MaximumExtraBytes} bytes in base64");
            if (!lines.TryRead(out line)) return Malformed(lines, "index N");
        }

        if (!line.StartsWith("index "u8) || !DecimalText.TryParse(line["index ".Length..], out var index)) return Malformed(lines, "index N");
        if (!HashLines.Read(ref lines, InclusionProof.MaximumHashes, RecordFaults.MalformedProof).TryGet(out var hashes, out var fault)) return fault;
        if (!SignedNote.Read(bytes[lines.Position..]).TryGet(out var checkpoint, out fault)) return fault.In("checkpoint");
        return new RecordProof(index, hashes, checkpoint, extra);
    }

    /// <summary>The proof as <see cref="Read"/> reads it; files of it end in <c>.tlog-proof</c>.</summary>
    public byte[] Write()
    {
        var text = new StringBuilder(Header).Append('\n');
        if (!Extra.IsEmpty) text.Append("extra ").Append(Convert.ToBase64String(Extra.Span)).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"index {Index}\n");
        HashLines.Write(text, Hashes);
        return [.. Encoding.ASCII.GetBytes(text.ToString()), .. Checkpoint.Bytes.Span];
    }

    /// <summary>Whether some bytes are the entry at <see cref="Index"/> of the log that a key stands for.</summary>
    /// <param name="entry">The entry, byte for byte.</param>
    /// <param name="logKey">The log's key.</param>
    /// <param name="witnesses">
    /// Keys whose cosignatures are asked for; which of them are there is in the answer
    /// (<see cref="SignedCheckpoint.IsCosignedBy"/>), and how many suffice is for the caller to say.
    /// </param>
    /// <returns>The checkpoint that covers the entry, what <see cref="SignedCheckpoint.Open"/> refuses, or <see cref="RecordFaults.WrongProof"/>.</returns>
    public Checked<SignedCheckpoint> Verify(ReadOnlySpan<byte> entry, VerifierKey logKey, params IEnumerable<VerifierKey> witnesses)
    {
        if (!SignedCheckpoint.Open(Checkpoint.Bytes, logKey, witnesses).TryGet(out var signed, out var fault)) return fault;
        var (size, root) = (signed.Checkpoint.Size, signed.Checkpoint.Root);
        if (InclusionProof.Verifies(Index, size, MerkleHashing.Leaf(entry), Hashes, root)) return signed;
        return new Fault(
            RecordFaults.WrongProof,
            string.Create(CultureInfo.InvariantCulture, $"entry {Index}"),
            "a proof that does not lead from these bytes to the root",
            string.Create(CultureInfo.InvariantCulture, $"a proof for the tree of {size} entries"));
    }

    private static Fault Malformed(in LineReader lines, string expected) => new(RecordFaults.MalformedProof, HashLines.Place(lines), "another line", expected);
}
