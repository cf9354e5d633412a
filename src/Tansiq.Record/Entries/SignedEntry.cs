using Tansiq.Record.Merkle;
using Tansiq.Record.Notes;
using Tansiq.Record.Tiles;

namespace Tansiq.Record.Entries;

/// <summary>An entry of the record: a signed note with exactly one signature (REC-7). Form alone is checked. Immutable and thread-safe.</summary>
public sealed class SignedEntry
{
    private SignedEntry(SignedNote note)
    {
        Note = note;
        Leaf = MerkleHashing.Leaf(note.Bytes.Span);
    }

    /// <summary>The note, byte for byte.</summary>
    public SignedNote Note { get; }

    /// <summary>What is signed.</summary>
    public ReadOnlyMemory<byte> Text => Note.Text;

    /// <summary>The one signature.</summary>
    public NoteSignature Signature => Note.Signatures[0];

    /// <summary>The hash of the whole note as a leaf of the tree.</summary>
    public MerkleHash Leaf { get; }

    /// <summary>Reads an entry.</summary>
    /// <returns>The entry; <see cref="RecordFaults.MalformedNote"/>, <see cref="RecordFaults.TooLarge"/> or <see cref="RecordFaults.NotOneSignature"/>.</returns>
    public static Checked<SignedEntry> Read(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > EntryBundle.MaximumEntryBytes)
            return new Fault(RecordFaults.TooLarge, "", $"{bytes.Length} bytes", $"an entry of at most {EntryBundle.MaximumEntryBytes} bytes");
        if (!SignedNote.Read(bytes).TryGet(out var note, out var fault)) return fault;
        return note.Signatures.Count == 1
            ? new SignedEntry(note)
            : new Fault(RecordFaults.NotOneSignature, "", $"{note.Signatures.Count} signatures", "exactly one signature");
    }
}
