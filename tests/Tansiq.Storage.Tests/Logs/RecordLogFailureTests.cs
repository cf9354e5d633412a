using Tansiq.Record;
using Tansiq.Record.Entries;
using Tansiq.Storage.Logs;

namespace Tansiq.Storage.Tests.Logs;

/// <summary>A disk that is full, that fails, that gives back other bytes: nothing acknowledged is lost, nothing is there twice.</summary>
[Trait("Requirement", "REC-4")]
public sealed class RecordLogFailureTests
{
    // Begin, three entries, reading back, one tile, checkpoint, commit.
    private const int CallsOfABatch = 8;

    public static TheoryData<int, bool> EachCallBothWays =>
        [.. from call in Enumerable.Range(1, CallsOfABatch) from isDone in (bool[])[false, true] select new TheoryDataRow<int, bool>(call, isDone)];

    [Theory]
    [MemberData(nameof(EachCallBothWays))]
    public async Task Append_CallOfTheStoreFails_NothingIsAcknowledgedAndAllIsSubmittedAgain(int call, bool isDone)
    {
        var failing = new FailingStore { IsDone = isDone };
        await using var office = await ToyOffice.OpenAsync(failing.Around);
        (await office.SubmitAsync(ToyOffice.Ann, "before", "say something")).ShouldBeAccepted(3);
        failing.FailAt(call);

        // Three entries, in one batch or in several: the call that fails is in one of them.
        var submitted = Enumerable.Range(0, 3).Select(number => office.SubmitAsync(ToyOffice.Ann, $"{number}", "say something")).ToArray();
        var answers = await Task.WhenAll(submitted);
        var acknowledged = answers.OfType<AppendAnswer.Accepted>().Count();
        foreach (var refused in answers.Skip(acknowledged)) refused.ShouldBeRefused(RecordFaults.StoreFailed);
        acknowledged.ShouldBeLessThan(3);
        office.Log.Failure.ShouldNotBeNull().Code.ShouldBe(RecordFaults.StoreFailed);
        (await office.SubmitAsync(ToyOffice.Ann, "after", "say something")).ShouldBeRefused(RecordFaults.StoreFailed);

        (await office.ReopenAsync()).ShouldBeNull();
        office.ShouldBeConsistent();
        office.Log.Size.ShouldBeInRange(4 + acknowledged, 7);
        for (var number = 0; number < 3; number++)
            (await office.SubmitAsync(ToyOffice.Ann, $"{number}", "say something")).ShouldBeOfType<AppendAnswer.Accepted>().Index.ShouldBe(4 + number);
        office.Log.Size.ShouldBe(7);
        office.ShouldBeConsistent();
    }

    [Fact]
    public async Task Append_StoreGivesBackAnotherBit_IsNotSigned()
    {
        var failing = new FailingStore();
        await using var office = await ToyOffice.OpenAsync(failing.Around);
        var before = office.Log.Checkpoint!.Note.Bytes;
        failing.FlipsBit = true;
        (await office.SubmitAsync(ToyOffice.Ann, "1", "say something")).ShouldBeRefused(RecordFaults.StoreFailed);
        office.Log.Failure!.Found.ShouldContain("Entry 3");
        failing.FlipsBit = false;
        (await office.ReopenAsync()).ShouldBeNull();
        office.Log.Checkpoint!.Note.Bytes.ToArray().ShouldBe(before.ToArray());
        (await office.SubmitAsync(ToyOffice.Ann, "1", "say something")).ShouldBeAccepted(3);
    }

    [Fact]
    public async Task Append_DiskFull_IsRefusedAndGoesOnWhenThereIsRoom()
    {
        await using var office = await ToyOffice.OpenAsync();
        office.File.LimitPages(1);
        var size = office.Log.Size;
        for (var round = 0; round < 3; round++)
            (await office.SubmitAsync(ToyOffice.Ann, "large", "say " + new string('x', 60_000))).ShouldBeRefused(RecordFaults.DiskFull);
        office.Log.Size.ShouldBe(size);
        office.Log.Failure.ShouldBeNull();
        office.ShouldBeConsistent();
        office.File.LimitPages(uint.MaxValue - 1);
        (await office.SubmitAsync(ToyOffice.Ann, "large", "say " + new string('x', 60_000))).ShouldBeAccepted(size);
        office.ShouldBeConsistent();
    }

    [Fact]
    public async Task Append_DomainStumblesOverOneEntry_ThatOneFailsAndTheLogGoesOn()
    {
        await using var office = await ToyOffice.OpenAsync();
        await office.Log.DisposeAsync();
        await using var log = (await RecordLog<ToyState, ToyReading>.OpenAsync(office.File, new StumblingDomain(), office.Settings)).Value;
        await Should.ThrowAsync<NotSupportedException>(() => log.AppendAsync(ToyDomain.Entry(ToyOffice.Ann, "1", "say stumble")));
        (await log.AppendAsync(ToyDomain.Entry(ToyOffice.Ann, "2", "say walk"))).ShouldBeAccepted(3);
    }

    private sealed class StumblingDomain : ToyDomainDecorator
    {
        public override ToyReading Read(SignedEntry entry, ToyState known, Func<AttachmentHash, ReadOnlyMemory<byte>?> attachment) =>
            base.Read(entry, known, attachment) is { Rest: not "stumble" } reading ? reading : throw new NotSupportedException("a bug");
    }
}
