using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using NodaTime.Text;
using Tansiq.Coordination;
using Tansiq.Coordination.Flights;
using Tansiq.Geo;
using Tansiq.Geo.Text;
using Tansiq.Record.Logs;
using Tansiq.Server.Access;
using Tansiq.Server.Problems;

namespace Tansiq.Server.Flights;

/// <summary>Sites that are held here: seen by whom their notifier allows, and by nobody else (FLT-7).</summary>
internal sealed class HeldSiteEndpoints(HeldSitesKept kept, HeldSiteWatch watch)
{
    private const int MaximumRequestBytes = 16_384;
    private const int MaximumReaders = 32;
    private const int MaximumNameLength = 200;
    private const int SaltBytes = 32;

    /// <summary><c>POST /api/v1/held-sites</c>.</summary>
    public Task AddAsync(HttpContext context) => GuardedAsync(context, async () =>
    {
        if (context.Caller().Kind != CallerKind.Officer)
        {
            // Who may see it goes by officers: a machine has nobody to show it to.
            await Problem.WriteAsync(context, "flights.held-site-by-officer");
            return;
        }

        using var body = new MemoryStream();
        var buffer = new byte[4_096];
        int count;
        while (body.Length <= MaximumRequestBytes && (count = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0) body.Write(buffer, 0, count);
        if (!JsonReading.Read(body.ToArray(), MaximumRequestBytes, refusesUnknownMembers: true, root => Read(root, context.Caller().Name)).TryGet(out var site, out var refusal))
        {
            await Problem.WriteAsync(context, refusal);
        }
        else if (!kept.Add(site))
        {
            await Problem.WriteAsync(context, new Refusal("flights.held-site-not-kept", "/id", site.Id.Value, "an identifier that is not in use, and fewer sites"));
        }
        else
        {
            watch.Renew();
            context.Response.StatusCode = StatusCodes.Status201Created;
            await WriteAsync(context, json => Write(json, site));
        }
    });

    /// <summary><c>GET /api/v1/held-sites</c>: those whose notifier allows the caller to see them.</summary>
    public Task ListAsync(HttpContext context) => GuardedAsync(context, () =>
    {
        var sites = kept.All().Where(site => MaySee(context.Caller(), site)).ToList();
        return WriteAsync(context, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("sites");
            foreach (var site in sites) Write(json, site);
            json.WriteEndArray();
            json.WriteEndObject();
        });
    });

    /// <summary><c>DELETE /api/v1/held-sites/{id}</c>: its notifier withdraws it, or whom it allows to see it.</summary>
    public Task RemoveAsync(HttpContext context) => GuardedAsync(context, () =>
    {
        var id = context.Request.RouteValues["id"] as string;
        // Whoever may not see it is told that it is not there.
        if (kept.All().Find(site => site.Id.Value == id) is not { } found || !MaySee(context.Caller(), found) || !kept.Remove(found.Id.Value)) return Problem.WriteAsync(context, ProblemCodes.NotFound);
        watch.Renew();
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    });

    private static bool MaySee(Caller caller, HeldSite site) => caller.Kind == CallerKind.Officer && site.Readers.Contains(caller.Name);

    private static HeldSite Read(JsonCursor root, string notifier)
    {
        root.Only("id", "name", "category", "geometry", "extentMetres", "from", "until", "readers");
        return new()
        {
            Id = root["id"].Id<Site>(),
            Name = root["name"].Text(MaximumNameLength),
            Category = root["category"].OneOf(
                ("hospital", SiteCategory.Hospital), ("school", SiteCategory.School), ("water", SiteCategory.Water), ("convoy", SiteCategory.Convoy), ("camp", SiteCategory.Camp)),
            Place = root["geometry"].Point(),
            ExtentMetres = root["extentMetres"].Exists ? (int)root["extentMetres"].Integer(0, HeldSite.MaximumExtentMetres) : 0,
            Validity = root.OpenInterval(),
            Readers = [notifier, .. root["readers"].Exists ? root["readers"].Items(MaximumReaders).Select(each => each.Identifier()) : []],
            Salt = RandomNumberGenerator.GetBytes(SaltBytes),
        };
    }

    private static void Write(Utf8JsonWriter json, HeldSite site)
    {
        json.WriteStartObject();
        json.WriteString("id", site.Id.Value);
        json.WriteString("name", site.Name);
#pragma warning disable CA1308 // The words of the format are lower-case.
        json.WriteString("category", site.Category.ToString().ToLowerInvariant());
#pragma warning restore CA1308
        json.WriteStartObject("geometry");
        json.WriteString("type", "Point");
        json.WriteStartArray("coordinates");
        WriteDegrees(json, site.Place.LongitudeE7);
        WriteDegrees(json, site.Place.LatitudeE7);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteNumber("extentMetres", site.ExtentMetres);
        if (site.Validity.HasStart) json.WriteString("from", InstantPattern.ExtendedIso.Format(site.Validity.Start));
        if (site.Validity.HasEnd) json.WriteString("until", InstantPattern.ExtendedIso.Format(site.Validity.End));
        json.WriteStartArray("readers");
        foreach (var reader in site.Readers) json.WriteStringValue(reader);
        json.WriteEndArray();
        json.WriteString("commitment", site.Commitment.Hex);
        json.WriteEndObject();
    }

    private static void WriteDegrees(Utf8JsonWriter json, int unitsE7) => json.WriteRawValue((unitsE7 / (decimal)GeoPoint.UnitsPerDegree).ToString("F7", CultureInfo.InvariantCulture));

    private static async Task GuardedAsync(HttpContext context, Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (RecordStoreException failure)
        {
            await Problem.WriteAsync(context, failure.IsFull ? "record.disk-full" : "record.store-failed");
        }
    }

    private static async Task WriteAsync(HttpContext context, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer)) write(json);
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
    }
}
