using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tansiq.Server.Access;

namespace Tansiq.Server.Audit;

/// <summary>Events of the audit log that come of requests.</summary>
public static class AuditOfRequest
{
    /// <summary>Who makes a request, for the audit log.</summary>
    public static AuditActor AuditActor(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var caller = context.Caller();
        return new(caller.Kind, caller.Name, context.Connection.RemoteIpAddress?.ToString() ?? "");
    }

    /// <summary>Writes that an endpoint was refused to a caller; nothing where the node keeps no audit log. Its pattern is written, never the address asked for.</summary>
    internal static void AuditDenied(this HttpContext context, Endpoint endpoint, string code)
    {
        if (context.RequestServices.GetService<AuditLog>() is not { } log) return;
        var about = context.Request.Method + " " + ((endpoint as RouteEndpoint)?.RoutePattern.RawText ?? "");
        log.Add(new(context.AuditActor(), AuditActs.Call, about, code));
    }
}
