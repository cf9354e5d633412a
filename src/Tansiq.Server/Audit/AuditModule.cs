using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Text;
using Tansiq.Geo.Text;
using Tansiq.Server.Access;
using Tansiq.Server.Hosting;
using Tansiq.Server.Nodes;
using Tansiq.Server.Problems;
using Tansiq.Storage.Private;

namespace Tansiq.Server.Audit;

/// <summary>The node's own audit log, and how administrators read and export it (docs/formats/audit.md).</summary>
public sealed class AuditModule : ICapabilityModule
{
    /// <inheritdoc/>
    public PrivateSchema? Schema => AuditTables.Schema;

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services) => services.AddSingleton<AuditLog>();

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder endpoints, NodeIdentity node)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var log = endpoints.ServiceProvider.GetRequiredService<AuditLog>();
        endpoints.MapGet("/api/v1/audit", context => ReadAsync(context, log)).Needs(Permission.Administer);
    }

    private static Task ReadAsync(HttpContext context, AuditLog log)
    {
        if (!Number(context, "after", 0, long.MaxValue, 0).TryGet(out var after, out var refusal) || !Number(context, "limit", 1, AuditLog.MaximumRows, 100).TryGet(out var limit, out refusal))
            return Problem.WriteAsync(context, refusal);
        var rows = log.Read(after, (int)limit);
        var changed = context.Request.Query.ContainsKey("verify") ? log.FirstChanged() : null;
        return JsonBody.WriteAsync(context, StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("entries");
            foreach (var row in rows) Write(json, row);
            json.WriteEndArray();
            if (rows.Count == limit) json.WriteNumber("next", rows[^1].Number);
            if (context.Request.Query.ContainsKey("verify")) json.WriteBoolean("unchanged", changed is null);
            if (changed is { } first) json.WriteNumber("firstChanged", first);
            json.WriteEndObject();
        });
    }

    private static void Write(Utf8JsonWriter json, AuditRow row)
    {
        json.WriteStartObject();
        json.WriteNumber("number", row.Number);
        json.WriteString("at", InstantPattern.ExtendedIso.Format(Instant.FromUnixTimeMilliseconds(row.AtMilliseconds)));
        json.WriteString("kind", AuditChain.Word(row.Event.Actor.Kind));
        json.WriteString("who", row.Event.Actor.Who);
        json.WriteString("from", row.Event.Actor.From);
        json.WriteString("act", row.Event.Act);
        json.WriteString("about", row.Event.About);
        json.WriteString("outcome", row.Event.Refusal is null ? "done" : "refused");
        if (row.Event.Refusal is { } code) json.WriteString("code", code);
        json.WriteString("hash", row.Hash);
        json.WriteEndObject();
    }

    private static Parsed<long> Number(HttpContext context, string name, long minimum, long maximum, long standard)
    {
        if (context.Request.Query[name].ToString() is not { Length: > 0 } text) return standard;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum
            ? number
            : new Refusal(ProblemCodes.BadQuery, name, JsonText.Shorten(text), FormattableString.Invariant($"a whole number from {minimum} to {maximum}"));
    }
}
