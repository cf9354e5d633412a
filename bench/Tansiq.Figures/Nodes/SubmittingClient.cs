using System.Buffers;
using System.Diagnostics;
using System.Net.Http.Headers;
using NodaTime;
using Tansiq.Record.Notes;
using Tansiq.Record.Tiles;
using Tansiq.Server.Federation;
using Tansiq.Server.Federation.Signing;

namespace Tansiq.Figures.Nodes;

/// <summary>Submits entries to a server over HTTP on several connections, one request after the other on each, signed as a node does.</summary>
internal static class SubmittingClient
{
    /// <summary>What came of it.</summary>
    /// <param name="Seconds">How long all of it took.</param>
    /// <param name="Milliseconds">For each request, from its beginning to its answer.</param>
    /// <param name="Refused">How many answers name a refusal.</param>
    public sealed record Outcome(double Seconds, IReadOnlyCollection<double> Milliseconds, int Refused);

    /// <summary>Submits all entries.</summary>
    /// <param name="server">Where to.</param>
    /// <param name="key">Signs the requests; null where they are not signed.</param>
    /// <param name="entries">The entries.</param>
    /// <param name="connections">How many connections.</param>
    /// <param name="perRequest">How many entries in one request.</param>
    public static async Task<Outcome> RunAsync(Uri server, SigningKey? key, IReadOnlyList<ReadOnlyMemory<byte>> entries, int connections, int perRequest)
    {
        var handler = NodeConnections.Handler();
        handler.MaxConnectionsPerServer = connections;
        using HttpMessageHandler sending = key is null ? handler : new RequestSigning(key, SystemClock.Instance) { InnerHandler = handler };
        using var client = new HttpClient(sending, disposeHandler: false);
        var address = new Uri(server, "federation/v1/entries");
        var (next, refused, milliseconds) = (0, 0, new double[(entries.Count + perRequest - 1) / perRequest]);
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(SubmitAsync))).ConfigureAwait(false);
        return new(Stopwatch.GetElapsedTime(start).TotalSeconds, milliseconds, refused);

        async Task SubmitAsync()
        {
            while (Interlocked.Increment(ref next) - 1 is var number && number < milliseconds.Length)
            {
                var body = new ArrayBufferWriter<byte>();
                for (var place = number * perRequest; place < Math.Min(entries.Count, (number + 1) * perRequest); place++) EntryBundle.Write(body, entries[place].Span);
                using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body.WrittenSpan.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/vnd.tansiq.entries") } } };
                var asked = Stopwatch.GetTimestamp();
                using var answer = await client.SendAsync(request).ConfigureAwait(false);
                var text = await answer.Content.ReadAsStringAsync().ConfigureAwait(false);
                milliseconds[number] = Stopwatch.GetElapsedTime(asked).TotalMilliseconds;
                if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"Status {answer.StatusCode}: {text}");
                if (text.Contains("\"code\"", StringComparison.Ordinal)) Interlocked.Increment(ref refused);
            }
        }
    }
}
