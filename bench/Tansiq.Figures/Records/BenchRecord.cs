using System.Diagnostics;
using System.Net;
using Tansiq.Coordination.Recording;
using Tansiq.Record.Merkle;
using Tansiq.Record.Tiles;
using Tansiq.Server.Record;
using Tansiq.Storage.Logs;
using Tansiq.Storage.Sqlite;

namespace Tansiq.Figures.Records;

/// <summary>A record on the disk that is written and asked as the office does.</summary>
internal sealed class BenchRecord : IAsyncDisposable
{
    private const int InFlight = 1_024;
    private const int TilesAsked = 200;

    private readonly RecordWorkload _workload;
    private readonly string _path;
    private SqliteRecordStore? _store;
    private RecordLog<RecordedState, StatementReading>? _log;

    public BenchRecord(string folder, RecordWorkload workload)
    {
        Folder = folder;
        LogKey = workload.LogKey.Verifier.ToString();
        _workload = workload;
        _path = Path.Combine(folder, "record.sqlite");
    }

    public string Folder { get; }

    public string LogKey { get; }

    public long Size { get; private set; }

    /// <summary>Makes the record with its founding.</summary>
    public async Task OpenAsync()
    {
        Directory.CreateDirectory(Folder);
        _store = SqliteRecordStore.Create(_path, RecordWorkload.Origin).Value;
        foreach (var attachment in _workload.Attachments) _store.AddAttachment(attachment);
        var settings = new RecordLogSettings(_workload.LogKey, _workload.OfficeKey, new WorkloadClock());
        _log = (await RecordLog<RecordedState, StatementReading>.OpenAsync(_store, new StatementsDomain(), settings).ConfigureAwait(false)).Value;
        await AcceptedAsync(_workload.Founding()).ConfigureAwait(false);
        foreach (var entry in _workload.Agreement()) await AcceptedAsync(entry).ConfigureAwait(false);
    }

    /// <summary>Appends entries, a thousand of them in flight at a time.</summary>
    /// <returns>How many seconds it took until the last was on the disk.</returns>
    public async Task<double> AppendAsync(IReadOnlyList<ReadOnlyMemory<byte>> entries)
    {
        var start = Stopwatch.GetTimestamp();
        var flight = new Queue<Task>(InFlight);
        foreach (var entry in entries)
        {
            if (flight.Count == InFlight) await flight.Dequeue().ConfigureAwait(false);
            flight.Enqueue(AcceptedAsync(entry));
        }

        await Task.WhenAll(flight).ConfigureAwait(false);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Offers entries at a steady rate, whether the earlier ones are answered or not.</summary>
    /// <returns>For each, the milliseconds from when it was due to when it was on the disk.</returns>
    public async Task<double[]> OfferAsync(IReadOnlyList<ReadOnlyMemory<byte>> entries, int perSecond)
    {
        var milliseconds = new double[entries.Count];
        var answers = new Task[entries.Count];
        var start = Stopwatch.GetTimestamp();
        for (var number = 0; number < entries.Count; number++)
        {
            var due = start + number * Stopwatch.Frequency / perSecond;
            while (Stopwatch.GetTimestamp() < due) await Task.Delay(1).ConfigureAwait(false);
            var place = number;
            answers[number] = TimedAsync(entries[number], due, each => milliseconds[place] = each);
        }

        await Task.WhenAll(answers).ConfigureAwait(false);
        return milliseconds;
    }

    /// <summary>Ends writing: what is asked afterwards finds a record at rest.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_log is not null) await _log.DisposeAsync().ConfigureAwait(false);
        Size = _store?.Size ?? 0;
        _store?.Dispose();
        (_log, _store) = (null, null);
    }

    /// <summary>The bytes of the database, and those of the entries and the tree alone.</summary>
    public (long Disk, long Least) Bytes()
    {
        using var store = SqliteRecordStore.Open(_path, readOnly: true).Value;
        var entries = store.Entries(0, Size).Sum(entry => (long)entry.Length);
        return (new FileInfo(_path).Length, entries + Tile.Of(Size).Sum(tile => (long)tile.Width * MerkleHash.Length));
    }

    /// <summary>Inclusion proofs a second, each of another place, from the tiles on the disk.</summary>
    public double Proofs(int count)
    {
        using var store = SqliteRecordStore.Open(_path, readOnly: true).Value;
        var random = new Random(RecordWorkload.PublishedSeed);
        var hashes = new TileHashes(Size, store.Tile, kept: 4_096);
        var start = Stopwatch.GetTimestamp();
        for (var asked = 0; asked < count; asked++)
        {
            if (InclusionProof.Of(random.NextInt64(Size), Size, hashes).Fault is { } fault) throw new InvalidOperationException("No proof: " + fault);
        }

        return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Serves the record and lets somebody ask for full tiles.</summary>
    public async Task<double> ServeAsync(Func<IPEndPoint, IReadOnlyList<string>, Task<double>> ask)
    {
        using var store = SqliteRecordStore.Open(_path, readOnly: true).Value;
        var server = await RecordServer.StartAsync(store, witness: null, new(IPAddress.Loopback, 0), CancellationToken.None).ConfigureAwait(false);
        await using (server.ConfigureAwait(false))
        {
            var full = Math.Max(1, Size / Tile.FullWidth);
            var paths = Enumerable.Range(0, TilesAsked).Select(number => "/" + Tile.Hashes(0, number % full).Path()).ToList();
            return await ask(new(IPAddress.Loopback, server.Address.Port), paths).ConfigureAwait(false);
        }
    }

    /// <summary>Writes a notice that is not on the record, to be decided.</summary>
    public string WriteNotice()
    {
        var path = Path.Combine(Folder, "..", "notice.json");
        File.WriteAllText(path, """
            {"id":"asked","party":"us","actor":"us-air","class":"fixed-wing","purpose":"transport","contact":"watch","claims":[],
             "volumes":[{"outline":{"polygon":[[[38.2,33.4],[38.4,33.4],[38.4,33.6],[38.2,33.6],[38.2,33.4]]]},"floor":{"flightLevel":180},"ceiling":{"flightLevel":220},
                         "from":"2016-07-26T06:00:00Z","until":"2016-07-26T08:00:00Z"}]}
            """);
        return path;
    }

    /// <summary>Deletes the snapshots, which are only a cache.</summary>
    public void DeleteSnapshots()
    {
        var folder = Path.Combine(Folder, "snapshots");
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    private async Task TimedAsync(ReadOnlyMemory<byte> entry, long due, Action<double> took)
    {
        await AcceptedAsync(entry).ConfigureAwait(false);
        took(Stopwatch.GetElapsedTime(due).TotalMilliseconds);
    }

    private async Task AcceptedAsync(ReadOnlyMemory<byte> entry)
    {
        var answer = await _log!.AppendAsync(entry).ConfigureAwait(false);
        if (answer is AppendAnswer.Refused refused) throw new InvalidOperationException("Refused: " + refused.Fault);
    }
}
