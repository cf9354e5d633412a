using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using NodaTime;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Server.Access;
using Tansiq.Server.Nodes;

namespace Tansiq.Server.Tests.Access;

/// <summary>Accounts are kept by administrators, who thereby say nothing in the party's name; machines have tokens.</summary>
public sealed class AccountTests
{
    [Theory, Trait("Requirement", "PTY-4")]
    [InlineData(NodeRole.Centre, "us", "us", "watch", "desk draft read release self stop")]
    [InlineData(NodeRole.Centre, "us", "us", "command", "desk draft read release self stop")]
    [InlineData(NodeRole.Centre, "us", "us", "", "desk draft read release self stop")]
    [InlineData(NodeRole.Centre, "us", "ru", "liaison", "read self stop")]
    [InlineData(NodeRole.Centre, "us", "ru", "command", "read self stop")]
    [InlineData(NodeRole.Office, "office", "ru", "office-desk", "desk read self stop")]
    [InlineData(NodeRole.Office, "office", "us", "watch", "read self stop")]
    public void Officer_ByRoleAndHome_MayWhatTheNodeIsFor(NodeRole role, string party, string home, string officerRole, string expected)
    {
        var account = new OfficerAccount
        {
            Officer = "x-1",
            Home = new(home),
            Roles = [.. Enum.GetValues<OfficerRole>().Where(each => NoticeWords.Word(each) == officerRole)],
            Administers = false,
            Person = "",
            Telephone = "",
            Passphrase = PassphraseState.Own,
        };
        var permissions = OfficerPermissions.Of(account, new(role, new(party), "x.localhost", RecordKind.Exercise), AuthorityMatrix.Default);
        // Line checks and STOP are for every role; who has none at all drafts nothing.
        var words = string.Join(' ', permissions.Where(each => each != Permission.Anyone).Select(PermissionWords.Of).Order(StringComparer.Ordinal));
        words.ShouldBe(officerRole.Length == 0 ? "desk read self stop" : expected);
    }

    [Fact, Trait("Requirement", "PTY-4")]
    public async Task Administrator_KeepsAccountsAndSaysNothing()
    {
        await using var node = await StaffedNode.StartAsync();
        _ = node.Officer("a-1", [], administers: true);
        _ = node.Officer("w-1", [OfficerRole.Watch]);
        var administrator = await node.LogInAsync("a-1");
        var watch = await node.LogInAsync("w-1");
        (await watch.GetAsync("/api/v1/accounts")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await administrator.PostAsJsonAsync("/api/v1/drafts", new { })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        var made = await administrator.PostAsJsonAsync("/api/v1/accounts", new { officer = "c-1", party = "us", roles = Words("consent"), administers = false, name = "Somebody", telephone = "1", passphrase = StaffedNode.Passphrase });
        made.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("passphrase").GetString().ShouldBe("set-by-another");
        var again = new { officer = "c-1", party = "us", roles = Array.Empty<string>(), administers = false };
        (await StaffedNode.CodeAsync(await administrator.PostAsJsonAsync("/api/v1/accounts", again))).ShouldBe(AccessCodes.Taken);
        (await StaffedNode.CodeAsync(await administrator.PostAsJsonAsync("/api/v1/accounts", again with { officer = "c-2", party = "atlantis" }))).ShouldBe("parties.unknown-party");

        (await administrator.PutAsJsonAsync("/api/v1/accounts/w-1", new { roles = Words("watch", "release"), administers = false })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await watch.GetFromJsonAsync<JsonElement>("/api/v1/session")).GetProperty("roles").GetArrayLength().ShouldBe(2);
        (await administrator.DeleteAsync("/api/v1/accounts/w-1")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await watch.GetAsync("/api/v1/session")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await StaffedNode.CodeAsync(await StaffedNode.LogInAsync(watch, "w-1", StaffedNode.Passphrase))).ShouldBe(AccessCodes.LogInRefused);
        (await StaffedNode.CodeAsync(await administrator.DeleteAsync("/api/v1/accounts/a-1"))).ShouldBe(AccessCodes.LastAdministrator);
    }

    private static string[] Words(params string[] words) => words;

    [Fact, Trait("Requirement", "PTY-4")]
    public async Task Token_ByScope_IsGoodUntilItEnds()
    {
        await using var node = await StaffedNode.StartAsync();
        _ = node.Officer("a-1", [OfficerRole.Command], administers: true);
        var administrator = await node.LogInAsync("a-1");
        var (id, secret) = await MakeAsync(administrator, "draft");
        using var machine = node.Browser(origin: null);
        machine.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        (await machine.GetAsync("/api/v1/drafts")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await machine.GetAsync("/api/v1/accounts")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await machine.PostAsJsonAsync("/api/v1/statements", new { })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var list = await administrator.GetStringAsync("/api/v1/tokens");
        list.ShouldContain(id);
        list.ShouldNotContain(secret);

        (await administrator.DeleteAsync("/api/v1/tokens/" + id)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await machine.GetAsync("/api/v1/drafts")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        (_, secret) = await MakeAsync(administrator, "draft");
        machine.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        (await machine.GetAsync("/api/v1/drafts")).StatusCode.ShouldBe(HttpStatusCode.OK);
        node.Clock.Move(Duration.FromDays(30));
        (await machine.GetAsync("/api/v1/drafts")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        static async Task<(string Id, string Secret)> MakeAsync(HttpClient administrator, string scope)
        {
            var answer = await administrator.PostAsJsonAsync("/api/v1/tokens", new { name = "planning system", scopes = new[] { scope }, days = 30 });
            answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
            var token = await answer.Content.ReadFromJsonAsync<JsonElement>();
            return (token.GetProperty("id").GetString()!, token.GetProperty("token").GetString()!);
        }
    }
}
