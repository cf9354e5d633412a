using System.Net;
using System.Text.RegularExpressions;
using NodaTime;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Languages;
using Tansiq.Server.Tests.Api;

namespace Tansiq.Server.Tests.Parties;

public sealed class DeskTests
{
    public static TheoryData<string> AllLanguages => [.. Phrasebook.Languages];

    [Fact, Trait("Requirement", "PTY-6")]
    public async Task Call_IsClosedWhenReadBackRightlyAndNotBefore()
    {
        await using var node = await DeskNode.StartAsync("2016-07-26T06:00:00Z");
        var call = new { id = "c1", with = "ru", direction = "received", line = "telephone", role = "watch", text = "Two aircraft, 0700Z." };
        (await node.PostAsync("o1", "calls", call)).Status.ShouldBe(HttpStatusCode.Created);
        (await node.PostAsync("o1", "calls", call)).Status.ShouldBe(HttpStatusCode.Created, "the same again");
        (await node.PostAsync("o1", "calls", call with { text = "Three aircraft." })).Status.ShouldBe(HttpStatusCode.Conflict);
        (await node.PostAsync("o1", "calls", call with { id = "c2", with = "nobody" })).Body!.Value.GetProperty("code").GetString().ShouldBe("parties.unknown-party");
        var wrong = await node.PostAsync("o1", "calls/c1/read-back", new { text = "Three aircraft", right = false });
        wrong.Body!.Value.TryGetProperty("closedAt", out _).ShouldBeFalse();
        (await node.GetAsync("calls?open=true")).GetProperty("calls").GetArrayLength().ShouldBe(1);
        (await node.PostAsync("o1", "calls/c1/read-back", new { text = "Two aircraft, 0700Z", right = true })).Body!.Value.GetProperty("readBacks").GetArrayLength().ShouldBe(2);
        (await node.GetAsync("calls?open=true")).GetProperty("calls").GetArrayLength().ShouldBe(0);
        (await node.PostAsync("o1", "calls/c1/read-back", new { text = "again", right = true })).Status.ShouldBe(HttpStatusCode.Conflict);
        (await node.PostAsync("o1", "calls/c9/read-back", new { text = "again", right = true })).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact, Trait("Requirement", "PTY-6")]
    public async Task Handover_IsTakenOverByAnotherThanItsAuthorAndOnce()
    {
        await using var node = await DeskNode.StartAsync("2016-07-26T06:00:00Z");
        (await node.PostAsync("o1", "handovers", new { id = "h1", role = "watch", text = "n01 stands; call c1 is open." })).Body!.Value
            .GetProperty("recordSize").GetInt64().ShouldBe(node.Record.Machine.Picture.Size);
        (await node.PostAsync("o1", "handovers/h1/take-over", new { })).Body!.Value.GetProperty("code").GetString().ShouldBe("desk.same-officer");
        (await node.PostAsync("o2", "handovers/h1/take-over", new { })).Body!.Value.GetProperty("takenBy").GetString().ShouldBe("o2");
        (await node.PostAsync("o3", "handovers/h1/take-over", new { })).Body!.Value.GetProperty("code").GetString().ShouldBe("desk.taken-over");
    }

    [Fact, Trait("Requirement", "PTY-6")]
    public async Task LineCheck_MissedRaisesOneAlarm_MadeGoesOnTheRecordAndFallsDueAgain()
    {
        await using var node = await DeskNode.StartAsync("2016-07-26T06:00:00Z");
        var every = HotlineHours(node);
        var line = (await node.GetAsync("line-checks")).GetProperty("lines")[0];
        line.GetProperty("state").GetString().ShouldBe("missed", "in force for days, and never tried");
        node.Missed.Raise();
        node.Missed.Raise();
        var alarm = (await node.GetAsync("line-checks")).GetProperty("missed")[0];
        node.Missed.List().Count.ShouldBe(1);
        (await node.PostAsync("o1", $"line-checks/missed/{alarm.GetProperty("number").GetInt64()}/acknowledge", new { })).Status.ShouldBe(HttpStatusCode.NoContent);
        node.Missed.List()[0].SeenBy.ShouldBe("o1");

        await node.Record.SayAsync("2016-07-26T06:00:00Z", "ru", "wake", new Suspension(new SuspensionScope.OfChapter(node.Record.Agreement.Chapters[0].Id)));
        (await node.PostAsync("o1", "line-checks", new { id = "lc1", with = "ru", path = "telephone", answered = true, at = "2016-07-26T06:00:00Z" })).Status.ShouldBe(HttpStatusCode.Created);
        var entry = node.Record.Machine.Picture.Situation.Desks.LineChecks[new("us")][0];
        entry.Check.ShouldBe(new LineCheck(new("ru"), LineKind.Telephone, IsAnswered: true, ReadableNode.At("2016-07-26T06:00:00Z")));
        (await node.GetAsync("line-checks")).GetProperty("lines")[0].GetProperty("state").GetString().ShouldBe("waiting");
        node.Clock.Move(Duration.FromHours(every));
        (await node.GetAsync("line-checks")).GetProperty("lines")[0].GetProperty("state").GetString().ShouldBe("due");
        node.Missed.Raise().ShouldBe(0, "within the time of grace");
        node.Clock.Move(LineCheckSchedule.Grace);
        node.Missed.Raise().ShouldBe(1);
    }

