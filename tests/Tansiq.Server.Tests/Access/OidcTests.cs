using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Tansiq.Coordination.Flights;
using Tansiq.Server.Access;
using Tansiq.Server.Access.Oidc;

namespace Tansiq.Server.Tests.Access;

/// <summary>Officers log in by another organisation's word, against a provider that speaks OpenID Connect on loopback.</summary>
public sealed class OidcTests
{
    [Fact, Trait("Requirement", "PTY-4")]
    public async Task Officer_KnownToTheOrganisation_GetsASessionOfTheNodesOwn()
    {
        await using var organisation = await OtherOrganisation.StartAsync();
        await using var node = await StaffedNode.StartAsync(settings: Settings(organisation));
        _ = node.Officer("w-1", [OfficerRole.Watch], subject: organisation.Subject);
        var browser = node.Browser(origin: null);
        var answer = await GoAsync(browser);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        (await browser.GetFromJsonAsync<JsonElement>("/api/v1/session")).GetProperty("officer").GetString().ShouldBe("w-1");
        (await browser.GetFromJsonAsync<JsonElement>("/api/v1/sessions")).GetProperty("sessions")[0].GetProperty("way").GetString().ShouldBe("organisation");
    }

    [Fact, Trait("Requirement", "PTY-4")]
    public async Task Stranger_OrAnswerThatWasNotAskedFor_IsRefused()
    {
        await using var organisation = await OtherOrganisation.StartAsync();
        await using var node = await StaffedNode.StartAsync(settings: Settings(organisation));
        _ = node.Officer("w-1", [OfficerRole.Watch], subject: organisation.Subject);

        // Another browser's answer: no cookie of that question.
        using var there = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        var asked = await node.Browser(origin: null).GetAsync("/api/v1/session/organisation");
        var answered = (await there.GetAsync(asked.Headers.Location)).Headers.Location!;
        await RefusedAsync(await node.Browser(origin: null).GetAsync(answered.PathAndQuery));
        await RefusedAsync(await node.Browser(origin: null).GetAsync("/api/v1/session/organisation/answer?code=x&state=y"));

        organisation.ForgetsNonce = true;
        await RefusedAsync(await GoAsync(node.Browser(origin: null)));
        organisation.ForgetsNonce = false;
        organisation.Subject = "stranger@organisation.example";
        await RefusedAsync(await GoAsync(node.Browser(origin: null)));

        static async Task RefusedAsync(HttpResponseMessage answer) => (await StaffedNode.CodeAsync(answer)).ShouldBe(AccessCodes.LogInRefused);
    }

    private static AccountSettings Settings(OtherOrganisation organisation) =>
        new() { Oidc = new OidcSettings { Issuer = organisation.Issuer, ClientId = "tansiq-us", ClientSecret = "between the two of us" } };

    /// <summary>There and back, as a browser goes.</summary>
    private static async Task<HttpResponseMessage> GoAsync(HttpClient browser)
    {
        using var there = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        var asked = await browser.GetAsync("/api/v1/session/organisation");
        asked.StatusCode.ShouldBe(HttpStatusCode.Redirect, await asked.Content.ReadAsStringAsync());
        var answered = await there.GetAsync(asked.Headers.Location);
        return await browser.GetAsync(answered.Headers.Location!.PathAndQuery);
    }
}
