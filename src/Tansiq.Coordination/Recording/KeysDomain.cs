using NodaTime;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Record;
using Tansiq.Record.Entries;
using Tansiq.Record.Notes;

namespace Tansiq.Coordination.Recording;

/// <summary>
/// What it takes to verify a long record with little memory: who holds which key at each place, and the last time. Of most entries only
/// the envelope is read. It gives the same keys, identities and attachments as <see cref="StatementsDomain"/>.
/// </summary>
/// <remarks>
/// Of inert entries it tells those about founding, keys and time, those of unknown types, and those that another's key has signed;
/// whether any other has effect is <see cref="StatementsDomain"/>'s business. It relies on the record to hold each identity once. It never advances time: an office
/// does not append by it. Pure and thread-safe.
/// </remarks>
public sealed class KeysDomain : IRecordDomain<KeysState, StatementReading>
{
    /// <inheritdoc/>
    public KeysState Empty => KeysState.Empty;

    /// <inheritdoc/>
    public StatementReading Read(SignedEntry entry, KeysState known, Func<AttachmentHash, ReadOnlyMemory<byte>?> attachment)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var envelope = StatementEnvelope.Scan(entry.Text.Span);
        return new(envelope, IsReadInFull(envelope) ? StatementsDomain.Read(entry, attachment, founding: null) : null);
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
    public Checked<VerifierKey> KeyOf(KeysState state, StatementReading reading, in NoteSignature signature) =>
        Holder(state, reading, signature).TryGet(out var held, out var fault) ? held.Key : fault;

    /// <inheritdoc/>
    public Judged<KeysState> Append(KeysState state, SignedEntry entry, StatementReading reading, Func<AttachmentHash, ReadOnlyMemory<byte>?> attachment)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (!Holder(state, reading, entry.Signature).TryGet(out var signer, out var fault))
            throw new ArgumentException($"An entry whose key nobody holds is not appended: {fault}", nameof(entry));
        var type = StatementTypes.All.IndexOf(reading.Envelope.Type);
        var statement = reading.Statement is { } read ? read with { SignedBy = signer } : null;
        if (InertOf(state, reading, statement, signer) is { } inert) return new(state.After(type, effect: null, isInert: true), inert);
        return new(state.After(type, statement, isInert: false), null);
    }

    /// <summary>
    /// 32 bytes by which two that follow by keys alone compare their states; not the digest of the situation
    /// (<see cref="StatementsDomain.DigestOf"/>).
    /// </summary>
    public ReadOnlyMemory<byte> DigestOf(KeysState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Digest();
    }

    /// <summary>Always null: who follows by keys alone does not know what falls due.</summary>
    public ReadOnlyMemory<byte>? TimeText(KeysState state, Instant now) => null;

    /// <summary>Always null, as <see cref="TimeText"/>.</summary>
    public Instant? TimeDue(KeysState state) => null;

    /// <inheritdoc/>
    public Instant? TimeOf(KeysState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Time;
    }

    // A text without envelope is no statement; reading it tells why.
    private static bool IsReadInFull(in StatementEnvelope envelope) =>
        envelope.IsAboutKeys || envelope.Type is StatementTypes.Founding or StatementTypes.RecordTime or StatementTypes.Succession or "";

    private static Inert? InertOf(KeysState state, StatementReading reading, Statement? statement, HeldKey signer)
    {
        if (statement is not null) return InertOf(Admit.TextProblem(statement) ?? Admit.OfTheRecord(state.Founding, state.Keys, state.Time, state.Size, statement));
        if (signer.Party.Value != reading.Envelope.Party) return new("parties.not-its-key", "/party", IsRefused: true);
        return StatementTypes.All.Contains(reading.Envelope.Type) ? null : new(StatementsDomain.UnknownType, "/type", IsRefused: false);
    }

    private static Inert? InertOf(Admission? admission) =>
        admission is Admission.Inert inert ? new(inert.Code, inert.Where, IsRefused: inert.Code != StatementsDomain.UnknownType) : null;

    private static Checked<HeldKey> Holder(KeysState state, StatementReading reading, in NoteSignature signature)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(reading);
        return EntryKeys.KeyOf(state.Keys, state.Founding, reading.Envelope, reading.Statement, signature);
    }
}
