using NodaTime;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Geo.Text;
using Tansiq.Record;
using Tansiq.Record.Entries;
using Tansiq.Record.Notes;

namespace Tansiq.Coordination.Recording;

/// <summary>
/// What statements mean to the record that keeps them: who may sign, what has effect, which situation comes of it
/// (docs/formats/statements.md).
/// </summary>
/// <remarks>Pure and thread-safe, but for <see cref="Append"/>, which is called by one thread at a time for the states of one record.</remarks>
public sealed class StatementsDomain : IRecordDomain<RecordedState, StatementReading>
{
    internal const string UnknownType = "record.unknown-type";

    /// <inheritdoc/>
    public RecordedState Empty => RecordedState.Empty;

    /// <inheritdoc/>
    public StatementReading Read(SignedEntry entry, RecordedState known, Func<AttachmentHash, ReadOnlyMemory<byte>?> attachment)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(attachment);
        var envelope = StatementEnvelope.Scan(entry.Text.Span);
        return new(envelope, NeedsFounding(envelope.Type) ? null : Read(entry, attachment, founding: null));
    }

    /// <inheritdoc/>
    public UInt128? IdentityOf(StatementReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        return reading.Identity;
    }

    /// <inheritdoc/>
    public IReadOnlyList<AttachmentHash> AttachmentsOf(StatementReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        return reading.Attachments;
    }

    /// <inheritdoc/>
    public Checked<VerifierKey> KeyOf(RecordedState state, StatementReading reading, in NoteSignature signature) =>
        Holder(state, reading, signature).TryGet(out var held, out var fault) ? held.Key : fault;

    /// <inheritdoc/>
    public Judged<RecordedState> Append(
        RecordedState state, SignedEntry entry, StatementReading reading, Func<AttachmentHash, ReadOnlyMemory<byte>?> attachment)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (!Holder(state, reading, entry.Signature).TryGet(out var signer, out var fault))
            throw new ArgumentException($"An entry whose key nobody holds is not appended: {fault}", nameof(entry));
        var statement = reading.Statement ?? Read(entry, attachment, state.Situation.Founding);
        var (next, admission) = state.Append(statement with { SignedBy = signer });
        return new(next, admission is Admission.Inert inert ? new Inert(inert.Code, inert.Where, IsRefused: inert.Code != UnknownType) : null);
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> DigestOf(RecordedState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var bytes = new byte[Situations.SituationDigest.ByteCount];
        state.Digest.WriteTo(bytes);
        return bytes;
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? TimeText(RecordedState state, Instant now)
    {
        ArgumentNullException.ThrowIfNull(state);
        return RecordTimes.Text(state.Situation, state.NextDeadline, now);
    }

    /// <inheritdoc/>
    public Instant? TimeDue(RecordedState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return RecordTimes.Due(state.Situation, state.NextDeadline);
    }

    /// <inheritdoc/>
    public Instant? TimeOf(RecordedState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Situation.Time;
    }

    /// <summary>Reads the text of an entry of the record as it was read when it was appended.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="attachment">Gives an attachment's bytes, or null where it is not held.</param>
    /// <param name="founding">The record's founding, or null for the founding itself.</param>
    /// <returns>The statement, with a <see cref="MalformedBody"/> where the text is none.</returns>
    public static Statement Read(SignedEntry entry, Func<AttachmentHash, ReadOnlyMemory<byte>?> attachment, Founding? founding)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(attachment);
        var text = entry.Text;
        if (StatementReader.Read(text, hash => AttachmentHash.Parse(hash.Hex) is { } named ? attachment(named) : null, founding).TryGet(out var statement, out var refusal))
            return statement;
        return Malformed(text, refusal);
    }

    /// <summary>A text that was not taken, as a statement that is kept without effect.</summary>
    internal static Statement Malformed(ReadOnlyMemory<byte> text, Refusal refusal) =>
        new(Id<Statement>.None, Id<Party>.None, TimeReading.Earliest, ContentHash.Of(text.Span), new MalformedBody(refusal.Code, refusal.Where));

    /// <summary>Agreements and maps are read against the founding, which is not known wherever an entry is read apart from its place.</summary>
    private static bool NeedsFounding(string type) => type is StatementTypes.AgreementProposal or StatementTypes.ControlMapProposal;

    private static Checked<HeldKey> Holder(RecordedState state, StatementReading reading, in NoteSignature signature)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(reading);
        return EntryKeys.KeyOf(state.Situation.Keys, state.Situation.Founding, reading.Envelope, reading.Statement, signature);
    }
}
