using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tansiq.Server.Access;
using Tansiq.Server.Hosting;
using Tansiq.Server.Nodes;
using Tansiq.Server.Parties.StandingPicture;
using Tansiq.Storage.Private;

namespace Tansiq.Server.Parties;

/// <summary>The desk of a centre or the office: who is on duty, how desks are reached, calls, line checks, handovers, the printable standing picture (PTY-5, PTY-6).</summary>
public sealed class DeskModule : ICapabilityModule
{
    private const string Prefix = "/api/v1";

    /// <inheritdoc />
    public PrivateSchema Schema => DeskTables.Schema;

    /// <inheritdoc />
    public void AddServices(IServiceCollection services)
    {
        services.AddSingleton<CallLog>().AddSingleton<HandoverLog>().AddSingleton<MissedChecks>();
        services.AddSingleton<DutyEndpoints>().AddSingleton<LineCheckEndpoints>().AddSingleton<CallEndpoints>().AddSingleton<HandoverEndpoints>();
        services.AddSingleton<StandingPictureEndpoint>().AddHostedService<LineCheckWatch>();
    }

    /// <inheritdoc />
    public void Map(IEndpointRouteBuilder endpoints, NodeIdentity node)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(node);
        endpoints.MapGet(Prefix + "/duty", Answer<DutyEndpoints>(static duty => duty.DutyAsync)).Needs(Permission.Read);
        endpoints.MapGet(Prefix + "/contacts", Answer<DutyEndpoints>(static duty => duty.ContactsAsync)).Needs(Permission.Read);
        endpoints.MapGet(Prefix + "/standing-picture", Answer<StandingPictureEndpoint>(static sheet => sheet.AnswerAsync)).Needs(Permission.Read);
        endpoints.MapGet(Prefix + "/line-checks", Answer<LineCheckEndpoints>(static checks => checks.ListAsync)).Needs(Permission.Read);
        if (node.Role == NodeRole.Observer) return;
        endpoints.MapPost(Prefix + "/line-checks", Answer<LineCheckEndpoints>(static checks => checks.SayAsync)).Needs(Permission.Desk);
        endpoints.MapPost(Prefix + "/line-checks/missed/{number}/acknowledge", Answer<LineCheckEndpoints>(static checks => checks.AcknowledgeAsync)).Needs(Permission.Desk);
        endpoints.MapGet(Prefix + "/calls", Answer<CallEndpoints>(static calls => calls.ListAsync)).Needs(Permission.Desk);
        endpoints.MapPost(Prefix + "/calls", Answer<CallEndpoints>(static calls => calls.OpenAsync)).Needs(Permission.Desk);
        endpoints.MapPost(Prefix + "/calls/{id}/read-back", Answer<CallEndpoints>(static calls => calls.ReadBackAsync)).Needs(Permission.Desk);
        endpoints.MapGet(Prefix + "/handovers", Answer<HandoverEndpoints>(static handovers => handovers.ListAsync)).Needs(Permission.Desk);
        endpoints.MapPost(Prefix + "/handovers", Answer<HandoverEndpoints>(static handovers => handovers.GiveAsync)).Needs(Permission.Desk);
        endpoints.MapPost(Prefix + "/handovers/{id}/take-over", Answer<HandoverEndpoints>(static handovers => handovers.TakeOverAsync)).Needs(Permission.Desk);
    }

    private static RequestDelegate Answer<TEndpoints>(Func<TEndpoints, RequestDelegate> answer)
        where TEndpoints : notnull => context => answer(context.RequestServices.GetRequiredService<TEndpoints>())(context);
}
