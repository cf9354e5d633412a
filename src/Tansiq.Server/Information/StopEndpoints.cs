using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using NodaTime;
using Tansiq.Coordination;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Information;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Geo.Text;
using Tansiq.Server.Access;
using Tansiq.Server.Nodes;
using Tansiq.Server.Problems;

namespace Tansiq.Server.Information;

/// <summary>The desk's endpoints of the urgent way, and the one by which other nodes hand notes over.</summary>
internal sealed class StopEndpoints(UrgentDesk desk, UrgentEvents events, INode node, IClock clock)
{
    /// <summary>The most bytes of a request of the desk.</summary>
    public const int MaximumRequestBytes = 65_536;

    private const int MaximumListed = 500;

    /// <summary><c>POST /api/v1/stops</c>.</summary>
    public async Task SendAsync(HttpContext context)
    {
        if (await BodyAsync(context, MaximumRequestBytes) is not { } body) return;
        var answer = JsonReading.Read(body, MaximumRequestBytes, refusesUnknownMembers: true, Asked);
        if (!answer.TryGet(out var message, out var refusal) || !desk.Send(message).TryGet(out var course, out refusal))
        {
            await Problem.WriteAsync(context, refusal);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.Headers.Location = "/api/v1/stops/" + course.Note.Hash.Hex;
        await WriteAsync(context, json => UrgentJson.Write(json, course, node.Identity.Party));
    }

    /// <summary><c>GET /api/v1/stops</c>: the newest first; those that are open before the others.</summary>
    public Task ListAsync(HttpContext context)
    {
        var state = desk.State;
        var isOpenOnly = context.Request.Query["open"] == "true";
        var courses = state.Open.Values.Where(each => each.Closing is null)
            .OrderByDescending(each => each.HeldSince)
            .Concat(isOpenOnly ? [] : state.Open.Values.Where(each => each.Closing is not null).Concat(state.Settled.Values).OrderByDescending(each => each.HeldSince))
            .Take(MaximumListed)
            .ToList();
        return WriteAsync(context, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("stops");
            foreach (var course in courses) UrgentJson.Write(json, course, node.Identity.Party);
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    /// <summary><c>GET /api/v1/stops/{message}</c>.</summary>
    public Task OneAsync(HttpContext context) => Found(context) is { } course
        ? WriteAsync(context, json => UrgentJson.Write(json, course, node.Identity.Party))
        : Problem.WriteAsync(context, ProblemCodes.NotFound);

    /// <summary><c>POST /api/v1/stops/{message}/answer</c>: a person answers; machines can't.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        if (await PersonAsync(context) is not { } course) return;
        if (await BodyAsync(context, MaximumRequestBytes) is not { } body) return;
        var refusal = course.Message.To.Contains(node.Identity.Party) ? null : new Refusal(UrgentCodes.NotAddressed, "", "", "");
        Words? words = null;
        if (refusal is null && !body.IsEmpty && !JsonReading.Read(body, MaximumRequestBytes, refusesUnknownMembers: true, Words).TryGet(out words, out refusal)) words = null;
        if (refusal is not null)
        {
            await Problem.WriteAsync(context, refusal);
            return;
        }

        var caller = context.Caller();
        desk.Take(new UrgentInput.Answer(course.Note.Hash, RoleOf(caller, course), caller.Name, words));
        await OneAsync(context);
    }

    /// <summary><c>POST /api/v1/stops/{message}/shown</c>: the client has it on the screen.</summary>
    public async Task ShownAsync(HttpContext context)
    {
        if (await PersonAsync(context) is not { } course) return;
        desk.Take(new UrgentInput.Shown(course.Note.Hash, RoleOf(context.Caller(), course)));
        await OneAsync(context);
    }

    /// <summary><c>POST /api/v1/stops/{message}/close</c>: a person of the sender ends it though not all have answered.</summary>
    public async Task CloseAsync(HttpContext context)
    {
        if (await PersonAsync(context) is not { } course) return;
        if (course.Message.From != node.Identity.Party)
        {
            await Problem.WriteAsync(context, UrgentCodes.NotAddressed);
            return;
        }

        var caller = context.Caller();
        desk.Take(new UrgentInput.Close(course.Note.Hash, RoleOf(caller, course), caller.Name));
        await OneAsync(context);
    }

    /// <summary><c>GET /api/v1/stops/events</c>: server-sent events, each message as it is now whenever something changes. The same is on the node's stream; this one needs no record.</summary>
    public async Task EventsAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            await context.Response.WriteAsync(":\n\n", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await foreach (var news in desk.NewsAsync(context.RequestAborted))
            {
                if (desk.State.Find(news.Message) is not { } course) continue;
                await context.Response.WriteAsync($"event: {UrgentEvents.KindOf(news)}\ndata: {Encoding.UTF8.GetString(events.Json(news, course).Span)}\n\n", context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }
        }
        catch (OperationCanceledException)
        {
            // The client went away.
        }
    }

    /// <summary><c>POST /federation/v1/stops</c>: whoever brings a note, it counts by its own signature. Nothing here limits how often.</summary>
    public async Task ReceiveAsync(HttpContext context)
    {
        if (await BodyAsync(context, UrgentWire.MaximumRequestBytes) is not { } body) return;
        if (UrgentWire.Split(body) is not { } notes)
        {
            await Problem.WriteAsync(context, new Refusal("information.not-a-sending", "", $"{body.Length} bytes", $"1 to {UrgentSteps.MaximumNotesOfSending} notes, each after its length"));
            return;
        }

        var from = context.Request.Query["from"].ToString();
        var path = JsonCursor.IsIdentifier(from) ? new Id<Party>(from) : null;
        var answer = new StringBuilder();
        foreach (var (hash, code) in desk.Receive(notes, path)) answer.Append(UrgentWire.Line(hash, code));
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(answer.ToString(), context.RequestAborted);
    }

    private UrgentMessage Asked(JsonCursor root)
    {
        root.Only("id", "kind", "to", "role", "words", "about");
        var founding = node.Picture.Situation.Founding;
        var self = node.Identity.Party;
        var others = founding is null ? [] : founding.Parties.Keys.Append(founding.Office).Where(party => party != self).ToImmutableSortedSet();
        var to = root["to"].Exists
            ? root["to"].Set(item => item.KnownId<Party>(others.Contains, "parties.unknown-party", "another signatory or the office"))
            : founding is null ? [] : others.Remove(founding.Office);
        if (to.IsEmpty && !root.Reading.IsRefused) root["to"].Refuse("json.missing", "whom it is for");
        var about = root["about"].Exists ? ContentHash.Parse(root["about"].Text(2 * ContentHash.ByteCount)) : null;
        if (about is null && root["about"].Exists) root["about"].Refuse("json.wrong-type", "64 lower-case hexadecimal digits");
        return new()
        {
            Record = node.Picture.Situation.Keys.Record,
            Id = root["id"].Exists ? root["id"].Id<UrgentMessage>() : new(Guid.CreateVersion7().ToString("D", CultureInfo.InvariantCulture)),
            From = self,
            To = to,
            Kind = root["kind"].UrgentKind(),
            Role = root["role"].Exists ? root["role"].UrgentRole() : OfficerRole.Watch,
            Words = root["words"].UrgentWords(),
            About = about,
            SentAt = clock.GetCurrentInstant(),
        };
    }

    private static Words? Words(JsonCursor root)
    {
        root.Only("words");
        return root["words"].Exists ? root["words"].UrgentWords() : null;
    }

    /// <summary>The message that a person acts on; null where the refusal is written.</summary>
    private async Task<UrgentCourse?> PersonAsync(HttpContext context)
    {
        var (course, caller) = (Found(context), context.Caller());
        if (course is null) await Problem.WriteAsync(context, ProblemCodes.NotFound);
        else if (caller.Kind != CallerKind.Officer) await Problem.WriteAsync(context, UrgentCodes.AnsweredByMachine);
        // A liaison officer of another party sees it and may send one, but does not answer for this party.
        else if (caller.Home is { } home && home != node.Identity.Party) await Problem.WriteAsync(context, UrgentCodes.NotAddressed);
        else return course;
        return null;
    }

    private UrgentCourse? Found(HttpContext context) =>
        context.Request.RouteValues["message"] is string text && ContentHash.Parse(text) is { } message ? desk.State.Find(message) : null;

    /// <summary>The role in which an officer acts: the one that is addressed if it has that, else its highest.</summary>
    private static OfficerRole RoleOf(Caller caller, UrgentCourse course) =>
        caller.Roles.Contains(course.Message.Role) || caller.Roles.IsEmpty ? course.Message.Role : caller.Roles.Max;

    /// <summary>The body of a request; null where it is too large and that was answered.</summary>
    private static async Task<ReadOnlyMemory<byte>?> BodyAsync(HttpContext context, int maximumBytes)
    {
        using var body = new MemoryStream();
        var buffer = new byte[16_384];
        int count;
        while ((count = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0)
        {
            if (body.Length + count > maximumBytes)
            {
                await Problem.WriteAsync(context, new Refusal("json.too-large", "", "", string.Create(CultureInfo.InvariantCulture, $"at most {maximumBytes} bytes")));
                return null;
            }

            body.Write(buffer, 0, count);
        }

        return body.ToArray();
    }

    private static async Task WriteAsync(HttpContext context, Action<Utf8JsonWriter> write)
    {
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.Body.WriteAsync(Json(write), context.RequestAborted);
    }

    private static ReadOnlyMemory<byte> Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(1_024);
        using (var json = new Utf8JsonWriter(buffer)) write(json);
        return buffer.WrittenMemory;
    }
}
