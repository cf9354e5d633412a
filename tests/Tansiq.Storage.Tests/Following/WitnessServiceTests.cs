using System.Security.Cryptography;
using System.Text;
using Tansiq.Record;
using Tansiq.Record.Checkpoints;
using Tansiq.Record.Logs;
using Tansiq.Record.Merkle;
using Tansiq.Record.Notes;
using Tansiq.Record.Tiles;
using Tansiq.Record.Witnessing;
using Tansiq.Storage.Following;
using Tansiq.Storage.Sqlite;

namespace Tansiq.Storage.Tests.Following;

[Trait("Requirement", "REC-5")]
public sealed class WitnessServiceTests
{
    private static readonly SigningKey Key = ToyDomain.Key("observer.example", SignatureType.Cosignature);

    [Fact]
    public void AddCheckpoint_LogGrowsThenForks_CosignedAndRememberedThenRefusedWithEvidence()
    {
        using var memory = new ToyLog();
        using var log = ToyLog.WithEntries(10);
        using var fork = ToyLog.WithEntries(10);
        var witness = Witness(memory.Store);
        witness.AddCheckpoint(Request(log, 0)).ShouldBeOfType<WitnessAnswer.Cosigned>();
        log.Say("on").Sign();
        fork.Say("otherwise").Sign();
        witness.AddCheckpoint(Request(log, 10)).ShouldBeOfType<WitnessAnswer.Cosigned>();

        var refused = witness.AddCheckpoint(Request(fork, 11));

        refused.Status.ShouldBe(409);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ToyLog.Origin)));
        SignedCheckpoint.Open(witness.Checkpoint(hash)!.Value, ToyLog.LogKey.Verifier, Key.Verifier).Value.Cosignatures.Length.ShouldBe(1);
        witness.Checkpoint("00").ShouldBeNull();
        var evidence = memory.Store.AllEvidence().Single();
        evidence.Fault.Code.ShouldBe(RecordFaults.SplitView);
        evidence.Files.Values.Any(file => file.Span.SequenceEqual(fork.Store.Checkpoint!.Value.Span)).ShouldBeTrue();
    }

    [Fact]
    public void AddCheckpoint_TwoCheckpointsRaceFromManyThreads_OneIsCosignedAndTheMemoryIsOfIt()
    {
        for (var round = 0; round < 20; round++)
        {
            using var memory = new ToyLog();
            using var log = ToyLog.WithEntries(10);
            var witness = Witness(memory.Store);
            witness.AddCheckpoint(Request(log, 0)).Status.ShouldBe(200);
            var forks = Enumerable.Range(0, 4).Select(number =>
            {
                using var fork = ToyLog.WithEntries(10);
                // Of several sizes: a smaller one and a larger one of another view can be as wrong as two of one size.
                for (var more = 0; more <= number % 2; more++) fork.Say($"fork {number} {more}");
                fork.Sign();
                return Request(fork, 10);
            }).ToList();
            using var start = new Barrier(forks.Count);
            var answers = new WitnessAnswer[forks.Count];
            var threads = forks.Select((request, number) => new Thread(() =>
            {
                start.SignalAndWait();
                answers[number] = witness.AddCheckpoint(request);
            })).ToList();
            threads.ForEach(thread => thread.Start());
            threads.ForEach(thread => thread.Join());

            var cosigned = answers.OfType<WitnessAnswer.Cosigned>().ShouldHaveSingleItem();
            answers.Count(answer => answer.Status == 409).ShouldBe(forks.Count - 1);
            memory.Store.Witnessed(ToyLog.Origin)!.Value.ToArray().ShouldBe(cosigned.Remember.ToArray());
        }
    }

    private static WitnessService Witness(SqliteRecordStore store) =>
        new(store, new Dictionary<string, IReadOnlyList<VerifierKey>> { [ToyLog.Origin] = [ToyLog.LogKey.Verifier] }, Key, new SettableClock(ToyLog.Start));

    private static byte[] Request(ToyLog log, long oldSize)
    {
        var proof = ConsistencyProof.Of(oldSize, log.Size, new TileHashes(log.Size, log.Store.Tile)).Value;
        return AddCheckpointRequest.Of(oldSize, proof, SignedNote.Read(log.Store.Checkpoint!.Value).Value).Value.Write();
    }
}
