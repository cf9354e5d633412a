using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tansiq.Coordination.Agreements;
using Tansiq.Server.Api;
using Tansiq.Server.Api.Events;
using Tansiq.Server.Hosting;
using Tansiq.Server.Nodes;
using Tansiq.Server.Tests.Nodes;
using Tansiq.Storage.Private;

namespace Tansiq.Server.Tests.Api;

/// <summary>The stream of events, over real sockets.</summary>
public sealed class EventTests : IAsyncLifetime
{
    private readonly OneMachine _machine = OneMachine.Start();
    private readonly Bell _bell = new();
    private PrivateDatabase? _database;
    private NodeApplication? _application;
    private HttpClient? _client;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private EventHub Hub => _application!.Services.GetRequiredService<EventHub>();

    public async ValueTask InitializeAsync()
    {
        _database = PrivateDatabase.Open(Path.Combine(_machine.Folder, "private.db"));
        _application = await NodeApplication.StartAsync(new(_machine, _database, _machine.Clock, [new ApiModule(), new TestCallers(), _bell]), options => options.Listen(IPAddress.Loopback, 0), Stop);
        _client = new() { BaseAddress = new(_application.Address, "/api/v1/") };
        _client.DefaultRequestHeaders.Add(TestCallers.Header, "Read");
    }

    public async ValueTask DisposeAsync()
    {
        _client!.Dispose();
        await _application!.DisposeAsync();
        _database!.Dispose();
        await _machine.DisposeAsync();
    }

    [Fact, Trait("Requirement", "REC-7")]
    public async Task Client_ThatWasAway_GoesOnWithoutAGapOrARepetition()
    {
        await SuspendAsync(3);
        var told = new List<long>();
        long last;
        await using (var stream = await OpenAsync("events?from=0"))
        {
            var entries = await stream.EntriesAsync((int)_machine.Picture.Size);
            told.AddRange(entries.Select(each => each.Json.GetProperty("index").GetInt64()));
            last = entries[^1].Id;
        }

        await SuspendAsync(4);
        await using var again = await OpenAsync("events", last);
        await SuspendAsync(5);
        told.AddRange((await again.EntriesAsync((int)(_machine.Picture.Size - last))).Select(each => each.Json.GetProperty("index").GetInt64()));
        told.ShouldBe(Enumerable.Range(0, (int)_machine.Picture.Size).Select(index => (long)index));
    }

    [Fact, Trait("Requirement", "REC-2")]
    public async Task Stream_AtItsBeginningAndAfter_TellsHowMuchIsJointAndWhatCapabilitiesSay()
    {
        _machine.HoldJointAt(1);
        await using var stream = await OpenAsync("events");
        (await stream.NextAsync("joint", json => json.GetProperty("jointSize").GetInt64() == 1)).ShouldNotBeNull();
        _machine.HoldJointAt(null);
        (await stream.NextAsync("joint", json => json.GetProperty("jointSize").GetInt64() == json.GetProperty("size").GetInt64())).ShouldNotBeNull();
        await _bell.RingAsync("{\"rings\":true}");
        (await stream.NextAsync("bell", json => json.GetProperty("rings").GetBoolean())).ShouldNotBeNull();
    }

    [Fact]
    public async Task Client_ThatTakesNothing_IsCutAndOthersGoOn()
    {
        using var slow = new TcpClient { ReceiveBufferSize = 4_096 };
        await slow.ConnectAsync(IPAddress.Loopback, _application!.Address.Port, Stop);
        await slow.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n{TestCallers.Header}: Read\r\n\r\n"), Stop);
        while (Hub.Count < 1) await Task.Delay(5, Stop);
        await using var quick = await OpenAsync("events");
        while (Hub.Count < 2) await Task.Delay(5, Stop);
        var large = "{\"text\":\"" + new string('x', 60_000) + "\"}";
        var rung = 0;
        while (Hub.Count > 1 && rung < 5_000)
        {
            await _bell.RingAsync(large);
            rung++;
            (await quick.NextAsync("bell", _ => true)).ShouldNotBeNull();
        }

        Hub.Count.ShouldBe(1);
        rung.ShouldBeGreaterThan(EventClient.MaximumWaitingFrames - 1);
    }

    [Fact]
    public async Task Clients_OfWhomThereAreMany_AreAllToldEveryEntryOnce()
    {
        const int clients = 100;
        var streams = await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => OpenAsync("events")));
        while (Hub.Count < clients) await Task.Delay(5, Stop);
        var size = _machine.Picture.Size;
        await SuspendAsync(100, from: 1_000);
        var expected = Enumerable.Range((int)size, (int)(_machine.Picture.Size - size)).Select(index => (long)index).ToList();
        foreach (var stream in streams)
        {
            (await stream.EntriesAsync(expected.Count)).Select(each => each.Json.GetProperty("index").GetInt64()).ShouldBe(expected);
            await stream.DisposeAsync();
        }
    }

    private int _said;

    private async Task SuspendAsync(int count, int from = 0)
    {
        for (var number = 0; number < count; number++)
            (await _machine.SayAsync("us", $"suspension-{from}-{_said++}", new Suspension(new SuspensionScope.All()))).ShouldBeOfType<Submission.Accepted>();
    }

    private async Task<Stream> OpenAsync(string path, long? last = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (last is { } seen) request.Headers.Add("Last-Event-ID", seen.ToString(System.Globalization.CultureInfo.InvariantCulture));
        var answer = await _client!.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        return new(answer, new StreamReader(await answer.Content.ReadAsStreamAsync(Stop)));
    }

    private sealed record Event(string Kind, long Id, JsonElement Json);

    private sealed class Stream(HttpResponseMessage answer, StreamReader lines) : IAsyncDisposable
    {
        public async Task<List<Event>> EntriesAsync(int count)
        {
            var entries = new List<Event>();
            while (entries.Count < count) entries.Add((await NextAsync("entry", _ => true))!);
            return entries;
        }

        public async Task<Event?> NextAsync(string kind, Func<JsonElement, bool> isMeant)
        {
            while (await ReadAsync() is { } told)
            {
                if (told.Kind == kind && isMeant(told.Json)) return told;
            }

            return null;
        }

        public ValueTask DisposeAsync()
        {
            answer.Dispose();
            lines.Dispose();
            return ValueTask.CompletedTask;
        }

        private async Task<Event?> ReadAsync()
        {
            var (kind, id) = ("", 0L);
            while (await lines.ReadLineAsync(Stop) is { } line)
            {
                if (line.StartsWith("event: ", StringComparison.Ordinal)) kind = line[7..];
                else if (line.StartsWith("id: ", StringComparison.Ordinal)) id = long.Parse(line[4..], System.Globalization.CultureInfo.InvariantCulture);
                else if (line.StartsWith("data: ", StringComparison.Ordinal)) return new(kind, id, JsonDocument.Parse(line[6..]).RootElement);
            }

            return null;
        }
    }

    private sealed class Bell : ICapabilityModule, IEventSource
    {
        private readonly Channel<string> _rung = Channel.CreateUnbounded<string>();

        public PrivateSchema? Schema => null;

        public ValueTask RingAsync(string json) => _rung.Writer.WriteAsync(json);

        public void AddServices(IServiceCollection services) => services.AddSingleton<IEventSource>(this);

        public void Map(IEndpointRouteBuilder endpoints, NodeIdentity node)
        {
        }

        public async IAsyncEnumerable<NodeEvent> EventsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (var json in _rung.Reader.ReadAllAsync(cancellationToken)) yield return new("bell", Encoding.UTF8.GetBytes(json));
        }
    }
}
