using System.Collections.Concurrent;
using System.Diagnostics;
using Tansiq.Coordination;
using Tansiq.Coordination.Parties;
using Tansiq.Figures.Records;
using Tansiq.Server.Nodes;

namespace Tansiq.Figures.Nodes;

/// <summary>What <c>tansiq bench nodes</c> is to measure.</summary>
/// <param name="Folder">An empty folder on the disk that is meant.</param>
/// <param name="Statements">How many statements go to the office in each run.</param>
public sealed record NodeFigureSettings(string Folder, int Statements)
{
    /// <summary>For how long statements are offered at a steady rate, in seconds.</summary>
    public double Seconds { get; init; } = 20;

    /// <summary>How many STOPs are sent over whole lines.</summary>
    public int Stops { get; init; } = 200;

    /// <summary>How many times the lines are cut, and a STOP is sent while they are.</summary>
    public int Partitions { get; init; } = 5;
}

/// <summary>
/// The figures of <c>tansiq bench nodes</c>: an office and two centres in one process, each on disks of its own, over real connections of the loopback address, and the
/// client in the same process; beside a server that only verifies and writes.
/// </summary>
public sealed class NodeFigures
{
    private const int Connections = 64;
    private const int OfferedPerSecond = 100;
    private const int UnderWay = 2_000;
    private const int StreamClients = 500;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private readonly NodeFigureSettings _settings;
    private readonly TextWriter _output;

    /// <summary>Takes what is to be measured.</summary>
    public NodeFigures(NodeFigureSettings settings, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(output);
        (_settings, _output) = (settings, output);
    }

    /// <summary>Measures and prints, line by line.</summary>
    /// <returns>Whether all nodes ended with the same picture, and nothing was refused.</returns>
    public async Task<bool> RunAsync()
    {
        using var workload = new RecordWorkload { LeastBack = UnderWay };
        var clock = new WorkloadClock();
        var peer = await PeerAsync(workload).ConfigureAwait(false);
        var isAll = true;
        var office = await BenchNode.OpenAsync(Folder("office"), workload, "office", clock).ConfigureAwait(false);
        await using (office.ConfigureAwait(false))
        {
            foreach (var entry in workload.Agreement()) _ = await office.Node.SubmitAsync(entry, CancellationToken.None).ConfigureAwait(false);
            isAll &= await SubmitAsync("office alone", office, workload, peer).ConfigureAwait(false);
            var (lines, usPort, ruPort) = (new BenchLines(), BenchNode.FreePort(), BenchNode.FreePort());
            var us = await BenchNode.OpenAsync(Folder("us"), workload, "us", clock, usPort, ([BenchNode.PeerAt("ru", ruPort)], lines)).ConfigureAwait(false);
            await using (us.ConfigureAwait(false))
            {
                var ru = await BenchNode.OpenAsync(Folder("ru"), workload, "ru", clock, ruPort, ([BenchNode.PeerAt("us", usPort)], lines)).ConfigureAwait(false);
                await using (ru.ConfigureAwait(false))
                {
                    await FollowFromTheStartAsync(us, office, ru, workload).ConfigureAwait(false);
                    ru.Begin(workload, office, us);
                    office.Begin(workload, us, ru);
                    await UntilAsync(ru, picture => picture.JointSize >= office.Node.Picture.Size).ConfigureAwait(false);
                    isAll &= await SubmitAsync("while two centres follow and cosign", office, workload, peer).ConfigureAwait(false);
                    await OfferAsync(us, workload).ConfigureAwait(false);
                    await StreamAsync(us, workload).ConfigureAwait(false);
                    await StopAsync(us, ru, lines).ConfigureAwait(false);
                    isAll &= await SameAsync(office, us, ru).ConfigureAwait(false);
                }
            }
        }

        await ReopenAsync(workload, clock).ConfigureAwait(false);
        return isAll;
    }

    private async Task<double> PeerAsync(RecordWorkload workload)
    {
        using var other = new RecordWorkload(seed: 1);
        var server = await VerifyingServer.StartAsync(Path.Combine(_settings.Folder, "stub"), workload.KeyOf).ConfigureAwait(false);
        await using (server.ConfigureAwait(false))
        {
            _ = await SubmittingClient.RunAsync(server.Address, key: null, other.Next(2_000), Connections, perRequest: 1).ConfigureAwait(false);
            var entries = other.Next(_settings.Statements);
            var run = await SubmittingClient.RunAsync(server.Address, key: null, entries, Connections, perRequest: 1).ConfigureAwait(false);
            Line($"Kestrel that verifies and writes     {entries.Count / run.Seconds,12:N0}/s over {Connections} connections, {Times(run.Milliseconds)}");
            return entries.Count / run.Seconds;
        }
    }

    private async Task<bool> SubmitAsync(string what, BenchNode office, RecordWorkload workload, double peer)
    {
        var key = workload.StatementKey(new Id<Party>("us"));
        var isAll = true;
        foreach (var perRequest in (int[])[1, 16])
        {
            _ = await SubmittingClient.RunAsync(BenchNode.AddressOf(office), key, workload.Next(1_000), Connections, perRequest).ConfigureAwait(false);
            var entries = workload.Next(_settings.Statements);
            var run = await SubmittingClient.RunAsync(BenchNode.AddressOf(office), key, entries, Connections, perRequest).ConfigureAwait(false);
            var rate = entries.Count / run.Seconds;
            Line($"{what}: {rate,12:N0}/s, {perRequest} a request, {Connections} connections, {Times(run.Milliseconds)}; {rate / peer:F2} of the stub; {run.Refused} refused; joint {office.Node.Picture.JointSize} of {office.Node.Picture.Size}");
            isAll &= run.Refused == 0;
        }

        return isAll;
    }

