using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Tansiq.Coordination.Information;
using Tansiq.Record.Notes;
using Tansiq.Server.Federation;
using Tansiq.Server.Information;
using Tansiq.Server.Nodes;
using Tansiq.Server.Tests.Nodes;

namespace Tansiq.Server.Tests.Information;

/// <summary>STOP between centres that share one record with an office: what both ends report afterwards stands on it identically, at every node (INF-5).</summary>
public sealed class StopOnRecordTests
{
    private static readonly string[] Other = ["ru"];

    [Fact, Trait("Requirement", "INF-5"), Trait("Requirement", "REC-2")]
    public async Task Stop_SaidWhileTheOfficeIsAway_IsAnsweredAndBothReportsBecomeJointAndAgree()
    {
        var keys = new List<SigningKey>();
        await using var nodes = await ThreeNodes.StartAsync(
            (node, peers) =>
            {
                keys.Add(TestKeys.Statement(node.Identity.Party));
                return [new UrgentNetwork.Officers(), new StopModule(new(keys[^1], peers))];
            },
            clocks: null, times: null, certificate: null);
        foreach (var node in (ThreeNodes.TestNode[])[nodes.Us, nodes.Ru]) await ThreeNodes.UntilAsync(node.Node, picture => picture.JointSize >= 2, "the founding is joint");
        await nodes.StopAsync("office");

        var message = (await PostAsync(nodes.Us, "/api/v1/stops", new { kind = "stop", words = new { en = "Stop." }, to = Other })).GetProperty("message").GetString()!;
        await UrgentNetwork.UntilAsync(async () => await StateAsync(nodes.Ru, message) is not null);
        _ = await PostAsync(nodes.Ru, $"/api/v1/stops/{message}/answer", new { words = new { ru = "Понял." } });
        await UrgentNetwork.UntilAsync(async () => await StateAsync(nodes.Us, message) == "closed");
        nodes.Us.Node.Picture.Situation.Stops.ShouldBeEmpty("the office is away");

        var office = await nodes.StartAsync("office");
        foreach (var node in (ThreeNodes.TestNode[])[nodes.Us, nodes.Ru, office])
        {
            var picture = await ThreeNodes.UntilAsync(node.Node, picture => picture.Situation.Stops.Count >= 2 && picture.JointSize == picture.Size, "both reports are joint");
            picture.Situation.Stops.Select(stop => stop.Party.Value).Order().ShouldBe(["ru", "us"]);
            var (one, other) = (picture.Situation.Stops[0].Report, picture.Situation.Stops[1].Report);
            one.Message.ShouldBe(other.Message);
            one.Course.ShouldBe(other.Course);
            one.Course.ShouldContain(each => each.Kind == CourseEventKind.Answered);
        }

        keys.ForEach(key => key.Dispose());
    }

    private static async Task<JsonElement> PostAsync(ThreeNodes.TestNode node, string path, object body)
    {
        using var client = Client(node);
        using var answer = await client.PostAsJsonAsync(path, body);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static async Task<string?> StateAsync(ThreeNodes.TestNode node, string message)
    {
        using var client = Client(node);
        using var answer = await client.GetAsync("/api/v1/stops/" + message);
        return answer.IsSuccessStatusCode ? (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("state").GetString() : null;
    }

    private static HttpClient Client(ThreeNodes.TestNode node)
    {
        var client = new HttpClient(NodeConnections.Handler()) { BaseAddress = node.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Officer", "watch-1");
        return client;
    }
}
