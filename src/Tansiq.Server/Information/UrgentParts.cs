using System.Collections.Immutable;
using Tansiq.Coordination;
using Tansiq.Coordination.Parties;
using Tansiq.Record.Notes;

namespace Tansiq.Server.Information;

/// <summary>Where another node takes urgent messages.</summary>
/// <param name="Party">Whose node it is.</param>
/// <param name="Address">Its address, <c>https://us.example</c>; the path is ours.</param>
public sealed record UrgentPeer(Id<Party> Party, Uri Address);

/// <summary>What the urgent way of a node is put together from.</summary>
/// <param name="Key">The statement key of the node's party, which signs its messages and events. The caller disposes of it, after the node.</param>
/// <param name="Peers">All other nodes: centres, the office, observers that forward.</param>
public sealed record UrgentParts(SigningKey Key, ImmutableArray<UrgentPeer> Peers)
{
    /// <summary>
    /// Makes the handler by which other nodes are reached; null for one that takes <c>*.localhost</c> for loopback and checks certificates as the platform does.
    /// </summary>
    public Func<HttpMessageHandler>? MakeHandler { get; init; }
}
