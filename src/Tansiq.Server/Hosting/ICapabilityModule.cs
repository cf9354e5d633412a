using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tansiq.Server.Nodes;
using Tansiq.Storage.Private;

namespace Tansiq.Server.Hosting;

/// <summary>What one capability adds to a node: its private tables, its services (background work as hosted services), its endpoints.</summary>
public interface ICapabilityModule
{
    /// <summary>Its private tables, or null.</summary>
    PrivateSchema? Schema { get; }

    /// <summary>Adds its services. <see cref="INode"/>, <see cref="PrivateDatabase"/> and NodaTime's <c>IClock</c> are there.</summary>
    void AddServices(IServiceCollection services);

    /// <summary>Adds its endpoints; each says whom it answers (<see cref="Access.EndpointAccess.Needs{TBuilder}"/>).</summary>
    /// <param name="endpoints">Where to.</param>
    /// <param name="node">Who the node is: not every role has every endpoint.</param>
    void Map(IEndpointRouteBuilder endpoints, NodeIdentity node);
}
