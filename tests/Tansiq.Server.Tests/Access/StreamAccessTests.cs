using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using NodaTime;
using Tansiq.Coordination.Flights;

namespace Tansiq.Server.Tests.Access;

/// <summary>Nobody goes on hearing what happens by a session or a token that has ended.</summary>
public sealed class StreamAccessTests
{
    private static readonly string[] Scopes = ["read"];

    [Fact, Trait("Requirement", "PTY-4")]
    public async Task Stream_OfASessionOrTokenThatEnds_EndsToo()
    {
        await using var node = await StaffedNode.StartAsync();
        _ = node.Officer("a-1", [OfficerRole.Command], administers: true);
        foreach (var officer in (string[])["w-1", "w-2", "w-3", "w-4"]) _ = node.Officer(officer, [OfficerRole.Watch]);
        var administrator = await node.LogInAsync("a-1");
        var answer = await (await administrator.PostAsJsonAsync("/api/v1/tokens", new { name = "board", scopes = Scopes, days = 30 })).Content.ReadFromJsonAsync<JsonElement>();
        var machine = node.Browser(origin: null);
        machine.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", answer.GetProperty("token").GetString());
        var (leaving, idle, busy, dismissed) = (await node.LogInAsync("w-1"), await node.LogInAsync("w-2"), await node.LogInAsync("w-3"), await node.LogInAsync("w-4"));
        var streams = new Dictionary<string, Task>();
        foreach (var (name, client) in new[] { ("token", machine), ("leaving", leaving), ("idle", idle), ("busy", busy), ("dismissed", dismissed) }) streams[name] = await OpenAsync(client);

        (await administrator.DeleteAsync("/api/v1/tokens/" + answer.GetProperty("id").GetString())).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await leaving.DeleteAsync("/api/v1/session")).IsSuccessStatusCode.ShouldBeTrue();
        (await administrator.DeleteAsync("/api/v1/accounts/w-4")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await Task.WhenAll(streams["token"], streams["leaving"], streams["dismissed"]);
        streams["idle"].IsCompleted.ShouldBeFalse();

        // A stream by itself keeps no session from growing idle; what is asked beside it does.
        node.Clock.Move(Duration.FromMinutes(20));
        (await busy.GetAsync("/api/v1/session")).StatusCode.ShouldBe(HttpStatusCode.OK);
        node.Clock.Move(Duration.FromMinutes(11));
        await streams["idle"];
        streams["busy"].IsCompleted.ShouldBeFalse();
    }

    /// <summary>A stream that has begun.</summary>
    /// <returns>What completes at its end.</returns>
    private static async Task<Task> OpenAsync(HttpClient client)
    {
        var answer = await client.GetAsync("/api/v1/events", HttpCompletionOption.ResponseHeadersRead);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, answer.ReasonPhrase);
        var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        (await lines.ReadLineAsync()).ShouldNotBeNull();
        return ToEndAsync(lines);

        static async Task ToEndAsync(StreamReader lines)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            while (await lines.ReadLineAsync(patience.Token) is not null)
            {
                // What is told meanwhile does not matter.
            }
        }
    }
}
