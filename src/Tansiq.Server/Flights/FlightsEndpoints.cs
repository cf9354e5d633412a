using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using NodaTime;
using NodaTime.Text;
using Tansiq.Coordination;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Geo.Text;
using Tansiq.Record.Logs;
using Tansiq.Server.Access;
using Tansiq.Server.Nodes;
using Tansiq.Server.Problems;

namespace Tansiq.Server.Flights;

/// <summary>Alarms and the comparison of verdicts over HTTP.</summary>
internal sealed class FlightsEndpoints(INode node, AlarmsKept kept, StandingWatch watch, VerdictComparison comparison, IClock clock)
{
    private const int DefaultLimit = 100;
    private const int MaximumLimit = 500;

    /// <summary><c>GET /api/v1/alarms?after=NUMBER&amp;open=true&amp;limit=COUNT</c>: in order of their numbers.</summary>
    public Task AlarmsAsync(HttpContext context)
    {
        var query = context.Request.Query;
        if (!TryNumber(query["after"].ToString(), 0, out var after)) return Problem.WriteAsync(context, new Refusal("flights.bad-question", "after", "", "the number of an alarm"));
        if (!TryNumber(query["limit"].ToString(), DefaultLimit, out var limit) || limit is 0 or > MaximumLimit)
            return Problem.WriteAsync(context, new Refusal("flights.bad-question", "limit", "", string.Create(CultureInfo.InvariantCulture, $"1 to {MaximumLimit}")));
        return GuardedAsync(context, () =>
        {
            var alarms = kept.Read(after, query["open"] == "true", (int)limit);
            return WriteAsync(context, json =>
            {
                json.WriteStartObject();
                json.WriteBoolean("deciding", watch.IsDeciding);
                json.WriteStartArray("alarms");
                foreach (var alarm in alarms) AlarmJson.Write(json, alarm, node.Identity.Party);
                json.WriteEndArray();
                json.WriteEndObject();
            });
        });
    }

    /// <summary><c>POST /api/v1/alarms/{number}/acknowledge</c>: a person took note; who and when is kept.</summary>
    public Task AcknowledgeAsync(HttpContext context)
    {
        if (!TryNumber(context.Request.RouteValues["number"] as string ?? "", -1, out var number)) return Problem.WriteAsync(context, ProblemCodes.NotFound);
        if (context.Caller().Kind != CallerKind.Officer) return Problem.WriteAsync(context, "flights.acknowledged-by-machine");
        return GuardedAsync(context, () => kept.Acknowledge(number, context.Caller().Name, clock.GetCurrentInstant()) is { } alarm
            ? WriteAsync(context, json => AlarmJson.Write(json, alarm, node.Identity.Party))
            : Problem.WriteAsync(context, ProblemCodes.NotFound));
    }

    /// <summary><c>GET /api/v1/notices/{party}/{id}/verdicts</c>: our verdict and what each other node says of it.</summary>
    public async Task VerdictsAsync(HttpContext context)
    {
        var (party, id) = (context.Request.RouteValues["party"] as string ?? "", context.Request.RouteValues["id"] as string ?? "");
        if (!JsonCursor.IsIdentifier(party) || !JsonCursor.IsIdentifier(id) || node.Picture.Situation.FindNotice(new Id<Party>(party), new Id<Statement>(id)) is not { } filed)
        {
            await Problem.WriteAsync(context, ProblemCodes.NotFound);
            return;
        }

        var (question, verdict, digest, others) = await comparison.CompareAsync(filed, context.RequestAborted);
        await WriteAsync(context, json =>
        {
            json.WriteStartObject();
            json.WriteString("party", party);
            json.WriteString("id", id);
            json.WriteString("verdict", VerdictWriter.Word(verdict.Kind));
            json.WriteNumber("knownAtSize", question.KnownAt);
            json.WriteNumber("jointSize", question.Joint);
            json.WriteString("validAt", InstantPattern.ExtendedIso.Format(question.ValidAt));
            json.WriteNumber("rulesVersion", verdict.RulesVersion);
            json.WriteString("digest", digest.Hex);
            json.WriteStartArray("others");
            foreach (var other in others)
            {
                json.WriteStartObject();
                json.WriteString("party", other.Party.Value);
                json.WriteString("says", other.Digest is null ? "not-known" : other.Digest == digest ? "equal" : "different");
                if (other.Digest is not null) json.WriteString("digest", other.Digest.Hex);
                else json.WriteString("code", other.Code);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    /// <summary><c>GET /federation/v1/verdicts/{notice}?knownAt&amp;joint&amp;validAt</c>: the hash of our verdict, in hexadecimal and a newline.</summary>
    public Task DigestAsync(HttpContext context)
    {
        if (!VerdictQuestion.Of(context).TryGet(out var question, out var refusal) || !question.AnsweredBy(node.Picture).TryGet(out var digest, out refusal)) return Problem.WriteAsync(context, refusal);
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(digest.Hex + "\n", context.RequestAborted);
    }

    private static bool TryNumber(string text, long missing, out long number)
    {
        number = missing;
        return text.Length == 0 ? missing >= 0 : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    private static async Task GuardedAsync(HttpContext context, Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (RecordStoreException failure)
        {
            await Problem.WriteAsync(context, failure.IsFull ? "record.disk-full" : "record.store-failed");
        }
    }

    private static async Task WriteAsync(HttpContext context, Action<Utf8JsonWriter> write)
    {
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.Body.WriteAsync(Json(write), context.RequestAborted);
    }

    private static ReadOnlyMemory<byte> Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1_024);
        using (var json = new Utf8JsonWriter(buffer)) write(json);
        return buffer.WrittenMemory;
    }
}
