using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tansiq.Server.Access.Oidc;
using Tansiq.Server.Access.Passkeys;
using Tansiq.Server.Hosting;
using Tansiq.Server.Nodes;
using Tansiq.Storage.Private;

namespace Tansiq.Server.Access;

/// <summary>Accounts of officers: logging in by passphrase, passkey or another organisation's word; sessions; API tokens. Needs <see cref="Audit.AuditModule"/> before it.</summary>
/// <param name="settings">How accounts are kept.</param>
public sealed class AccountsModule(AccountSettings settings) : ICapabilityModule
{
    /// <inheritdoc/>
    public PrivateSchema? Schema => AccountTables.Schema;

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services)
    {
        services.AddSingleton(settings).AddSingleton<Accounts>().AddSingleton<Sessions>().AddSingleton<LogInAttempts>().AddSingleton<LogIn>().AddSingleton<ApiTokens>();
        services.AddSingleton<ICallerSource, SessionCallers>().AddSingleton<ICallerSource, TokenCallers>();
        services.AddSingleton<PasskeyCeremonies>().AddSingleton<PasskeyEndpoints>().AddScoped<PasskeyStore>();
        services.AddIdentityCore<PasskeyOfficer>();
        services.AddScoped<IUserStore<PasskeyOfficer>>(scope => scope.GetRequiredService<PasskeyStore>());
        services.AddScoped<IPasskeyHandler<PasskeyOfficer>, PasskeyHandler<PasskeyOfficer>>();
        services.AddOptions<IdentityPasskeyOptions>().Configure<INode>(static (options, node) =>
        {
            options.ServerDomain = node.Identity.Name;
            options.UserVerificationRequirement = "required";
            options.ResidentKeyRequirement = "required";
            options.AttestationConveyancePreference = "none";
        });
        if (settings.Oidc is { } organisation) services.AddSingleton(_ => new OidcLogIn(organisation));
        services.AddSingleton<SessionEndpoints>().AddSingleton<AccountEndpoints>().AddSingleton<TokenEndpoints>();
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder endpoints, NodeIdentity node)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var services = endpoints.ServiceProvider;
        services.GetRequiredService<SessionEndpoints>().Map(endpoints);
        services.GetRequiredService<PasskeyEndpoints>().Map(endpoints);
        services.GetService<OidcLogIn>()?.Map(endpoints);
        services.GetRequiredService<AccountEndpoints>().Map(endpoints);
        services.GetRequiredService<TokenEndpoints>().Map(endpoints);
    }
}
