using Tansiq.Record.Logs;

namespace Tansiq.Storage.Tests.Logs;

/// <summary>
/// A store whose n-th writing call fails: lost, or done but reported failed. Counting begins when a test says so. Calls: begin, each entry, reading
/// back, each tile, the checkpoint, commit.
/// </summary>
public sealed class FailingStore
{
    private int _callsUntilFailure = -1;

    /// <summary>Whether the failing call does its work before it reports the failure.</summary>
    public bool IsDone { get; set; }

    /// <summary>Whether what is read back differs in one bit from what was added.</summary>
    public bool FlipsBit { get; set; }

    /// <summary>Lets the n-th call from now on fail, counted from 1.</summary>
    public void FailAt(int call) => _callsUntilFailure = call;

    public IRecordStore Around(IRecordStore store) => new Failing(store, this);

    private T Call<T>(Func<T> call)
    {
        if (--_callsUntilFailure != 0) return call();
        if (IsDone) _ = call();
        throw new RecordStoreException("The disk does not answer.", isFull: false);
    }

    private void Call(Action call) => Call(() =>
    {
        call();
        return true;
    });

    private sealed class Failing(IRecordStore inner, FailingStore failing) : StoreDecorator(inner)
    {
        public override IRecordTransaction Begin()
        {
            var begun = base.Begin();
            try
            {
                return failing.Call(() => new FailingTransaction(begun, failing));
            }
            catch
            {
                begun.Dispose();
                throw;
            }
        }
    }

    private sealed class FailingTransaction(IRecordTransaction inner, FailingStore failing) : TransactionDecorator(inner)
    {
        public override void Add(ReadOnlyMemory<byte> entry, UInt128? identity) => failing.Call(() => base.Add(entry, identity));

        public override IEnumerable<ReadOnlyMemory<byte>> Added() => failing.Call(() => base.Added().Select(Read).ToArray());

        public override void Put(int level, long index, ReadOnlyMemory<byte> hashes) => failing.Call(() => base.Put(level, index, hashes));

        public override void Put(ReadOnlyMemory<byte> checkpoint) => failing.Call(() => base.Put(checkpoint));

        public override void Commit() => failing.Call(base.Commit);

        private ReadOnlyMemory<byte> Read(ReadOnlyMemory<byte> entry)
        {
            if (!failing.FlipsBit) return entry;
            var flipped = entry.ToArray();
            flipped[flipped.Length / 2] ^= 1;
            return flipped;
        }
    }
}
