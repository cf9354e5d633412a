using System.Globalization;
using Tansiq.Record.Entries;

namespace Tansiq.Figures.Records;

/// <summary>What <c>tansiq bench record</c> is to measure.</summary>
/// <param name="Folder">An empty folder on the disk that is meant.</param>
/// <param name="Statements">How many statements the record gets.</param>
/// <param name="Command">The program and its first arguments, to run <c>tansiq</c> as a process of its own.</param>
public sealed record RecordFigureSettings(string Folder, int Statements, IReadOnlyList<string> Command)
{
    /// <summary>How many statements are verified and written to measure the machine alone.</summary>
    public int BareStatements { get; init; } = 40_000;

    /// <summary>For how long statements are offered at a steady rate, and servers are asked, in seconds.</summary>
    public double Seconds { get; init; } = 10;
}

/// <summary>The figures of <c>tansiq bench record</c>: the record beside bare verification, bare writing and a stub, in one run.</summary>
public sealed class RecordFigures
{
    private const int Chunk = 50_000;
    private const int OfferedPerSecond = 1_000;
    private const int Connections = 64;

    // What the log writes at the offered rate: some three statements a commit.
    private const int SteadyBytes = 40_960;
    private const int SteadyPerSecond = 300;
    private const int ProofsAsked = 20_000;
    private const int TileBytes = 8_192;

    private readonly RecordFigureSettings _settings;
    private readonly TextWriter _output;

    /// <summary>Takes what is to be measured.</summary>
    public RecordFigures(RecordFigureSettings settings, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(output);
        (_settings, _output) = (settings, output);
    }

    /// <summary>Measures and prints, line by line.</summary>
    /// <returns>Whether all that was made verifies.</returns>
    public async Task<bool> RunAsync()
    {
        using var workload = new RecordWorkload();
        var bare = Bare();
        var record = new BenchRecord(Path.Combine(_settings.Folder, "record"), workload);
        await using (record.ConfigureAwait(false))
        {
            await record.OpenAsync().ConfigureAwait(false);
            await AppendAsync(record, workload, bare.Stub).ConfigureAwait(false);
            await OfferAsync(record, workload).ConfigureAwait(false);
        }

        Size(record);
        Proofs(record);
        await ServeAsync(record).ConfigureAwait(false);
        var isVerified = Verify(record, bare.TwoThreads);
        return Opening(record) && isVerified;
    }

    private (double TwoThreads, double Stub) Bare()
    {
        using var workload = new RecordWorkload(seed: 1);
        var entries = workload.Next(_settings.BareStatements);
        var read = entries.Select(entry => SignedEntry.Read(entry).Value).ToList();
        Line($"the machine alone, {_settings.BareStatements} statements of {entries.Average(entry => entry.Length):F0} bytes");
        var two = BareRates.Verify(read, workload.KeyOf, threads: 2);
        var one = BareRates.Verify(read, workload.KeyOf, threads: 1);
        Line($"  Ed25519 verified                   {one,12:N0}/s on one thread, {two:N0}/s on two");
        Line($"  Ed25519 signed                     {BareRates.Sign(read, workload.OfficeKey),12:N0}/s");
        Line($"  leaves hashed                      {BareRates.Hash(read),12:N0}/s");
        var (written, slowest) = BareRates.WriteThrough(_settings.Folder, 2_000);
        Line($"  512 bytes written and on the disk  {written,12:N0}/s, p99 {slowest:F2} ms");
        var steadily = BareRates.WriteSteadily(_settings.Folder, SteadyBytes, SteadyPerSecond, _settings.Seconds);
        Line($"  {SteadyBytes} bytes, {SteadyPerSecond} times a second     p50 {Percentiles.Of(steadily, 0.5):F2} ms, p99 {Percentiles.Of(steadily, 0.99):F2} ms, longest {steadily.Max():F1} ms");
        var stub = CommitStub.Run(entries, workload.KeyOf, _settings.Folder);
        Line($"  verify and commit, a stub          {stub,12:N0}/s");
        return (two, stub);
    }

