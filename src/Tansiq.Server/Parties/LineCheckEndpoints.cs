using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using NodaTime;
using Tansiq.Coordination;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Geo.Text;
using Tansiq.Server.Nodes;
using Tansiq.Server.Problems;

namespace Tansiq.Server.Parties;

/// <summary>Line checks: when they fall due, what was missed, and one that was made: it goes on the record.</summary>
/// <param name="node">The node.</param>
/// <param name="missed">The alarms.</param>
/// <param name="clock">The node's clock.</param>
internal sealed class LineCheckEndpoints(INode node, MissedChecks missed, IClock clock)
{
    public Task ListAsync(HttpContext context)
    {
        var situation = node.Picture.Situation;
        var (lines, alarms) = (LineCheckSchedule.Of(situation, node.Identity.Party, clock.GetCurrentInstant()), missed.List());
        return JsonBody.WriteAsync(context, StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("lines");
            foreach (var line in lines) Write(json, line);
            json.WriteEndArray();
            json.WriteStartArray("missed");
            foreach (var alarm in alarms) Write(json, alarm);
            json.WriteEndArray();
            json.WriteStartArray("checks");
            foreach (var (party, checks) in situation.Desks.LineChecks)
            {
                foreach (var check in checks) Write(json, party, check);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    public async Task SayAsync(HttpContext context)
    {
        var founding = node.Picture.Situation.Founding;
        var now = clock.GetCurrentInstant();
        var read = await JsonBody.ReadAsync(context, root =>
        {
            root.Only("id", "with", "path", "answered", "at");
            var check = new LineCheck(
                DeskRequests.Desk(root["with"], founding), DeskRequests.Line(root["path"]), root["answered"].Boolean(), root["at"].Exists ? root["at"].Instant() : now);
            return (Id: root["id"].Id<Statement>(), Check: check);
        }).ConfigureAwait(false);
        if (!read.TryGet(out var said, out var refusal))
        {
            await Problem.WriteAsync(context, refusal).ConfigureAwait(false);
            return;
        }

        // Who says when it was tried can send it again: the text is the same then.
        var officer = DeskRequests.Speaking(context, founding?.Authority ?? AuthorityMatrix.Default, StatementTypes.LineCheck);
        var text = StatementWriter.Write(said.Id, node.Identity.Party, officer, said.Check.At, said.Check).Value;
        var answer = await node.SayAsync(text, [], context.RequestAborted).ConfigureAwait(false);
        await AnswerAsync(context, answer).ConfigureAwait(false);
    }

    public Task AcknowledgeAsync(HttpContext context)
    {
        if (!DeskRequests.Officer(context).TryGet(out var officer, out var refusal)) return Problem.WriteAsync(context, refusal);
        var text = context.Request.RouteValues["number"] as string;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || !missed.Acknowledge(number, officer))
            return Problem.WriteAsync(context, new Refusal(DeskCodes.NoSuch, "", JsonText.Shorten(text ?? ""), "the number of an alarm"));
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static Task AnswerAsync(HttpContext context, Submission answer) => answer switch
    {
        Submission.Accepted accepted => JsonBody.WriteAsync(context, accepted.IsRepeated ? StatusCodes.Status200OK : StatusCodes.Status201Created, json =>
        {
            json.WriteStartObject();
            json.WriteString("hash", accepted.Hash.Hex);
            json.WriteNumber("index", accepted.Index);
            json.WriteEndObject();
        }),
        Submission.Waiting waiting => JsonBody.WriteAsync(context, StatusCodes.Status202Accepted, json =>
        {
            json.WriteStartObject();
            json.WriteString("hash", waiting.Hash.Hex);
            json.WriteEndObject();
        }),
        Submission.Refused refused => Problem.WriteAsync(context, refused.Refusal),
        _ => throw new InvalidOperationException("An answer of an unknown kind."),
    };

    private static void Write(Utf8JsonWriter json, LineCheckDue line)
    {
        json.WriteStartObject();
        json.WriteString("with", line.With.Value);
        json.WriteString("state", line.State switch
        {
            LineCheckState.NotSet => "not-set",
            LineCheckState.Waiting => "waiting",
            LineCheckState.Due => "due",
            _ => "missed",
        });
        if (line.LastAnswered is { } last) DeskRequests.Moment(json, "lastAnswered", last);
        if (line.DueAt is { } due) DeskRequests.Moment(json, "dueAt", due);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, MissedCheck alarm)
    {
        json.WriteStartObject();
        json.WriteNumber("number", alarm.Number);
        json.WriteString("with", alarm.With.Value);
        DeskRequests.Moment(json, "dueAt", alarm.DueAt);
        DeskRequests.Moment(json, "raisedAt", alarm.RaisedAt);
        if (alarm.SeenBy is { } officer) json.WriteString("seenBy", officer);
        if (alarm.SeenAt is { } at) DeskRequests.Moment(json, "seenAt", at);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Id<Party> party, RecordedLineCheck check)
    {
        json.WriteStartObject();
        json.WriteString("party", party.Value);
        json.WriteString("with", check.Check.With.Value);
        json.WriteString("path", DeskRequests.Word(check.Check.Path));
        json.WriteBoolean("answered", check.Check.IsAnswered);
        DeskRequests.Moment(json, "at", check.Check.At);
        json.WriteNumber("index", check.Place.Index);
        json.WriteEndObject();
    }
}
