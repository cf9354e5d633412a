using System.Net;
using System.Text;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Tansiq.Coordination.Information;
using Tansiq.Coordination.Statements;
using Tansiq.Record.Notes;

namespace Tansiq.Server.Tests.Information;

/// <summary>
/// STOP over real sockets and disks, whatever else is broken (INF-5). Each node here has a log of its own under the same key: from its first statement on the record
/// is forked, there is no office that orders, and nothing here asks for either.
/// </summary>
public sealed class StopTests
{
    private static readonly string[] Ends = ["us", "ru"];
    private static readonly object Stop = new { kind = "stop", words = new { en = "Stop. Two aircraft converge.", ru = "Стоп. Два борта сближаются." }, to = Ends[1..] };

    [Fact, Trait("Requirement", "INF-5")]
    public async Task Stop_OfficeDead_IsAnsweredAndBothEndsRecordTheSameCourse()
    {
        await using var network = await UrgentNetwork.StartAsync("us", "ru");
        var message = await SendAsync(network);
        await UrgentNetwork.UntilAsync(async () => await network["ru"].StopAsync(message) is not null);
        _ = await network["ru"].PostAsync($"/api/v1/stops/{message}/shown");
        _ = await network["ru"].PostAsync($"/api/v1/stops/{message}/answer", new { words = new { ru = "Понял." } }, "command-3");
        await UrgentNetwork.UntilAsync(async () => (await network["us"].StopAsync(message))?.GetProperty("recorded").GetBoolean() is true);
        await UrgentNetwork.UntilAsync(async () => (await network["ru"].StopAsync(message))?.GetProperty("recorded").GetBoolean() is true);

        (await EventsAsync(network, "us", message)).ShouldBe(await EventsAsync(network, "ru", message));
        var (us, ru) = (Report(network, "us"), Report(network, "ru"));
        us.Course.ShouldBe(ru.Course);
        us.Course.Select(each => each.Kind).ShouldBe([CourseEventKind.Said, CourseEventKind.Delivered, CourseEventKind.Escalated, CourseEventKind.Sent, CourseEventKind.Shown, CourseEventKind.Answered], ignoreOrder: true);
    }

    [Fact, Trait("Requirement", "INF-5")]
    public async Task Stop_DirectLineCut_GoesByTheOfficeAndWhenAllAreCutAtOnceOnHealing()
    {
        await using var network = await UrgentNetwork.StartAsync("us", "ru", "office");
        network.Cut.Add(("us", "ru"));
        var first = await SendAsync(network);
        await UrgentNetwork.UntilAsync(async () => await network["ru"].StopAsync(first) is not null);
        (await network["ru"].StopAsync(first))!.Value.GetProperty("course").EnumerateArray().First(each => each.GetProperty("event").GetString() == "delivered").GetProperty("path").GetString().ShouldBe("office");

        network.Cut.Add(("us", "office"));
        var second = await SendAsync(network);
        await Task.Delay(1_500);
        (await network["ru"].StopAsync(second)).ShouldBeNull();
        network.Cut.Clear();
        await UrgentNetwork.UntilAsync(async () => await network["ru"].StopAsync(second) is not null);
    }

    [Fact, Trait("Requirement", "INF-5")]
    public async Task Stop_PrivateDatabaseLockedAtBothEnds_GoesOutAndIsKeptAfterwards()
    {
        await using var network = await UrgentNetwork.StartAsync("us", "ru");
        // The first sending may still find the start's reading of the disk.
        string message;
        var locks = Ends.Select(party => Lock(network[party].Database.Path)).ToList();
        try
        {
            message = await SendAsync(network);
            await UrgentNetwork.UntilAsync(async () => await network["ru"].StopAsync(message) is not null);
            _ = await network["ru"].PostAsync($"/api/v1/stops/{message}/answer");
            await UrgentNetwork.UntilAsync(async () => (await network["us"].StopAsync(message))?.GetProperty("state").GetString() == "closed");
            Kept(network, "ru").ShouldBe(0);
        }
        finally
        {
            foreach (var each in locks) each.Dispose();
        }

        await UrgentNetwork.UntilAsync(() => Task.FromResult(Kept(network, "ru") >= 5 && Kept(network, "us") >= 5));
        await network["ru"].StopAsync();
        await network.StartNodeAsync("ru");
        await UrgentNetwork.UntilAsync(async () => (await network["ru"].StopAsync(message))?.GetProperty("state").GetString() == "closed");
    }

