using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace Tansiq.Figures.Nodes;

/// <summary>STOP from desk to desk: from the request of one centre's officer until the event is on the other's stream.</summary>
internal static class StopFigures
{
    private static readonly string[] To = ["ru"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Partition = TimeSpan.FromSeconds(3);

    /// <summary>What was measured, in milliseconds.</summary>
    /// <param name="DeskToDesk">For each message.</param>
    /// <param name="AfterHealing">For each message said during a partition, from its healing.</param>
    public sealed record Outcome(IReadOnlyCollection<double> DeskToDesk, IReadOnlyCollection<double> AfterHealing);

    /// <summary>Measures.</summary>
    /// <param name="from">Whose officer says it.</param>
    /// <param name="to">Whose officer sees it.</param>
    /// <param name="lines">The lines between nodes.</param>
    /// <param name="messages">How many messages over whole lines.</param>
    /// <param name="partitions">How many partitions.</param>
    public static async Task<Outcome> RunAsync(BenchNode from, BenchNode to, BenchLines lines, int messages, int partitions)
    {
        using var ending = new CancellationTokenSource();
        using var officer = BenchDesk.Client(from);
        using var watching = BenchDesk.Client(to);
        var seen = new ConcurrentDictionary<string, TaskCompletionSource<long>>();
        using var stream = new StreamReader(await watching.GetStreamAsync("api/v1/stops/events", ending.Token).ConfigureAwait(false));
        _ = await stream.ReadLineAsync(ending.Token).ConfigureAwait(false);
        var listening = Task.Run(() => ListenAsync(stream, seen, ending.Token));
        var deskToDesk = new List<double>();
        _ = await SendAsync(officer, seen).ConfigureAwait(false);
        for (var message = 0; message < messages; message++)
        {
            var said = Stopwatch.GetTimestamp();
            deskToDesk.Add(Stopwatch.GetElapsedTime(said, await SendAsync(officer, seen).ConfigureAwait(false)).TotalMilliseconds);
        }

        var afterHealing = new List<double>();
        for (var partition = 0; partition < partitions; partition++)
        {
            lines.AreCut = true;
            var arriving = SendAsync(officer, seen);
            await Task.Delay(Partition).ConfigureAwait(false);
            var healed = Stopwatch.GetTimestamp();
            lines.AreCut = false;
            afterHealing.Add(Stopwatch.GetElapsedTime(healed, await arriving.ConfigureAwait(false)).TotalMilliseconds);
        }

        await ending.CancelAsync().ConfigureAwait(false);
        await listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return new(deskToDesk, afterHealing);
    }

    private static async Task<long> SendAsync(HttpClient officer, ConcurrentDictionary<string, TaskCompletionSource<long>> seen)
    {
        using var answer = await officer.PostAsJsonAsync("api/v1/stops", new { kind = "stop", words = new { en = "Stop. Two aircraft converge." }, to = To }).ConfigureAwait(false);
        answer.EnsureSuccessStatusCode();
        var message = (await answer.Content.ReadFromJsonAsync<JsonElement>().ConfigureAwait(false)).GetProperty("message").GetString()!;
        return await Of(seen, message).Task.WaitAsync(Patience).ConfigureAwait(false);
    }

    private static async Task ListenAsync(StreamReader stream, ConcurrentDictionary<string, TaskCompletionSource<long>> seen, CancellationToken ending)
    {
        const string Data = "data: ";
        while (await stream.ReadLineAsync(ending).ConfigureAwait(false) is { } line)
        {
            if (!line.StartsWith(Data, StringComparison.Ordinal)) continue;
            var now = Stopwatch.GetTimestamp();
            using var told = JsonDocument.Parse(line.AsMemory(Data.Length));
            Of(seen, told.RootElement.GetProperty("message").GetString()!).TrySetResult(now);
        }
    }

    private static TaskCompletionSource<long> Of(ConcurrentDictionary<string, TaskCompletionSource<long>> seen, string message) =>
        seen.GetOrAdd(message, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
