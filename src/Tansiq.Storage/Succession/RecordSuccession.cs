using System.Globalization;
using Tansiq.Record;
using Tansiq.Record.Checkpoints;
using Tansiq.Record.Entries;
using Tansiq.Record.Logs;
using Tansiq.Record.Merkle;
using Tansiq.Record.Notes;
using Tansiq.Storage.Following;
using Tansiq.Storage.Logs;

namespace Tansiq.Storage.Succession;

/// <summary>
/// How a new office takes the place of one that is lost (PTY-2): from any centre's copy, all that was joint and nothing beyond, then the succession, under the
/// new log's key. Until it is there nobody sequences (docs/formats/federation.md, Succession).
/// </summary>
public static class RecordSuccession
{
    /// <summary>What is joint of a copy by its own proof: the checkpoint with everybody's cosignatures.</summary>
    /// <param name="copy">A centre's copy of the old record.</param>
    /// <param name="oldLogKey">The old log's key.</param>
    /// <param name="cosigners">Whose cosignatures make entries joint.</param>
    /// <returns>It; <see cref="RecordFaults.Missing"/> where nothing is joint, or the fault of a note or tree that does not hold.</returns>
    public static Checked<Checkpoint> LastJoint(IRecordStore copy, VerifierKey oldLogKey, IReadOnlyCollection<VerifierKey> cosigners)
    {
        ArgumentNullException.ThrowIfNull(copy);
        ArgumentNullException.ThrowIfNull(cosigners);
        if (copy.JointCheckpoint is not { } note) return new Fault(RecordFaults.Missing, "joint checkpoint", "nothing", "a checkpoint that all have cosigned");
        if (!SignedCheckpoint.Open(note, oldLogKey, cosigners).TryGet(out var joint, out var fault)) return fault.In("joint checkpoint");
        if (cosigners.Count == 0 || !joint.IsCosignedBy(cosigners)) return new Fault(RecordFaults.UnknownKey, "joint checkpoint", "fewer cosignatures", "those of all signatories");
        return WhyNot(copy, joint.Checkpoint.Size, joint.Checkpoint.Root) ?? (Checked<Checkpoint>)joint.Checkpoint;
    }

    /// <summary>Why a centre must not endorse a succession, as far as its own copy tells; null where nothing speaks against it.</summary>
    /// <param name="copy">Its copy of the old record.</param>
    /// <param name="jointSize">How much is joint by what it knows: what had effect has to stand.</param>
    /// <param name="size">The last joint size that the succession names.</param>
    /// <param name="root">The root that it names.</param>
    /// <returns>
    /// <see cref="RecordFaults.RolledBack"/> where more is joint; <see cref="RecordFaults.Missing"/> where the copy has not so much, and has to follow
    /// another centre's first; <see cref="RecordFaults.SplitView"/> where it has another tree.
    /// </returns>
    public static Fault? WhyNotEndorse(IRecordStore copy, long jointSize, long size, in MerkleHash root)
    {
        ArgumentNullException.ThrowIfNull(copy);
        return size < jointSize ? new(RecordFaults.RolledBack, "succession", Size(size), Size(jointSize) + " at least, which is joint") : WhyNot(copy, size, root);
    }

    /// <summary>Writes the new record: the joint entries of a copy with their attachments, then the succession, in one step.</summary>
    /// <param name="copy">A centre's copy of the old record.</param>
    /// <param name="created">A store without entries whose origin is the new log's.</param>
    /// <param name="domain">What the entries mean.</param>
    /// <param name="size">The last joint size.</param>
    /// <param name="root">The root there.</param>
    /// <param name="succession">The succession: an entry signed by the new office.</param>
    /// <param name="newLogKey">The new log's key.</param>
    /// <returns>The new log's first checkpoint; or why the succession does not count, or the copy does not hold.</returns>
    /// <exception cref="RecordStoreException">A disk failed; the created store has no entries.</exception>
    public static Checked<SignedCheckpoint> Write<TState, TReading>(
        IRecordStore copy, IRecordStore created, IRecordDomain<TState, TReading> domain, long size, MerkleHash root, ReadOnlyMemory<byte> succession, SigningKey newLogKey)
        where TState : class
        where TReading : class
    {
        ArgumentNullException.ThrowIfNull(copy);
        ArgumentNullException.ThrowIfNull(created);
        ArgumentNullException.ThrowIfNull(domain);
        ArgumentNullException.ThrowIfNull(newLogKey);
        if (created.Size > 0) return new Fault(RecordFaults.NotARecord, "", Size(created.Size), "a store without entries");
        if (created.Origin != newLogKey.Verifier.Name) return new Fault(RecordFaults.OtherOrigin, "", created.Origin, newLogKey.Verifier.Name);
        if (WhyNot(copy, size, root) is { } other) return other;
        if (!RecordFold.Run(copy, domain, from: null, size).TryGet(out var state, out var fault)) return fault;
        if (!Judge(copy, domain, state, succession).TryGet(out var entry, out fault)) return fault.In("succession");
        return Commit(copy, created, size, entry, domain.IdentityOf(domain.Read(entry, state, copy.Attachment)), newLogKey);
    }

