using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tansiq.Geo.Text;
using Tansiq.Server.Nodes;
using Tansiq.Server.Problems;

namespace Tansiq.Server.Parties;

/// <summary>Handovers of shifts: <c>GET</c> and <c>POST /api/v1/handovers</c>, <c>POST /api/v1/handovers/{id}/take-over</c>.</summary>
/// <param name="node">The node.</param>
/// <param name="handovers">The log.</param>
internal sealed class HandoverEndpoints(INode node, HandoverLog handovers)
{
    public Task ListAsync(HttpContext context)
    {
        if (!DeskRequests.Before(context).TryGet(out var before, out var refusal)) return Problem.WriteAsync(context, refusal);
        var page = handovers.List(before);
        return JsonBody.WriteAsync(context, StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("handovers");
            foreach (var handover in page) Write(json, handover);
            json.WriteEndArray();
            if (page.Count == HandoverLog.PageLength) json.WriteNumber("before", page[^1].Number);
            json.WriteEndObject();
        });
    }

    public async Task GiveAsync(HttpContext context)
    {
        var read = await JsonBody.ReadAsync(context, root =>
        {
            root.Only("id", "role", "text");
            return (Id: root["id"].Identifier(), Role: DeskRequests.Word(DeskRequests.Role(root["role"])), Text: root["text"].Text(DeskRequests.MaximumTextLength));
        }).ConfigureAwait(false);
        var made = DeskRequests.Officer(context).TryGet(out var officer, out var refusal) && read.TryGet(out var written, out refusal)
            ? handovers.Give(written.Id, written.Role, written.Text, node.Picture.Size, officer)
            : refusal;
        await DeskRequests.AnswerAsync(context, made, StatusCodes.Status201Created, Write).ConfigureAwait(false);
    }

    public Task TakeOverAsync(HttpContext context)
    {
        var made = DeskRequests.Officer(context).TryGet(out var officer, out var refusal)
            ? handovers.TakeOver((string)context.Request.RouteValues["id"]!, officer)
            : refusal;
        return DeskRequests.AnswerAsync(context, made, StatusCodes.Status200OK, Write);
    }

    private static void Write(Utf8JsonWriter json, Handover handover)
    {
        json.WriteStartObject();
        json.WriteNumber("number", handover.Number);
        json.WriteString("id", handover.Id);
        json.WriteString("role", handover.Role);
        json.WriteString("text", handover.Text);
        json.WriteNumber("recordSize", handover.RecordSize);
        json.WriteNumber("openCalls", handover.OpenCalls);
        json.WriteString("givenBy", handover.GivenBy);
        DeskRequests.Moment(json, "givenAt", handover.GivenAt);
        if (handover.TakenBy is { } officer) json.WriteString("takenBy", officer);
        if (handover.TakenAt is { } at) DeskRequests.Moment(json, "takenAt", at);
        json.WriteEndObject();
    }
}
