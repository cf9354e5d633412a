using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Server.Drafts;
using Tansiq.Server.Nodes;
using Tansiq.Server.Tests.Access;
using Tansiq.Server.Tests.Nodes;

namespace Tansiq.Server.Tests.Drafts;

/// <summary>Officers draft and release by the authority matrix; what needs two persons gets them, whoever else one is (PTY-4).</summary>
public sealed class ReleaseTests
{
    [Fact, Trait("Requirement", "PTY-4")]
    public async Task Notice_DraftedByTheWatch_IsReleasedByAnOfficerWhoMay()
    {
        await using var node = await StaffedNode.StartAsync();
        _ = node.Officer("w-1", [OfficerRole.Watch]);
        _ = node.Officer("r-1", [OfficerRole.Release]);
        var (watch, release) = (await node.LogInAsync("w-1"), await node.LogInAsync("r-1"));
        var drafted = await watch.PostAsJsonAsync("/api/v1/drafts", Notice(node, "n-1"));
        drafted.StatusCode.ShouldBe(HttpStatusCode.Created, await drafted.Content.ReadAsStringAsync());
        var draft = await drafted.Content.ReadFromJsonAsync<JsonElement>();
        draft.GetProperty("verdict").GetProperty("verdict").GetString().ShouldBe("not-covered");
        draft.GetProperty("needsTwo").GetBoolean().ShouldBeFalse();
        node.Node.Picture.Situation.Notices.Count.ShouldBe(0);

        (await watch.PostAsJsonAsync("/api/v1/drafts/n-1/release", new { revision = 1 })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var said = await release.PostAsJsonAsync("/api/v1/drafts/n-1/release", new { revision = 1 });
        said.StatusCode.ShouldBe(HttpStatusCode.Created, await said.Content.ReadAsStringAsync());
        var index = (await said.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("index").GetInt64();
        var statement = Said(node, index);
        statement.Officer.ShouldBe(new SpeakingOfficer(new("r-1"), OfficerRole.Release));
        statement.Body.ShouldBeOfType<Notice>();

        // The same again is the same, and what was released is not changed.
        var again = await release.PostAsJsonAsync("/api/v1/drafts/n-1/release", new { revision = 1 });
        (await again.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("index").GetInt64().ShouldBe(index);
        (await watch.PostAsJsonAsync("/api/v1/drafts", Notice(node, "n-1"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        var body = new { revision = 1, body = new { cites = new string('0', 64) } };
        (await StaffedNode.CodeAsync(await watch.PutAsJsonAsync("/api/v1/drafts/n-1", body))).ShouldNotBeNull();
        (await StaffedNode.CodeAsync(await watch.DeleteAsync("/api/v1/drafts/n-1"))).ShouldBe(DraftCodes.Released);
    }

    [Fact, Trait("Requirement", "PTY-4")]
    public async Task Consent_ByWhoeverDraftedIt_IsNotReleasedByAnyWay()
    {
        await using var node = await StaffedNode.StartAsync();
        _ = node.Officer("c-1", [OfficerRole.Consent, OfficerRole.Command], administers: true);
        _ = node.Officer("c-2", [OfficerRole.Consent]);
        var notice = await OthersNoticeAsync(node);
        var (first, second) = (await node.LogInAsync("c-1"), await node.LogInAsync("c-2"));
        var consent = new { type = "flights.consent", id = "c-1", body = new { cites = notice.Hex } };

        (await first.PostAsJsonAsync("/api/v1/drafts", consent)).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await StaffedNode.CodeAsync(await first.PostAsJsonAsync("/api/v1/drafts/c-1/release", new { revision = 1 }))).ShouldBe(DraftCodes.TwoPersons);
        (await StaffedNode.CodeAsync(await first.PostAsJsonAsync("/api/v1/statements", consent))).ShouldBe(DraftCodes.TwoPersons);
        (await StaffedNode.CodeAsync(await first.PostAsJsonAsync("/api/v1/statements", consent with { id = "c-3" }))).ShouldBe(DraftCodes.TwoPersons);
        (await first.GetAsync("/api/v1/drafts/c-3")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        // A machine of one's own is no second person.
        var token = (await (await first.PostAsJsonAsync("/api/v1/tokens", new { name = "helper", scopes = Words("draft"), days = 1 })).Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString();
        using var machine = node.Browser(origin: null);
        machine.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        (await machine.PostAsJsonAsync("/api/v1/drafts", consent with { id = "c-4" })).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await StaffedNode.CodeAsync(await first.PostAsJsonAsync("/api/v1/drafts/c-4/release", new { revision = 1 }))).ShouldBe(DraftCodes.TwoPersons);

        // Nor does whoever changes a draft stay out of it.
        (await second.PutAsJsonAsync("/api/v1/drafts/c-4", new { revision = 1, consent.body })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await StaffedNode.CodeAsync(await second.PostAsJsonAsync("/api/v1/drafts/c-4/release", new { revision = 1 }))).ShouldBe(DraftCodes.Changed);
        (await StaffedNode.CodeAsync(await second.PostAsJsonAsync("/api/v1/drafts/c-4/release", new { revision = 2 }))).ShouldBe(DraftCodes.TwoPersons);

        var before = node.Node.Picture.Size;
        var said = await second.PostAsJsonAsync("/api/v1/drafts/c-1/release", new { revision = 1 });
        said.StatusCode.ShouldBe(HttpStatusCode.Created, await said.Content.ReadAsStringAsync());
        node.Node.Picture.Size.ShouldBeGreaterThan(before);
        var refused = node.Audit.Read(0, 1_000).Where(row => row.Event.Refusal == DraftCodes.TwoPersons).ToList();
        refused.Select(row => row.Event.Actor.Who).ShouldBe(["c-1", "c-1", "c-1", "c-1", "c-2"]);
    }

    [Fact, Trait("Requirement", "PTY-4")]
    public async Task Objection_ByOneOfficer_IsSaidAtOnceAndOnce()
    {
        await using var node = await StaffedNode.StartAsync();
        _ = node.Officer("w-1", [OfficerRole.Watch]);
        _ = node.Officer("l-1", [OfficerRole.Liaison], home: "ru");
        var notice = await OthersNoticeAsync(node);
        var (watch, liaison) = (await node.LogInAsync("w-1"), await node.LogInAsync("l-1"));
        var objection = new { type = "flights.objection", id = "o-1", body = new { cites = notice.Hex } };
        (await liaison.PostAsJsonAsync("/api/v1/statements", objection)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await liaison.GetAsync("/api/v1/drafts")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        var said = await watch.PostAsJsonAsync("/api/v1/statements", objection);
        said.StatusCode.ShouldBe(HttpStatusCode.Created, await said.Content.ReadAsStringAsync());
        var size = node.Node.Picture.Size;
        var again = await watch.PostAsJsonAsync("/api/v1/statements", objection);
        again.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await again.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("repeated").GetBoolean().ShouldBeTrue();
        node.Node.Picture.Size.ShouldBe(size);
        (await StaffedNode.CodeAsync(await watch.PostAsJsonAsync("/api/v1/statements", objection with { body = new { cites = new string('0', 64) } }))).ShouldBe(DraftCodes.IdTaken);
    }

    [Fact, Trait("Requirement", "REC-6")]
    public async Task RecordStandingStill_GrantsNothingButLetsObjectionsOut()
    {
        await using var node = await StaffedNode.StartAsync();
        _ = node.Officer("c-1", [OfficerRole.Consent]);
        _ = node.Officer("c-2", [OfficerRole.Consent]);
        var notice = await OthersNoticeAsync(node);
        var (first, second) = (await node.LogInAsync("c-1"), await node.LogInAsync("c-2"));
        (await first.PostAsJsonAsync("/api/v1/drafts", new { type = "flights.consent", id = "c-1", body = new { cites = notice.Hex } })).StatusCode.ShouldBe(HttpStatusCode.Created);
        node.Node.StandStill(node.Clock.GetCurrentInstant());
        (await StaffedNode.CodeAsync(await second.PostAsJsonAsync("/api/v1/drafts/c-1/release", new { revision = 1 }))).ShouldBe(DraftCodes.StandsStill);
        (await second.PostAsJsonAsync("/api/v1/statements", new { type = "flights.objection", id = "o-1", body = new { cites = notice.Hex } })).StatusCode.ShouldBe(HttpStatusCode.Created);
        node.Node.StandStill(null);
        (await second.PostAsJsonAsync("/api/v1/drafts/c-1/release", new { revision = 1 })).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact, Trait("Requirement", "REC-7")]
    public async Task Draft_ThatCouldHaveNoEffect_IsRefusedWithItsPlace()
    {
        await using var node = await StaffedNode.StartAsync();
        _ = node.Officer("c-1", [OfficerRole.Consent, OfficerRole.Command]);
        var officer = await node.LogInAsync("c-1");
        await RefusedAsync("record.cites-nothing", new { type = "flights.consent", id = "x-1", body = new { cites = new string('0', 64) } });
        await RefusedAsync("json.missing", new { type = "flights.consent", id = "x-1", body = new { } });
        await RefusedAsync(DraftCodes.Role, new { type = "record.time", id = "x-1", body = new { now = "2016-07-26T06:00:00Z" } });
        await RefusedAsync(DraftCodes.Role, new { type = "flights.nothing", id = "x-1", body = new { } });
        await RefusedAsync("json.unknown-member", new { type = "flights.consent", id = "x-1", body = new { }, party = "ru" });
        await RefusedAsync(DraftCodes.Attachment, new { type = "agreements.proposal", id = "x-1", body = new { }, attachments = Words("?") });
        await RefusedAsync("statement.too-large", new { type = "flights.consent", id = "x-1", body = new { cites = new string('0', 64), more = new string('x', StatementReader.MaximumBytes) } });
        using var form = new StringContent("{}", new MediaTypeHeaderValue("text/plain"));
        (await officer.PostAsync("/api/v1/drafts", form)).StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        using var large = new ByteArrayContent(new byte[Tansiq.Server.Problems.JsonBody.MaximumBytes + 1]) { Headers = { ContentType = new("application/json") } };
        (await officer.PostAsync("/api/v1/drafts/x-1/release", large)).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);

        async Task RefusedAsync(string code, object draft) => (await StaffedNode.CodeAsync(await officer.PostAsJsonAsync("/api/v1/drafts", draft))).ShouldBe(code);
    }

    private static string[] Words(params string[] words) => words;

    /// <summary>A notice of the scenario as the body of a statement, a day from now.</summary>
    internal static JsonObject Notice(StaffedNode node, string id, string party = "us")
    {
        var situation = node.Node.Picture.Situation;
        var path = Path.Combine(OneMachine.RepositoryRoot(), "scenarios", "syria-2016", "notices");
        var read = Directory.EnumerateFiles(path, "*.json").Order()
            .Select(file => NoticeReader.Read(File.ReadAllBytes(file), situation.Founding!, situation.Agreements.LastOrDefault()?.Agreement))
            .First(each => each.Refusal is null && each.Value.Party.Value == party && each.Value.Notice.AnswerBy is null).Value;
        var shift = node.Clock.GetCurrentInstant() + NodaTime.Duration.FromDays(1) - read.Notice.Start;
        var notice = read.Notice with { Volumes = [.. read.Notice.Volumes.Select(volume => volume with { Time = new(volume.Time.Start + shift, volume.Time.End + shift) })] };
        var text = StatementWriter.Write(new(id), new(party), node.Clock.GetCurrentInstant(), notice).Value;
        var statement = JsonNode.Parse(text.Span)!;
        return new() { ["type"] = "flights.notice", ["id"] = id, ["body"] = statement["body"]!.DeepClone() };
    }

    private static async Task<ContentHash> OthersNoticeAsync(StaffedNode node)
    {
        var body = Notice(node, "theirs", "ru");
        var text = System.Text.Encoding.UTF8.GetBytes($$"""{"type":"flights.notice","id":"theirs","party":"ru","made":"2016-07-26T06:00:00Z","body":{{body["body"]!.ToJsonString()}}}""" + "\n");
        (await node.Node.SayAsync(new Coordination.Id<Party>("ru"), text)).ShouldBeOfType<Submission.Accepted>();
        return ContentHash.Of(text);
    }

    private static Statement Said(StaffedNode node, long index)
    {
        var entry = Tansiq.Record.Entries.SignedEntry.Read(node.Node.Store.Entries(index, index + 1).Single()).Value;
        return StatementReader.Read(entry.Text, _ => null, node.Node.Picture.Situation.Founding).Value;
    }
}
