using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Text;
using Tansiq.Coordination;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Server.Access;
using Tansiq.Server.Api;
using Tansiq.Server.Hosting;
using Tansiq.Server.Nodes;
using Tansiq.Server.Tests.Nodes;
using Tansiq.Storage.Private;

namespace Tansiq.Server.Tests.Api;

/// <summary>A node on loopback whose record holds the agreement, the sites and some notices of the scenario syria-2016, on the days of 2016.</summary>
public sealed class ReadableNode : IAsyncLifetime
{
    private readonly SetClock _clock = new(At("2016-07-15T07:00:00Z"));
    private readonly PrivateDatabase _database;
    private NodeApplication? _application;

    public ReadableNode()
    {
        Machine = OneMachine.Start(clock: _clock);
        _database = PrivateDatabase.Open(Path.Combine(Machine.Folder, "private.db"));
    }

    internal OneMachine Machine { get; }

    internal Agreement Agreement { get; private set; } = null!;

    internal Founding Founding => Machine.Picture.Situation.Founding!;

    public HttpClient Client { get; private set; } = null!;

    public Uri Address => _application!.Address;

    internal static Instant At(string text) => InstantPattern.ExtendedIso.Parse(text).Value;

    internal static byte[] ScenarioFile(params string[] path) => File.ReadAllBytes(Path.Combine([OneMachine.RepositoryRoot(), "scenarios", "syria-2016", .. path]));

    public async ValueTask InitializeAsync()
    {
        await PlayAsync();
        _application = await NodeApplication.StartAsync(
            new(Machine, _database, _clock, [new ApiModule(), new TestCallers()]), options => options.Listen(IPAddress.Loopback, 0), TestContext.Current.CancellationToken);
        Client = new(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = new(_application.Address, "/api/v1/") };
        Client.DefaultRequestHeaders.Add(TestCallers.Header, "Read");
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (_application is not null) await _application.DisposeAsync();
        _database.Dispose();
        await Machine.DisposeAsync();
    }

    /// <summary>Reads an answer that has to be there.</summary>
    internal async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await Client.GetAsync(path, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, path + ": " + text);
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>A party says something at a moment of 2016.</summary>
    internal async Task<ContentHash> SayAsync(string at, string party, string id, StatementBody body, params ReadOnlyMemory<byte>[] attachments)
    {
        _clock.Now = At(at);
        var text = StatementWriter.Write(new(id), new(party), _clock.Now, body, [.. attachments.Select(each => ContentHash.Of(each.Span))]).Value;
        return (await Machine.SayAsync(new Id<Party>(party), text, attachments)).ShouldBeOfType<Submission.Accepted>().Hash;
    }

    internal Notice Notice(string name) => NoticeReader.Read(ScenarioFile("notices", name + ".json"), Founding, Agreement).Value.Notice;

    private async Task PlayAsync()
    {
        var (agreement, areas) = (ScenarioFile("agreement.json"), ScenarioFile("areas.geojson"));
        Agreement = AgreementReader.Read(agreement, Founding).Value;
        Agreement = Agreement with { Areas = DesignatedAreasReader.Read(areas, Agreement, Founding).Value };
        var proposal = await SayAsync("2016-07-15T08:00:00Z", "us", "proposal", new AgreementProposal(Agreement), agreement, areas);
        await SayAsync("2016-07-16T09:00:00Z", "us", "signature-us", new AgreementSignature(proposal));
        await SayAsync("2016-07-16T21:30:00Z", "ru", "signature-ru", new AgreementSignature(proposal));
        foreach (var site in SiteReader.Read(ScenarioFile("sites.geojson"), Founding).Value)
            await SayAsync("2016-07-17T06:00:00Z", site.Notifier.Value, "site-" + site.Site.Id, new SiteNotification(site.Site));
        var map = ScenarioFile("control", Path.GetFileName(Directory.GetFiles(Path.Combine(OneMachine.RepositoryRoot(), "scenarios", "syria-2016", "control")).Order(StringComparer.Ordinal).First()));
        var parsed = ControlMapReader.Read(map, Founding).Value;
        if (parsed.AsOf <= At("2016-07-17T07:00:00Z")) await SayAsync("2016-07-17T07:00:00Z", "ru", "map", new ControlMapProposal(parsed), map);
        foreach (var name in new[] { "n01", "n02", "n03", "n04", "n05" })
        {
            var draft = NoticeReader.Read(ScenarioFile("notices", name + ".json"), Founding, Agreement).Value;
            await SayAsync("2016-07-17T08:00:00Z", draft.Party.Value, name, draft.Notice);
        }
    }

    private sealed class SetClock(Instant now) : IClock
    {
        public Instant Now { get; set; } = now;

        public Instant GetCurrentInstant() => Now;
    }
}

/// <summary>Callers as a test wants them: permissions by name in a header.</summary>
internal sealed class TestCallers : ICapabilityModule, ICallerSource
{
    public const string Header = "X-Test-Permissions";

    public PrivateSchema? Schema => null;

    public void AddServices(IServiceCollection services) => services.AddSingleton<ICallerSource>(this);

    public void Map(IEndpointRouteBuilder endpoints, NodeIdentity node)
    {
    }

    public ValueTask<Caller?> FindAsync(HttpContext context)
    {
        var named = context.Request.Headers[Header].ToString();
        if (named.Length == 0) return new((Caller?)null);
        return new(new Caller(CallerKind.Token, "test", new("us"), [], [.. named.Split(',').Select(Enum.Parse<Permission>)]));
    }
}
