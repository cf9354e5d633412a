using NodaTime;
using Tansiq.Record;

namespace Tansiq.Storage.Tests.Logs;

/// <summary>How time comes on the record.</summary>
[Trait("Requirement", "REC-6")]
public sealed class RecordLogTimeTests
{
    [Fact]
    public async Task Append_MoreThanASecondAfterTheLastTime_TimeComesFirst()
    {
        await using var office = await ToyOffice.OpenAsync();
        office.Clock.Now += Duration.FromSeconds(1);
        (await office.SubmitAsync(ToyOffice.Ann, "1", "say something")).ShouldBeAccepted(3);
        office.Clock.Now += Duration.FromMilliseconds(1);
        (await office.SubmitAsync(ToyOffice.Ann, "2", "say something")).ShouldBeAccepted(5);
        office.Texts()[4].ShouldBe($"time-4 time {office.Clock.Now.ToUnixTimeMilliseconds()}");
        office.Log.State.Time.ShouldBe(office.Clock.Now);
        office.ShouldBeConsistent();
    }

    [Fact]
    public async Task Append_AllIsRefused_TimeAloneIsNotAppended()
    {
        await using var office = await ToyOffice.OpenAsync();
        office.Clock.Now += Duration.FromSeconds(5);
        (await office.SubmitAsync(ToyOffice.Ann, "1", "never this")).ShouldBeRefused(ToyDomain.Refused);
        office.Log.Size.ShouldBe(3);
    }

    [Fact]
    public async Task Wait_AMinuteWithoutEntries_TimeIsEntered()
    {
        await using var office = await ToyOffice.OpenAsync();
        office.Clock.Now += Duration.FromMinutes(1);
        await ShouldGrowToAsync(office, 4);
        office.Log.State.Time.ShouldBe(office.Clock.Now);
        office.ShouldBeConsistent();
    }

    [Fact]
    public async Task Wait_DeadlineComes_TimeIsEntered()
    {
        await using var office = await ToyOffice.OpenAsync();
        var deadline = ToyOffice.Start + Duration.FromMilliseconds(700);
        (await office.SubmitAsync(ToyOffice.Ann, "1", $"deadline {deadline.ToUnixTimeMilliseconds()}")).ShouldBeAccepted(3);
        office.Clock.Now = deadline;
        await ShouldGrowToAsync(office, 5);
        office.Log.State.Time.ShouldBe(deadline);
    }

    [Fact]
    [Trait("Requirement", "REC-5")]
    public async Task Append_ClockBehindTheRecord_TimeStandsAndTheFaultIsTold()
    {
        await using var office = await ToyOffice.OpenAsync();
        office.Clock.Now -= Duration.FromSeconds(10);
        (await office.SubmitAsync(ToyOffice.Ann, "1", "say something")).ShouldBeAccepted(3);
        office.Log.TimeFault.ShouldNotBeNull().Code.ShouldBe(RecordFaults.WrongClock);
        office.Log.State.Time.ShouldBe(ToyOffice.Start);
        office.Clock.Now = ToyOffice.Start + Duration.FromSeconds(2);
        (await office.SubmitAsync(ToyOffice.Ann, "2", "say something")).ShouldBeAccepted(5);
        office.Log.TimeFault.ShouldBeNull();
        office.ShouldBeConsistent();
    }

    [Fact]
    public async Task Append_TimeKeyMaySignNoMore_TheFaultIsToldAndEntriesAreTaken()
    {
        await using var office = await ToyOffice.OpenAsync();
        (await office.SubmitAsync(ToyOffice.Ann, "1", $"drop {ToyOffice.OfficeKey.Verifier.Name}")).ShouldBeAccepted(3);
        office.Clock.Now += Duration.FromSeconds(5);
        (await office.SubmitAsync(ToyOffice.Ann, "2", "say something")).ShouldBeAccepted(4);
        office.Log.TimeFault.ShouldNotBeNull().Code.ShouldBe(RecordFaults.UnknownKey);
    }

    private static async Task ShouldGrowToAsync(ToyOffice office, long size)
    {
        for (var attempt = 0; office.Log.Size < size && attempt < 1_000; attempt++) await Task.Delay(10);
        office.Log.Size.ShouldBe(size);
    }
}
