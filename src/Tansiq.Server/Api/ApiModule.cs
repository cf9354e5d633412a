using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tansiq.Server.Hosting;
using Tansiq.Server.Nodes;
using Tansiq.Storage.Private;

namespace Tansiq.Server.Api;

/// <summary>What everybody reads of a node, under <c>/api/v1</c> (docs/formats/api.md).</summary>
public sealed class ApiModule : ICapabilityModule
{
    /// <summary>Where all of it is.</summary>
    public const string Prefix = "/api/v1";

    /// <inheritdoc />
    public PrivateSchema? Schema => null;

    /// <inheritdoc />
    public void AddServices(IServiceCollection services)
    {
    }

    /// <inheritdoc />
    public void Map(IEndpointRouteBuilder endpoints, NodeIdentity node)
    {
    }
}
