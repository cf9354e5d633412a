using System.Globalization;
using NodaTime;
using Tansiq.Record.Checkpoints;
using Tansiq.Record.Entries;
using Tansiq.Record.Logs;
using Tansiq.Record.Notes;
using Tansiq.Storage.Sources;
using Tansiq.Storage.Sqlite;

namespace Tansiq.Storage.Tests.Following;

/// <summary>
/// A log of the toy domain that writes whatever it is given, so that it can also do what a log must not. Each has a store of its own in a folder
/// that goes with it.
/// </summary>
internal sealed class ToyLog : IDisposable
{
    public const string Origin = "log.example/toy";
    public static readonly Instant Start = Instant.FromUtc(2016, 7, 15, 9, 0);
    public static readonly SigningKey LogKey = ToyDomain.Key(Origin);
    public static readonly SigningKey Office = ToyDomain.Key("office.example/statements");
    public static readonly SigningKey Author = ToyDomain.Key("us.centre.example");
    private readonly TemporaryFolder _folder = new();
    private readonly List<byte[]> _pending = [];
    private readonly ToyDomain _domain = new();
    private readonly GrowingStore _growing;

    public ToyLog()
    {
        Store = SqliteRecordStore.Create(_folder["record.sqlite"], Origin).Value;
        _growing = new(Store, LogKey);
    }

    public SqliteRecordStore Store { get; }

    public IRecordSource Source => new StoreSource(Store, "log");

    public long Size => Store.Size + _pending.Count;

    /// <summary>A log with keys, a time and some statements under a checkpoint.</summary>
    public static ToyLog WithEntries(int count, Instant? time = null)
    {
        var log = new ToyLog();
        log.Begin(time);
        while (log.Size < count) log.Say($"{log.Size}");
        log.Sign();
        return log;
    }

    /// <summary>Keys and the first time: three entries.</summary>
    public ToyLog Begin(Instant? time = null) =>
        Add(ToyDomain.Entry(Office, "founding", $"key {Office.Verifier}")).Add(ToyDomain.Entry(Office, "author", $"key {Author.Verifier}")).Time(time ?? Start);

    public ToyLog Time(Instant time) => Add(ToyDomain.Entry(Office, $"time-{Size}", string.Create(CultureInfo.InvariantCulture, $"time {time.ToUnixTimeMilliseconds()}")));

    public ToyLog Say(string id, string what = "something") => Add(ToyDomain.Entry(Author, id, $"say {what}"));

    public ToyLog Add(byte[] entry)
    {
        _pending.Add(entry);
        return this;
    }

    /// <summary>An attachment and the entry that names it.</summary>
    public ToyLog Attach(byte[] content) => Add(ToyDomain.Entry(Author, $"attachment-{Size}", $"attach {Store.AddAttachment(content)}"));

    /// <summary>Writes what was added, under a signed checkpoint.</summary>
    public SignedCheckpoint Sign()
    {
        var checkpoint = _growing.Append([.. _pending.Select(entry => (entry, Identity(entry)))]);
        _pending.Clear();
        return checkpoint;
    }

    public void Dispose()
    {
        Store.Dispose();
        _folder.Dispose();
    }

    private UInt128? Identity(byte[] entry) =>
        SignedEntry.Read(entry).TryGet(out var read, out _) ? _domain.IdentityOf(_domain.Read(read, _domain.Empty, _ => null)) : null;
}
