using Tansiq.Record.Checkpoints;
using Tansiq.Record.Logs;
using Tansiq.Record.Notes;
using Tansiq.Storage.Following;
using Tansiq.Storage.Sqlite;
using Tansiq.Storage.Tests.Logs;

namespace Tansiq.Storage.Tests.Following;

/// <summary>A step of following waits for the disk once: what is held and what was cosigned of it are one write.</summary>
[Trait("Requirement", "REC-2"), Trait("Requirement", "REC-5")]
public sealed class FollowerWritesTests
{
    [Fact]
    public async Task StepAsync_LogGrows_HeldCosignedAndRememberedInOneWrite()
    {
        using var log = ToyLog.WithEntries(300);
        using var folder = new TemporaryFolder();
        using var store = SqliteRecordStore.Create(folder["record.sqlite"], ToyLog.Origin).Value;
        var writes = new CountedStore(store);
        using var follower = await OpenAsync(writes);
        for (var step = 1; step <= 3; step++)
        {
            log.Say($"{log.Size}").Sign();
            writes.Writes = 0;
            var kept = (await follower.StepAsync(log.Source)).ShouldBeOfType<FollowAnswer.Kept>();
            kept.NotCosigned.ShouldBeNull();

            writes.Writes.ShouldBe(1);
            Cosigned(kept.Checkpoint).ShouldBe(log.Size);
            Cosigned(store.Checkpoint!.Value).ShouldBe(log.Size);
            Cosigned(store.Witnessed(ToyLog.LogKey.Verifier.Name)!.Value).ShouldBe(log.Size);
        }
    }

    [Fact]
    public async Task StepAsync_DiskFailsAtTheWrite_NothingHeldAndNothingRemembered()
    {
        using var log = ToyLog.WithEntries(300);
        using var folder = new TemporaryFolder();
        using var store = SqliteRecordStore.Create(folder["record.sqlite"], ToyLog.Origin).Value;
        var writes = new CountedStore(store) { FailsAtCommit = true };
        using var follower = await OpenAsync(writes);

        await Should.ThrowAsync<RecordStoreException>(() => follower.StepAsync(log.Source));

        store.Size.ShouldBe(0);
        store.Witnessed(ToyLog.LogKey.Verifier.Name).ShouldBeNull();
        writes.FailsAtCommit = false;
        (await follower.StepAsync(log.Source)).ShouldBeOfType<FollowAnswer.Kept>().NotCosigned.ShouldBeNull();
    }

    private static SigningKey Key => ToyDomain.Key("us.centre.example", SignatureType.Cosignature);

    private static long Cosigned(ReadOnlyMemory<byte> note)
    {
        var checkpoint = SignedCheckpoint.Open(note, ToyLog.LogKey.Verifier, Key.Verifier).Value;
        checkpoint.IsCosignedBy(Key.Verifier).ShouldBeTrue();
        return checkpoint.Checkpoint.Size;
    }

    private static async Task<Follower<ToyState, ToyReading>> OpenAsync(IRecordStore store)
    {
        // Another centre's cosignature is needed too, so that nothing becomes joint here, which would be a write of its own.
        VerifierKey[] cosigners = [Key.Verifier, ToyDomain.Key("ru.centre.example", SignatureType.Cosignature).Verifier];
        var settings = new FollowerSettings<ToyState>(ToyLog.LogKey.Verifier, new SettableClock(ToyLog.Start)) { CosigningKey = Key, Cosigners = _ => cosigners };
        return (await Follower<ToyState, ToyReading>.OpenAsync(store, new ToyDomain(), settings)).Value;
    }

    private sealed class CountedStore(IRecordStore inner) : StoreDecorator(inner)
    {
        public int Writes { get; set; }

        public bool FailsAtCommit { get; set; }

        public override IRecordTransaction Begin() => new CountedTransaction(base.Begin(), this);

        public override void KeepCosigned(ReadOnlyMemory<byte> note, bool isJoint)
        {
            Writes++;
            base.KeepCosigned(note, isJoint);
        }

        public override bool TryWitness(string origin, ReadOnlyMemory<byte>? expected, ReadOnlyMemory<byte> note)
        {
            Writes++;
            return base.TryWitness(origin, expected, note);
        }
    }

    private sealed class CountedTransaction(IRecordTransaction inner, CountedStore counted) : TransactionDecorator(inner)
    {
        public override void Commit()
        {
            counted.Writes++;
            if (counted.FailsAtCommit) throw new RecordStoreException("The disk does not answer.", isFull: false);
            base.Commit();
        }
    }
}
