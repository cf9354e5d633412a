using System.Collections.Immutable;
using System.Globalization;
using Tansiq.Geo.Text;
using Tansiq.Record;
using Tansiq.Record.Checkpoints;
using Tansiq.Record.Entries;
using Tansiq.Record.Logs;
using Tansiq.Record.Merkle;
using Tansiq.Record.Notes;
using Tansiq.Record.Proofs;

namespace Tansiq.Cli.Recording;

/// <summary>Finds entries and checks proofs of one entry (tlog-proof): whoever has proof, entry and keys needs nothing else.</summary>
internal static class ProofFiles
{
    /// <summary>What the name of a proof's file ends in.</summary>
    public const string Extension = ".tlog-proof";

    /// <summary>The entry that a user means: an index, the hash of its text, or its hash as a leaf, in hexadecimal digits.</summary>
    public static Parsed<long> Find(IRecordStore store, string text)
    {
        var size = store.Size;
        if (AttachmentHash.Parse(text) is { } hash)
        {
            var at = 0L;
            foreach (var entry in store.Entries(0, size))
            {
                if (IsNamedBy(entry, hash)) return at;
                at++;
            }
        }

        else if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            return index < size ? index : new Refusal("cli.no-such-entry", "", JsonText.Shorten(text), FormattableString.Invariant($"an index below the record's size, {size}"));

        return new Refusal("cli.no-such-entry", "", JsonText.Shorten(text), "an index, or the hash of an entry that is on the record");
    }

    /// <summary>Checks a proof.</summary>
    /// <param name="proof">The proof's bytes.</param>
    /// <param name="entry">The entry's bytes.</param>
    /// <param name="logKey">The log's key.</param>
    /// <param name="witnesses">The witnesses that have to have cosigned.</param>
    /// <param name="authors">Keys by one of which the entry has to be signed; empty: that is not looked at.</param>
    public static Findings Check(
        ReadOnlyMemory<byte> proof, ReadOnlyMemory<byte> entry, VerifierKey logKey, ImmutableArray<VerifierKey> witnesses, ImmutableArray<VerifierKey> authors)
    {
        var findings = new Findings();
        if (!RecordProof.Read(proof).TryGet(out var read, out var fault) || !read.Verify(entry.Span, logKey, witnesses).TryGet(out var signed, out fault))
        {
            findings.Fails(fault);
            return findings;
        }

        findings.Holds($"the statement is entry {read.Index} of {signed.Checkpoint.Origin}, proved to the root of size {signed.Checkpoint.Size}");
        AddCheckpoint(findings, signed, logKey, witnesses);
        AddAuthor(findings, entry, authors);
        return findings;
    }

    /// <summary>Says who has signed a checkpoint.</summary>
    public static void AddCheckpoint(Findings findings, SignedCheckpoint signed, VerifierKey logKey, ImmutableArray<VerifierKey> witnesses)
    {
        findings.Holds($"the checkpoint of size {signed.Checkpoint.Size} is signed by {logKey.Name}");
        foreach (var witness in witnesses)
        {
            var cosignature = signed.Cosignatures.FirstOrDefault(each => each.Key.Equals(witness));
            if (cosignature is null) findings.Fails(new(RecordFaults.UnknownKey, "checkpoint", $"no cosignature of {witness.Name}", "one of each witness that is asked for"));
            else findings.Holds($"the checkpoint is cosigned by {witness.Name} at {cosignature.Time}");
        }
    }

    private static void AddAuthor(Findings findings, ReadOnlyMemory<byte> entry, ImmutableArray<VerifierKey> authors)
    {
        if (!SignedEntry.Read(entry).TryGet(out var read, out var fault)) findings.Fails(fault.In("statement"));
        else if (authors.IsEmpty) findings.Remark($"the signature of {read.Signature.Name} is not looked at: no key of an author was given (--author)");
        else if (read.Note.Verify(authors).TryGet(out var verified, out fault)) findings.Holds($"the statement is signed by {verified[0].Key.Name}");
        else findings.Fails(fault.In("statement"));
    }

    /// <summary>The hash of an entry as a leaf of the tree, in hexadecimal digits.</summary>
    public static string LeafDigits(ReadOnlySpan<byte> entry)
    {
        Span<byte> leaf = stackalloc byte[MerkleHash.Length];
        MerkleHashing.Leaf(entry).CopyTo(leaf);
        return Convert.ToHexStringLower(leaf);
    }

    private static bool IsNamedBy(ReadOnlyMemory<byte> entry, AttachmentHash hash) =>
        LeafDigits(entry.Span) == hash.Hex
        || (SignedNote.Read(entry).TryGet(out var note, out _) && AttachmentHash.Of(note.Text.Span) == hash);
}
