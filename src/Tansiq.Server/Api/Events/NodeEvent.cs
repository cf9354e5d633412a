namespace Tansiq.Server.Api.Events;

/// <summary>Something that happened at a node, as its stream of events tells it to everybody who may read.</summary>
/// <param name="Kind">What it is, as the <c>event</c> field has it: lower-case words with hyphens, for example <c>alarm</c>.</param>
/// <param name="Json">One JSON object without line breaks, UTF-8. It is written once and its bytes are shared by all clients.</param>
public sealed record NodeEvent(string Kind, ReadOnlyMemory<byte> Json);

/// <summary>
/// Events of a capability: added to the services as <c>IEventSource</c>, it is told on <c>GET /api/v1/events</c> beside the entries of the record.
/// Such events are not told again to a client that was away: a list of the capability's own has to hold what counts.
/// </summary>
public interface IEventSource
{
    /// <summary>The events from now on. It is read once, for all clients, for as long as the node runs.</summary>
    /// <param name="cancellationToken">The node ends.</param>
    IAsyncEnumerable<NodeEvent> EventsAsync(CancellationToken cancellationToken);
}
