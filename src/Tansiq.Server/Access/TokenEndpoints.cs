using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;
using NodaTime.Text;
using Tansiq.Geo.Text;
using Tansiq.Server.Audit;
using Tansiq.Server.Problems;

namespace Tansiq.Server.Access;

/// <summary>API tokens: made, listed without their secret, ended.</summary>
internal sealed class TokenEndpoints(ApiTokens tokens)
{
    private const int MaximumNameLength = 64;

    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/api/v1/tokens", ListAsync).Needs(Permission.Administer);
        endpoints.MapPost("/api/v1/tokens", AddAsync).Needs(Permission.Administer);
        endpoints.MapDelete("/api/v1/tokens/{id}", EndAsync).Needs(Permission.Administer);
    }

    private Task ListAsync(HttpContext context) => JsonBody.WriteAsync(context, StatusCodes.Status200OK, json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("tokens");
        foreach (var token in tokens.List()) Write(json, token, secret: null);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private async Task AddAsync(HttpContext context)
    {
        var read = await JsonBody.ReadAsync(context, root =>
        {
            root.Only("name", "scopes", "days");
            ImmutableSortedSet<TokenScope> scopes = [.. root["scopes"].ItemsAtLeastOne(3).Select(scope => scope.OneOf(("read", TokenScope.Read), ("draft", TokenScope.Draft), ("stop", TokenScope.Stop)))];
            return (Name: root["name"].Text(MaximumNameLength), Scopes: scopes, Length: Duration.FromDays((int)root["days"].Integer(1, ApiTokens.MaximumDays)));
        }).ConfigureAwait(false);
        if (read.TryGet(out var wanted, out var refusal) && tokens.Add(wanted.Name, wanted.Scopes, wanted.Length, context.AuditActor()).TryGet(out var made, out refusal))
            await JsonBody.WriteAsync(context, StatusCodes.Status201Created, json => Write(json, made.Token, made.Secret)).ConfigureAwait(false);
        else await Problem.WriteAsync(context, refusal!).ConfigureAwait(false);
    }

    private Task EndAsync(HttpContext context)
    {
        if (!tokens.End((string)context.Request.RouteValues["id"]!, context.AuditActor())) return Problem.WriteAsync(context, AccessCodes.NoSuch);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static void Write(Utf8JsonWriter json, ApiToken token, string? secret)
    {
        json.WriteStartObject();
        json.WriteString("id", token.Id);
        json.WriteString("name", token.Name);
        json.WriteStartArray("scopes");
        foreach (var scope in token.Scopes) json.WriteStringValue(ApiTokens.Word(scope));
        json.WriteEndArray();
        json.WriteString("madeBy", token.MadeBy);
        json.WriteString("madeAt", InstantPattern.ExtendedIso.Format(token.MadeAt));
        json.WriteString("endsAt", InstantPattern.ExtendedIso.Format(token.EndsAt));
        if (token.EndedAt is { } ended) json.WriteString("endedAt", InstantPattern.ExtendedIso.Format(ended));
        if (secret is not null) json.WriteString("token", secret);
        json.WriteEndObject();
    }
}
