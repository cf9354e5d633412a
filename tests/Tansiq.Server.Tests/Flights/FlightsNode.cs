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
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Statements;
using Tansiq.Server.Access;
using Tansiq.Server.Api;
using Tansiq.Server.Federation;
using Tansiq.Server.Flights;
using Tansiq.Server.Hosting;
using Tansiq.Server.Nodes;
using Tansiq.Server.Tests.Nodes;
using Tansiq.Storage.Private;

namespace Tansiq.Server.Tests.Flights;

/// <summary>A node of the record of syria-2016 in July 2016, with what the server does for flights.</summary>
internal sealed class FlightsNode : IAsyncDisposable
{
    public static readonly Instant Start = Instant.FromUtc(2016, 7, 20, 6, 0);
    private readonly IReadOnlyList<NodePeer> _peers;
    private readonly Func<OneMachine, IReadOnlyList<ICapabilityModule>> _more;
    private PrivateDatabase? _database;
    private NodeApplication? _application;

    private FlightsNode(IReadOnlyList<NodePeer> peers, Func<OneMachine, IReadOnlyList<ICapabilityModule>> more)
    {
        (_peers, _more) = (peers, more);
        Machine = OneMachine.Start("us", clock: Clock);
    }

    public OneMachine Machine { get; }

    public SetClock Clock { get; } = new() { Now = Start };

    public Uri Address => _application!.Address;

    public static async Task<FlightsNode> StartAsync(IReadOnlyList<NodePeer>? peers = null, Func<OneMachine, IReadOnlyList<ICapabilityModule>>? more = null)
    {
        var node = new FlightsNode(peers ?? [], more ?? (static _ => []));
        await node.StartServingAsync();
        return node;
    }

    public async Task StartServingAsync()
    {
        IReadOnlyList<ICapabilityModule> modules = [new Desk(), new ApiModule(), new FlightsModule(new([.. _peers], NodeConnections.Handler)), .. _more(Machine)];
        _database = PrivateDatabase.Open(Path.Combine(Machine.Folder, "private.db"), [.. modules.Select(module => module.Schema).OfType<PrivateSchema>()]);
        _application = await NodeApplication.StartAsync(new(Machine, _database, Clock, modules), options => options.Listen(IPAddress.Loopback, 0), default);
    }

    public async Task StopServingAsync()
    {
        await _application!.DisposeAsync();
        _database!.Dispose();
    }

    /// <summary>Files a notice of the scenario, two days later than the test's start for its flight to be in time.</summary>
    public async Task<ContentHash> FileAsync(string name)
    {
        var founding = Machine.Picture.Situation.Founding!;
        var draft = NoticeReader.Read(Scenario("notices", name + ".json"), founding, agreement: null).Value;
        return (await Machine.SayAsync(draft.Party.Value, name, draft.Notice)).ShouldBeOfType<Submission.Accepted>().Hash;
    }

    public async Task SayAsync(string party, string id, StatementBody body) => (await Machine.SayAsync(party, id, body)).ShouldBeOfType<Submission.Accepted>();

    /// <summary>The scenario's agreement, proposed and signed by both.</summary>
    public async Task AgreeAsync()
    {
        var founding = Machine.Picture.Situation.Founding!;
        var (text, areas) = (Scenario("agreement.json"), Scenario("areas.geojson"));
        var agreement = AgreementReader.Read(text, founding).Value;
        var proposal = StatementWriter.Write(new("agreement"), new("us"), Clock.Now, new AgreementProposal(agreement), ContentHash.Of(text), ContentHash.Of(areas)).Value;
        var hash = (await Machine.SayAsync(new("us"), proposal, text, areas)).ShouldBeOfType<Submission.Accepted>().Hash;
        await SayAsync("us", "signature-us", new AgreementSignature(hash));
        await SayAsync("ru", "signature-ru", new AgreementSignature(hash));
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using var client = Client();
        return await client.GetFromJsonAsync<JsonElement>(path);
    }

    public async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body = null, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var client = Client();
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json") };
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(expected, text);
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    /// <summary>The alarms, once there are so many and the start's verdicts are decided.</summary>
    public async Task<List<JsonElement>> AlarmsAsync(int count)
    {
        for (var tries = 0; tries < 1_500; tries++)
        {
            var list = await GetAsync("/api/v1/alarms");
            var alarms = list.GetProperty("alarms").EnumerateArray().ToList();
            if (!list.GetProperty("deciding").GetBoolean() && alarms.Count >= count) return alarms;
            await Task.Delay(20);
        }

        throw new TimeoutException($"There are not {count} alarms.");
    }

    public HttpClient Client()
    {
        var client = new HttpClient { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Officer", "watch-1");
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await StopServingAsync();
        await Machine.DisposeAsync();
    }

    private static byte[] Scenario(params string[] path) => File.ReadAllBytes(Path.Combine([OneMachine.RepositoryRoot(), "scenarios", "syria-2016", .. path]));

    /// <summary>A clock that is set.</summary>
    internal sealed class SetClock : IClock
    {
        public Instant Now { get; set; }

        public Instant GetCurrentInstant() => Now;
    }

    /// <summary>Everybody is an officer of the desk, and what asks between nodes is a node.</summary>
    private sealed class Desk : ICapabilityModule
    {
        public PrivateSchema? Schema => null;

        public void AddServices(IServiceCollection services) => services.AddSingleton<ICallerSource, Source>();

        public void Map(IEndpointRouteBuilder endpoints, NodeIdentity node)
        {
        }

        private sealed class Source : ICallerSource
        {
            public ValueTask<Caller?> FindAsync(HttpContext context) => new(context.Request.Path.StartsWithSegments("/federation", StringComparison.Ordinal)
                ? new Caller(CallerKind.Node, "ru", null, [], [Permission.Node])
                : new Caller(CallerKind.Officer, context.Request.Headers.Authorization.ToString().Split(' ')[^1], null, [OfficerRole.Watch], [Permission.Desk, Permission.Read, Permission.Draft]));
        }
    }
}
