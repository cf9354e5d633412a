using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tansiq.Server.Access;
using Tansiq.Server.Api.Describing;
using Tansiq.Server.Api.Events;
using Tansiq.Server.Hosting;
using Tansiq.Server.Nodes;
using Tansiq.Storage.Private;

namespace Tansiq.Server.Flights;

/// <summary>What the module reaches other nodes by.</summary>
/// <param name="Peers">They.</param>
/// <param name="MakeHandler">Makes what signs and sends requests to them.</param>
public sealed record FlightsParts(ImmutableArray<NodePeer> Peers, Func<HttpMessageHandler> MakeHandler);

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
        services.AddSingleton<IEventSource, AlarmEvents>();
        services.AddSingleton<HeldSitesKept>().AddSingleton<HeldSiteWatch>().AddSingleton<HeldSiteEndpoints>();
        services.AddSingleton<IHostedService>(static provider => provider.GetRequiredService<StandingWatch>());
        services.AddSingleton<IHostedService>(static provider => provider.GetRequiredService<HeldSiteWatch>());
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder endpoints, NodeIdentity node)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(node);
        endpoints.MapGet(Alarms, Answer(static flights => flights.AlarmsAsync)).Needs(Permission.Desk).WithMetadata(new TakenParameters(["after", "open", "limit"]));
        endpoints.MapPost(Alarms + "/{number}/acknowledge", Answer(static flights => flights.AcknowledgeAsync)).Needs(Permission.Desk);
        endpoints.MapGet("/api/v1/notices/{party}/{id}/verdicts", Answer(static flights => flights.VerdictsAsync)).Needs(Permission.Read);
        if (node.Role == NodeRole.Centre)
        {
            endpoints.MapPost(HeldSites, Held(static sites => sites.AddAsync)).Needs(Permission.Draft);
            endpoints.MapGet(HeldSites, Held(static sites => sites.ListAsync)).Needs(Permission.Read);
            endpoints.MapDelete(HeldSites + "/{id}", Held(static sites => sites.RemoveAsync)).Needs(Permission.Draft);
        }

        endpoints.MapGet(VerdictQuestion.Path + "{notice}", Answer(static flights => flights.DigestAsync)).Needs(Permission.Node).WithMetadata(new TakenParameters(["knownAt", "joint", "validAt"]));
    }

    private static RequestDelegate Answer(Func<FlightsEndpoints, Func<HttpContext, Task>> answer) =>
        context => answer(context.RequestServices.GetRequiredService<FlightsEndpoints>())(context);

    private static RequestDelegate Held(Func<HeldSiteEndpoints, Func<HttpContext, Task>> answer) =>
        context => answer(context.RequestServices.GetRequiredService<HeldSiteEndpoints>())(context);
}
