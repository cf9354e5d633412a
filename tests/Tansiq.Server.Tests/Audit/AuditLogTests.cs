using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using NodaTime;
using Tansiq.Coordination.Flights;
using Tansiq.Server.Access;
using Tansiq.Server.Audit;
using Tansiq.Server.Tests.Access;
using Tansiq.Server.Tests.Nodes;
using Tansiq.Storage.Private;

namespace Tansiq.Server.Tests.Audit;

/// <summary>Who did what, when and from where, refused attempts too; a row that was changed shows.</summary>
public sealed class AuditLogTests
{
    [Fact, Trait("Requirement", "PTY-4")]
    public async Task Acts_DoneAndRefused_AreWrittenWithoutSecretsOrNames()
    {
        await using var node = await StaffedNode.StartAsync();
        _ = node.Officer("a-1", [], administers: true);
        _ = node.Officer("w-1", [OfficerRole.Watch]);
        var administrator = await node.LogInAsync("a-1");
        using var guesser = node.Browser();
        _ = await StaffedNode.LogInAsync(guesser, "w-1", "wrong guess number one");
        _ = await StaffedNode.LogInAsync(guesser, "my own passphrase typed here", "w-1");
        var watch = await node.LogInAsync("w-1");
        (await watch.GetAsync("/api/v1/audit")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await guesser.GetAsync("/api/v1/tokens")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var token = await (await administrator.PostAsJsonAsync("/api/v1/tokens", new { name = "planning", scopes = new List<string> { "read" }, days = 1 })).Content.ReadFromJsonAsync<JsonElement>();
        _ = await watch.PostAsJsonAsync("/api/v1/statements", new { type = "flights.consent", id = "x-1", body = new { cites = new string('0', 64) } });

        var text = await administrator.GetStringAsync("/api/v1/audit?limit=1000&verify");
        var log = JsonDocument.Parse(text).RootElement;
        log.GetProperty("unchanged").GetBoolean().ShouldBeTrue();
        log.GetProperty("entries").EnumerateArray().Select(row => $"{row.GetProperty("kind").GetString()} {row.GetProperty("who").GetString()} {row.GetProperty("act").GetString()} {(row.TryGetProperty("code", out var code) ? code.GetString() : "done")}").ShouldBe(
        [
            "nobody  accounts.add done",
            "nobody  accounts.add done",
            "officer a-1 access.log-in done",
            "nobody  access.log-in access.log-in-refused",
            "nobody  access.log-in access.log-in-refused",
            "officer w-1 access.log-in done",
            "officer w-1 access.call access.not-permitted",
            "nobody  access.call access.unknown-caller",
            "officer a-1 tokens.add done",
            "officer w-1 drafts.make done",
            "officer w-1 drafts.release drafts.role",
            "officer w-1 drafts.discard done",
        ]);
        log.GetProperty("entries")[2].GetProperty("from").GetString().ShouldBe("127.0.0.1");
        foreach (var secret in new[] { StaffedNode.Passphrase, "wrong guess", "typed here", "Quillfeather", "555 0147", token.GetProperty("token").GetString()! }) text.ShouldNotContain(secret, Case.Insensitive);
        (await administrator.GetFromJsonAsync<JsonElement>("/api/v1/audit?after=2&limit=3")).GetProperty("next").GetInt64().ShouldBe(5);
        (await administrator.GetAsync("/api/v1/audit?limit=1001")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory, Trait("Requirement", "PTY-4")]
    [InlineData("UPDATE audit_entry SET who = 'somebody else' WHERE number = 3", 3)]
    [InlineData("UPDATE audit_entry SET at = at + 1 WHERE number = 1", 1)]
    [InlineData("UPDATE audit_entry SET refusal = NULL WHERE number = 4", 4)]
    [InlineData("DELETE FROM audit_entry WHERE number = 2", 2)]
    [InlineData("UPDATE audit_entry SET hash = replace(hash, 'a', 'b') WHERE number = 5", 5)]
    [InlineData("UPDATE audit_entry SET act = about, about = act WHERE number = 2", 2)]
    public void Row_Changed_Shows(string change, long first)
    {
        using var folder = new TemporaryFolder();
        using var database = PrivateDatabase.Open(folder.File("private.db"), AuditTables.Schema);
        var log = new AuditLog(database, SystemClock.Instance);
        for (var number = 1; number <= 6; number++) log.Add(new(new(CallerKind.Officer, "w-" + number, "127.0.0.1"), AuditActs.Draft, "flights.notice a" + number, number == 4 ? "drafts.role" : null));
        log.FirstChanged().ShouldBeNull();
        using var connection = new SqliteConnection($"Data Source={database.Path};Pooling=False");
        Should.Throw<SqliteException>(() => connection.Execute(change)).Message.ShouldContain("only added to");
        connection.Execute("DROP TRIGGER audit_entry_is_not_changed; DROP TRIGGER audit_entry_is_not_removed;");
        connection.Execute(change).ShouldBe(1);
        log.FirstChanged().ShouldBe(first);
    }

    [Fact, Trait("Requirement", "PTY-4")]
    public void Nobody_KnockingWithoutEnd_IsCountedAndDoesNotFillTheDisk()
    {
        using var folder = new TemporaryFolder();
        using var database = PrivateDatabase.Open(folder.File("private.db"), AuditTables.Schema);
        var clock = new MovedClock(Instant.FromUtc(2016, 9, 17, 14, 0));
        var log = new AuditLog(database, clock);
        var knock = new AuditEvent(new(CallerKind.Nobody, "", "192.0.2.1"), AuditActs.Call, "GET /api/v1/audit", "access.unknown-caller");
        for (var count = 0; count < 1_000; count++) log.Add(knock);
        log.Read(0, 1_000).Count.ShouldBe(NobodyBudget.EventsPerMinute);
        log.Add(knock with { Actor = new(CallerKind.Officer, "w-1", "192.0.2.1") });
        clock.Move(Duration.FromMinutes(1));
        log.Add(knock);
        var rows = log.Read(NobodyBudget.EventsPerMinute, 10);
        rows.Select(row => row.Event.Act).ShouldBe([AuditActs.Call, AuditActs.PassedOver, AuditActs.Call]);
        rows[1].Event.About.ShouldBe("880");
        log.FirstChanged().ShouldBeNull();
    }
}