    [Fact, Trait("Requirement", "INF-5")]
    public async Task Stop_NobodyAnswers_IsToldAndAnswersOfMachinesAndStrangersCountForNothing()
    {
        await using var network = await UrgentNetwork.StartAsync("us", "ru");
        using var listening = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var client = network["ru"].Client("watch-1");
        using var events = new StreamReader(await client.GetStreamAsync("/api/v1/stops/events", listening.Token));
        var message = await SendAsync(network);
        string? line;
        while ((line = await events.ReadLineAsync(listening.Token)) is not null && line != "event: stop-told")
        {
        }

        JsonDocument.Parse((await events.ReadLineAsync(listening.Token))!["data: ".Length..]).RootElement.GetProperty("told").GetString().ShouldBe("watch");
        using var token = network["ru"].Client("machine");
        token.DefaultRequestHeaders.Authorization = new("Token", "machine");
        (await token.PostAsync($"/api/v1/stops/{message}/answer", null)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        _ = await network["us"].PostAsync($"/api/v1/stops/{message}/answer", expected: HttpStatusCode.Forbidden);
        _ = await network["ru"].PostAsync($"/api/v1/stops/{message}/close", expected: HttpStatusCode.Forbidden);
        using var nobody = new HttpClient { BaseAddress = network["ru"].Application.Address };
        (await nobody.PostAsync("/api/v1/stops", null)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await network["ru"].StopAsync(message))!.Value.GetProperty("state").GetString().ShouldBe("delivered");
    }

    [Fact, Trait("Requirement", "INF-5")]
    public async Task Sending_NotSignedByAParty_IsNotTaken()
    {
        await using var network = await UrgentNetwork.StartAsync("us", "ru");
        using var strange = SigningKey.FromSeed("us.localhost", SignatureType.Ed25519, new byte[32]).Value;
        var note = UrgentNote.Of(
            new UrgentMessage
            {
                Record = network["ru"].Machine.Picture.Situation.Keys.Record, Id = new("forged"), From = new("us"), To = [new("ru")], Kind = UrgentKind.Stop,
                Role = Coordination.Flights.OfficerRole.Watch, Words = new(System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty.Add("en", "Stop")), About = null,
                SentAt = network["ru"].Machine.Clock.GetCurrentInstant(),
            },
            text => strange.Sign(text.Span));
        (await HandOverAsync(network, Server.Information.UrgentWire.Write([note]))).ShouldEndWith(" information.unknown-key\n");
        (await network["ru"].StopAsync(note.Hash.Hex)).ShouldBeNull();
        (await HandOverAsync(network, [0, 5, 1])).ShouldContain("information.not-a-sending");
        (await HandOverAsync(network, new byte[Server.Information.UrgentWire.MaximumRequestBytes + 1])).ShouldContain("json.too-large");
    }

    [Fact, Trait("Requirement", "INF-5")]
    public async Task Sender_SaysTheSameAgain_SendsOnce()
    {
        await using var network = await UrgentNetwork.StartAsync("us", "ru");
        var body = new { id = "stop-7", kind = "flight-safety", words = new { en = "Balloon." } };
        var first = await network["us"].PostAsync("/api/v1/stops", body, expected: HttpStatusCode.Accepted);
        var second = await network["us"].PostAsync("/api/v1/stops", body, expected: HttpStatusCode.Accepted);
        second.GetProperty("message").GetString().ShouldBe(first.GetProperty("message").GetString());
        var other = await network["us"].PostAsync("/api/v1/stops", new { id = "stop-7", kind = "stop", words = new { en = "Balloon." } }, expected: HttpStatusCode.Conflict);
        other.GetProperty("code").GetString().ShouldBe("information.id-reused");
        _ = await network["us"].PostAsync("/api/v1/stops", new { kind = "stop", to = Ends, words = new { en = "Stop." } }, expected: HttpStatusCode.UnprocessableEntity);
    }

    private static async Task<string> SendAsync(UrgentNetwork network) =>
        (await network["us"].PostAsync("/api/v1/stops", Stop, expected: HttpStatusCode.Accepted)).GetProperty("message").GetString()!;

    private static async Task<string> HandOverAsync(UrgentNetwork network, byte[] body)
    {
        using var client = new HttpClient { BaseAddress = network["ru"].Application.Address };
        using var answer = await client.PostAsync("/federation/v1/stops?from=us", new ByteArrayContent(body));
        return await answer.Content.ReadAsStringAsync();
    }

    private static async Task<string> EventsAsync(UrgentNetwork network, string party, string message) =>
        (await network[party].StopAsync(message))!.Value.GetProperty("course").GetRawText();

    private static StopReport Report(UrgentNetwork network, string party) => network[party].Machine.Picture.Situation.Stops.ShouldHaveSingleItem().Report;

    private static long Kept(UrgentNetwork network, string party) => network[party].Database.Read(connection => connection.QuerySingle<long>("SELECT count(*) FROM information_note"));

    private static SqliteConnection Lock(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        connection.Execute("BEGIN EXCLUSIVE");
        return connection;
    }
}
