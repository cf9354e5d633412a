using Tansiq.Record;
using Tansiq.Record.Checkpoints;
using Tansiq.Record.Logs;
using Tansiq.Record.Merkle;
using Tansiq.Record.Notes;
using Tansiq.Storage.Logs;
using Tansiq.Storage.Sqlite;

namespace Tansiq.Storage.Tests.Logs;

/// <summary>What has to agree before a log signs anything.</summary>
[Trait("Requirement", "REC-5")]
public sealed class RecordLogOpeningTests
{
    [Fact]
    public async Task Open_OlderDiskThanAWitnessKnows_IsRefusedWithTheEvidence()
    {
        await using var office = await ToyOffice.OpenAsync();
        await office.CloseAsync();
        var backup = await File.ReadAllBytesAsync(office.Path);
        (await office.ReopenAsync()).ShouldBeNull();
        await office.SubmitAsync(ToyOffice.Ann, "1", "say something");
        var witnessed = office.Log.Checkpoint!.Note.Bytes;
        await office.CloseAsync();
        await File.WriteAllBytesAsync(office.Path, backup);
        office.Settings = office.Settings with { WitnessedCheckpoints = [witnessed] };

        var fault = (await office.ReopenAsync()).ShouldNotBeNull();
        fault.Code.ShouldBe(RecordFaults.RestoredDisk);
        office.File.Size.ShouldBe(3);
        var evidence = office.File.AllEvidence().ShouldHaveSingleItem();
        evidence.Fault.ShouldBe(fault);
        evidence.Files["witnessed"].ToArray().ShouldBe(witnessed.ToArray());
        evidence.Files["own"].ToArray().ShouldBe(office.File.Checkpoint!.Value.ToArray());
    }

    [Fact]
    public async Task Open_WitnessKnowsAnotherHistory_IsRefusedWithTheEvidence()
    {
        await using var office = await ToyOffice.OpenAsync();
        for (var number = 0; number < 10; number++) await office.SubmitAsync(ToyOffice.Ann, $"{number}", "say something");
        var other = SignedCheckpoint.Sign(new(ToyOffice.Origin, 7, MerkleHashing.Leaf("other"u8)), office.Settings.LogKey).Note.Bytes;
        office.Settings = office.Settings with { WitnessedCheckpoints = [other] };
        (await office.ReopenAsync()).ShouldNotBeNull().Code.ShouldBe(RecordFaults.SplitView);
        office.File.AllEvidence().ShouldHaveSingleItem().Files["witnessed"].ToArray().ShouldBe(other.ToArray());
    }

    [Fact]
    public async Task Open_WitnessesKnowEarlierSizesOfThisHistory_Opens()
    {
        await using var office = await ToyOffice.OpenAsync();
        var witnessed = new List<ReadOnlyMemory<byte>>();
        for (var number = 0; number < 300; number++)
        {
            await office.SubmitAsync(ToyOffice.Ann, $"{number}", "say something");
            witnessed.Add(office.Log.Checkpoint!.Note.Bytes);
        }

        // One that the log key has not signed proves nothing, also of a larger size.
        var forged = SignedCheckpoint.Sign(new(ToyOffice.Origin, 1_000, MerkleHashing.Empty), ToyDomain.Key(ToyOffice.Origin, number: 2)).Note.Bytes;
        office.Settings = office.Settings with { WitnessedCheckpoints = [.. witnessed, forged] };
        (await office.ReopenAsync()).ShouldBeNull();
        office.ShouldBeConsistent();
    }

    [Theory]
    [InlineData("UPDATE entry SET bytes = CAST(replace(CAST(bytes AS TEXT), 'something', 'somewhere') AS BLOB) WHERE number = 700", RecordFaults.EntryRewritten)]
    [InlineData("UPDATE entry SET bytes = CAST(replace(CAST(bytes AS TEXT), 'something', 'somewhere') AS BLOB) WHERE number = 5", RecordFaults.EntryRewritten)]
    [InlineData("UPDATE tile SET hashes = CAST(substr(hashes, 1, length(hashes) - 32) || zeroblob(32) AS BLOB) WHERE place = 2", RecordFaults.TileRewritten)]
    [InlineData("UPDATE tile SET hashes = CAST(substr(hashes, 1, length(hashes) - 32) || zeroblob(32) AS BLOB) WHERE place < 0", RecordFaults.TileRewritten)]
    [InlineData("UPDATE tile SET hashes = CAST(substr(hashes, 1, 320) || zeroblob(32) || substr(hashes, 353) AS BLOB) WHERE place = 0", RecordFaults.EntryRewritten)]
    [InlineData("DELETE FROM tile WHERE place = 2", RecordFaults.Missing)]
    [InlineData("UPDATE head SET checkpoint = NULL", RecordFaults.Missing)]
    [InlineData("UPDATE head SET checkpoint = CAST(replace(CAST(checkpoint AS TEXT), 'log.example', 'lag.example') AS BLOB)", RecordFaults.OtherOrigin)]
    public async Task Open_FileChangedByAnother_IsRefused(string change, string code)
    {
        await using var office = await ToyOffice.OpenAsync();
        await Task.WhenAll(Enumerable.Range(0, 700).Select(number => office.SubmitAsync(ToyOffice.Ann, $"{number}", "say something")));
        await office.CloseAsync();
        using (var database = SqliteDatabase.OpenWriting(office.Path)) database.Execute(change);
        (await office.ReopenAsync()).ShouldNotBeNull().Code.ShouldBe(code);
    }

    [Fact]
    public async Task Open_AnotherLogKey_IsRefused()
    {
        await using var office = await ToyOffice.OpenAsync();
        var settings = office.Settings;
        office.Settings = settings with { LogKey = ToyDomain.Key(ToyOffice.Origin, number: 2) };
        (await office.ReopenAsync()).ShouldNotBeNull().Code.ShouldBe(RecordFaults.UnknownKey);
        office.Settings = settings with { LogKey = ToyDomain.Key("lag.example") };
        (await office.ReopenAsync()).ShouldNotBeNull().Code.ShouldBe(RecordFaults.OtherOrigin);
        office.Settings = settings;
        (await office.ReopenAsync()).ShouldBeNull();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(256)]
    [InlineData(601)]
    public async Task Open_FromAKnownState_GivesTheSameState(int size)
    {
        await using var office = await ToyOffice.OpenAsync();
        var states = new List<StartingState<ToyState>>();
        for (var number = 0; office.Log.Size < 601; number++)
        {
            if (office.Log.Size == size) states.Add(new(office.Log.State, size));
            await office.SubmitAsync(ToyOffice.Ann, $"{number}", "say something");
        }

        if (office.Log.Size == size) states.Add(new(office.Log.State, size));
        (await office.ReopenAsync(size == 0 ? null : states.ShouldHaveSingleItem())).ShouldBeNull();
        office.ShouldBeConsistent();
        (await office.SubmitAsync(ToyOffice.Ann, "1", "say something")).ShouldBeOfType<AppendAnswer.Accepted>().IsRepeated.ShouldBeTrue();
    }

    [Fact]
    public async Task Open_FromAStateBeyondTheDisk_IsRefused()
    {
        await using var office = await ToyOffice.OpenAsync();
        (await office.ReopenAsync(new(office.Log.State, office.Log.Size + 1))).ShouldNotBeNull().Code.ShouldBe(RecordFaults.RestoredDisk);
    }
}
