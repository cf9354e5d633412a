using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tansiq.Geo.Text;
using Tansiq.Server.Access;
using Tansiq.Server.Api.Reading;
using Tansiq.Server.Hosting;
using Tansiq.Server.Nodes;
using Tansiq.Server.Problems;

namespace Tansiq.Server.Api.Events;

/// <summary>
/// <c>GET /api/v1/events</c>: what happens, as server-sent events. The <c>id</c> of an event is the size of the record up to which a client has been told,
/// so that <c>Last-Event-ID</c> (or <c>?from=</c>) goes on without a gap and without a repetition of entries; without either it begins now.
/// </summary>
internal static class EventStream
{
    /// <summary>How often a stream without events says that it is alive.</summary>
    public static readonly TimeSpan AliveTime = TimeSpan.FromSeconds(15);

    // The most entries that are read from the store at once for a client that catches up.
    private const int CatchingUpEntries = 256;

    private static readonly FrozenSet<string> Parameters = FrozenSet.Create(StringComparer.Ordinal, "from", "language");
    private static readonly byte[] Alive = ": alive\n\n"u8.ToArray();

    public static void Map(IEndpointRouteBuilder endpoints, INode node) =>
        endpoints.MapGet(ApiModule.Prefix + "/events", context => AnswerAsync(context, node, context.RequestServices.GetRequiredService<EventHub>()))
            .Needs(Permission.Read)
            .EndsWithNode()
            .WithMetadata(new Describing.TakenParameters(["from", "language"]));

    private static async Task AnswerAsync(HttpContext context, INode node, EventHub hub)
    {
        var query = new QueryText(context.Request.Query, Parameters);
        var from = From(context.Request, query, node.Picture.Size);
        if (query.Refusal is { } refusal)
        {
            await Problem.WriteAsync(context, refusal).ConfigureAwait(false);
            return;
        }

        if (hub.Begin() is not { } client)
        {
            await Problem.WriteAsync(context, ApiCodes.TooManyStreams).ConfigureAwait(false);
            return;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, client.Cut);
        try
        {
            Begin(context);
            await TellAsync(context.Response, node, client, from ?? client.Size, stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (client.Cut.IsCancellationRequested)
        {
            // Too slow: what it has not taken by now it never will.
            context.Abort();
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // It is gone, or the node ends.
        }
        finally
        {
            hub.End(client);
        }
    }

    private static long? From(HttpRequest request, QueryText query, long size)
    {
        var last = request.Headers["Last-Event-ID"].ToString();
        var asked = last.Length > 0 ? last : query.Text("from");
        if (asked is null) return null;
        if (long.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var from) && from <= size) return from;
        query.Refuse(last.Length > 0 ? "Last-Event-ID" : "from", JsonText.Shorten(asked), string.Create(CultureInfo.InvariantCulture, $"a size of the record from 0 to {size}"));
        return null;
    }

    private static void Begin(HttpContext context)
    {
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        // A stream is slow by its nature; whoever takes nothing is cut by its full queue.
        if (context.Features.Get<Microsoft.AspNetCore.Server.Kestrel.Core.Features.IHttpMinResponseDataRateFeature>() is { } rate) rate.MinDataRate = null;
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers["X-Accel-Buffering"] = "no";
    }

    private static async Task TellAsync(HttpResponse response, INode node, EventClient client, long from, CancellationToken stop)
    {
        for (var told = from; told < client.Size; told += CatchingUpEntries)
        {
            var missed = new ArrayBufferWriter<byte>();
            PictureEvents.WriteEntries(missed, node, client.Picture, told, Math.Min(client.Size, told + CatchingUpEntries));
            await response.BodyWriter.WriteAsync(missed.WrittenMemory, stop).ConfigureAwait(false);
        }

        var state = new ArrayBufferWriter<byte>();
        PictureEvents.WriteState(state, client.Picture, client.Size);
        await response.BodyWriter.WriteAsync(state.WrittenMemory, stop).ConfigureAwait(false);
        await FollowAsync(response, client.Frames, stop).ConfigureAwait(false);
    }

    private static async Task FollowAsync(HttpResponse response, ChannelReader<ReadOnlyMemory<byte>> frames, CancellationToken stop)
    {
        using var alive = new PeriodicTimer(AliveTime);
        var tick = alive.WaitForNextTickAsync(stop).AsTask();
        var next = frames.WaitToReadAsync(stop).AsTask();
        while (true)
        {
            if (await Task.WhenAny(next, tick).ConfigureAwait(false) == tick)
            {
                await tick.ConfigureAwait(false);
                await response.BodyWriter.WriteAsync(Alive, stop).ConfigureAwait(false);
                tick = alive.WaitForNextTickAsync(stop).AsTask();
                continue;
            }

            if (!await next.ConfigureAwait(false)) return;
            while (frames.TryRead(out var frame)) response.BodyWriter.Write(frame.Span);
            await response.BodyWriter.FlushAsync(stop).ConfigureAwait(false);
            next = frames.WaitToReadAsync(stop).AsTask();
        }
    }
}
