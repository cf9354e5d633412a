using Tansiq.Record;
using Tansiq.Record.Tiles;
using Tansiq.Storage.Following;

namespace Tansiq.Storage.Tests.Following;

[Trait("Requirement", "REC-3")]
public sealed class RecordExportTests
{
    [Fact]
    public async Task Write_RecordGrows_OnlyWhatIsNewIsWrittenAndTheFolderVerifies()
    {
        using var log = ToyLog.WithEntries(500);
        log.Attach("a map"u8.ToArray()).Sign();
        using var folder = new RecordFolder(log.Store);
        var full = folder.File(Tile.Entries(0));
        File.SetLastWriteTimeUtc(full, DateTime.UnixEpoch);
        while (log.Size < 1_000) log.Say($"{log.Size}");
        log.Sign();

        RecordExport.Write(log.Store, folder.Path).Value.Size.ShouldBe(1_000);

        File.GetLastWriteTimeUtc(full).ShouldBe(DateTime.UnixEpoch);
        Directory.GetFiles(folder.Path, ".*", SearchOption.AllDirectories).ShouldBeEmpty("nothing half written stays");
        var findings = await RecordVerification.RunAsync(folder.Source, new ToyDomain(), new VerificationSettings(ToyLog.LogKey.Verifier));
        (findings.Holds, findings.Counts.Until, findings.Counts.Attachments).ShouldBe((true, 1_000, 1));
    }

    [Fact]
    [Trait("Requirement", "REC-5")]
    public void Write_FolderOfSomethingElse_RefusedAndLeftAsItIs()
    {
        using var log = ToyLog.WithEntries(300);
        using var folder = new RecordFolder(log.Store);
        var checkpoint = File.ReadAllBytes(folder.File("checkpoint"));
        using var older = ToyLog.WithEntries(200);
        using var fork = ToyLog.WithEntries(299);
        fork.Say("otherwise");
        while (fork.Size < 400) fork.Say($"{fork.Size}");
        fork.Sign();

        RecordExport.Write(older.Store, folder.Path).Fault.ShouldNotBeNull().Code.ShouldBe(RecordFaults.RolledBack);
        RecordExport.Write(fork.Store, folder.Path).Fault.ShouldNotBeNull().Code.ShouldBe(RecordFaults.SplitView);

        File.ReadAllBytes(folder.File("checkpoint")).ShouldBe(checkpoint);
        File.Exists(folder.File(Tile.Entries(1, 144))).ShouldBeFalse();
    }

    [Fact]
    public async Task CheckpointAsync_LinkInAFolder_Refused()
    {
        using var log = ToyLog.WithEntries(10);
        using var folder = new RecordFolder(log.Store);
        using var other = new RecordFolder(log.Store);
        folder.Delete("checkpoint");
        File.CreateSymbolicLink(folder.File("checkpoint"), other.File("checkpoint"));

        var broken = (await RecordVerification.RunAsync(folder.Source, new ToyDomain(), new VerificationSettings(ToyLog.LogKey.Verifier))).Broken.ShouldNotBeNull();

        (broken.Fault.Code, broken.IsOfSource).ShouldBe((RecordFaults.SourceFailed, true));
    }
}
