using Tansiq.Fault.Tests.Recording;

namespace Tansiq.Fault.Tests;

/// <summary>The command that appends is killed at random moments, under load and while it opens the record.</summary>
[Trait("Requirement", "REC-4")]
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Kills = 300;
    private const int KillsBetweenLooks = 30;
    private const int MostAnswers = 100;

    [Fact]
    public void Append_KilledThreeHundredTimes_LosesNothingAcknowledgedAndShowsNothingTwice()
    {
        var seed = FaultSeed.Next();
        output.WriteLine($"{FaultSeed.Variable}={seed}");
        var chance = new Random(seed);
        using var record = new RecordOnDisk();
        var sender = new Sender(RecordTemplate.Founded.EntryOf);
        for (var kill = 1; kill <= Kills; kill++)
        {
            KillOnce(record, sender, chance);
            sender.Contradictions.ShouldBeEmpty($"after {kill} kills, {FaultSeed.Variable}={seed}");
            if (kill % KillsBetweenLooks == 0) record.ShouldHold(sender, $"after {kill} kills, {FaultSeed.Variable}={seed}");
        }

        output.WriteLine($"{Kills} kills, {sender.Acknowledged} entries acknowledged");
        sender.Acknowledged.ShouldBeGreaterThan(Kills);
    }

    private static void KillOnce(RecordOnDisk record, Sender sender, Random chance)
    {
        using var run = AppendRun.Start(record.Folder);
        // One kill in six comes before any answer: at the start, or while the record is opened and mended.
        if (chance.Next(6) == 0)
        {
            using var killer = new Timer(_ => run.Kill(), null, chance.Next(400), Timeout.Infinite);
            sender.Stream(run, MostAnswers);
            return;
        }

        var last = chance.Next(1, MostAnswers);
        sender.Stream(run, 2 * MostAnswers, (answers, _) =>
        {
            if (answers == last) run.Kill();
        });
    }
}
