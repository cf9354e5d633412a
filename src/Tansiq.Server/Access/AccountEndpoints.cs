using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tansiq.Coordination;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Geo.Text;
using Tansiq.Server.Audit;
using Tansiq.Server.Nodes;
using Tansiq.Server.Problems;

namespace Tansiq.Server.Access;

/// <summary>Keeping the accounts of others. Names and telephones are answered here and nowhere else.</summary>
internal sealed class AccountEndpoints(Accounts accounts, Sessions sessions, INode node)
{
    private const int PageLength = 200;
    private const string One = "/api/v1/accounts/{officer}";

    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/api/v1/accounts", ListAsync).Needs(Permission.Administer);
        endpoints.MapPost("/api/v1/accounts", AddAsync).Needs(Permission.Administer);
        endpoints.MapGet(One, ShowAsync).Needs(Permission.Administer);
        endpoints.MapPut(One, ChangeAsync).Needs(Permission.Administer);
        endpoints.MapDelete(One, EndAsync).Needs(Permission.Administer);
        endpoints.MapPut(One + "/passphrase", SetPassphraseAsync).Needs(Permission.Administer);
        endpoints.MapDelete(One + "/sessions", EndSessionsAsync).Needs(Permission.Administer);
    }

    private Task ListAsync(HttpContext context)
    {
        var after = context.Request.Query["after"].ToString();
        var page = accounts.List(after, PageLength);
        return JsonBody.WriteAsync(context, StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("accounts");
            foreach (var account in page) Write(json, account);
            json.WriteEndArray();
            if (page.Count == PageLength) json.WriteString("next", page[^1].Officer);
            json.WriteEndObject();
        });
    }

    private async Task AddAsync(HttpContext context)
    {
        var read = await JsonBody.ReadAsync(context, root =>
        {
            root.Only("officer", "party", "roles", "administers", "name", "telephone", "subject", "passphrase");
            var account = Account(root, root["officer"].Identifier(), KnownHome(root["party"]));
            return (Account: account, Passphrase: Optional(root["passphrase"], PassphraseRules.MaximumLength * 2));
        }).ConfigureAwait(false);
        if (!read.TryGet(out var given, out var refusal)) await Problem.WriteAsync(context, SessionEndpoints.WithoutWhatStoodThere(refusal)).ConfigureAwait(false);
        else if (accounts.Add(given.Account, given.Passphrase, isOwn: false, context.AuditActor()).TryGet(out var added, out refusal))
            await JsonBody.WriteAsync(context, StatusCodes.Status201Created, json => Write(json, added)).ConfigureAwait(false);
        else await Problem.WriteAsync(context, refusal).ConfigureAwait(false);
    }

    private Task ShowAsync(HttpContext context) => accounts.Find(Officer(context)) is { } account
        ? JsonBody.WriteAsync(context, StatusCodes.Status200OK, json => Write(json, account))
        : Problem.WriteAsync(context, AccessCodes.NoSuch);

    private async Task ChangeAsync(HttpContext context)
    {
        if (accounts.Find(Officer(context)) is not { } before)
        {
            await Problem.WriteAsync(context, AccessCodes.NoSuch).ConfigureAwait(false);
            return;
        }

        var read = await JsonBody.ReadAsync(context, root =>
        {
            root.Only("roles", "administers", "name", "telephone", "subject");
            return Account(root, before.Officer, before.Home);
        }).ConfigureAwait(false);
        if (read.TryGet(out var account, out var refusal) && accounts.Change(account, context.AuditActor()).TryGet(out var changed, out refusal))
            await JsonBody.WriteAsync(context, StatusCodes.Status200OK, json => Write(json, changed)).ConfigureAwait(false);
        else await Problem.WriteAsync(context, refusal!).ConfigureAwait(false);
    }

    private Task EndAsync(HttpContext context) => DoneAsync(context, accounts.End(Officer(context), context.AuditActor()));

    private async Task SetPassphraseAsync(HttpContext context)
    {
        var read = await JsonBody.ReadAsync(context, root =>
        {
            root.Only("passphrase");
            return root["passphrase"].Text(PassphraseRules.MaximumLength * 2);
        }).ConfigureAwait(false);
        if (!read.TryGet(out var passphrase, out var refusal)) await Problem.WriteAsync(context, SessionEndpoints.WithoutWhatStoodThere(refusal)).ConfigureAwait(false);
        else await DoneAsync(context, accounts.SetPassphrase(Officer(context), passphrase, isOwn: false, but: null, context.AuditActor())).ConfigureAwait(false);
    }

    private Task EndSessionsAsync(HttpContext context)
    {
        _ = sessions.End(Officer(context), id: null, context.AuditActor());
        return DoneAsync(context, null);
    }

    private static Task DoneAsync(HttpContext context, Refusal? refusal)
    {
        if (refusal is not null) return Problem.WriteAsync(context, refusal);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static string Officer(HttpContext context) => (string)context.Request.RouteValues["officer"]!;

    private Id<Party> KnownHome(JsonCursor place)
    {
        var home = place.Id<Party>();
        var founding = node.Picture.State.Situation.Founding;
        if (home != node.Identity.Party && founding?.Parties.ContainsKey(home) != true && founding?.Observers.ContainsKey(home) != true && founding?.Office != home)
            place.Refuse("parties.unknown-party", "a party of this record");
        return home;
    }

    private static OfficerAccount Account(JsonCursor root, string officer, Id<Party> home) => new()
    {
        Officer = officer,
        Home = home,
        Roles = [.. root["roles"].Items(Enum.GetValues<OfficerRole>().Length).Select(role => role.OfficerRole())],
        Administers = root["administers"].Boolean(),
        Person = Optional(root["name"], OfficerAccount.MaximumPersonLength) ?? "",
        Telephone = Optional(root["telephone"], OfficerAccount.MaximumTelephoneLength) ?? "",
        Subject = Optional(root["subject"], Oidc.OidcSettings.MaximumSubjectLength),
    };

    private static string? Optional(JsonCursor place, int maximumLength) => place.Exists ? place.Text(maximumLength) : null;

    private static void Write(Utf8JsonWriter json, OfficerAccount account)
    {
        json.WriteStartObject();
        json.WriteString("officer", account.Officer);
        json.WriteString("party", account.Home.Value);
        json.WriteStartArray("roles");
        foreach (var role in account.Roles) json.WriteStringValue(NoticeWords.Word(role));
        json.WriteEndArray();
        json.WriteBoolean("administers", account.Administers);
        json.WriteString("name", account.Person);
        json.WriteString("telephone", account.Telephone);
        if (account.Subject is not null) json.WriteString("subject", account.Subject);
        json.WriteString("passphrase", account.Passphrase switch { PassphraseState.None => "none", PassphraseState.SetByAnother => "set-by-another", _ => "own" });
        json.WriteBoolean("ended", account.IsEnded);
        json.WriteEndObject();
    }
}