    [Fact, Trait("Requirement", "PTY-5")]
    public async Task Duty_SaysWhoIsOnDutyInWhichZoneAndWhatIsUnfilled()
    {
        await using var node = await DeskNode.StartAsync("2016-07-26T06:00:00Z");
        await StaffAsync(node);
        var us = (await node.GetAsync("duty")).GetProperty("parties")[0];
        var duty = us.GetProperty("onDuty")[0];
        (duty.GetProperty("officer").GetString(), duty.GetProperty("deputies")[0].GetString()).ShouldBe(("o1", "o2"));
        duty.GetProperty("fromLocal").GetString().ShouldBe("2016-07-26T07:00:00+03:00");
        us.GetProperty("unfilled").EnumerateArray().Select(role => role.GetString()).ShouldBe(["release", "consent", "command"]);
        (await node.GetAsync("duty?at=2016-07-26T13:00:00Z")).GetProperty("parties")[0].GetProperty("onDuty").GetArrayLength().ShouldBe(0);
        (await node.GetAsync("contacts")).GetProperty("parties")[1].GetProperty("lines")[0].GetProperty("number").GetString().ShouldBe("+962 6 000 0001");
    }

    [Theory, MemberData(nameof(AllLanguages))]
    [Trait("Requirement", "PTY-6"), Trait("Requirement", "BND-4")]
    public async Task StandingPicture_IsAPageThatLoadsAndRunsNothingAndSaysExercise(string language)
    {
        await using var node = await DeskNode.StartAsync("2016-07-26T06:00:00Z");
        await StaffAsync(node);
        using var request = new HttpRequestMessage(HttpMethod.Get, "standing-picture?language=" + language) { Headers = { { "X-Test-Officer", "o1" } } };
        using var answer = await node.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, html);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldStartWith("default-src 'none'; style-src 'sha256-");
        policy.ShouldNotContain("unsafe");
        var phrases = Phrasebook.For(language).Value;
        var decoded = WebUtility.HtmlDecode(html);
        html.ShouldContain($"<html lang=\"{language}\" dir=\"{(phrases.IsRightToLeft ? "rtl" : "ltr")}\" class=\"exercise\">");
        Regex.IsMatch(html, "<script|style=|\\ssrc=|\\shref=|\\son[a-z]+=", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1)).ShouldBeFalse();
        Regex.Count(decoded, Regex.Escape(phrases.Text("banner.exercise")), RegexOptions.None, TimeSpan.FromSeconds(1)).ShouldBeGreaterThanOrEqualTo(3);
        foreach (var word in new[] { "+962 6 000 0001", "243.0", "n01", "2016-07-26 06:00Z", phrases.Term(AgreementState.InForce), phrases.Text("sheet.contacts") }) decoded.ShouldContain(word);
        decoded.ShouldNotContain("(not stated)(");
    }

    private static int HotlineHours(DeskNode node) => (int)node.Record.Agreement.Clauses.OfType<HotlineClause>().Single().CheckEveryHours.Value;

    private static async Task StaffAsync(DeskNode node)
    {
        const string at = "2016-07-25T06:00:00Z";
        foreach (var officer in new[] { "o1", "o2" }) await node.Record.SayAsync(at, "us", "appoint-" + officer, new OfficerAppointment(new(officer), [OfficerRole.Watch], At: null));
        var time = new Interval(ReadableNode.At("2016-07-26T04:00:00Z"), ReadableNode.At("2016-07-26T12:00:00Z"));
        await node.Record.SayAsync(at, "us", "roster", new DutyRoster([new(OfficerRole.Watch, new("o1"), [new("o2")], time, "Asia/Amman")]));
        foreach (var party in new[] { "us", "ru" })
            await node.Record.SayAsync(at, party, "contacts-" + party, new DeskContacts(
                [new(LineKind.Telephone, OfficerRole.Watch, "+962 6 000 000" + (party == "us" ? "1" : "2"), 1), new(LineKind.Satellite, OfficerRole.Watch, "+8816 000 0000", 2)],
                [new(243_000_000, "GUARD"), new(121_500_000, null)]));
    }
}
