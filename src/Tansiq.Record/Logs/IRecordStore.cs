using Tansiq.Record.Entries;
using Tansiq.Record.Merkle;
using Tansiq.Record.Tiles;

namespace Tansiq.Record.Logs;

/// <summary>
/// Where a record is kept: entries, tiles, the log's newest checkpoint, cosignatures on it, attachments, evidence. One suite of tests
/// (RecordStoreContract) says what each kind of store has to do.
/// </summary>
/// <remarks>
/// Reading is safe from any thread and sees what is committed. One thread writes at a time. Where the disk fails a method throws
/// <see cref="RecordStoreException"/>.
/// </remarks>
public interface IRecordStore : IDisposable
{
    /// <summary>The log's origin.</summary>
    string Origin { get; }

    /// <summary>How many entries are committed; always the size of <see cref="Checkpoint"/>.</summary>
    long Size { get; }

    /// <summary>The newest checkpoint as the log signed it, with the cosignatures that are held on it; null before the first.</summary>
    ReadOnlyMemory<byte>? Checkpoint { get; }

    /// <summary>The newest checkpoint that bears the cosignatures of all who make entries joint, as a note; null where there is none.</summary>
    ReadOnlyMemory<byte>? JointCheckpoint { get; }

    /// <summary>The entries of some indices, in order; read as they are asked for.</summary>
    IEnumerable<ReadOnlyMemory<byte>> Entries(long from, long until);

    /// <summary>The identities (<see cref="IRecordDomain{TState,TReading}.IdentityOf"/>) of some entries, in order; null for an entry without one.</summary>
    IEnumerable<UInt128?> Identities(long from, long until);

    /// <summary>
    /// A tile of hashes or a bundle of entries, of the width that is asked for (less than is there for a smaller tree); null where the record has
    /// not so many.
    /// </summary>
    ReadOnlyMemory<byte>? Tile(Tile tile);

    /// <summary>An attachment; null where it is not held.</summary>
    ReadOnlyMemory<byte>? Attachment(AttachmentHash hash);

    /// <summary>The attachments that are held, by hash, in order.</summary>
    IEnumerable<AttachmentHash> Attachments();

    /// <summary>Keeps an attachment, durably. The same again changes nothing.</summary>
    AttachmentHash AddAttachment(ReadOnlyMemory<byte> content);

    /// <summary>Begins to write; ends with <see cref="IRecordTransaction.Commit"/> or, disposed before, without a trace.</summary>
    IRecordTransaction Begin();

    /// <summary>Keeps the newest checkpoint with more cosignatures on it, durably.</summary>
    /// <param name="note">A note with the text of <see cref="Checkpoint"/>, or of an earlier one.</param>
    /// <param name="isJoint">Whether it bears the cosignatures of all who make entries joint.</param>
    void KeepCosigned(ReadOnlyMemory<byte> note, bool isJoint);

    /// <summary>What a witness remembers of a log: the newest checkpoint that it cosigned, as a note; null where it never did.</summary>
    ReadOnlyMemory<byte>? Witnessed(string origin);

    /// <summary>
    /// Remembers a newer checkpoint of a log if the one remembered is still <paramref name="expected"/>: compared and kept in one
    /// durable step (tlog-witness, add-checkpoint).
    /// </summary>
    /// <returns>Whether it is kept.</returns>
    bool TryWitness(string origin, ReadOnlyMemory<byte>? expected, ReadOnlyMemory<byte> note);

    /// <summary>Keeps evidence of something that must not be, whole, durably: the fault and the files that show it. The same again changes nothing.</summary>
    void KeepEvidence(Evidence evidence);

    /// <summary>All evidence that is kept, oldest first.</summary>
    IReadOnlyList<Evidence> AllEvidence();
}

/// <summary>One step of writing a record: everything in it is committed, or nothing.</summary>
public interface IRecordTransaction : IDisposable
{
    /// <summary>Adds the next entry.</summary>
    void Add(ReadOnlyMemory<byte> entry, UInt128? identity);

    /// <summary>Keeps an attachment with the entries that name it. The same again changes nothing.</summary>
    void AddAttachment(ReadOnlyMemory<byte> content);

    /// <summary>The entries that were added, read back from the store.</summary>
    IEnumerable<ReadOnlyMemory<byte>> Added();

    /// <summary>Writes a tile of hashes, whole or the part that there is; it replaces a narrower one of the same place.</summary>
    void Put(int level, long index, ReadOnlyMemory<byte> hashes);

    /// <summary>Writes the checkpoint over all entries.</summary>
    void Put(ReadOnlyMemory<byte> checkpoint);

    /// <summary>Remembers with the entries what a witness cosigns of a log (<see cref="IRecordStore.Witnessed"/>). As long as it is open nobody else changes that.</summary>
    void Witness(string origin, ReadOnlyMemory<byte> note);

    /// <summary>Commits. When it returns, all of it is on the disk.</summary>
    /// <exception cref="RecordStoreException">It is not known to be on the disk: it may be there or not.</exception>
    void Commit();
}

/// <summary>Evidence of something that must not be.</summary>
/// <param name="Fault">What it is.</param>
/// <param name="Files">The bytes that show it, by name: checkpoints, tiles, entries, exactly as they came.</param>
public sealed record Evidence(Fault Fault, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Files);

/// <summary>The disk, or what stands for it, failed.</summary>
public sealed class RecordStoreException : Exception
{
    /// <summary>A failure.</summary>
    public RecordStoreException(string message, bool isFull, Exception? inner = null)
        : base(message, inner) => IsFull = isFull;

    /// <summary>Whether there was no room: nothing was written, and it can be tried again.</summary>
    public bool IsFull { get; }
}
