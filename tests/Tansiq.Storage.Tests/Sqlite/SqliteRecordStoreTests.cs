using Tansiq.Record;
using Tansiq.Record.Logs;
using Tansiq.Storage.Sqlite;

namespace Tansiq.Storage.Tests.Sqlite;

/// <summary>The contract kept by SQLite, and what is its own: the lock, foreign and newer files, room.</summary>
[Trait("Requirement", "REC-4")]
public sealed class SqliteRecordStoreTests : RecordStoreContract
{
    [Fact]
    public void Open_WhileAnotherWrites_NamesItsProcess()
    {
        using var folder = new TemporaryFolder();
        using (Make(folder))
        {
            var fault = SqliteRecordStore.Open(folder["record.sqlite"]).Fault.ShouldNotBeNull();
            fault.Code.ShouldBe(RecordFaults.Locked);
            fault.Found.ShouldContain($"process {Environment.ProcessId} ");
            SqliteRecordStore.Open(folder["record.sqlite"], readOnly: true).Value.Dispose();
        }

        SqliteRecordStore.Open(folder["record.sqlite"]).Value.Dispose();
    }

    [Fact]
    public void Open_WhatIsNoRecord_SaysSo()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["text"], new string('x', 5_000));
        File.WriteAllBytes(folder["empty"], []);
        using (var other = SqliteDatabase.OpenCreating(folder["other"])) other.Execute("CREATE TABLE something (id INTEGER)");
        foreach (var readOnly in (bool[])[false, true])
        {
            SqliteRecordStore.Open(folder["nothing"], readOnly).Fault!.Code.ShouldBe(RecordFaults.Missing);
            foreach (var name in (string[])["text", "empty", "other"]) SqliteRecordStore.Open(folder[name], readOnly).Fault!.Code.ShouldBe(RecordFaults.NotARecord);
        }

        File.ReadAllText(folder["text"]).ShouldBe(new string('x', 5_000));
    }

    [Fact]
    public void Open_NewerFormat_SaysSo()
    {
        using var folder = new TemporaryFolder();
        Make(folder).Dispose();
        using (var database = SqliteDatabase.OpenWriting(folder["record.sqlite"])) database.Execute($"PRAGMA user_version = {SqliteSchema.Version + 1}");
        SqliteRecordStore.Open(folder["record.sqlite"]).Fault!.Code.ShouldBe(RecordFaults.NewerFormat);
        SqliteRecordStore.Open(folder["record.sqlite"], readOnly: true).Fault!.Code.ShouldBe(RecordFaults.NewerFormat);
    }

    [Fact]
    public void Create_WhereSomethingIs_LeavesItAlone()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["record.sqlite"], "something");
        SqliteRecordStore.Create(folder["record.sqlite"], TheOrigin).Fault!.Code.ShouldBe(RecordFaults.NotARecord);
        File.ReadAllText(folder["record.sqlite"]).ShouldBe("something");
    }

    [Fact]
    public void Dispose_Record_IsOneFileWithoutALogBesideIt()
    {
        using var folder = new TemporaryFolder();
        var store = Make(folder);
        new GrowingStore(store, ToyDomain.Key(TheOrigin)).Append(([1], null));
        store.Dispose();
        File.Exists(folder["record.sqlite-wal"]).ShouldBeFalse();
        using var readOnlyDisk = new SqliteReader(SqliteDatabase.OpenImmutable(folder["record.sqlite"]));
        readOnlyDisk.Head().Size.ShouldBe(1);
    }

    [Fact]
    public void Growth_ManyEntriesInSmallBatches_TakesAtMostAQuarterMoreThanEntriesAndTree()
    {
        const int Entries = 20_000;
        const int Bytes = 450;
        const int Batch = 20;
        using var folder = new TemporaryFolder();
        using (var store = Make(folder))
        {
            var growing = new GrowingStore(store, ToyDomain.Key(TheOrigin));
            for (var number = 0; number < Entries; number += Batch)
                growing.Append([.. Enumerable.Range(number, Batch).Select(each => (new byte[Bytes], (UInt128?)new UInt128(ulong.MaxValue - (ulong)each, (ulong)each)))]);
        }

        new FileInfo(folder["record.sqlite"]).Length.ShouldBeLessThan((long)(1.25 * Entries * (Bytes + 32)));
    }

    protected override IRecordStore Make(TemporaryFolder folder) => SqliteRecordStore.Create(folder["record.sqlite"], TheOrigin).Value;

    protected override IRecordStore Open(TemporaryFolder folder) => SqliteRecordStore.Open(folder["record.sqlite"]).Value;

    protected override IRecordStore OpenReading(TemporaryFolder folder) => SqliteRecordStore.Open(folder["record.sqlite"], readOnly: true).Value;
}
