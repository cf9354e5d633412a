using System.Buffers.Text;
using System.Diagnostics;

namespace Tansiq.Figures.Nodes;

/// <summary>Clients of one node's stream of events, and how far behind they are: from the moment when a statement was due to be said until the last of them has its event.</summary>
internal sealed class StreamFigures : IAsyncDisposable
{
    // The office puts the time on the record between them.
    private const int OtherEntries = 10_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly HttpClient _client;
    private readonly CancellationTokenSource _ending = new();
    private readonly List<Task> _reading = [];
    private readonly long _first;
    private readonly long[] _last;
    private readonly int[] _count;

    private StreamFigures(HttpClient client, long first, int entries) => (_client, _first, _last, _count) = (client, first, new long[entries + OtherEntries], new int[entries + OtherEntries]);

    /// <summary>Opens streams.</summary>
    /// <param name="node">Whose.</param>
    /// <param name="clients">How many.</param>
    /// <param name="entries">How many entries from now on are looked at.</param>
    public static async Task<StreamFigures> OpenAsync(BenchNode node, int clients, int entries)
    {
        var figures = new StreamFigures(BenchDesk.Client(node, clients), node.Node.Picture.Size, entries);
        for (var client = 0; client < clients; client++)
        {
            var stream = await figures._client.GetStreamAsync("api/v1/events", figures._ending.Token).ConfigureAwait(false);
            figures._reading.Add(Task.Run(() => figures.ReadAsync(stream)));
        }

        return figures;
    }

    /// <summary>How far behind the last client was for each statement, in milliseconds.</summary>
    /// <param name="due">When each entry was due, by its index.</param>
    /// <exception cref="TimeoutException">A client has not had all of them in time.</exception>
    public async Task<IReadOnlyCollection<double>> LagsAsync(IReadOnlyDictionary<long, long> due)
    {
        var watch = Stopwatch.StartNew();
        while (due.Keys.Any(index => Volatile.Read(ref _count[index - _first]) < _reading.Count))
        {
            if (watch.Elapsed > Patience) throw new TimeoutException("Some streams are still behind.");
            await Task.Delay(20).ConfigureAwait(false);
        }

        return [.. due.Select(each => Stopwatch.GetElapsedTime(each.Value, Volatile.Read(ref _last[each.Key - _first])).TotalMilliseconds)];
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        foreach (var reading in _reading) await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _client.Dispose();
        _ending.Dispose();
    }

    private async Task ReadAsync(Stream stream)
    {
        var buffer = new byte[16 * 1024];
        var kept = 0;
        for (int read; (read = await stream.ReadAsync(buffer.AsMemory(kept), _ending.Token).ConfigureAwait(false)) > 0;)
        {
            var now = Stopwatch.GetTimestamp();
            var left = Took(buffer.AsSpan(0, kept + read), now);
            buffer.AsSpan(kept + read - left, left).CopyTo(buffer);
            kept = left;
        }
    }

    // Gives back how many bytes at the end are not whole events yet.
    private int Took(ReadOnlySpan<byte> bytes, long now)
    {
        for (int end; (end = bytes.IndexOf("\n\n"u8)) >= 0; bytes = bytes[(end + 2)..])
        {
            var told = bytes[..end];
            if (!told.StartsWith("event: entry\nid: "u8) || !Utf8Parser.TryParse(told["event: entry\nid: ".Length..], out long size, out _)) continue;
            var place = size - 1 - _first;
            if (place < 0 || place >= _last.Length) continue;
            // The events of one entry come at the same time to all: the newest moment wins.
            for (var known = Volatile.Read(ref _last[place]); known < now; known = Volatile.Read(ref _last[place]))
            {
                if (Interlocked.CompareExchange(ref _last[place], now, known) == known) break;
            }

            Interlocked.Increment(ref _count[place]);
        }

        return bytes.Length;
    }
}
