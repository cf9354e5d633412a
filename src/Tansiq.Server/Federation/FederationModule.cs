using System.Buffers.Binary;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Text;
using Tansiq.Coordination;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Recording;
using Tansiq.Record;
using Tansiq.Record.Entries;
using Tansiq.Server.Access;
using Tansiq.Server.Hosting;
using Tansiq.Server.Nodes;
using Tansiq.Server.Problems;
using Tansiq.Server.Record;
using Tansiq.Storage.Private;

namespace Tansiq.Server.Federation;

/// <summary>What nodes ask of one another (docs/formats/federation.md). All of it answers nodes with keys alone: the record is the parties' own (INF-2).</summary>
/// <param name="served">The node.</param>
/// <param name="callers">Finds out which node makes a request; null where somebody else adds what does.</param>
public sealed class FederationModule(FederatedNode served, ICallerSource? callers = null) : ICapabilityModule
{
    private const int MaximumAttachmentBytes = 16 * 1024 * 1024;
    private const string RecordFilePattern = FederationPaths.Record + "/{**file}";

    /// <summary>The private tables of a node's federation, to open its database with before there is a node.</summary>
    public static PrivateSchema Tables => Nodes.OutboxTable.Schema;

    /// <inheritdoc/>
    public PrivateSchema? Schema => Tables;

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services)
    {
        if (callers is not null) services.AddSingleton(callers);
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder endpoints, NodeIdentity node)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var files = new RecordFiles(served.Store);
        endpoints.MapMethods(RecordFilePattern, [HttpMethods.Get, HttpMethods.Head], context => files.AnswerAsync(context, "/" + context.Request.RouteValues["file"])).Needs(Permission.Node);
        endpoints.MapGet(FederationPaths.Part, PartAsync).Needs(Permission.Node);
        endpoints.MapGet(FederationPaths.Stream, StreamAsync).Needs(Permission.Node).EndsWithNode();
        endpoints.MapGet(FederationPaths.Clock, context => context.Response.WriteAsync(InstantPattern.ExtendedIso.Format(served.Settings.Clock.GetCurrentInstant()), context.RequestAborted)).Needs(Permission.Node);
        endpoints.MapPost(FederationPaths.Entries, EntriesAsync).Needs(Permission.Node);
        endpoints.MapPost(FederationPaths.Heads, HeadAsync).Needs(Permission.Node);
        endpoints.MapPost(FederationPaths.Unanswered, UnansweredAsync).Needs(Permission.Node);
        endpoints.MapPut(FederationPaths.Attachments + "{hash}", AttachmentAsync).Needs(Permission.Node);
    }

    private async Task PartAsync(HttpContext context)
    {
        var query = context.Request.Query;
        if (!TryNumber(query["from"], out var from) || !TryNumber(query["joint"], out var joint) || !TryNumber(query["wait"], out var wait))
        {
            await RefuseAsync(context, new(RecordFaults.MalformedRequest, "query", "another query", "from, joint and wait")).ConfigureAwait(false);
            return;
        }

        var most = TimeSpan.FromMilliseconds(Math.Min(wait, (long)FederationPaths.LongestWait.TotalMilliseconds));
        var part = await served.PartAsync(from, joint, most, context.RequestAborted).ConfigureAwait(false);
        context.Response.Headers.CacheControl = "no-store";
        if (part is null)
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        context.Response.ContentType = RecordPart.ContentType;
        part.Write(context.Response.BodyWriter);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }

    // Size and joint size as server-sent events: for who only wants to know that there is more.
    private async Task StreamAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        for (var (picture, shown) = (served.Picture, (Size: -1L, Joint: -1L)); !context.RequestAborted.IsCancellationRequested;)
        {
            if (shown != (picture.Size, picture.JointSize))
            {
                shown = (picture.Size, picture.JointSize);
                await context.Response.WriteAsync(FormattableString.Invariant($"event: head\ndata: {{\"size\":{shown.Size},\"joint\":{shown.Joint}}}\n\n"), context.RequestAborted).ConfigureAwait(false);
                await context.Response.BodyWriter.FlushAsync(context.RequestAborted).ConfigureAwait(false);
            }

            picture = await served.NextAsync(picture, context.RequestAborted).ConfigureAwait(false);
        }
    }

    private async Task EntriesAsync(HttpContext context)
    {
        if (await BodyAsync(context, FederationPaths.MaximumEntriesBytes).ConfigureAwait(false) is not { } body) return;
        if (!EntryList.Read(body, FederationPaths.MaximumEntries).TryGet(out var entries, out var fault))
        {
            await RefuseAsync(context, fault).ConfigureAwait(false);
            return;
        }

        var answers = await served.SubmitAllAsync(entries, context.RequestAborted).ConfigureAwait(false);
        context.Response.ContentType = "application/json";
        SubmissionList.Write(context.Response.BodyWriter, answers);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }

    private async Task HeadAsync(HttpContext context)
    {
        if (await BodyAsync(context, NodeHead.MaximumBytes).ConfigureAwait(false) is not { } body) return;
        await AnswerAsync(context, NodeHead.Read(body).TryGet(out var head, out var fault) ? served.TakeHead(CallerOf(context), head) : fault).ConfigureAwait(false);
    }

    private async Task UnansweredAsync(HttpContext context)
    {
        if (await BodyAsync(context, FederationPaths.MaximumEntriesBytes).ConfigureAwait(false) is not { } body) return;
        if (body.Length < sizeof(long) || BinaryPrimitives.ReadInt64BigEndian(body.Span) is not (>= 0 and var lookedThrough))
        {
            await RefuseAsync(context, new(RecordFaults.MalformedRequest, "", "no size", "a size, and entries")).ConfigureAwait(false);
            return;
        }

        await AnswerAsync(context, EntryList.Read(body[sizeof(long)..], FederationPaths.MaximumEntries).TryGet(out var entries, out var fault) ? served.TakeUnanswered(CallerOf(context), lookedThrough, entries) : fault).ConfigureAwait(false);
    }

    private async Task AttachmentAsync(HttpContext context)
    {
        if (AttachmentHash.Parse(context.Request.RouteValues["hash"] as string ?? "") is not { } hash)
        {
            await Problem.WriteAsync(context, ProblemCodes.NotFound).ConfigureAwait(false);
            return;
        }

        if (await BodyAsync(context, MaximumAttachmentBytes).ConfigureAwait(false) is not { } body) return;
        var isRight = AttachmentHash.Of(body.Span) == hash;
        if (isRight) served.Store.AddAttachment(body);
        await AnswerAsync(context, isRight ? null : new(RecordFaults.AttachmentRewritten, hash.Hex, "bytes of another hash", "bytes of its own hash")).ConfigureAwait(false);
    }

    private static Id<Party> CallerOf(HttpContext context) => context.Caller().Home ?? throw new InvalidOperationException("A node without a party.");

    private static bool TryNumber(string? text, out long number) => long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out number);

    private static Task AnswerAsync(HttpContext context, Fault? fault)
    {
        if (fault is not null) return RefuseAsync(context, fault);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static Task RefuseAsync(HttpContext context, Fault fault) => Problem.WriteAsync(context, fault.AsRefusal());

    private static async Task<ReadOnlyMemory<byte>?> BodyAsync(HttpContext context, int maximumBytes)
    {
        var request = context.Request;
        if (Signing.RequestVerification.BodyOf(context) is { } verified && verified.Length <= maximumBytes) return verified;
        if (request.ContentLength is { } length and >= 0 && length <= maximumBytes)
        {
            var body = new byte[length];
            await request.Body.ReadExactlyAsync(body, context.RequestAborted).ConfigureAwait(false);
            return body;
        }

        await RefuseAsync(context, new(RecordFaults.TooLarge, "", "a larger body, or one of unknown length", $"at most {maximumBytes} bytes")).ConfigureAwait(false);
        return null;
    }
}
