using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tansiq.Server.Access;

namespace Tansiq.Server.Hosting.Telemetry;

/// <summary>
/// One line for each request: which endpoint by its pattern, never the path or query with what stands in them; who asked by kind and pseudonym; the status and how
/// long it took. Nothing of what was asked or answered.
/// </summary>
internal static partial class RequestLog
{
    /// <summary>The category.</summary>
    public const string Category = "Tansiq.Requests";

    /// <summary>Writes the lines. Goes after routing.</summary>
    public static IApplicationBuilder UseRequestLog(this IApplicationBuilder application)
    {
        var logger = application.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger(Category);
        return application.Use(async (context, next) =>
        {
            var start = Stopwatch.GetTimestamp();
            try
            {
                await next(context).ConfigureAwait(false);
            }
            finally
            {
                Write(logger, context, Stopwatch.GetElapsedTime(start));
            }
        });
    }

    private static void Write(ILogger logger, HttpContext context, TimeSpan took)
    {
        var pattern = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "none";
        // Not to be ready yet is an answer of the endpoint of health, and no fault.
        var isFault = context.Response.StatusCode >= StatusCodes.Status500InternalServerError && pattern != HealthEndpoints.Ready;
        var level = isFault ? LogLevel.Warning : LogLevel.Debug;
        if (!logger.IsEnabled(level)) return;
        var caller = context.Caller();
        Answered(logger, level, context.Request.Method, pattern, context.Response.StatusCode, caller.Kind, caller.Name, took.TotalMilliseconds);
    }

    [LoggerMessage(EventId = 100, Message = "{Method} {Pattern} {Status} {CallerKind} {Caller} {Milliseconds}")]
    private static partial void Answered(ILogger logger, LogLevel level, string method, string pattern, int status, CallerKind callerKind, string caller, double milliseconds);
}
