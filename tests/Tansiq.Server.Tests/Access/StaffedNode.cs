using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Tansiq.Coordination.Flights;
using Tansiq.Record.Keys;
using Tansiq.Server.Access;
using Tansiq.Server.Api;
using Tansiq.Server.Audit;
using Tansiq.Server.Drafts;
using Tansiq.Server.Hosting;
using Tansiq.Server.Nodes;
using Tansiq.Server.Tests.Nodes;
using Tansiq.Storage.Private;

namespace Tansiq.Server.Tests.Access;

/// <summary>A node with officers, over real HTTP on loopback under its own name, and a clock that the test moves.</summary>
internal sealed class StaffedNode : IAsyncDisposable
{
    public const string Passphrase = "seven grey herons over the river";

    private readonly List<HttpClient> _clients = [];

    private StaffedNode(OneMachine node, PrivateDatabase database, NodeApplication application, MovedClock clock)
    {
        (Node, Database, Application, Clock) = (node, database, application, clock);
        Address = new UriBuilder(application.Address) { Host = node.Identity.Name }.Uri;
    }

    public OneMachine Node { get; }

    public PrivateDatabase Database { get; }

    public NodeApplication Application { get; }

    public MovedClock Clock { get; }

    public Uri Address { get; }

    public string Origin => Address.GetLeftPart(UriPartial.Authority);

    public Accounts Accounts => Application.Services.GetRequiredService<Accounts>();

    public AuditLog Audit => Application.Services.GetRequiredService<AuditLog>();

    public static async Task<StaffedNode> StartAsync(string party = "us", NodeRole role = NodeRole.Centre, AccountSettings? settings = null)
    {
        var clock = new MovedClock(SystemClock.Instance.GetCurrentInstant());
        var node = OneMachine.Start(party, role, clock);
        // The least that a passphrase may cost: the tests try many.
        ICapabilityModule[] modules = [new AuditModule(), new AccountsModule((settings ?? new()) with { PassphraseCost = new(KeyCost.LeastMemoryKibibytes, 1) }), new DraftsModule(), new ApiModule()];
        var database = PrivateDatabase.Open(Path.Combine(node.Folder, "private.db"), [.. modules.Select(module => module.Schema).OfType<PrivateSchema>()]);
        var application = await NodeApplication.StartAsync(new(node, database, clock, modules), options => options.Listen(IPAddress.Loopback, 0), default);
        return new(node, database, application, clock);
    }

    /// <summary>Makes an officer with <see cref="Passphrase"/>.</summary>
    public OfficerAccount Officer(string officer, OfficerRole[] roles, string? home = null, bool administers = false, string? subject = null, bool isOwn = true) => Accounts.Add(
        new()
        {
            Officer = officer,
            Home = home is null ? Node.Identity.Party : new(home),
            Roles = [.. roles],
            Administers = administers,
            Person = "Zebulon Quillfeather",
            Telephone = "+999 555 0147",
            Subject = subject,
        },
        Passphrase,
        isOwn,
        AuditActor.Console).Value;

    /// <summary>A browser that shows the node's own pages: it keeps cookies and says where it is.</summary>
    public HttpClient Browser(string? origin = "", CookieContainer? cookies = null)
    {
        var handler = new SocketsHttpHandler { CookieContainer = cookies ?? new(), AllowAutoRedirect = false, ConnectCallback = ToLoopbackAsync };
        var client = new HttpClient(handler) { BaseAddress = Address };
        if (origin is not null) client.DefaultRequestHeaders.Add("Origin", origin.Length == 0 ? Origin : origin);
        _clients.Add(client);
        return client;
    }

    /// <summary>A browser in which an officer has logged in.</summary>
    public async Task<HttpClient> LogInAsync(string officer, string passphrase = Passphrase)
    {
        var browser = Browser();
        var answer = await LogInAsync(browser, officer, passphrase);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return browser;
    }

    public static Task<HttpResponseMessage> LogInAsync(HttpClient browser, string officer, string passphrase) =>
        browser.PostAsJsonAsync("/api/v1/session", new { officer, passphrase });

    /// <summary>The code of a problem.</summary>
    public static async Task<string?> CodeAsync(HttpResponseMessage answer) =>
        answer.IsSuccessStatusCode ? null : (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients) client.Dispose();
        await Application.DisposeAsync();
        Database.Dispose();
        await Node.DisposeAsync();
    }

    // us.localhost is known to browsers; the runtime asks a name server.
    internal static async ValueTask<Stream> ToLoopbackAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }
}

/// <summary>A clock that goes only when it is moved.</summary>
internal sealed class MovedClock(Instant start) : IClock
{
    private long _ticks = start.ToUnixTimeTicks();

    public Instant GetCurrentInstant() => Instant.FromUnixTimeTicks(Interlocked.Read(ref _ticks));

    public void Move(Duration duration) => Interlocked.Add(ref _ticks, duration.BclCompatibleTicks);
}
