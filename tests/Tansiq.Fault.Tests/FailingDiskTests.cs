using Tansiq.Fault.Tests.Disk;
using Tansiq.Fault.Tests.Recording;

namespace Tansiq.Fault.Tests;

/// <summary>Each write, truncation and sync of a run in turn fails: not performed, or performed and reported as failed.</summary>
[Trait("Requirement", "REC-4")]
public sealed class FailingDiskTests(ITestOutputHelper output)
{
    private const int EntriesInARun = 5;
    private const int FaultsBetweenLooks = 25;
    private const int MostOperations = 1000;

    /// <summary>
    /// The power is lost as well: right after the failure, when what was acknowledged before has to be on the disk; or once the command was
    /// started again and has acknowledged more upon what the kernel's memory shows, part of which the disk never got.
    /// </summary>
    [Theory]
    [InlineData(Failure.Lost, true)]
    [InlineData(Failure.Lost, false)]
    [InlineData(Failure.Done, true)]
    internal void Append_EachWriteAndSyncFails_EndsOrRefusesClearlyAndLosesNothingAcknowledged(Failure failure, bool losesPowerAtOnce)
    {
        using var record = new RecordOnDisk();
        using var disk = new FaultyDisk(record.Folder);
        var sender = new Sender(RecordTemplate.Founded.EntryOf);
        AppendAndBeKilled(disk, sender);
        var operation = 1;
        for (; AppendWithFault(disk, sender, operation, failure) is { } failed; operation++)
        {
            operation.ShouldBeLessThan(MostOperations);
            if (losesPowerAtOnce) disk.LosePower(chance: null);
            AppendAndBeKilled(disk, sender);
            disk.LosePower(chance: null);
            sender.Contradictions.ShouldBeEmpty($"operation {operation}, {failed}, {failure}");
            if (operation % FaultsBetweenLooks == 0) record.ShouldHold(sender, $"after operation {operation}, {failed}, {failure}");
        }

        record.ShouldHold(sender, $"after all, {failure}");
        output.WriteLine($"{operation - 1} operations failed in turn, {sender.Acknowledged} entries acknowledged");
        operation.ShouldBeGreaterThan(EntriesInARun);
    }

    // Gives what was made to fail, or null if the run had fewer operations.
    private static DiskOperationKind? AppendWithFault(FaultyDisk disk, Sender sender, int operation, Failure failure)
    {
        using var run = AppendRun.Start(disk.Folder, disk.Environment(operation, failure));
        sender.Refusals.Clear();
        var isAnswered = true;
        for (var entry = 0; entry < EntriesInARun && isAnswered; entry++) isAnswered = sender.Offer(run);
        run.EndOfEntries();
        var exitCode = run.ExitCode();
        var fault = disk.Operations().LastOrDefault(done => done.Kind == DiskOperationKind.Fault);
        if (fault is null) return null;
        var failed = (DiskOperationKind)fault.Offset;
        if (!isAnswered || sender.Refusals.Count > 0) exitCode.ShouldNotBe(0, $"operation {operation}, {failed}");
        if (exitCode != 0) (run.Errors.Trim() + string.Concat(sender.Refusals)).ShouldNotBeEmpty($"operation {operation}, {failed}");
        run.Errors.ShouldNotContain("Unhandled exception");
        return failed;
    }

    // Killed with everything answered, the command leaves a write-ahead log for the next run to mend, in which the next fault strikes.
    private static void AppendAndBeKilled(FaultyDisk disk, Sender sender)
    {
        using var run = AppendRun.Start(disk.Folder, disk.Environment());
        sender.Stream(run, EntriesInARun, (answers, expected) =>
        {
            if (answers == expected) run.Kill();
        });
        sender.Refusals.ShouldBeEmpty();
        run.ExitCode();
    }
}
