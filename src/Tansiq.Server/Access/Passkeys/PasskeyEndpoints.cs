using System.Buffers.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Text;
using Tansiq.Geo.Text;
using Tansiq.Server.Audit;
using Tansiq.Server.Nodes;
using Tansiq.Server.Problems;

namespace Tansiq.Server.Access.Passkeys;

/// <summary>
/// Logging in with a passkey, and one's own passkeys (WebAuthn Level 3 by the framework). A passkey shows itself who it is of: no name is asked for, so nobody
/// learns which names there are.
/// </summary>
internal sealed class PasskeyEndpoints(PasskeyCeremonies ceremonies, LogIn logIn, INode node, AuditLog audit)
{
    private const int MaximumNameLength = 64;

    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/api/v1/session/passkey/question", AskToLogInAsync).Needs(Permission.Anyone);
        endpoints.MapPost("/api/v1/session/passkey", LogInAsync).Needs(Permission.Anyone);
        endpoints.MapGet("/api/v1/passkeys", ListAsync).Needs(Permission.Self);
        endpoints.MapPost("/api/v1/passkeys/question", AskToAddAsync).Needs(Permission.Self);
        endpoints.MapPost("/api/v1/passkeys", AddAsync).Needs(Permission.Self);
        endpoints.MapDelete("/api/v1/passkeys/{id}", RemoveAsync).Needs(Permission.Self);
    }

    private async Task AskToLogInAsync(HttpContext context)
    {
        if (!await IsOfOwnPagesAsync(context).ConfigureAwait(false)) return;
        var asked = await Handler(context).MakeRequestOptionsAsync(user: null, context).ConfigureAwait(false);
        await AnswerQuestionAsync(context, ceremonies.Ask("", asked.AssertionState!), asked.RequestOptionsJson).ConfigureAwait(false);
    }

    private async Task LogInAsync(HttpContext context)
    {
        if (!await IsOfOwnPagesAsync(context).ConfigureAwait(false)) return;
        var read = await JsonBody.ReadAsync(context, root => Answer(root, "question", "credential")).ConfigureAwait(false);
        if (!read.TryGet(out var given, out var refusal))
        {
            await Problem.WriteAsync(context, refusal).ConfigureAwait(false);
            return;
        }

        var from = context.AuditActor().From;
        var state = ceremonies.Take(given.Question, "");
        var shown = state is null ? null : await Handler(context).PerformAssertionAsync(new() { HttpContext = context, CredentialJson = given.Credential, AssertionState = state }).ConfigureAwait(false);
        if (shown is not { Succeeded: true })
        {
            await Problem.WriteAsync(context, logIn.Refused("", from)).ConfigureAwait(false);
            return;
        }

        var store = context.RequestServices.GetRequiredService<PasskeyStore>();
        await store.AddOrUpdatePasskeyAsync(shown.User, shown.Passkey, context.RequestAborted).ConfigureAwait(false);
        var opened = logIn.Open(shown.User.Officer, LogInWay.Passkey, from);
        if (opened.TryGet(out var session, out refusal)) await SessionEndpoints.AnswerAsync(context, session, node).ConfigureAwait(false);
        else await Problem.WriteAsync(context, refusal).ConfigureAwait(false);
    }

    private async Task AskToAddAsync(HttpContext context)
    {
        var officer = context.Caller().Name;
        var asked = await Handler(context).MakeCreationOptionsAsync(new() { Id = officer, Name = officer, DisplayName = officer }, context).ConfigureAwait(false);
        await AnswerQuestionAsync(context, ceremonies.Ask(officer, asked.AttestationState!), asked.CreationOptionsJson).ConfigureAwait(false);
    }

    private async Task AddAsync(HttpContext context)
    {
        var officer = context.Caller().Name;
        var store = context.RequestServices.GetRequiredService<PasskeyStore>();
        var read = await JsonBody.ReadAsync(context, root => (Answer: Answer(root, "question", "credential", "name"), Name: root["name"].Text(MaximumNameLength))).ConfigureAwait(false);
        if (read.TryGet(out var given, out var refusal) && store.List(officer).Count >= PasskeyStore.MaximumPerOfficer)
            refusal = new(AccessCodes.TooMany, "", "another passkey", FormattableString.Invariant($"at most {PasskeyStore.MaximumPerOfficer}"));
        if (refusal is not null)
        {
            await Problem.WriteAsync(context, refusal).ConfigureAwait(false);
            return;
        }

        var state = ceremonies.Take(given.Answer.Question, officer);
        var made = state is null ? null : await Handler(context).PerformAttestationAsync(new() { HttpContext = context, CredentialJson = given.Answer.Credential, AttestationState = state }).ConfigureAwait(false);
        var isTaken = made is { Succeeded: true } && made.UserEntity.Id == officer;
        audit.Add(new(context.AuditActor(), AuditActs.AddPasskey, officer, isTaken ? null : AccessCodes.PasskeyRefused));
        if (!isTaken)
        {
            await Problem.WriteAsync(context, AccessCodes.PasskeyRefused).ConfigureAwait(false);
            return;
        }

        made!.Passkey!.Name = given.Name;
        await store.AddOrUpdatePasskeyAsync(new(officer), made.Passkey, context.RequestAborted).ConfigureAwait(false);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private Task ListAsync(HttpContext context)
    {
        var passkeys = context.RequestServices.GetRequiredService<PasskeyStore>().List(context.Caller().Name);
        return JsonBody.WriteAsync(context, StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("passkeys");
            foreach (var passkey in passkeys)
            {
                json.WriteStartObject();
                json.WriteString("id", Base64Url.EncodeToString(passkey.CredentialId));
                json.WriteString("name", passkey.Name);
                json.WriteString("madeAt", InstantPattern.ExtendedIso.Format(Instant.FromDateTimeOffset(passkey.CreatedAt)));
                json.WriteBoolean("backedUp", passkey.IsBackedUp);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private Task RemoveAsync(HttpContext context)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        var store = context.RequestServices.GetRequiredService<PasskeyStore>();
        if (!Base64Url.IsValid(id) || !store.Remove(context.Caller().Name, Base64Url.DecodeFromChars(id), context.AuditActor())) return Problem.WriteAsync(context, AccessCodes.NoSuch);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static async Task<bool> IsOfOwnPagesAsync(HttpContext context)
    {
        if (SameOrigin.Holds(context.Request)) return true;
        await Problem.WriteAsync(context, AccessCodes.CrossSite).ConfigureAwait(false);
        return false;
    }

    private static IPasskeyHandler<PasskeyOfficer> Handler(HttpContext context) => context.RequestServices.GetRequiredService<IPasskeyHandler<PasskeyOfficer>>();

    private static (string Question, string Credential) Answer(JsonCursor root, params ReadOnlySpan<string> members)
    {
        root.Only(members);
        _ = root["credential"].Members(16);
        return (root["question"].Text(Secret.MaximumLength), root["credential"].Exists ? root["credential"].Element.GetRawText() : "");
    }

    private static Task AnswerQuestionAsync(HttpContext context, string question, string optionsJson) => JsonBody.WriteAsync(context, StatusCodes.Status200OK, json =>
    {
        json.WriteStartObject();
        json.WriteString("question", question);
        json.WritePropertyName("options");
        json.WriteRawValue(optionsJson);
        json.WriteEndObject();
    });
}
