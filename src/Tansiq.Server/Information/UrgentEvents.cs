using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Tansiq.Server.Api.Events;
using Tansiq.Server.Nodes;

namespace Tansiq.Server.Information;

/// <summary>Urgent messages on the node's stream of events: <c>stop-told</c> when a role is told, <c>stop</c> whenever its course goes on.</summary>
internal sealed class UrgentEvents(INode node, UrgentDesk desk) : IEventSource
{
    /// <inheritdoc/>
    public async IAsyncEnumerable<NodeEvent> EventsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var news in desk.NewsAsync(cancellationToken))
        {
            if (desk.State.Find(news.Message) is { } course) yield return new(KindOf(news), Json(news, course));
        }
    }

    /// <summary>What such news is called on a stream.</summary>
    public static string KindOf(UrgentNews news) => news.Told is null ? "stop" : "stop-told";

    /// <summary>The message as it is now, as one line of JSON.</summary>
    public ReadOnlyMemory<byte> Json(UrgentNews news, Coordination.Information.UrgentCourse course)
    {
        var buffer = new ArrayBufferWriter<byte>(1_024);
        var duty = news.Told is { } role ? DutyOfficers.Of(node.Picture.Situation, node.Identity.Party, role) : [];
        using (var json = new Utf8JsonWriter(buffer)) UrgentJson.Write(json, news, duty, course, node.Identity.Party);
        return buffer.WrittenMemory;
    }
}
