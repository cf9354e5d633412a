using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tansiq.Server.Access;
using Tansiq.Server.Nodes;

namespace Tansiq.Server.Hosting;

/// <summary>Something without which a node can't do its work yet; none, and it is ready as soon as it holds a record.</summary>
public interface INodeReadiness
{
    /// <summary>Whether it can do its work.</summary>
    bool IsReady { get; }
}

/// <summary>Whether the node lives and whether it can do its work, for whoever watches over processes. No content: it says nothing to strangers.</summary>
internal static class HealthEndpoints
{
    /// <summary>Whether it can do its work.</summary>
    public const string Ready = "/health/ready";

    /// <summary>Adds <c>/health/live</c> and <c>/health/ready</c>.</summary>
    public static void MapHealth(this IEndpointRouteBuilder endpoints, INode node)
    {
        endpoints.MapGet("/health/live", static () => Results.StatusCode(StatusCodes.Status204NoContent)).Needs(Permission.Anyone).ExcludeFromDescription();
        endpoints.MapGet(Ready, (HttpContext context) =>
        {
            var isReady = node.Picture.Size > 0 && context.RequestServices.GetServices<INodeReadiness>().All(part => part.IsReady);
            return Results.StatusCode(isReady ? StatusCodes.Status204NoContent : StatusCodes.Status503ServiceUnavailable);
        }).Needs(Permission.Anyone).ExcludeFromDescription();
    }
}
