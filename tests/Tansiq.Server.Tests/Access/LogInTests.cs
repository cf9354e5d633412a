using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using NodaTime;
using Tansiq.Coordination.Flights;
using Tansiq.Server.Access;

namespace Tansiq.Server.Tests.Access;

/// <summary>Officers log in with a passphrase; who guesses learns nothing and soon waits.</summary>
public sealed class LogInTests
{
    [Fact, Trait("Requirement", "PTY-4")]
    public async Task Officer_WithThePassphrase_GetsASessionThatEnds()
    {
        await using var node = await StaffedNode.StartAsync();
        _ = node.Officer("w-1", [OfficerRole.Watch]);
        using var browser = node.Browser();
        var answer = await StaffedNode.LogInAsync(browser, "w-1", StaffedNode.Passphrase);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single();
        cookie.ShouldStartWith("tansiq-session=");
        cookie.ShouldContain("; path=/; samesite=strict; httponly");
        cookie.ShouldNotContain("domain");

        var session = await browser.GetFromJsonAsync<JsonElement>("/api/v1/session");
        session.GetProperty("officer").GetString().ShouldBe("w-1");
        session.GetProperty("roles")[0].GetString().ShouldBe("watch");
        (await browser.DeleteAsync("/api/v1/session")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await browser.GetAsync("/api/v1/session")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact, Trait("Requirement", "PTY-4")]
    public async Task Session_LeftAloneOrOld_IsOver()
    {
        await using var node = await StaffedNode.StartAsync();
        _ = node.Officer("w-1", [OfficerRole.Watch]);
        var left = await node.LogInAsync("w-1");
        node.Clock.Move(Duration.FromMinutes(29));
        (await left.GetAsync("/api/v1/session")).StatusCode.ShouldBe(HttpStatusCode.OK);
        node.Clock.Move(Duration.FromMinutes(30));
        (await left.GetAsync("/api/v1/session")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        var used = await node.LogInAsync("w-1");
        for (var minutes = 0; minutes < 13 * 60; minutes += 20)
        {
            (await used.GetAsync("/api/v1/session")).StatusCode.ShouldBe(HttpStatusCode.OK, $"after {minutes} minutes");
            node.Clock.Move(Duration.FromMinutes(20));
        }

        (await used.GetAsync("/api/v1/session")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact, Trait("Requirement", "PTY-4")]
    public async Task Session_ShownByAnotherSite_IsNotTaken()
    {
        await using var node = await StaffedNode.StartAsync();
        _ = node.Officer("w-1", [OfficerRole.Watch]);
        var browser = await node.LogInAsync("w-1");
        browser.DefaultRequestHeaders.Remove("Origin");
        foreach (var (header, value) in new[] { ("Origin", "http://evil.example"), ("Origin", "null"), ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site"), ("X-Nothing", "") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Delete, "/api/v1/session") { Headers = { { header, value } } };
            var answer = await browser.SendAsync(request);
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, $"{header}: {value}");
            (await StaffedNode.CodeAsync(answer)).ShouldBe(AccessCodes.CrossSite);
            using var logIn = new HttpRequestMessage(HttpMethod.Post, "/api/v1/session") { Headers = { { header, value } }, Content = JsonContent.Create(new { officer = "w-1", passphrase = StaffedNode.Passphrase }) };
            (await StaffedNode.CodeAsync(await browser.SendAsync(logIn))).ShouldBe(AccessCodes.CrossSite);
        }

        using var own = new HttpRequestMessage(HttpMethod.Delete, "/api/v1/session") { Headers = { { "Sec-Fetch-Site", "same-origin" } } };
        (await browser.SendAsync(own)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact, Trait("Requirement", "PTY-4")]
    public async Task Session_GivenBeforeLoggingIn_IsNotTheOneAfter()
    {
        await using var node = await StaffedNode.StartAsync();
        _ = node.Officer("w-1", [OfficerRole.Watch]);
        var cookies = new CookieContainer();
        cookies.Add(node.Address, new Cookie("tansiq-session", "chosen-by-somebody-else"));
        var browser = node.Browser(cookies: cookies);
        (await StaffedNode.LogInAsync(browser, "w-1", StaffedNode.Passphrase)).EnsureSuccessStatusCode();
        var first = cookies.GetCookies(node.Address)["tansiq-session"]!.Value;
        first.ShouldNotBe("chosen-by-somebody-else");
        (await StaffedNode.LogInAsync(browser, "w-1", StaffedNode.Passphrase)).EnsureSuccessStatusCode();
        cookies.GetCookies(node.Address)["tansiq-session"]!.Value.ShouldNotBe(first);
    }

    [Fact, Trait("Requirement", "PTY-4")]
    public async Task Guesser_KnownOrUnknownName_GetsTheSameAnswersAndWaitsLonger()
    {
        await using var node = await StaffedNode.StartAsync();
        _ = node.Officer("w-1", [OfficerRole.Watch]);
        var open = await node.LogInAsync("w-1");
        using var browser = node.Browser();
        var answers = new Dictionary<string, List<string>>();
        foreach (var name in new[] { "w-1", "no-such-officer" })
        {
            var seen = answers[name] = [];
            for (var attempt = 1; attempt <= 8; attempt++)
            {
                var answer = await StaffedNode.LogInAsync(browser, name, "not the passphrase at all");
                seen.Add($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()} {string.Join(',', answer.Headers.Select(header => header.Key).Where(key => key != "Date").Order())}");
                if (answer.StatusCode == HttpStatusCode.TooManyRequests) node.Clock.Move(LogInAttempts.LockAfter(attempt - 1) + Duration.FromSeconds(1));
            }
        }

        answers["no-such-officer"].ShouldBe(answers["w-1"]);
        answers["w-1"].Count(each => each.StartsWith("401", StringComparison.Ordinal)).ShouldBe(6);
        // Who is in stays in, and locked means locked for the right passphrase too.
        for (var attempt = 0; attempt < 3; attempt++) _ = await StaffedNode.LogInAsync(browser, "w-1", "not the passphrase at all");
        (await StaffedNode.CodeAsync(await StaffedNode.LogInAsync(browser, "w-1", StaffedNode.Passphrase))).ShouldBe(AccessCodes.Locked);
        (await open.GetAsync("/api/v1/session")).StatusCode.ShouldBe(HttpStatusCode.OK);
        node.Clock.Move(Duration.FromMinutes(15));
        (await StaffedNode.LogInAsync(browser, "w-1", StaffedNode.Passphrase)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact, Trait("Requirement", "PTY-4")]
    public void Lock_AfterEachFurtherAttempt_DoublesUpToAQuarterOfAnHour()
    {
        LogInAttempts.LockAfter(LogInAttempts.Free).ShouldBe(Duration.Zero);
        LogInAttempts.LockAfter(5).ShouldBe(Duration.FromSeconds(15));
        LogInAttempts.LockAfter(6).ShouldBe(Duration.FromSeconds(30));
        LogInAttempts.LockAfter(10).ShouldBe(Duration.FromMinutes(8));
        LogInAttempts.LockAfter(11).ShouldBe(Duration.FromMinutes(15));
        LogInAttempts.LockAfter(1_000).ShouldBe(Duration.FromMinutes(15));
    }

    [Fact, Trait("Requirement", "PTY-4")]
    public async Task Passphrase_SetByAnother_IsGoodForNothingButSettingAnOwnOne()
    {
        await using var node = await StaffedNode.StartAsync();
        _ = node.Officer("w-1", [OfficerRole.Watch], isOwn: false);
        var browser = await node.LogInAsync("w-1");
        (await browser.GetAsync("/api/v1/drafts")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var other = await node.LogInAsync("w-1");

        const string own = "a different one of my own making";
        (await StaffedNode.CodeAsync(await browser.PutAsJsonAsync("/api/v1/passphrase", new { present = "something else entirely", passphrase = own }))).ShouldBe(AccessCodes.LogInRefused);
        foreach (var weak in new[] { "too short", new string('a', 40), "the one of W-1 and no other", StaffedNode.Passphrase })
            (await StaffedNode.CodeAsync(await browser.PutAsJsonAsync("/api/v1/passphrase", new { present = StaffedNode.Passphrase, passphrase = weak }))).ShouldBe(AccessCodes.WeakPassphrase, weak);
        (await browser.PutAsJsonAsync("/api/v1/passphrase", new { present = StaffedNode.Passphrase, passphrase = own })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await browser.GetAsync("/api/v1/drafts")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await other.GetAsync("/api/v1/session")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        _ = await node.LogInAsync("w-1", own);
    }

    [Fact, Trait("Requirement", "PTY-4")]
    public async Task Sessions_OfAnOfficer_AreListedAndEnded()
    {
        await using var node = await StaffedNode.StartAsync();
        _ = node.Officer("w-1", [OfficerRole.Watch]);
        _ = node.Officer("w-2", [OfficerRole.Watch]);
        var (first, second, stranger) = (await node.LogInAsync("w-1"), await node.LogInAsync("w-1"), await node.LogInAsync("w-2"));
        var sessions = (await first.GetFromJsonAsync<JsonElement>("/api/v1/sessions")).GetProperty("sessions").EnumerateArray().ToList();
        sessions.Count.ShouldBe(2);
        var other = sessions.Single(session => !session.GetProperty("current").GetBoolean()).GetProperty("id").GetString();
        (await stranger.DeleteAsync("/api/v1/sessions/" + other)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await first.DeleteAsync("/api/v1/sessions/" + other)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await second.GetAsync("/api/v1/session")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await first.GetAsync("/api/v1/session")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
