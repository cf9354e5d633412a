using NodaTime;
using Tansiq.Record.Notes;

namespace Tansiq.Record.Entries;

/// <summary>
/// What a record's entries mean to those who keep it: who may sign, what has effect, which picture comes of it. The record
/// itself knows none of that. All of it is pure: no clock, no chance, no I/O; safe to call from several threads.
/// </summary>
/// <typeparam name="TState">The picture after some entries. Immutable.</typeparam>
/// <typeparam name="TReading">An entry as the domain has read it. Immutable.</typeparam>
public interface IRecordDomain<TState, TReading>
    where TState : class
    where TReading : class
{
    /// <summary>The state before the first entry.</summary>
    TState Empty { get; }

    /// <summary>
    /// Reads an entry apart from its place, so that many can be read side by side. It has to give the same for every
    /// <paramref name="known"/> of the record: what depends on the place belongs to <see cref="KeyOf"/> and <see cref="Append"/>.
    /// </summary>
    /// <param name="entry">The entry; its signature is not verified yet.</param>
    /// <param name="known">Some state of the same record that is at hand; not newer than the entry's place.</param>
    /// <param name="attachment">Gives an attachment's bytes, or null where it is not held.</param>
    /// <returns>The reading. Also a text that is no statement has a reading: followers keep it without effect (REC-7).</returns>
    TReading Read(SignedEntry entry, TState known, Func<AttachmentHash, ReadOnlyMemory<byte>?> attachment);

    /// <summary>
    /// What makes an entry the same as another (party and id), as 128 bits of a hash; null where the text says no identity. The same text
    /// under it is the same entry, another text is refused.
    /// </summary>
    UInt128? IdentityOf(TReading reading);

    /// <summary>The attachments that an entry names.</summary>
    IReadOnlyList<AttachmentHash> AttachmentsOf(TReading reading);

    /// <summary>The key by which an entry's signature has to verify if it is the next one after a state: a key that somebody holds at that place.</summary>
    /// <returns>The key, or <see cref="RecordFaults.UnknownKey"/>: such an entry must not be on the record at all.</returns>
    Checked<VerifierKey> KeyOf(TState state, TReading reading, in NoteSignature signature);

    /// <summary>The next state, and why the entry has no effect on it, if so.</summary>
    Judged<TState> Append(TState state, SignedEntry entry, TReading reading, Func<AttachmentHash, ReadOnlyMemory<byte>?> attachment);

    /// <summary>32 bytes by which two centres compare their states of one size (REC-7).</summary>
    ReadOnlyMemory<byte> DigestOf(TState state);

    /// <summary>
    /// The text of the entry that advances time on the record (REC-6), if one is due: more than a second after the last, or a deadline has
    /// come; null where none is. The office signs it with its own key and appends it before what follows.
    /// </summary>
    /// <param name="state">The state.</param>
    /// <param name="now">The office's clock.</param>
    ReadOnlyMemory<byte>? TimeText(TState state, Instant now);

    /// <summary>When the next <see cref="TimeText"/> falls due though nothing is appended: a deadline, or a minute after the last; null before the record has a time.</summary>
    Instant? TimeDue(TState state);

    /// <summary>The last time on the record, or null before the first.</summary>
    Instant? TimeOf(TState state);
}

/// <summary>What became of an entry.</summary>
/// <param name="State">The state after it, one entry larger.</param>
/// <param name="Inert">Why it has no effect; null where it has.</param>
public readonly record struct Judged<TState>(TState State, Inert? Inert);

/// <summary>Why an entry has no effect.</summary>
/// <param name="Code">A stable code.</param>
/// <param name="Where">JSON pointer into its text.</param>
/// <param name="IsRefused">
/// Whether the office gives it back to its author instead of appending it. A type that the office does not know yet is appended.
/// </param>
public sealed record Inert(string Code, string Where, bool IsRefused);
