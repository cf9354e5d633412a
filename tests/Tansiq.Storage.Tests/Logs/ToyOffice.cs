using NodaTime;
using Tansiq.Record;
using Tansiq.Record.Entries;
using Tansiq.Record.Logs;
using Tansiq.Record.Notes;
using Tansiq.Storage.Logs;
using Tansiq.Storage.Sqlite;

namespace Tansiq.Storage.Tests.Logs;

/// <summary>A clock that stands where a test puts it.</summary>
public sealed class StandingClock(Instant now) : IClock
{
    private long _now = now.ToUnixTimeTicks();

    public Instant Now
    {
        get => Instant.FromUnixTimeTicks(Interlocked.Read(ref _now));
        set => Interlocked.Exchange(ref _now, value.ToUnixTimeTicks());
    }

    public Instant GetCurrentInstant() => Now;
}

/// <summary>An office of the toy domain on a real file: its store, its log, and the keys of some authors.</summary>
public sealed class ToyOffice : IAsyncDisposable
{
    public const string Origin = "log.example";
    private readonly TemporaryFolder _folder = new();
    private readonly Func<IRecordStore, IRecordStore> _around;

    private ToyOffice(Func<IRecordStore, IRecordStore>? around) => _around = around ?? (store => store);

    public static Instant Start { get; } = Instant.FromUtc(2016, 7, 15, 9, 0);

    public static SigningKey OfficeKey { get; } = ToyDomain.Key("office.example/statements");

    public static SigningKey Ann { get; } = ToyDomain.Key("ann.example");

    public static SigningKey Bob { get; } = ToyDomain.Key("bob.example");

    public StandingClock Clock { get; } = new(Start);

    public ToyDomain Domain { get; } = new();

    public RecordLogSettings Settings { get; set; } = null!;

    /// <summary>The file itself, without what a test put around it.</summary>
    public SqliteRecordStore File { get; private set; } = null!;

    public RecordLog<ToyState, ToyReading> Log { get; private set; } = null!;

    public string Path => _folder["record.sqlite"];

    /// <summary>An office whose record has the office's key, Ann's, and the time: three entries.</summary>
    /// <param name="around">Puts something around the store, or null.</param>
    /// <param name="settings">Other settings, or null.</param>
    public static async Task<ToyOffice> OpenAsync(Func<IRecordStore, IRecordStore>? around = null, Func<RecordLogSettings, RecordLogSettings>? settings = null)
    {
        var office = new ToyOffice(around);
        office.Settings = new(ToyDomain.Key(Origin), OfficeKey, office.Clock);
        if (settings is not null) office.Settings = settings(office.Settings);
        office.File = SqliteRecordStore.Create(office.Path, Origin).Value;
        office.Log = (await office.OpenLogAsync()).Value;
        (await office.SubmitAsync(OfficeKey, "founding", $"key {OfficeKey.Verifier}")).ShouldBeAccepted(0);
        (await office.SubmitAsync(OfficeKey, "ann", $"key {Ann.Verifier}")).ShouldBeAccepted(2);
        return office;
    }

    public Task<AppendAnswer> SubmitAsync(SigningKey key, string id, string statement) => Log.AppendAsync(ToyDomain.Entry(key, id, statement));

    /// <summary>Ends the log and the store and opens the file again; the log is opened only if all agrees.</summary>
    public async Task<Fault?> ReopenAsync(StartingState<ToyState>? startFrom = null)
    {
        await CloseAsync();
        File = SqliteRecordStore.Open(Path).Value;
        var opened = await OpenLogAsync(startFrom);
        if (opened.TryGet(out var log, out var fault)) Log = log;
        return fault;
    }

    public async Task CloseAsync()
    {
        await Log.DisposeAsync();
        File.Dispose();
    }

    /// <summary>The texts on the record, in order, without the names of their keys.</summary>
    public string[] Texts() => [.. File.Entries(0, File.Size).Select(bytes => System.Text.Encoding.UTF8.GetString(SignedEntry.Read(bytes).Value.Text.Span).TrimEnd('\n').Split(' ', 2)[1])];

    /// <summary>That the signed checkpoint is over what lies on the disk, and the state what comes of it.</summary>
    public void ShouldBeConsistent()
    {
        var checkpoint = Log.Checkpoint.ShouldNotBeNull().Checkpoint;
        checkpoint.ShouldBe(new(Origin, File.Size, NaiveTree.Root(File.Entries(0, File.Size))));
        Convert.ToHexString(File.Checkpoint!.Value.Span).ShouldBe(Convert.ToHexString(Log.Checkpoint.Note.Bytes.Span));
        Log.State.Size.ShouldBe(File.Size);
        var folded = Domain.Empty;
        foreach (var entry in File.Entries(0, File.Size).Select(bytes => SignedEntry.Read(bytes).Value))
        {
            var reading = Domain.Read(entry, folded, File.Attachment);
            var key = Domain.KeyOf(folded, reading, entry.Signature).Value;
            key.Verifies(entry.Text.Span, entry.Signature.Bytes.Span).ShouldBeTrue();
            folded = Domain.Append(folded, entry, reading, File.Attachment).State;
        }

        Convert.ToHexString(Log.State.Digest.Span).ShouldBe(Convert.ToHexString(folded.Digest.Span));
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _folder.Dispose();
    }

    private async Task<Checked<RecordLog<ToyState, ToyReading>>> OpenLogAsync(StartingState<ToyState>? startFrom = null) =>
        await RecordLog<ToyState, ToyReading>.OpenAsync(_around(File), Domain, Settings, startFrom);
}

/// <summary>What tests expect of answers.</summary>
internal static class AppendAnswerExpectations
{
    public static void ShouldBeAccepted(this AppendAnswer answer, long index, bool isRepeated = false) => answer.ShouldBe(new AppendAnswer.Accepted(index, isRepeated));

    public static void ShouldBeRefused(this AppendAnswer answer, string code) => answer.ShouldBeOfType<AppendAnswer.Refused>().Fault.Code.ShouldBe(code);
}
