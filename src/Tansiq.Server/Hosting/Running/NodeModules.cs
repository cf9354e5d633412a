using System.Collections.Immutable;
using Tansiq.Record.Notes;
using Tansiq.Server.Access;
using Tansiq.Server.Api;
using Tansiq.Server.Audit;
using Tansiq.Server.Drafts;
using Tansiq.Server.Flights;
using Tansiq.Server.Information;
using Tansiq.Server.Nodes;
using Tansiq.Server.Parties;

namespace Tansiq.Server.Hosting.Running;

/// <summary>What capabilities are put together from.</summary>
/// <param name="Identity">Who the node is.</param>
/// <param name="Key">The statement key of the node's party; it stays the caller's, until the node has ended.</param>
/// <param name="Peers">The other nodes.</param>
/// <param name="Sending">Makes what sends requests to other nodes.</param>
/// <param name="Signing">Makes what signs and sends them.</param>
public sealed record NodeModuleParts(NodeIdentity Identity, SigningKey Key, ImmutableArray<NodePeer> Peers, Func<HttpMessageHandler> Sending, Func<HttpMessageHandler> Signing)
{
    /// <summary>How accounts of officers are kept.</summary>
    public AccountSettings Accounts { get; init; } = new();
}

/// <summary>The capabilities of a node: the one place that lists them.</summary>
public static class NodeModules
{
    /// <summary>The capabilities beside federation, which every node has.</summary>
    public static IReadOnlyList<ICapabilityModule> Of(NodeModuleParts parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return
        [
            new AuditModule(),
            new AccountsModule(parts.Accounts),
            new DraftsModule(),
            new ApiModule(),
            new DeskModule(),
            new StopModule(new(parts.Key, parts.Peers) { MakeHandler = parts.Sending }),
            new FlightsModule(new(parts.Peers, parts.Signing)),
        ];
    }
}
