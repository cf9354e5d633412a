using NodaTime;
using Tansiq.Record;
using Tansiq.Record.Entries;
using Tansiq.Record.Notes;

namespace Tansiq.Storage.Tests.Logs;

/// <summary>The toy domain, to be changed in one place.</summary>
public class ToyDomainDecorator : IRecordDomain<ToyState, ToyReading>
{
    private readonly ToyDomain _inner = new();

    public ToyState Empty => _inner.Empty;

    public virtual ToyReading Read(SignedEntry entry, ToyState known, Func<AttachmentHash, ReadOnlyMemory<byte>?> attachment) => _inner.Read(entry, known, attachment);

    public UInt128? IdentityOf(ToyReading reading) => _inner.IdentityOf(reading);

    public IReadOnlyList<AttachmentHash> AttachmentsOf(ToyReading reading) => _inner.AttachmentsOf(reading);

    public virtual Checked<VerifierKey> KeyOf(ToyState state, ToyReading reading, in NoteSignature signature) => _inner.KeyOf(state, reading, signature);

    public Judged<ToyState> Append(ToyState state, SignedEntry entry, ToyReading reading, Func<AttachmentHash, ReadOnlyMemory<byte>?> attachment) => _inner.Append(state, entry, reading, attachment);

    public ReadOnlyMemory<byte> DigestOf(ToyState state) => _inner.DigestOf(state);

    public ReadOnlyMemory<byte>? TimeText(ToyState state, Instant now) => _inner.TimeText(state, now);

    public Instant? TimeDue(ToyState state) => _inner.TimeDue(state);

    public Instant? TimeOf(ToyState state) => _inner.TimeOf(state);
}
