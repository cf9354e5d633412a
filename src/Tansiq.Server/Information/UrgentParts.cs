using System.Collections.Immutable;
using Tansiq.Record.Notes;
using Tansiq.Server.Federation;
using Tansiq.Server.Nodes;

namespace Tansiq.Server.Information;

/// <summary>What the urgent way of a node is put together from.</summary>
/// <param name="Key">The statement key of the node's party, which signs its messages and events. The caller disposes of it, after the node.</param>
/// <param name="Peers">All other nodes: centres, the office, observers that forward.</param>
public sealed record UrgentParts(SigningKey Key, ImmutableArray<NodePeer> Peers)
{
    /// <summary>
    /// Makes what sends requests to one other node. It does not sign them: a clock that is wrong, or a key that is not known yet, must not keep a STOP back; the notes
    /// bear signatures of their own.
    /// </summary>
    public Func<HttpMessageHandler> MakeHandler { get; init; } = NodeConnections.Handler;
}
