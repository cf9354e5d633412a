using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Tansiq.Server.Audit;
using Tansiq.Server.Problems;

namespace Tansiq.Server.Access;

/// <summary>What an endpoint asks of its caller, as its metadata.</summary>
/// <param name="Permission">The permission.</param>
public sealed record NeededPermission(Permission Permission);

/// <summary>Deny by default: an endpoint answers only whom it names.</summary>
public static class EndpointAccess
{
    /// <summary>Says what an endpoint asks of its caller. Each endpoint says it once.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder endpoint, Permission permission)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new NeededPermission(permission));

    /// <summary>
    /// Finds out who calls and answers for endpoints that the caller may not use: 401 <c>access.unknown-caller</c>, 403 <c>access.not-permitted</c>, <c>access.cross-site</c>; an
    /// endpoint that asks for nothing is answered as one that is not there. Goes after routing.
    /// </summary>
    public static IApplicationBuilder UseEndpointAccess(this IApplicationBuilder application) => application.Use(static async (context, next) =>
    {
        if (context.GetEndpoint() is not { } endpoint)
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        var caller = await FindAsync(context).ConfigureAwait(false);
        context.SetCaller(caller);
        if (endpoint.Metadata.GetMetadata<NeededPermission>() is not { } needed) await Problem.WriteAsync(context, ProblemCodes.NotFound).ConfigureAwait(false);
        else if (caller.May(needed.Permission)) await StreamAccess.AnswerAsync(context, endpoint, needed.Permission, next).ConfigureAwait(false);
        else await RefuseAsync(context, endpoint, caller).ConfigureAwait(false);
    });

    private static Task RefuseAsync(HttpContext context, Endpoint endpoint, Caller caller)
    {
        var refusal = context.CallerRefusal() ?? new(caller.Kind == CallerKind.Nobody ? ProblemCodes.UnknownCaller : ProblemCodes.NotPermitted, "", "", "");
        context.AuditDenied(endpoint, refusal.Code);
        return Problem.WriteAsync(context, refusal);
    }

    private static async ValueTask<Caller> FindAsync(HttpContext context)
    {
        foreach (var source in context.RequestServices.GetServices<ICallerSource>())
        {
            if (await source.FindAsync(context).ConfigureAwait(false) is { } caller) return caller;
        }

        return Caller.Nobody;
    }
}