    /// <summary>Whether a record that was followed under the new log's key goes on from one's own copy of the old one.</summary>
    /// <param name="copy">One's own copy of the old record; it stays as evidence.</param>
    /// <param name="jointSize">How much of it is joint.</param>
    /// <param name="followed">The new record as it was followed and verified, not cosigned yet.</param>
    /// <param name="size">The last joint size that the succession names.</param>
    /// <param name="namedLogKey">The log's key by the state of the new record: that of the succession, once it counts.</param>
    /// <param name="newLogKey">The key under which it was followed.</param>
    /// <returns>Null; or why it must not be cosigned: <see cref="WhyNotEndorse"/>, or <see cref="RecordFaults.UnknownKey"/> where no succession to this log counts.</returns>
    public static Fault? WhyNotAdopt(IRecordStore copy, long jointSize, IRecordStore followed, long size, VerifierKey? namedLogKey, VerifierKey newLogKey)
    {
        ArgumentNullException.ThrowIfNull(followed);
        ArgumentNullException.ThrowIfNull(newLogKey);
        if (!newLogKey.Equals(namedLogKey)) return new(RecordFaults.UnknownKey, "succession", namedLogKey?.Name ?? "no log", newLogKey.Name);
        if (followed.Size <= size) return new(RecordFaults.Missing, "succession", Size(followed.Size), "more than " + Size(size));
        return WhyNotEndorse(copy, jointSize, size, OwnTree.Root(followed, size, followed.Size));
    }

    /// <summary>What stands in the old record beyond the last joint size and was signed by some keys: their owner submits it again, as it is, so that nothing is there twice.</summary>
    /// <param name="copy">A copy of the old record.</param>
    /// <param name="size">The last joint size.</param>
    /// <param name="keys">The author's statement keys.</param>
    public static IEnumerable<SignedEntry> ToSubmitAgain(IRecordStore copy, long size, IReadOnlyCollection<VerifierKey> keys)
    {
        ArgumentNullException.ThrowIfNull(copy);
        foreach (var bytes in copy.Entries(size, copy.Size))
        {
            if (SignedEntry.Read(bytes).TryGet(out var entry, out _) && keys.Any(key => key.IsNamedBy(entry.Signature))) yield return entry;
        }
    }

    private static Fault? WhyNot(IRecordStore copy, long size, in MerkleHash root)
    {
        if (size > copy.Size) return new(RecordFaults.Missing, "copy", Size(copy.Size), Size(size) + " at least");
        var own = OwnTree.Root(copy, size, copy.Size);
        return own == root ? null : Continuation.Split(size, own, root);
    }

    private static Checked<SignedEntry> Judge<TState, TReading>(IRecordStore copy, IRecordDomain<TState, TReading> domain, TState state, ReadOnlyMemory<byte> succession)
        where TState : class
        where TReading : class
    {
        if (!SignedEntry.Read(succession).TryGet(out var entry, out var fault)) return fault;
        var reading = domain.Read(entry, state, copy.Attachment);
        if (!domain.KeyOf(state, reading, entry.Signature).TryGet(out var key, out fault)) return fault;
        if (!key.Verifies(entry.Text.Span, entry.Signature.Bytes.Span)) return new Fault(RecordFaults.BadSignature, "", key.Name, "a signature that verifies");
        return domain.Append(state, entry, reading, copy.Attachment).Inert is { } inert ? new Fault(inert.Code, inert.Where, "a succession without effect", "one that the record admits") : entry;
    }

    // Entries are hashed again as they are copied: what does not lead to the joint root is not signed.
    private static SignedCheckpoint Commit(IRecordStore copy, IRecordStore created, long size, SignedEntry succession, UInt128? identity, SigningKey newLogKey)
    {
        var edge = new TreeEdge();
        using var transaction = created.Begin();
        foreach (var attachment in copy.Attachments()) transaction.AddAttachment(copy.Attachment(attachment)!.Value);
        foreach (var (bytes, of) in copy.Entries(0, size).Zip(copy.Identities(0, size)))
        {
            transaction.Add(bytes, of);
            edge.Add(MerkleHashing.Leaf(bytes.Span), transaction.Put);
        }

        if (edge.Root() != OwnTree.Root(copy, size, copy.Size)) throw new RecordStoreException("The copy gives back other entries than its tree says.", isFull: false);
        transaction.Add(succession.Note.Bytes, identity);
        edge.Add(succession.Leaf, transaction.Put);
        foreach (var (level, index, hashes) in edge.Partial()) transaction.Put(level, index, hashes);
        var checkpoint = SignedCheckpoint.Sign(new(created.Origin, edge.Size, edge.Root()), newLogKey);
        transaction.Put(checkpoint.Note.Bytes);
        transaction.Commit();
        return checkpoint;
    }

    private static string Size(long size) => string.Create(CultureInfo.InvariantCulture, $"size {size}");
}
