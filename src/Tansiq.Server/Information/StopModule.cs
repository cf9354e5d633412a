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

namespace Tansiq.Server.Information;

/// <summary>STOP, hotline and flight safety (INF-5): from centre to centre at once, whatever the state of the record.</summary>
/// <param name="parts">What it is put together from.</param>
public sealed class StopModule(UrgentParts parts) : ICapabilityModule
{
    private const string Stops = "/api/v1/stops";
    private const string One = Stops + "/{message}";

    /// <inheritdoc/>
    public PrivateSchema Schema => UrgentNotesKept.Schema;

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddSingleton(parts).AddSingleton<UrgentNotesKept>().AddSingleton<UrgentDesk>().AddSingleton<StopEndpoints>();
        services.AddSingleton<UrgentEvents>().AddSingleton<IEventSource>(static provider => provider.GetRequiredService<UrgentEvents>());
        services.AddSingleton<IHostedService>(static provider => provider.GetRequiredService<UrgentDesk>());
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder endpoints, NodeIdentity node)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(node);
        Take(endpoints.MapPost(UrgentWire.Path, Answer(static stops => stops.ReceiveAsync)), Permission.Anyone);
        if (node.Role == NodeRole.Observer) return;
        Take(endpoints.MapPost(Stops, Answer(static stops => stops.SendAsync)), Permission.Stop);
        Take(endpoints.MapGet(Stops, Answer(static stops => stops.ListAsync)).WithMetadata(new TakenParameters(["open"])), Permission.Stop);
        Take(endpoints.MapGet(Stops + "/events", Answer(static stops => stops.EventsAsync)).EndsWithNode(), Permission.Stop);
        Take(endpoints.MapGet(One, Answer(static stops => stops.OneAsync)), Permission.Stop);
        Take(endpoints.MapPost(One + "/answer", Answer(static stops => stops.AnswerAsync)), Permission.Stop);
        Take(endpoints.MapPost(One + "/shown", Answer(static stops => stops.ShownAsync)), Permission.Stop);
        Take(endpoints.MapPost(One + "/close", Answer(static stops => stops.CloseAsync)), Permission.Stop);
    }

    // How often somebody asks is never a reason to leave a STOP lying.
    private static void Take(IEndpointConventionBuilder endpoint, Permission permission) => endpoint.Needs(permission).DisableRateLimiting();

    private static RequestDelegate Answer(Func<StopEndpoints, Func<HttpContext, Task>> answer) =>
        context => answer(context.RequestServices.GetRequiredService<StopEndpoints>())(context);
}
