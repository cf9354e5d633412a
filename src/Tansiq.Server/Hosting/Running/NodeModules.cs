using Tansiq.Server.Api;
using Tansiq.Server.Nodes;

namespace Tansiq.Server.Hosting.Running;

/// <summary>The capabilities of a node by its role: the one place that lists them.</summary>
public static class NodeModules
{
    /// <summary>The capabilities beside federation, which every node has.</summary>
    /// <param name="identity">Who the node is.</param>
    public static IReadOnlyList<ICapabilityModule> Of(NodeIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        return [new ApiModule()];
    }
}