    private async Task FollowFromTheStartAsync(BenchNode centre, BenchNode office, BenchNode other, RecordWorkload workload)
    {
        var size = office.Node.Picture.Size;
        var start = Stopwatch.GetTimestamp();
        centre.Begin(workload, office, other);
        await UntilAsync(centre, picture => picture.Size >= size).ConfigureAwait(false);
        Line($"a new centre follows and verifies    {size / Stopwatch.GetElapsedTime(start).TotalSeconds,12:N0}/s over {size} statements");
    }

    private async Task OfferAsync(BenchNode centre, RecordWorkload workload)
    {
        var entries = workload.Next((int)(OfferedPerSecond * _settings.Seconds));
        var milliseconds = new double[entries.Count];
        await AtRateAsync(entries.Count, (number, due) => JointAsync(centre, entries[number], due, each => milliseconds[number] = each)).ConfigureAwait(false);
        Line($"said at a centre at {OfferedPerSecond}/s until joint there: {Times(milliseconds)}, longest {milliseconds.Max():F0} ms");
    }

    private async Task StreamAsync(BenchNode centre, RecordWorkload workload)
    {
        var entries = workload.Next((int)(OfferedPerSecond * _settings.Seconds));
        var streams = await StreamFigures.OpenAsync(centre, StreamClients, entries.Count).ConfigureAwait(false);
        await using (streams.ConfigureAwait(false))
        {
            var due = new ConcurrentDictionary<long, long>();
            await AtRateAsync(entries.Count, async (number, when) =>
            {
                if (await centre.Node.SubmitAsync(entries[number], CancellationToken.None).ConfigureAwait(false) is Submission.Accepted accepted) due[accepted.Index] = when;
            }).ConfigureAwait(false);
            var lags = await streams.LagsAsync(due).ConfigureAwait(false);
            Line($"{StreamClients} clients of a centre's stream at {OfferedPerSecond}/s, said until the last has it: {Times(lags)}, longest {lags.Max():F0} ms");
        }
    }

    private async Task StopAsync(BenchNode us, BenchNode ru, BenchLines lines)
    {
        var outcome = await StopFigures.RunAsync(us, ru, lines, _settings.Stops, _settings.Partitions).ConfigureAwait(false);
        Line($"STOP from desk to desk               {Times(outcome.DeskToDesk)}, longest {outcome.DeskToDesk.Max():F1} ms of {outcome.DeskToDesk.Count}");
        Line($"STOP after a partition's healing     {Times(outcome.AfterHealing)}, longest {outcome.AfterHealing.Max():F1} ms of {outcome.AfterHealing.Count}");
    }

    private static async Task AtRateAsync(int count, Func<int, long, Task> say)
    {
        var start = Stopwatch.GetTimestamp();
        var said = new Task[count];
        for (var number = 0; number < count; number++)
        {
            var due = start + number * Stopwatch.Frequency / OfferedPerSecond;
            while (Stopwatch.GetTimestamp() < due) await Task.Delay(1).ConfigureAwait(false);
            said[number] = say(number, due);
        }

        await Task.WhenAll(said).ConfigureAwait(false);
    }

    private static async Task JointAsync(BenchNode centre, ReadOnlyMemory<byte> entry, long due, Action<double> measured)
    {
        if (await centre.Node.SubmitAsync(entry, CancellationToken.None).ConfigureAwait(false) is not Submission.Accepted accepted) return;
        await UntilAsync(centre, picture => picture.JointSize > accepted.Index).ConfigureAwait(false);
        measured(Stopwatch.GetElapsedTime(due).TotalMilliseconds);
    }

    private async Task<bool> SameAsync(BenchNode office, BenchNode us, BenchNode ru)
    {
        var size = office.Node.Picture.Size;
        await UntilAsync(us, picture => picture.JointSize >= size).ConfigureAwait(false);
        await UntilAsync(ru, picture => picture.JointSize >= size).ConfigureAwait(false);
        var digests = new[] { office, us, ru }.Select(node => node.Node.Picture.State).Where(state => state.Situation.Size == size).Select(state => state.Digest.Hex).Distinct().Count();
        Line($"joint at both centres: {size} statements, {digests} picture");
        return digests <= 1 && us.Node.Picture.Findings.IsEmpty && ru.Node.Picture.Findings.IsEmpty;
    }

    private async Task ReopenAsync(RecordWorkload workload, WorkloadClock clock)
    {
        GC.Collect();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var start = Stopwatch.GetTimestamp();
        var office = await BenchNode.OpenAsync(Folder("office"), workload, "office", clock).ConfigureAwait(false);
        await using (office.ConfigureAwait(false))
        {
            var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            Line($"the office opens again               {seconds,12:F2} s with {office.Node.Picture.Size} statements from a snapshot, {(GC.GetTotalMemory(forceFullCollection: true) - before) / 1e6:F0} MB of objects, {Environment.WorkingSet / 1e6:F0} MB the whole process with its clients");
        }
    }

    private static async Task UntilAsync(BenchNode node, Func<NodePicture, bool> isReached)
    {
        using var patience = new CancellationTokenSource(Patience);
        for (var picture = node.Node.Picture; !isReached(picture);) picture = await node.Node.NextAsync(picture, patience.Token).ConfigureAwait(false);
    }

    private string Folder(string name) => Path.Combine(_settings.Folder, name);

    private static string Times(IReadOnlyCollection<double> milliseconds) => FormattableString.Invariant($"p50 {Percentiles.Of(milliseconds, 0.5):F1} ms, p99 {Percentiles.Of(milliseconds, 0.99):F1} ms");

    private void Line(FormattableString text)
    {
        _output.WriteLine(FormattableString.Invariant(text));
        _output.Flush();
    }
}
