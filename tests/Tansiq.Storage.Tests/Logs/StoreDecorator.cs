using Tansiq.Record.Entries;
using Tansiq.Record.Logs;
using Tansiq.Record.Tiles;

namespace Tansiq.Storage.Tests.Logs;

/// <summary>A store around another, to be broken in one place.</summary>
public class StoreDecorator(IRecordStore inner) : IRecordStore
{
    public string Origin => inner.Origin;

    public long Size => inner.Size;

    public ReadOnlyMemory<byte>? Checkpoint => inner.Checkpoint;

    public ReadOnlyMemory<byte>? JointCheckpoint => inner.JointCheckpoint;

    public virtual IEnumerable<ReadOnlyMemory<byte>> Entries(long from, long until) => inner.Entries(from, until);

    public IEnumerable<UInt128?> Identities(long from, long until) => inner.Identities(from, until);

    public virtual ReadOnlyMemory<byte>? Tile(Tile tile) => inner.Tile(tile);

    public ReadOnlyMemory<byte>? Attachment(AttachmentHash hash) => inner.Attachment(hash);

    public IEnumerable<AttachmentHash> Attachments() => inner.Attachments();

    public AttachmentHash AddAttachment(ReadOnlyMemory<byte> content) => inner.AddAttachment(content);

    public virtual IRecordTransaction Begin() => inner.Begin();

    public virtual void KeepCosigned(ReadOnlyMemory<byte> note, bool isJoint) => inner.KeepCosigned(note, isJoint);

    public ReadOnlyMemory<byte>? Witnessed(string origin) => inner.Witnessed(origin);

    public virtual bool TryWitness(string origin, ReadOnlyMemory<byte>? expected, ReadOnlyMemory<byte> note) => inner.TryWitness(origin, expected, note);

    public void KeepEvidence(Evidence evidence) => inner.KeepEvidence(evidence);

    public IReadOnlyList<Evidence> AllEvidence() => inner.AllEvidence();

    public void Dispose() => GC.SuppressFinalize(this);
}

/// <summary>A transaction around another.</summary>
public class TransactionDecorator(IRecordTransaction inner) : IRecordTransaction
{
    public virtual void Add(ReadOnlyMemory<byte> entry, UInt128? identity) => inner.Add(entry, identity);

    public virtual void AddAttachment(ReadOnlyMemory<byte> content) => inner.AddAttachment(content);

    public virtual IEnumerable<ReadOnlyMemory<byte>> Added() => inner.Added();

    public virtual void Put(int level, long index, ReadOnlyMemory<byte> hashes) => inner.Put(level, index, hashes);

    public virtual void Put(ReadOnlyMemory<byte> checkpoint) => inner.Put(checkpoint);

    public virtual void Witness(string origin, ReadOnlyMemory<byte> note) => inner.Witness(origin, note);

    public virtual void Commit() => inner.Commit();

    public void Dispose()
    {
        inner.Dispose();
        GC.SuppressFinalize(this);
    }
}

/// <summary>A store whose transactions wait at a gate.</summary>
public sealed class GatedStore : IDisposable
{
    private readonly ManualResetEventSlim _open = new(initialState: true);
    private readonly ManualResetEventSlim _held = new();

    public IRecordStore Around(IRecordStore store) => new Gated(store, this);

    public void Close() => _open.Reset();

    public void Open() => _open.Set();

    public void WaitUntilHeld() => _held.Wait();

    public void Dispose()
    {
        _open.Dispose();
        _held.Dispose();
    }

    private sealed class Gated(IRecordStore inner, GatedStore gate) : StoreDecorator(inner)
    {
        public override IRecordTransaction Begin()
        {
            if (!gate._open.IsSet) gate._held.Set();
            gate._open.Wait();
            return base.Begin();
        }
    }
}
