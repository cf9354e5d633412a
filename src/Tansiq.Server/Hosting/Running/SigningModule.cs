using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Tansiq.Coordination.Parties;
using Tansiq.Server.Access;
using Tansiq.Server.Federation.Signing;
using Tansiq.Server.Nodes;
using Tansiq.Storage.Private;

namespace Tansiq.Server.Hosting.Running;

/// <summary>Lets a node know other nodes by the signatures on their requests.</summary>
/// <param name="trusted">The keys to begin with, before a record is held.</param>
/// <param name="receivers">The names under which the node is called.</param>
/// <param name="maximumBodyBytes">The most bytes of a request's body.</param>
public sealed class SigningModule(FoundingKeys? trusted, IReadOnlyList<string> receivers, int maximumBodyBytes) : ICapabilityModule
{
    /// <inheritdoc/>
    public PrivateSchema? Schema => null;

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services) => services.AddSingleton<ICallerSource>(provider => new RequestVerification(
        new RecordedNodeKeys(provider.GetRequiredService<INode>(), trusted), SystemClock.Instance, new(receivers) { MaximumBodyBytes = maximumBodyBytes }));

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder endpoints, NodeIdentity node)
    {
    }
}
