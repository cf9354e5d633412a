using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Tansiq.Coordination.Flights;
using Tansiq.Server.Access;
using Tansiq.Server.Hosting;
using Tansiq.Server.Nodes;
using Tansiq.Server.Parties;
using Tansiq.Server.Tests.Access;
using Tansiq.Server.Tests.Api;
using Tansiq.Storage.Private;

namespace Tansiq.Server.Tests.Parties;

/// <summary>The desk of us on the record of <see cref="ReadableNode"/>, at a moment of 2016 that the test moves; a header names the officer who calls.</summary>
internal sealed class DeskNode : IAsyncDisposable
{
    private readonly PrivateDatabase _database;
    private NodeApplication? _application;

    private DeskNode(ReadableNode record, Instant now)
    {
        Record = record;
        Clock = new(now);
        Module = new();
        _database = PrivateDatabase.Open(Path.Combine(record.Machine.Folder, "desk.db"), Module.Schema);
    }

    public ReadableNode Record { get; }

    public MovedClock Clock { get; }

    public DeskModule Module { get; }

    public HttpClient Client { get; private set; } = null!;

    public MissedChecks Missed => _application!.Services.GetRequiredService<MissedChecks>();

    public static async Task<DeskNode> StartAsync(string now)
    {
        var record = new ReadableNode();
        await record.InitializeAsync();
        var node = new DeskNode(record, ReadableNode.At(now));
        node._application = await NodeApplication.StartAsync(
            new(record.Machine, node._database, node.Clock, [node.Module, new Officers()]), options => options.Listen(IPAddress.Loopback, 0), TestContext.Current.CancellationToken);
        node.Client = new() { BaseAddress = new(node._application.Address, "/api/v1/") };
        return node;
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { Officers.Header, "o1" } } };
        using var answer = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return JsonDocument.Parse(text).RootElement;
    }

    public async Task<(HttpStatusCode Status, JsonElement? Body)> PostAsync(string officer, string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Headers = { { Officers.Header, officer } }, Content = JsonContent.Create(body) };
        using var answer = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (answer.StatusCode, text.Length == 0 ? null : JsonDocument.Parse(text).RootElement);
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (_application is not null) await _application.DisposeAsync();
        _database.Dispose();
        await Record.DisposeAsync();
    }

    private sealed class Officers : ICapabilityModule, ICallerSource
    {
        public const string Header = "X-Test-Officer";

        public PrivateSchema? Schema => null;

        public void AddServices(IServiceCollection services) => services.AddSingleton<ICallerSource>(this);

        public void Map(IEndpointRouteBuilder endpoints, NodeIdentity node)
        {
        }

        public ValueTask<Caller?> FindAsync(HttpContext context)
        {
            var named = context.Request.Headers[Header].ToString();
            if (named.Length == 0) return new((Caller?)null);
            return new(new Caller(CallerKind.Officer, named, new("us"), [OfficerRole.Watch], [Permission.Anyone, Permission.Read, Permission.Desk]));
        }
    }
}
