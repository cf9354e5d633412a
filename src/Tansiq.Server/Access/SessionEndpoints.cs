using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime.Text;
using Tansiq.Coordination.Flights;
using Tansiq.Geo.Text;
using Tansiq.Server.Audit;
using Tansiq.Server.Nodes;
using Tansiq.Server.Problems;

namespace Tansiq.Server.Access;

/// <summary>Logging in and out, and what is one's own: sessions and passphrase.</summary>
internal sealed class SessionEndpoints(LogIn logIn, Sessions sessions, Accounts accounts, INode node)
{
    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/api/v1/session", LogInAsync).Needs(Permission.Anyone);
        endpoints.MapGet("/api/v1/session", ShowAsync).Needs(Permission.Self);
        endpoints.MapDelete("/api/v1/session", EndOwnAsync).Needs(Permission.Self);
        endpoints.MapGet("/api/v1/sessions", ListAsync).Needs(Permission.Self);
        endpoints.MapDelete("/api/v1/sessions/{id}", EndAsync).Needs(Permission.Self);
        endpoints.MapPut("/api/v1/passphrase", SetPassphraseAsync).Needs(Permission.Self);
    }

    /// <summary>Answers with a session that was opened: the cookie, and whose it is.</summary>
    internal static Task AnswerAsync(HttpContext context, OpenedSession session, INode node)
    {
        SessionCookie.Write(context, session);
        return JsonBody.WriteAsync(context, StatusCodes.Status200OK, json => Write(json, SessionCallers.CallerOf(session.Account, node), session.Account, session.Id));
    }

    private async Task LogInAsync(HttpContext context)
    {
        if (!SameOrigin.Holds(context.Request))
        {
            await Problem.WriteAsync(context, AccessCodes.CrossSite).ConfigureAwait(false);
            return;
        }

        var read = await JsonBody.ReadAsync(context, root =>
        {
            root.Only("officer", "passphrase");
            return (Officer: root["officer"].Text(JsonCursor.MaximumIdentifierLength), Passphrase: root["passphrase"].Text(PassphraseRules.MaximumLength * 2));
        }).ConfigureAwait(false);
        if (!read.TryGet(out var shown, out var refusal))
        {
            await Problem.WriteAsync(context, WithoutWhatStoodThere(refusal)).ConfigureAwait(false);
            return;
        }

        var opened = await logIn.WithPassphraseAsync(shown.Officer, shown.Passphrase, context.AuditActor().From, context.RequestAborted).ConfigureAwait(false);
        if (opened.TryGet(out var session, out refusal)) await AnswerAsync(context, session, node).ConfigureAwait(false);
        else await Problem.WriteAsync(context, refusal).ConfigureAwait(false);
    }

    private Task ShowAsync(HttpContext context)
    {
        var account = accounts.Find(context.Caller().Name)!;
        return JsonBody.WriteAsync(context, StatusCodes.Status200OK, json => Write(json, context.Caller(), account, SessionCallers.SessionOf(context)));
    }

    private Task EndOwnAsync(HttpContext context)
    {
        if (SessionCallers.SessionOf(context) is { } id) _ = sessions.End(context.Caller().Name, id, context.AuditActor());
        SessionCookie.Remove(context);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private Task ListAsync(HttpContext context)
    {
        var own = SessionCallers.SessionOf(context);
        return JsonBody.WriteAsync(context, StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("sessions");
            foreach (var session in sessions.List(context.Caller().Name))
            {
                json.WriteStartObject();
                json.WriteString("id", session.Id);
                json.WriteBoolean("current", session.Id == own);
                json.WriteString("way", session.Way);
                json.WriteString("from", session.From);
                json.WriteString("madeAt", InstantPattern.ExtendedIso.Format(session.MadeAt));
                json.WriteString("seenAt", InstantPattern.ExtendedIso.Format(session.SeenAt));
                json.WriteString("endsAt", InstantPattern.ExtendedIso.Format(session.EndsAt));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private Task EndAsync(HttpContext context)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        if (sessions.End(context.Caller().Name, id, context.AuditActor()) == 0) return Problem.WriteAsync(context, AccessCodes.NoSuch);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private async Task SetPassphraseAsync(HttpContext context)
    {
        var read = await JsonBody.ReadAsync(context, root =>
        {
            root.Only("present", "passphrase");
            return (Present: root["present"].Text(PassphraseRules.MaximumLength * 2), New: root["passphrase"].Text(PassphraseRules.MaximumLength * 2));
        }).ConfigureAwait(false);
        if (!read.TryGet(out var given, out var refusal))
        {
            await Problem.WriteAsync(context, WithoutWhatStoodThere(refusal)).ConfigureAwait(false);
            return;
        }

        var actor = context.AuditActor();
        refusal = await logIn.VerifyAsync(actor.Who, given.Present, actor.From, context.RequestAborted).ConfigureAwait(false)
            ?? (given.New == given.Present ? new Refusal(AccessCodes.WeakPassphrase, "/passphrase", "the present one", "another one") : null)
            ?? accounts.SetPassphrase(actor.Who, given.New, isOwn: true, SessionCallers.SessionOf(context), actor);
        if (refusal is not null) await Problem.WriteAsync(context, refusal).ConfigureAwait(false);
        else context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>A refusal quotes what stood there; where a passphrase stands it does not.</summary>
    internal static Refusal WithoutWhatStoodThere(Refusal refusal) => refusal with { Found = "" };

    private static void Write(Utf8JsonWriter json, Caller caller, OfficerAccount account, string? session)
    {
        json.WriteStartObject();
        json.WriteString("officer", caller.Name);
        json.WriteString("party", caller.Home!.Value);
        json.WriteStartArray("roles");
        foreach (var role in caller.Roles) json.WriteStringValue(NoticeWords.Word(role));
        json.WriteEndArray();
        json.WriteStartArray("may");
        foreach (var permission in caller.Permissions.Where(permission => permission != Permission.Anyone)) json.WriteStringValue(PermissionWords.Of(permission));
        json.WriteEndArray();
        json.WriteBoolean("mustSetPassphrase", account.Passphrase == PassphraseState.SetByAnother);
        if (session is not null) json.WriteString("session", session);
        json.WriteEndObject();
    }
}
