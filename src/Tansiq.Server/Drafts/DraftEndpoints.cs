using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;
using Tansiq.Coordination.Statements;
using Tansiq.Geo.Text;
using Tansiq.Server.Access;
using Tansiq.Server.Audit;
using Tansiq.Server.Nodes;
using Tansiq.Server.Problems;

namespace Tansiq.Server.Drafts;

/// <summary>Drafting and releasing over HTTP. Another party's liaison officer sees no draft: nothing leaves a centre but what its officers release (PTY-1).</summary>
internal sealed class DraftEndpoints(DraftStore drafts, DraftRelease release, INode node, AuditLog audit, IClock clock)
{
    private const int PageLength = 100;
    private const string One = "/api/v1/drafts/{id}";

    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/api/v1/drafts", ListAsync).Needs(Permission.Draft);
        endpoints.MapPost("/api/v1/drafts", AddAsync).Needs(Permission.Draft);
        endpoints.MapGet(One, ShowAsync).Needs(Permission.Draft);
        endpoints.MapPut(One, ChangeAsync).Needs(Permission.Draft);
        endpoints.MapDelete(One, DiscardAsync).Needs(Permission.Draft);
        endpoints.MapPost(One + "/release", ReleaseAsync).Needs(Permission.Release);
        endpoints.MapPost("/api/v1/statements", SayAsync).Needs(Permission.Release);
    }

    private Task ListAsync(HttpContext context)
    {
        var page = drafts.List(context.Request.Query["after"].ToString(), PageLength, context.Request.Query["state"] == "draft");
        return JsonBody.WriteAsync(context, StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("drafts");
            foreach (var draft in page) DraftAnswers.WriteInList(json, draft, node);
            json.WriteEndArray();
            if (page.Count == PageLength) json.WriteString("next", page[^1].Id.Value);
            json.WriteEndObject();
        });
    }

    private async Task AddAsync(HttpContext context)
    {
        if (!(await NewAsync(context).ConfigureAwait(false)).TryGet(out var draft, out var refusal))
        {
            await Problem.WriteAsync(context, refusal).ConfigureAwait(false);
            return;
        }

        if (Same(draft) is { } before) await ShowAsync(context, before, StatusCodes.Status200OK).ConfigureAwait(false);
        else if (Tried(draft).Refusal is { } problem) await Problem.WriteAsync(context, problem).ConfigureAwait(false);
        else if (drafts.Add(draft, context.AuditActor()).TryGet(out var kept, out refusal)) await ShowAsync(context, kept, StatusCodes.Status201Created).ConfigureAwait(false);
        else await Problem.WriteAsync(context, refusal).ConfigureAwait(false);
    }

    private Task ShowAsync(HttpContext context) => drafts.Find(Id(context)) is { } draft
        ? ShowAsync(context, draft, StatusCodes.Status200OK)
        : Problem.WriteAsync(context, DraftCodes.NoSuch);

    private async Task ChangeAsync(HttpContext context)
    {
        if (drafts.Find(Id(context)) is not { } before)
        {
            await Problem.WriteAsync(context, DraftCodes.NoSuch).ConfigureAwait(false);
            return;
        }

        var read = await JsonBody.ReadAsync(context, root => DraftReading.Changed(root, before, context.Behind()), DraftReading.MaximumBytes).ConfigureAwait(false);
        if (!read.TryGet(out var draft, out var refusal)
            || (refusal = MayDraft(context, draft.Type, AuditActs.ChangeDraft)) is not null
            || !Tried(draft).TryGet(out _, out refusal)
            || !drafts.Change(draft, context.AuditActor()).TryGet(out draft, out refusal))
        {
            await Problem.WriteAsync(context, refusal).ConfigureAwait(false);
            return;
        }

        await ShowAsync(context, draft, StatusCodes.Status200OK).ConfigureAwait(false);
    }

    private Task DiscardAsync(HttpContext context)
    {
        if (drafts.Find(Id(context)) is not { } draft) return Problem.WriteAsync(context, DraftCodes.NoSuch);
        if ((MayDraft(context, draft.Type, AuditActs.DiscardDraft) ?? drafts.Discard(draft.Id.Value, draft.Revision, context.AuditActor())) is { } refusal) return Problem.WriteAsync(context, refusal);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private async Task ReleaseAsync(HttpContext context)
    {
        var read = await JsonBody.ReadAsync(context, root =>
        {
            root.Only("revision");
            return DraftReading.Revision(root);
        }).ConfigureAwait(false);
        if (!read.TryGet(out var revision, out var refusal)) await Problem.WriteAsync(context, refusal).ConfigureAwait(false);
        else if (drafts.Find(Id(context)) is not { } draft) await Problem.WriteAsync(context, DraftCodes.NoSuch).ConfigureAwait(false);
        else await DraftAnswers.AnswerAsync(context, await release.ReleaseAsync(context, draft, revision).ConfigureAwait(false), draft).ConfigureAwait(false);
    }

    /// <summary>Draft and release in one, where one person may do both. What was refused leaves no draft behind.</summary>
    private async Task SayAsync(HttpContext context)
    {
        if (!(await NewAsync(context).ConfigureAwait(false)).TryGet(out var draft, out var refusal) || !KeepOrFind(context, draft).TryGet(out var kept, out refusal))
        {
            await Problem.WriteAsync(context, refusal).ConfigureAwait(false);
            return;
        }

        var answer = await release.ReleaseAsync(context, kept.Draft, kept.Draft.Revision).ConfigureAwait(false);
        if (answer is Submission.Refused && kept.IsNew) _ = drafts.Discard(draft.Id.Value, draft.Revision, context.AuditActor());
        await DraftAnswers.AnswerAsync(context, answer, kept.Draft).ConfigureAwait(false);
    }

    private async Task<Parsed<Draft>> NewAsync(HttpContext context)
    {
        var read = await JsonBody.ReadAsync(context, root => DraftReading.New(root, context.Behind(), clock.GetCurrentInstant()), DraftReading.MaximumBytes).ConfigureAwait(false);
        return read.TryGet(out var draft, out var refusal) && (refusal = MayDraft(context, draft.Type, AuditActs.Draft)) is null ? draft : refusal;
    }

    /// <summary>Keeps a new draft; one that is there already with the same content is that draft (idempotent by identifier).</summary>
    private Parsed<(Draft Draft, bool IsNew)> KeepOrFind(HttpContext context, Draft draft)
    {
        if (Same(draft) is { } before) return (before, false);
        return drafts.Add(draft, context.AuditActor()).TryGet(out var kept, out var refusal) ? (kept, true) : refusal;
    }

    private Draft? Same(Draft draft) => drafts.Find(draft.Id.Value) is { } before
        && before.Type == draft.Type
        && before.Body.Span.SequenceEqual(draft.Body.Span)
        && before.Attachments.Length == draft.Attachments.Length
        && before.Attachments.Zip(draft.Attachments).All(pair => pair.First.Span.SequenceEqual(pair.Second.Span))
            ? before
            : null;

    private Refusal? MayDraft(HttpContext context, string type, string act)
    {
        if (DraftRules.DraftProblem(context.Caller(), node, type) is not { } refusal) return null;
        audit.Add(new(context.AuditActor(), act, type, refusal.Code));
        return refusal;
    }

    private Parsed<Statement> Tried(Draft draft) => DraftText.Try(DraftText.Write(draft, node, officer: null, clock.GetCurrentInstant()), draft, node);

    private Task ShowAsync(HttpContext context, Draft draft, int status)
    {
        var tried = draft.Released is null ? Tried(draft) : (Parsed<Statement>?)null;
        return JsonBody.WriteAsync(context, status, json => DraftAnswers.Write(json, draft, node, tried));
    }

    private static string Id(HttpContext context) => (string)context.Request.RouteValues["id"]!;
}
