using Tansiq.Fault.Tests.Disk;
using Tansiq.Fault.Tests.Recording;

namespace Tansiq.Fault.Tests;

/// <summary>The disk runs full while the command appends, and has room again.</summary>
[Trait("Requirement", "REC-4")]
public sealed class FullDiskTests
{
    private const int MostEntriesInTheRoomLeft = 20_000;
    private const int Refused = 5;
    private const int SomeRefused = 3;

    [Fact]
    public void Append_DiskFull_RefusesClearlyAndGoesOnWhenThereIsRoom()
    {
        using var record = new RecordOnDisk();
        using var disk = new FaultyDisk(record.Folder);
        var sender = new Sender(RecordTemplate.Founded.EntryOf);
        using (var run = AppendRun.Start(disk.Folder, disk.Environment()))
        {
            sender.Offer(run).ShouldBeTrue();
            for (var time = 0; time < 3; time++) FillAndMakeRoom(disk, sender, run);
            run.EndOfEntries();
            run.ExitCode().ShouldBe(SomeRefused, run.Errors);
        }

        disk.LosePower(chance: null);
        record.ShouldHold(sender, "after the disk was full");
    }

    private static void FillAndMakeRoom(FaultyDisk disk, Sender sender, AppendRun run)
    {
        sender.Refusals.Clear();
        disk.IsFull = true;
        for (var entry = 0; entry < MostEntriesInTheRoomLeft && sender.Refusals.Count < Refused; entry++) sender.Offer(run).ShouldBeTrue();
        sender.Refusals.Count.ShouldBe(Refused);
        sender.Refusals.ShouldAllBe(refusal => refusal.StartsWith("record.disk-full", StringComparison.Ordinal));

        sender.Refusals.Clear();
        disk.IsFull = false;
        for (var entry = 0; entry < Refused; entry++) sender.Offer(run).ShouldBeTrue();
        sender.Refusals.ShouldBeEmpty();
    }
}
