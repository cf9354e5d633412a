using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tansiq.Server.Hosting;
using Tansiq.Server.Nodes;
using Tansiq.Storage.Private;

namespace Tansiq.Server.Drafts;

/// <summary>Drafting and releasing what a party says (PTY-4). Needs <see cref="Audit.AuditModule"/> and <see cref="Access.AccountsModule"/>.</summary>
public sealed class DraftsModule : ICapabilityModule
{
    /// <inheritdoc/>
    public PrivateSchema? Schema => DraftTables.Schema;

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services) => services.AddSingleton<DraftStore>().AddSingleton<DraftRelease>().AddSingleton<DraftEndpoints>();

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder endpoints, NodeIdentity node)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(node);
        // The office puts in order and says nothing of its own by hand.
        if (node.Role != NodeRole.Office) endpoints.ServiceProvider.GetRequiredService<DraftEndpoints>().Map(endpoints);
    }
}
