using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Tansiq.Record.Notes;
using Tansiq.Server.Access;
using Tansiq.Server.Federation.Signing;
using Tansiq.Server.Hosting;
using Tansiq.Server.Nodes;
using Tansiq.Server.Tests.Nodes;
using Tansiq.Storage.Private;

namespace Tansiq.Server.Tests.Federation.Signing;

/// <summary>A node answers another one by its signature alone, and nothing that is not exactly what was signed, for it, now and once.</summary>
[Trait("Requirement", "REC-2")]
public sealed class SignedRequestTests : IAsyncLifetime
{
    private readonly OneMachine _node = OneMachine.Start();
    private readonly SigningKey _key = TestKeys.Statement(new("ru"));
    private PrivateDatabase _database = null!;
    private NodeApplication _application = null!;

    public async ValueTask InitializeAsync()
    {
        _database = PrivateDatabase.Open(Path.Combine(_node.Folder, "private.db"));
        _application = await NodeApplication.StartAsync(new(_node, _database, _node.Clock, [new Echo()]), options => options.Listen(IPAddress.Loopback, 0), default);
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _database.Dispose();
        await _node.DisposeAsync();
        _key.Dispose();
    }

    [Fact]
    public async Task Request_SignedByAPartysNode_IsAnsweredAsThatParty()
    {
        (await CodeAsync(await SignedAsync("entries?from=1&to=a%20b"))).ShouldBe("ru:body");
        using var empty = Request(HttpMethod.Get, "entries", body: null);
        (await CodeAsync(await SignedAsync(empty))).ShouldBe("ru:");
    }

    [Fact]
    public async Task Request_SecondTime_IsRefused()
    {
        using var request = await SignedAsync("entries");
        using var again = Copy(request);
        (await CodeAsync(request)).ShouldBe("ru:body");
        (await CodeAsync(again)).ShouldBe(SigningCodes.Replayed);
    }

    [Fact]
    public async Task Request_ChangedAfterSigning_IsRefused()
    {
        (await ChangedAsync(request => request.Content = new StringContent("another"))).ShouldBe(SigningCodes.OtherContent);
        (await ChangedAsync(request => request.RequestUri = new(_application.Address, "other"))).ShouldBe(SigningCodes.Wrong);
        (await ChangedAsync(request => request.RequestUri = new(_application.Address, "entries?more"))).ShouldBe(SigningCodes.Wrong);
        (await ChangedAsync(request => request.Method = HttpMethod.Put)).ShouldBe(SigningCodes.Wrong);
        (await ChangedAsync(request => request.Headers.Host = "us.localhost")).ShouldBe(SigningCodes.Wrong);
        (await ChangedAsync(request => request.Headers.Host = "office.localhost")).ShouldBe(SigningCodes.OtherReceiver);
        (await ChangedAsync(request => Replace(request, "Signature-Input", text => text.Replace("@query", "@path", StringComparison.Ordinal)))).ShouldBe(SigningCodes.Malformed);
        (await ChangedAsync(request => Replace(request, "Signature-Input", text => text.Replace("\"@path\" ", "", StringComparison.Ordinal)))).ShouldBe(SigningCodes.Malformed);
        (await ChangedAsync(request => Replace(request, "Signature", text => text.Replace("=:", "=:A", StringComparison.Ordinal)))).ShouldBe(SigningCodes.Malformed);
    }

    [Fact]
    public async Task Request_Unsigned_OrByAStranger_IsRefused()
    {
        using var unsigned = Request(HttpMethod.Post, "entries", "body");
        (await CodeAsync(unsigned)).ShouldBe(SigningCodes.Unsigned);
        using var stranger = SigningKey.FromSeed("ru.localhost", SignatureType.Ed25519, new byte[32]).Value;
        (await CodeAsync(await SignedAsync("entries", key: stranger))).ShouldBe(SigningCodes.UnknownKey);
        using var recovery = TestKeys.Recovery(new("ru"));
        (await CodeAsync(await SignedAsync("entries", key: recovery))).ShouldBe(SigningCodes.UnknownKey);
    }

