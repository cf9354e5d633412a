using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tansiq.Geo.Text;
using Tansiq.Server.Nodes;
using Tansiq.Server.Problems;

namespace Tansiq.Server.Parties;

/// <summary>The call log: <c>GET</c> and <c>POST /api/v1/calls</c>, <c>POST /api/v1/calls/{id}/read-back</c>.</summary>
/// <param name="node">The node.</param>
/// <param name="calls">The log.</param>
internal sealed class CallEndpoints(INode node, CallLog calls)
{
    public Task ListAsync(HttpContext context)
    {
        if (!DeskRequests.Before(context).TryGet(out var before, out var refusal)) return Problem.WriteAsync(context, refusal);
        var page = calls.List(before, context.Request.Query["open"] == "true");
        return JsonBody.WriteAsync(context, StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("calls");
            foreach (var call in page) Write(json, call);
            json.WriteEndArray();
            if (page.Count == CallLog.PageLength) json.WriteNumber("before", page[^1].Number);
            json.WriteEndObject();
        });
    }

    public async Task OpenAsync(HttpContext context)
    {
        var founding = node.Picture.Situation.Founding;
        var read = await JsonBody.ReadAsync(context, root =>
        {
            root.Only("id", "with", "direction", "line", "role", "text");
            return new CallEntry(
                root["id"].Identifier(),
                DeskRequests.Desk(root["with"], founding).Value,
                root["direction"].OneOf(("made", false), ("received", true)),
                DeskRequests.Word(DeskRequests.Line(root["line"])),
                DeskRequests.Word(DeskRequests.Role(root["role"])),
                root["text"].Text(DeskRequests.MaximumTextLength));
        }).ConfigureAwait(false);
        var made = DeskRequests.Officer(context).TryGet(out var officer, out var refusal) && read.TryGet(out var entry, out refusal) ? calls.Open(entry, officer) : refusal;
        await DeskRequests.AnswerAsync(context, made, StatusCodes.Status201Created, Write).ConfigureAwait(false);
    }

    public async Task ReadBackAsync(HttpContext context)
    {
        var read = await JsonBody.ReadAsync(context, root =>
        {
            root.Only("text", "right");
            return (Text: root["text"].Text(DeskRequests.MaximumTextLength), IsRight: root["right"].Boolean());
        }).ConfigureAwait(false);
        var id = (string)context.Request.RouteValues["id"]!;
        var made = DeskRequests.Officer(context).TryGet(out var officer, out var refusal) && read.TryGet(out var said, out refusal)
            ? calls.ReadBack(id, said.Text, said.IsRight, officer)
            : refusal;
        await DeskRequests.AnswerAsync(context, made, StatusCodes.Status200OK, Write).ConfigureAwait(false);
    }

    private static void Write(Utf8JsonWriter json, LoggedCall call)
    {
        json.WriteStartObject();
        json.WriteNumber("number", call.Number);
        json.WriteString("id", call.Entry.Id);
        json.WriteString("with", call.Entry.Party);
        json.WriteString("direction", call.Entry.IsReceived ? "received" : "made");
        json.WriteString("line", call.Entry.Line);
        json.WriteString("role", call.Entry.Role);
        json.WriteString("text", call.Entry.Text);
        json.WriteString("openedBy", call.OpenedBy);
        DeskRequests.Moment(json, "openedAt", call.OpenedAt);
        if (call.ClosedAt is { } closed) DeskRequests.Moment(json, "closedAt", closed);
        json.WriteStartArray("readBacks");
        foreach (var each in call.ReadBacks)
        {
            json.WriteStartObject();
            json.WriteString("text", each.Text);
            json.WriteBoolean("right", each.IsRight);
            json.WriteString("by", each.By);
            DeskRequests.Moment(json, "at", each.At);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
