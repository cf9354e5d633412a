using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tansiq.Coordination.Flights;
using Tansiq.Server.Access;
using Tansiq.Server.Hosting;
using Tansiq.Server.Nodes;
using Tansiq.Storage.Private;

namespace Tansiq.Server.Tests.Nodes;

/// <summary>What holds for every node, whatever its capabilities.</summary>
public sealed class NodeApplicationTests
{
    [Fact, Trait("Requirement", "PTY-1")]
    public async Task Endpoint_NoCallerOrNoPermissionSaid_IsNotAnswered()
    {
        await using var node = OneMachine.Start();
        using var database = PrivateDatabase.Open(Path.Combine(node.Folder, "private.db"));
        await using var application = await NodeApplication.StartAsync(new(node, database, node.Clock, [new Endpoints()]), options => options.Listen(IPAddress.Loopback, 0), default);
        using var client = new HttpClient { BaseAddress = application.Address };

        (await client.GetStringAsync("/open")).ShouldBe("open");
        (await client.GetAsync("/closed")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await client.GetAsync("/forgotten")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/nothing") { Headers = { { "Accept-Language", "ru-RU, en;q=0.5" } } };
        var answer = await client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("title").GetString().ShouldBe("Ничего с таким именем нет.");
    }

    [Fact, Trait("Requirement", "REC-4")]
    public async Task Statement_Said_IsOnTheRecordAndInTheNextPicture()
    {
        await using var node = OneMachine.Start();
        var before = node.Picture;
        var answer = await node.SayAsync("us", "suspension", new Coordination.Agreements.Suspension(new Coordination.Agreements.SuspensionScope.All()));
        answer.ShouldBeOfType<Submission.Accepted>().Index.ShouldBeGreaterThanOrEqualTo(before.Size);
        (await node.NextAsync(before, default)).Situation.Suspensions.Count.ShouldBe(1);
        (await node.SayAsync("us", "consent", new Consent(Coordination.Statements.ContentHash.Of("nothing"u8)))).ShouldBeOfType<Submission.Refused>().Refusal.Code.ShouldBe("record.cites-nothing");
    }

    private sealed class Endpoints : ICapabilityModule
    {
        public PrivateSchema? Schema => null;

        public void AddServices(IServiceCollection services)
        {
        }

        public void Map(IEndpointRouteBuilder endpoints, NodeIdentity node)
        {
            endpoints.MapGet("/open", () => "open").Needs(Permission.Anyone);
            endpoints.MapGet("/closed", () => "closed").Needs(Permission.Read);
            endpoints.MapGet("/forgotten", () => "forgotten");
        }
    }
}