    [Theory]
    [InlineData(-61, SigningCodes.Stale)]
    [InlineData(-50, "ru:body")]
    [InlineData(50, "ru:body")]
    [InlineData(70, SigningCodes.Stale)]
    public async Task Request_ByAnotherClock_CountsWithinTheWindow(int secondsAhead, string expected) =>
        (await CodeAsync(await SignedAsync("entries", clock: new Ahead(Duration.FromSeconds(secondsAhead))))).ShouldBe(expected);

    [Fact]
    public async Task Request_OfMoreBytesThanTaken_IsRefusedBeforeItIsHashed()
    {
        using var request = Request(HttpMethod.Post, "entries", new string('x', Echo.MaximumBodyBytes + 1));
        (await CodeAsync(await SignedAsync(request))).ShouldBe(SigningCodes.TooLarge);
        using var chunked = await SignedAsync(Request(HttpMethod.Post, "entries", new string('y', Echo.MaximumBodyBytes + 1)));
        chunked.Headers.TransferEncodingChunked = true;
        (await CodeAsync(chunked)).ShouldBe(SigningCodes.TooLarge);
    }

    private async Task<string> ChangedAsync(Action<HttpRequestMessage> change)
    {
        using var request = await SignedAsync("entries");
        change(request);
        return await CodeAsync(request);
    }

    private async Task<HttpRequestMessage> SignedAsync(string path, SigningKey? key = null, IClock? clock = null)
    {
        var request = Request(HttpMethod.Post, path, "body");
        await new RequestSigning(key ?? _key, clock ?? SystemClock.Instance).SignAsync(request, default);
        return request;
    }

    private async Task<HttpRequestMessage> SignedAsync(HttpRequestMessage request)
    {
        await new RequestSigning(_key, SystemClock.Instance).SignAsync(request, default);
        return request;
    }

    private static async Task<string> CodeAsync(HttpRequestMessage request)
    {
        using var client = new HttpClient();
        using var answer = await client.SendAsync(request);
        if (answer.IsSuccessStatusCode) return await answer.Content.ReadAsStringAsync();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()!;
    }

    private HttpRequestMessage Request(HttpMethod method, string path, string? body) =>
        new(method, new Uri(_application.Address, path)) { Content = body is null ? null : new StringContent(body) };

    private static HttpRequestMessage Copy(HttpRequestMessage request)
    {
        var copy = new HttpRequestMessage(request.Method, request.RequestUri) { Content = new StringContent("body") };
        foreach (var (name, values) in request.Headers) copy.Headers.TryAddWithoutValidation(name, values);
        return copy;
    }

    private static void Replace(HttpRequestMessage request, string field, Func<string, string> change)
    {
        var text = change(request.Headers.GetValues(field).Single());
        request.Headers.Remove(field);
        request.Headers.TryAddWithoutValidation(field, text);
    }

    private sealed class Ahead(Duration by) : IClock
    {
        public Instant GetCurrentInstant() => SystemClock.Instance.GetCurrentInstant() + by;
    }

    private sealed class Echo : ICapabilityModule
    {
        public const int MaximumBodyBytes = 100_000;

        public PrivateSchema? Schema => null;

        public void AddServices(IServiceCollection services) => services.AddSingleton<ICallerSource>(provider => new RequestVerification(
            new RecordedNodeKeys(provider.GetRequiredService<INode>()), SystemClock.Instance, new(["127.0.0.1", "us.localhost"]) { MaximumBodyBytes = MaximumBodyBytes }));

        public void Map(IEndpointRouteBuilder endpoints, NodeIdentity node) => endpoints.Map("/{name}", async (HttpContext context, string name) =>
        {
            using var body = new StreamReader(context.Request.Body);
            var text = await body.ReadToEndAsync();
            text.Length.ShouldBe(RequestVerification.BodyOf(context)!.Value.Length);
            return $"{context.Caller().Home}:{text}";
        }).Needs(Permission.Node);
    }
}
