using Tansiq.Fault.Tests.Disk;
using Tansiq.Fault.Tests.Recording;

namespace Tansiq.Fault.Tests;

/// <summary>The power goes while the command appends: the disk keeps what was synced, and of the rest what chance leaves.</summary>
[Trait("Requirement", "REC-4")]
public sealed class PowerLossTests(ITestOutputHelper output)
{
    private const int Losses = 60;
    private const int LossesBetweenLooks = 20;
    private const int MostAnswers = 300;

    [Fact]
    public void Append_PowerLostSixtyTimes_LosesNothingAcknowledgedAndShowsNothingTwice()
    {
        var seed = FaultSeed.Next();
        output.WriteLine($"{FaultSeed.Variable}={seed}");
        var chance = new Random(seed);
        using var record = new RecordOnDisk();
        using var disk = new FaultyDisk(record.Folder);
        var sender = new Sender(RecordTemplate.Founded.EntryOf);
        for (var loss = 1; loss <= Losses; loss++)
        {
            AppendUntilPowerIsLost(disk, sender, chance);
            sender.Contradictions.ShouldBeEmpty($"after {loss} losses of power, {FaultSeed.Variable}={seed}");
            if (loss % LossesBetweenLooks == 0) record.ShouldHold(sender, $"after {loss} losses of power, {FaultSeed.Variable}={seed}");
        }

        output.WriteLine($"{Losses} losses of power, {sender.Acknowledged} entries acknowledged");
        sender.Acknowledged.ShouldBeGreaterThan(Losses);
    }

    /// <summary>What shows that the test above can see a loss.</summary>
    [Fact]
    public void Append_DiskThatLiesAboutSyncs_LosesWhatWasAcknowledged()
    {
        var chance = new Random(1);
        using var record = new RecordOnDisk();
        using var disk = new FaultyDisk(record.Folder) { Lies = true };
        var sender = new Sender(RecordTemplate.Founded.EntryOf);
        for (var loss = 1; loss <= 3 && sender.Contradictions.Count == 0; loss++) AppendUntilPowerIsLost(disk, sender, chance);
        sender.Contradictions.ShouldNotBeEmpty();
    }

    private static void AppendUntilPowerIsLost(FaultyDisk disk, Sender sender, Random chance)
    {
        using (var run = AppendRun.Start(disk.Folder, disk.Environment()))
        {
            var last = chance.Next(1, MostAnswers);
            sender.Stream(run, 2 * MostAnswers, (answers, _) =>
            {
                if (answers == last) run.Kill();
            });
            run.ExitCode();
        }

        // Once in four as little is left as can be: no more than what was synced.
        disk.LosePower(chance.Next(4) == 0 ? null : chance);
    }
}
