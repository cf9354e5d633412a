using Shouldly;
using Tansiq.Cli.Recording;
using Tansiq.Coordination.Recording;
using Tansiq.Storage.Logs;
using Tansiq.Storage.Sqlite;
using Xunit;

namespace Tansiq.Cli.Tests.Recording;

/// <summary>Snapshots beside a record: a cache of one's own making, never believed against the record.</summary>
[Trait("Requirement", "FLT-3")]
[Trait("Requirement", "REC-5")]
public sealed class SituationSnapshotsTests : IDisposable
{
    private readonly RecordFixture _fixture = new();

    /// <inheritdoc />
    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Snapshot_OfALongRecord_OpensTheSameSituationAndIsNotWrittenAgainBeforeLong()
    {
        var (folder, store, state) = Folded("record");
        using var _ = store;
        new SituationSnapshots(Path.Combine(folder, "snapshots"), store, entriesBetween: 100).Write(state, startedFrom: 0, _ => { });
        var file = Directory.GetFiles(Path.Combine(folder, "snapshots")).ShouldHaveSingleItem();
        var read = new SituationSnapshots(Path.Combine(folder, "snapshots"), store).Read(_ => { });
        (read.Situation.Size, read.Digest.Hex).ShouldBe((state.Situation.Size, state.Digest.Hex));
        read.KnownAt(100).Notices.Count.ShouldBe(state.KnownAt(100).Notices.Count);

        var written = File.GetLastWriteTimeUtc(file);
        new SituationSnapshots(Path.Combine(folder, "snapshots"), store, entriesBetween: 100).Write(state, startedFrom: state.Situation.Size - 99, _ => { });
        Directory.GetFiles(Path.Combine(folder, "snapshots")).ShouldBe([file]);
        File.GetLastWriteTimeUtc(file).ShouldBe(written);
    }

    [Fact]
    public void Snapshot_DamagedOrOfAnotherRecord_IsToldAndPassedOver()
    {
        var (folder, store, state) = Folded("record");
        using var _ = store;
        new SituationSnapshots(Path.Combine(folder, "snapshots"), store, entriesBetween: 100).Write(state, startedFrom: 0, _ => { });
        var file = Directory.GetFiles(Path.Combine(folder, "snapshots")).Single();
        var bytes = File.ReadAllBytes(file);

        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(file, bytes);
        ToldOf(folder, store).ShouldContain("record.snapshot-damaged");

        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(file, bytes);
        var other = _fixture.Found("other");
        using var otherStore = SqliteRecordStore.Open(Path.Combine(other, "record.sqlite"), readOnly: true).Value;
        Directory.CreateDirectory(Path.Combine(other, "snapshots"));
        File.Copy(file, Path.Combine(other, "snapshots", Path.GetFileName(file)));
        ToldOf(other, otherStore).ShouldContain("record.snapshot-other-record");
    }

    private static string ToldOf(string folder, SqliteRecordStore store)
    {
        using var told = new StringWriter();
        new SituationSnapshots(Path.Combine(folder, "snapshots"), store).Read(told.WriteLine).Situation.Size.ShouldBe(0);
        return told.ToString();
    }

    private (string Folder, SqliteRecordStore Store, RecordedState State) Folded(string name)
    {
        var folder = _fixture.Play(name);
        var store = SqliteRecordStore.Open(Path.Combine(folder, "record.sqlite"), readOnly: true).Value;
        var state = RecordFold.Run(store, new StatementsDomain(), null, store.Size, null, TestContext.Current.CancellationToken).Value;
        return (folder, store, state);
    }
}
