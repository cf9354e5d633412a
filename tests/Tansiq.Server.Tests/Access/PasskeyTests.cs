using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using NodaTime;
using Tansiq.Coordination.Flights;
using Tansiq.Server.Access;

namespace Tansiq.Server.Tests.Access;

/// <summary>Officers log in with passkeys, by the framework's WebAuthn against an authenticator in software.</summary>
public sealed class PasskeyTests
{
    [Fact, Trait("Requirement", "PTY-4")]
    public async Task Passkey_AddedInASession_LogsInWithoutANameAndIsRemoved()
    {
        await using var node = await StaffedNode.StartAsync();
        _ = node.Officer("w-1", [OfficerRole.Watch]);
        var browser = await node.LogInAsync("w-1");
        using var authenticator = new SoftwareAuthenticator();
        await AddAsync(node, browser, authenticator);
        var listed = (await browser.GetFromJsonAsync<JsonElement>("/api/v1/passkeys")).GetProperty("passkeys")[0];
        listed.GetProperty("name").GetString().ShouldBe("desk key");

        using var other = node.Browser();
        var question = await AskAsync(other, "/api/v1/session/passkey/question");
        var options = question.GetProperty("options");
        options.GetProperty("rpId").GetString().ShouldBe("us.localhost");
        (options.TryGetProperty("allowCredentials", out var named) ? named.GetArrayLength() : 0).ShouldBe(0);
        var answer = new { question = question.GetProperty("question").GetString(), credential = authenticator.Get(options, node.Origin) };
        var opened = await other.PostAsJsonAsync("/api/v1/session/passkey", answer);
        opened.StatusCode.ShouldBe(HttpStatusCode.OK, await opened.Content.ReadAsStringAsync());
        (await other.GetFromJsonAsync<JsonElement>("/api/v1/session")).GetProperty("officer").GetString().ShouldBe("w-1");

        // A question is answered once.
        (await StaffedNode.CodeAsync(await node.Browser().PostAsJsonAsync("/api/v1/session/passkey", answer))).ShouldBe(AccessCodes.LogInRefused);
        (await other.DeleteAsync("/api/v1/passkeys/" + authenticator.Id)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await StaffedNode.CodeAsync(await LogInAsync(node, authenticator))).ShouldBe(AccessCodes.LogInRefused);
    }

    [Fact, Trait("Requirement", "PTY-4")]
    public async Task Passkey_OfAnotherPlaceOrCopiedOrUnverified_IsRefused()
    {
        await using var node = await StaffedNode.StartAsync();
        _ = node.Officer("w-1", [OfficerRole.Watch]);
        _ = node.Officer("a-1", [], administers: true);
        using var authenticator = new SoftwareAuthenticator();
        await AddAsync(node, await node.LogInAsync("w-1"), authenticator);
        (await LogInAsync(node, authenticator)).StatusCode.ShouldBe(HttpStatusCode.OK);

        await RefusedAsync(LogInAsync(node, authenticator, origin: "http://evil.example"));
        await RefusedAsync(LogInAsync(node, authenticator, relyingParty: "ru.localhost"));
        authenticator.VerifiesUser = false;
        await RefusedAsync(LogInAsync(node, authenticator));
        authenticator.VerifiesUser = true;
        authenticator.SetBack();
        await RefusedAsync(LogInAsync(node, authenticator));
        using var stranger = new SoftwareAuthenticator();
        await RefusedAsync(LogInAsync(node, stranger));

        using var late = node.Browser();
        var question = await AskAsync(late, "/api/v1/session/passkey/question");
        node.Clock.Move(Duration.FromMinutes(6));
        await RefusedAsync(late.PostAsJsonAsync("/api/v1/session/passkey", new { question = question.GetProperty("question").GetString(), credential = authenticator.Get(question.GetProperty("options"), node.Origin) }));

        _ = node.Accounts.End("w-1", Tansiq.Server.Audit.AuditActor.Console);
        for (var count = 0; count < 10; count++) _ = authenticator.Get(question.GetProperty("options"), node.Origin);
        await RefusedAsync(LogInAsync(node, authenticator));

        static async Task RefusedAsync(Task<HttpResponseMessage> answer) => (await StaffedNode.CodeAsync(await answer)).ShouldBe(AccessCodes.LogInRefused);
    }

    private static async Task AddAsync(StaffedNode node, HttpClient browser, SoftwareAuthenticator authenticator)
    {
        var question = await AskAsync(browser, "/api/v1/passkeys/question");
        var added = await browser.PostAsJsonAsync("/api/v1/passkeys", new { question = question.GetProperty("question").GetString(), credential = authenticator.Create(question.GetProperty("options"), node.Origin), name = "desk key" });
        added.StatusCode.ShouldBe(HttpStatusCode.NoContent, await added.Content.ReadAsStringAsync());
    }

    private static async Task<HttpResponseMessage> LogInAsync(StaffedNode node, SoftwareAuthenticator authenticator, string? origin = null, string? relyingParty = null)
    {
        var browser = node.Browser();
        var question = await AskAsync(browser, "/api/v1/session/passkey/question");
        return await browser.PostAsJsonAsync("/api/v1/session/passkey", new { question = question.GetProperty("question").GetString(), credential = authenticator.Get(question.GetProperty("options"), origin ?? node.Origin, relyingParty) });
    }

    private static async Task<JsonElement> AskAsync(HttpClient browser, string address)
    {
        var answer = await browser.PostAsync(address, null);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
