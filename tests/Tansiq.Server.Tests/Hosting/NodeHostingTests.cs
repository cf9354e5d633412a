using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tansiq.Server.Access;
using Tansiq.Server.Hosting;
using Tansiq.Server.Nodes;
using Tansiq.Server.Tests.Nodes;
using Tansiq.Storage.Private;

namespace Tansiq.Server.Tests.Hosting;

/// <summary>How a node is served: under its names, within its limits, and with an end.</summary>
[Trait("Requirement", "PTY-1")]
public sealed class NodeHostingTests : IAsyncLifetime
{
    private readonly OneMachine _node = OneMachine.Start();
    private PrivateDatabase _database = null!;

    public ValueTask InitializeAsync()
    {
        _database = PrivateDatabase.Open(Path.Combine(_node.Folder, "private.db"));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _database.Dispose();
        await _node.DisposeAsync();
    }

    [Fact]
    public async Task Health_OfANodeWithARecord_HasNoContentAndStrictHeaders()
    {
        await using var application = await StartAsync(new() { Addresses = [new(IPAddress.Loopback, 0)], Names = ["127.0.0.1", "us.localhost"] });
        using var client = new HttpClient { BaseAddress = application.Address };
        using var ready = await client.GetAsync("/health/ready");
        ready.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await client.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        ready.Headers.GetValues("Content-Security-Policy").Single().ShouldBe("default-src 'none'; frame-ancestors 'none'");
        ready.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
        ready.Headers.Contains("Server").ShouldBeFalse();
        using var elsewhere = new HttpRequestMessage(HttpMethod.Get, "/health/live") { Headers = { Host = "elsewhere.example" } };
        (await client.SendAsync(elsewhere)).StatusCode.ShouldBe(HttpStatusCode.MisdirectedRequest);
    }

    [Fact]
    public async Task Client_ThatAsksTooOften_IsHeldBackWhileNodesAreNot()
    {
        await using var application = await StartAsync(new() { Addresses = [new(IPAddress.Loopback, 0)], Limits = new() { RequestsPerSecond = 10 } });
        using var client = new HttpClient { BaseAddress = application.Address };
        var statuses = new List<HttpStatusCode>();
        for (var number = 0; number < 200; number++) statuses.Add((await client.GetAsync("/health/live")).StatusCode);
        statuses.Count(status => status == HttpStatusCode.NoContent).ShouldBeGreaterThanOrEqualTo(40);
        statuses.ShouldContain(HttpStatusCode.TooManyRequests);
        (await client.GetAsync("/stop")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var held = await client.GetAsync("/health/live");
        if (held.StatusCode == HttpStatusCode.TooManyRequests) held.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData("GET /health/live HTTP/1.1\r\nHost: a\r\nX: ", 40_000)]
    [InlineData("GET /", 40_000)]
    [InlineData("POST /stop HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n", 0)]
    public async Task Request_BeyondTheLimits_IsAnsweredWithARefusalOrCutOff(string start, int more)
    {
        await using var application = await StartAsync(new() { Addresses = [new(IPAddress.Loopback, 0)] });
        using var socket = new TcpClient();
        await socket.ConnectAsync(application.Address.Host, application.Address.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(start + new string('x', more)));
        var answer = new byte[64];
        var length = await stream.ReadAsync(answer);
        var text = Encoding.ASCII.GetString(answer, 0, length);
        (length == 0 || text.StartsWith("HTTP/1.1 4", StringComparison.Ordinal)).ShouldBeTrue(text);
    }

    [Fact]
    public async Task Stream_WhenTheNodeEnds_EndsToo()
    {
        var application = await StartAsync(new() { Addresses = [new(IPAddress.Loopback, 0)], Limits = new() { EndSeconds = 60 } });
        using var client = new HttpClient { BaseAddress = application.Address };
        await using var stream = await client.GetStreamAsync("/stream");
        stream.ReadByte().ShouldBe('.');
        await application.DisposeAsync();
        stream.ReadByte().ShouldBe(-1);
    }

    [Fact]
    public async Task Https_WithAGivenCertificate_SpeaksHttp2AndStaysSecure()
    {
        using var certificate = Certificate();
        await using var application = await StartAsync(new() { Addresses = [new(IPAddress.Loopback, 0)], Certificates = [certificate] });
        using var handler = new SocketsHttpHandler { SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, presented, _, _) => presented!.GetCertHashString() == certificate.GetCertHashString() } };
        using var client = new HttpClient(handler) { BaseAddress = application.Address, DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var answer = await client.GetAsync("/health/live");
        answer.Version.ShouldBe(HttpVersion.Version20);
        answer.Headers.GetValues("Strict-Transport-Security").Single().ShouldBe("max-age=31536000");
    }

    [Fact]
    public async Task PlainHttp_BeyondLoopback_DoesNotStart() =>
        await Should.ThrowAsync<ArgumentException>(() => StartAsync(new() { Addresses = [new(IPAddress.Any, 0)] }));

    private Task<NodeApplication> StartAsync(NodeHosting hosting) => NodeApplication.StartAsync(new(_node, _database, _node.Clock, [new Endpoints()]), hosting, default);

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=us.localhost", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private sealed class Endpoints : ICapabilityModule
    {
        public PrivateSchema? Schema => null;

        public void AddServices(IServiceCollection services)
        {
        }

        public void Map(IEndpointRouteBuilder endpoints, NodeIdentity node)
        {
            endpoints.Map("/stop", () => "stop").Needs(Permission.Stop);
            endpoints.MapGet("/stream", async (HttpContext context) =>
            {
                await context.Response.WriteAsync(".");
                await context.Response.Body.FlushAsync();
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            }).Needs(Permission.Anyone).EndsWithNode();
        }
    }
}
