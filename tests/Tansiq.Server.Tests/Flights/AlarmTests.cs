using System.Net;
using System.Text.Json;
using Tansiq.Coordination.Flights;
using Tansiq.Server.Nodes;

namespace Tansiq.Server.Tests.Flights;

/// <summary>Every changed verdict on a standing notice alarms the desk, once, whatever happens in between (FLT-2).</summary>
public sealed class AlarmTests
{
    [Fact, Trait("Requirement", "FLT-2")]
    public async Task Objection_ToAStandingNotice_AlarmsUntilAPersonTakesNote()
    {
        await using var node = await FlightsNode.StartAsync();
        var notice = await node.FileAsync("n01");
        await node.FileAsync("n05");
        using var client = node.Client();
        using var listening = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var events = new StreamReader(await client.GetStreamAsync("/api/v1/events", listening.Token));
        await node.SayAsync("ru", "objection", new Objection(notice));

        var alarm = (await node.AlarmsAsync(1)).ShouldHaveSingleItem();
        alarm.GetProperty("notice").GetString().ShouldBe(notice.Hex);
        alarm.GetProperty("before").GetString().ShouldBe("not-covered");
        alarm.GetProperty("after").GetString().ShouldBe("refused");
        alarm.GetProperty("filedHere").GetBoolean().ShouldBeTrue();
        alarm.GetProperty("verdict").GetProperty("reasons")[0].GetProperty("text").EnumerateObject().Select(each => each.Name).ShouldBe(["en", "ar", "ru"]);
        string? line;
        while ((line = await events.ReadLineAsync(listening.Token)) is not null && line != "event: alarm")
        {
        }

        while ((line = await events.ReadLineAsync(listening.Token)) is not null && !line.StartsWith("data: ", StringComparison.Ordinal))
        {
        }

        JsonDocument.Parse(line!["data: ".Length..]).RootElement.GetProperty("number").GetInt64().ShouldBe(1);

        (await node.SendAsync(HttpMethod.Post, "/api/v1/alarms/1/acknowledge")).GetProperty("acknowledgedBy").GetString().ShouldBe("watch-1");
        (await node.GetAsync("/api/v1/alarms?open=true")).GetProperty("alarms").GetArrayLength().ShouldBe(0);
        _ = await node.SendAsync(HttpMethod.Post, "/api/v1/alarms/7/acknowledge", expected: HttpStatusCode.NotFound);
        _ = await node.SendAsync(HttpMethod.Get, "/api/v1/alarms?limit=501", expected: HttpStatusCode.BadRequest);
    }

    [Fact, Trait("Requirement", "FLT-2")]
    public async Task Node_WasAwayWhileAVerdictChanged_AlarmsOnceWhenItIsBack()
    {
        await using var node = await FlightsNode.StartAsync();
        var (first, second) = (await node.FileAsync("n01"), await node.FileAsync("n05"));
        await node.SayAsync("ru", "objection-1", new Objection(first));
        await node.AlarmsAsync(1);
        await node.StopServingAsync();
        await node.SayAsync("ru", "objection-2", new Objection(second));
        await node.StartServingAsync();
        (await node.AlarmsAsync(2)).Select(alarm => alarm.GetProperty("notice").GetString()).ShouldBe([first.Hex, second.Hex]);
        await node.StopServingAsync();
        await node.StartServingAsync();
        (await node.AlarmsAsync(2)).Count.ShouldBe(2, "nothing twice");
    }

    [Fact, Trait("Requirement", "FLT-2"), Trait("Requirement", "REC-2")]
    public async Task JointSize_Moves_AlarmsWhereAPermissiveStatementNowCounts()
    {
        await using var node = await FlightsNode.StartAsync();
        await node.FileAsync("n01");
        node.Machine.HoldJointAt(node.Machine.Picture.Size);
        await node.AgreeAsync();
        (await node.AlarmsAsync(1))[0].GetProperty("after").GetString().ShouldBe("not-covered", "the agreement is only proposed");
        await Task.Delay(200);
        (await node.AlarmsAsync(1)).Count.ShouldBe(1, "the signatures are not joint");
        node.Machine.HoldJointAt(null);
        (await node.AlarmsAsync(2))[1].TryGetProperty("cause", out _).ShouldBeFalse("no new statement, only what was there already");
    }

    [Fact, Trait("Requirement", "FLT-3")]
    public async Task Verdicts_OfOtherNodes_AreEqualDifferentOrNotKnownAndADifferenceAlarms()
    {
        await using var other = await FlightsNode.StartAsync();
        await using var node = await FlightsNode.StartAsync([new(new("ru"), NodeRole.Centre, "ru", other.Address), new(new("office"), NodeRole.Office, "office", new("http://127.0.0.1:1"))]);
        await node.FileAsync("n01");
        await other.FileAsync("n01");
        node.Machine.Picture.Size.ShouldBe(other.Machine.Picture.Size);
        var equal = await node.GetAsync("/api/v1/notices/us/n01/verdicts");
        equal.GetProperty("others").EnumerateArray().Select(each => each.GetProperty("says").GetString()).ShouldBe(["equal", "not-known"]);
        (await node.AlarmsAsync(0)).ShouldBeEmpty();

        // Their records part: what this one knows as an objection is something else there.
        await node.SayAsync("ru", "said", new Objection(node.Machine.Picture.Situation.FindNotice(new("us"), new("n01"))!.Reference.Hash));
        (await node.GetAsync("/api/v1/notices/us/n01/verdicts")).GetProperty("others")[0].GetProperty("says").GetString().ShouldBe("not-known", "it does not hold that size");
        await other.SayAsync("ru", "said", new Coordination.Agreements.Suspension(new Coordination.Agreements.SuspensionScope.All()));
        (await node.GetAsync("/api/v1/notices/us/n01/verdicts")).GetProperty("others")[0].GetProperty("says").GetString().ShouldBe("different");
        (await node.AlarmsAsync(2)).ShouldContain(alarm => alarm.GetProperty("kind").GetString() == "verdicts-differ" && alarm.GetProperty("differsFrom").GetString() == "ru");
        _ = await node.SendAsync(HttpMethod.Get, "/api/v1/notices/us/nothing/verdicts", expected: HttpStatusCode.NotFound);
        _ = await node.SendAsync(HttpMethod.Get, "/federation/v1/verdicts/" + new string('0', 64), expected: HttpStatusCode.BadRequest);
    }
}
