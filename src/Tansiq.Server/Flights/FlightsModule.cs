using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tansiq.Coordination;
using Tansiq.Coordination.Parties;
using Tansiq.Server.Access;
using Tansiq.Server.Hosting;
using Tansiq.Server.Nodes;
using Tansiq.Storage.Private;

namespace Tansiq.Server.Flights;

/// <summary>Another node whose verdicts are compared with ours.</summary>
/// <param name="Party">Whose node it is.</param>
/// <param name="Address">Its address.</param>
public sealed record FlightsPeer(Id<Party> Party, Uri Address);

/// <summary>What the module reaches other nodes by.</summary>
/// <param name="Peers">They.</param>
/// <param name="MakeHandler">Makes the handler that signs requests between nodes.</param>
public sealed record FlightsParts(ImmutableArray<FlightsPeer> Peers, Func<HttpMessageHandler> MakeHandler);

/// <summary>What a node does for flights: watches standing notices, raises alarms, compares verdicts, checks sites that it holds (FLT-2, FLT-3, FLT-7).</summary>
/// <param name="parts">What it reaches other nodes by.</param>
public sealed class FlightsModule(FlightsParts parts) : ICapabilityModule
{
    private const string Alarms = "/api/v1/alarms";
    private const string HeldSites = "/api/v1/held-sites";

    /// <inheritdoc/>
    public PrivateSchema Schema => AlarmsKept.Schema;

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddSingleton(parts).AddSingleton<AlarmsKept>().AddSingleton<StandingWatch>().AddSingleton<VerdictComparison>().AddSingleton<FlightsEndpoints>();
        services.AddSingleton<HeldSitesKept>().AddSingleton<HeldSiteWatch>().AddSingleton<HeldSiteEndpoints>();
        services.AddSingleton<IHostedService>(static provider => provider.GetRequiredService<StandingWatch>());
        services.AddSingleton<IHostedService>(static provider => provider.GetRequiredService<HeldSiteWatch>());
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder endpoints, NodeIdentity node)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(node);
        endpoints.MapGet(Alarms, Answer(static flights => flights.AlarmsAsync)).Needs(Permission.Desk);
        endpoints.MapGet(Alarms + "/events", Answer(static flights => flights.EventsAsync)).Needs(Permission.Desk);
        endpoints.MapPost(Alarms + "/{number}/acknowledge", Answer(static flights => flights.AcknowledgeAsync)).Needs(Permission.Desk);
        endpoints.MapGet("/api/v1/notices/{party}/{id}/verdicts", Answer(static flights => flights.VerdictsAsync)).Needs(Permission.Read);
        if (node.Role == NodeRole.Centre)
        {
            endpoints.MapPost(HeldSites, Held(static sites => sites.AddAsync)).Needs(Permission.Draft);
            endpoints.MapGet(HeldSites, Held(static sites => sites.ListAsync)).Needs(Permission.Read);
            endpoints.MapDelete(HeldSites + "/{id}", Held(static sites => sites.RemoveAsync)).Needs(Permission.Draft);
        }

        endpoints.MapGet(VerdictQuestion.Path + "{notice}", Answer(static flights => flights.DigestAsync)).Needs(Permission.Node);
    }

    private static RequestDelegate Answer(Func<FlightsEndpoints, Func<HttpContext, Task>> answer) =>
        context => answer(context.RequestServices.GetRequiredService<FlightsEndpoints>())(context);

    private static RequestDelegate Held(Func<HeldSiteEndpoints, Func<HttpContext, Task>> answer) =>
        context => answer(context.RequestServices.GetRequiredService<HeldSiteEndpoints>())(context);
}