    private async Task AppendAsync(BenchRecord record, RecordWorkload workload, double stub)
    {
        var (appended, seconds) = (0, 0.0);
        while (appended < _settings.Statements)
        {
            var entries = workload.Next(Math.Min(Chunk, _settings.Statements - appended));
            seconds += await record.AppendAsync(entries).ConfigureAwait(false);
            appended += entries.Count;
        }

        Line($"append, verified and durable         {appended / seconds,12:N0}/s over {appended} statements; {appended / seconds / stub:F2} of the stub");
    }

    private async Task OfferAsync(BenchRecord record, RecordWorkload workload)
    {
        var entries = workload.Next((int)(OfferedPerSecond * _settings.Seconds));
        var milliseconds = await record.OfferAsync(entries, OfferedPerSecond).ConfigureAwait(false);
        Line($"offered at {OfferedPerSecond}/s                     p50 {Percentiles.Of(milliseconds, 0.5):F2} ms, p99 {Percentiles.Of(milliseconds, 0.99):F2} ms, longest {milliseconds.Max():F1} ms");
    }

    private void Size(BenchRecord record)
    {
        var (disk, least) = record.Bytes();
        Line($"storage                              {disk / 1e6,12:N0} MB, {disk / (double)least:F3} of entries and tree ({least / 1e6:N0} MB)");
    }

    private void Proofs(BenchRecord record) =>
        Line($"inclusion proofs                     {record.Proofs(ProofsAsked),12:N0}/s from random places, one thread");

    private async Task ServeAsync(BenchRecord record)
    {
        var (server, address) = await BareServer.StartAsync(TileBytes).ConfigureAwait(false);
        double bare;
        await using (server.ConfigureAwait(false))
        {
            await LoadClient.RunAsync(address, ["/"], Connections, _settings.Seconds / 5).ConfigureAwait(false);
            bare = await LoadClient.RunAsync(address, ["/"], Connections, _settings.Seconds).ConfigureAwait(false);
        }

        var served = await record.ServeAsync((at, paths) => LoadClient.RunAsync(at, paths, Connections, _settings.Seconds)).ConfigureAwait(false);
        Line($"tiles served                         {served,12:N0}/s; Kestrel alone {bare:N0}/s with the same client: {served / bare:F2} of it");
    }

    private bool Verify(BenchRecord record, double bare)
    {
        var run = CommandRun.Of(_settings.Command, "record", "verify", record.Folder, "--log-key", record.LogKey);
        var rate = record.Size / run.Seconds;
        Line($"record verify                        {rate,12:N0}/s of {record.Size} statements, process start included; {rate / bare:F2} of bare verification; {run.MostMegabytes:F0} MB; exit {run.ExitCode}");
        if (run.ExitCode != 0) Line($"{run.Output}");
        return run.ExitCode == 0;
    }

    private bool Opening(BenchRecord record)
    {
        var notice = record.WriteNotice();
        string[] decide = ["decide", notice, "--record", record.Folder];
        record.DeleteSnapshots();
        var without = CommandRun.Of(_settings.Command, decide);
        var with = CommandRun.Of(_settings.Command, decide);
        Line($"decide --record from a cold start    {without.Seconds,12:F2} s without a snapshot ({without.MostMegabytes:F0} MB), {with.Seconds:F2} s with one ({with.MostMegabytes:F0} MB)");
        long[] sizes = [record.Size / 10, record.Size / 2, record.Size / 10 * 9];
        var past = sizes.Select(size => CommandRun.Of(_settings.Command, [.. decide, "--known-at", size.ToString(CultureInfo.InvariantCulture)])).ToArray();
        Line($"... known at {string.Join(", ", sizes)}: {string.Join(", ", past.Select(run => run.Seconds.ToString("F2", CultureInfo.InvariantCulture)))} s");
        return past.Append(without).Append(with).All(run => run.ExitCode is not (1 or 2));
    }

    private void Line(FormattableString text)
    {
        _output.WriteLine(FormattableString.Invariant(text));
        _output.Flush();
    }
}
