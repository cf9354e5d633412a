using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Tansiq.Coordination.Flights;
using Tansiq.Record.Notes;
using Tansiq.Server.Access;
using Tansiq.Server.Federation;
using Tansiq.Server.Hosting;
using Tansiq.Server.Information;
using Tansiq.Server.Nodes;
using Tansiq.Server.Tests.Nodes;
using Tansiq.Storage.Private;

namespace Tansiq.Server.Tests.Information;

/// <summary>Nodes with the urgent way, each on a port, a disk and a record of its own, with lines between them that can be cut.</summary>
internal sealed class UrgentNetwork : IAsyncDisposable
{
    private readonly Dictionary<string, Running> _nodes = [];
    private readonly Dictionary<string, int> _ports = [];
    private readonly StartingClock _clock = new();

    private UrgentNetwork()
    {
    }

    /// <summary>Lines that are cut, both ways: a connection over one fails.</summary>
    public HashSet<(string, string)> Cut { get; } = [];

    public Running this[string party] => _nodes[party];

    public static async Task<UrgentNetwork> StartAsync(params string[] parties)
    {
        var network = new UrgentNetwork();
        foreach (var party in parties) network._ports[party] = FreePort();
        foreach (var party in parties) await network.StartNodeAsync(party);
        network._clock.IsRunning = true;
        return network;
    }

    /// <summary>Starts a node, or starts it again on what it left on its disk.</summary>
    public async Task StartNodeAsync(string party)
    {
        var machine = _nodes.TryGetValue(party, out var earlier) ? earlier.Machine : OneMachine.Start(party, party == "office" ? NodeRole.Office : NodeRole.Centre, _clock);
        var key = TestKeys.Statement(machine.Identity.Party);
        var peers = _ports.Where(each => each.Key != party).Select(each => new NodePeer(new(each.Key), each.Key == "office" ? NodeRole.Office : NodeRole.Centre, each.Key + ".localhost", new($"http://{each.Key}.localhost:{each.Value}/"))).ToImmutableArray();
        var module = new StopModule(new(key, peers) { MakeHandler = () => new CuttableHandler(this, party, NodeConnections.Handler()) });
        var database = PrivateDatabase.Open(Path.Combine(machine.Folder, "private.db"), module.Schema);
        var application = await NodeApplication.StartAsync(new(machine, database, machine.Clock, [new Officers(), module]), options => options.Listen(IPAddress.Loopback, _ports[party]), default);
        _nodes[party] = new(machine, database, application, key);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes.Values)
        {
            await node.StopAsync();
            await node.Machine.DisposeAsync();
        }
    }

    /// <summary>Waits until something holds; gives up after so many seconds, which no test counts on.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds, int seconds = 30)
    {
        for (var tries = 0; tries < seconds * 50; tries++)
        {
            if (await holds()) return;
            await Task.Delay(20);
        }

        throw new TimeoutException("It did not come to hold.");
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private bool IsCut(string from, int port) =>
        Cut.Any(cut => (cut.Item1 == from && _ports[cut.Item2] == port) || (cut.Item2 == from && _ports[cut.Item1] == port));

    internal sealed record Running(OneMachine Machine, PrivateDatabase Database, NodeApplication Application, SigningKey Key)
    {
        private bool _isStopped;

        public async Task<JsonElement> PostAsync(string path, object? body = null, string officer = "watch-1", HttpStatusCode expected = HttpStatusCode.OK)
        {
            using var client = Client(officer);
            using var answer = await client.PostAsync(path, body is null ? null : new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"));
            answer.StatusCode.ShouldBe(expected, await answer.Content.ReadAsStringAsync());
            return await answer.Content.ReadFromJsonAsync<JsonElement>();
        }

        public async Task<JsonElement?> StopAsync(string message)
        {
            using var client = Client("watch-1");
            using var answer = await client.GetAsync("/api/v1/stops/" + message);
            return answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<JsonElement>() : null;
        }

        public HttpClient Client(string officer)
        {
            var client = new HttpClient { BaseAddress = Application.Address };
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Officer", officer);
            return client;
        }

        public async Task StopAsync()
        {
            if (_isStopped) return;
            _isStopped = true;
            await Application.DisposeAsync();
            Database.Dispose();
            Key.Dispose();
        }
    }

    /// <summary>Stands until all nodes have written their founding, which is then the same.</summary>
    private sealed class StartingClock : IClock
    {
        private readonly Instant _start = SystemClock.Instance.GetCurrentInstant();

        public bool IsRunning { get; set; }

        public Instant GetCurrentInstant() => IsRunning ? SystemClock.Instance.GetCurrentInstant() : _start;
    }

    private sealed class CuttableHandler : DelegatingHandler
    {
        private readonly UrgentNetwork _network;
        private readonly string _from;

        public CuttableHandler(UrgentNetwork network, string from, HttpMessageHandler sending)
            : base(sending) => (_network, _from) = (network, from);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            // A cut line swallows what is sent, as a firewall does.
            if (_network.IsCut(_from, request.RequestUri!.Port)) await Task.Delay(Timeout.Infinite, cancellationToken);
            return await base.SendAsync(request, cancellationToken);
        }
    }

    /// <summary>Whoever says that it is an officer is one; a token says that it is a token.</summary>
    internal sealed class Officers : ICapabilityModule
    {
        public PrivateSchema? Schema => null;

        public void AddServices(IServiceCollection services) => services.AddSingleton<ICallerSource, Source>();

        public void Map(IEndpointRouteBuilder endpoints, NodeIdentity node)
        {
        }

        private sealed class Source : ICallerSource
        {
            public ValueTask<Caller?> FindAsync(HttpContext context)
            {
                if (context.Request.Headers.Authorization.ToString().Split(' ') is not ["Officer" or "Token", var name] words) return new((Caller?)null);
                var kind = words[0] == "Token" ? CallerKind.Token : CallerKind.Officer;
                return new(new Caller(kind, name, null, kind == CallerKind.Token ? [] : [OfficerRole.Watch], [Permission.Stop, Permission.Read]));
            }
        }
    }
}
