using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Tansiq.Server.Nodes;

namespace Tansiq.Server.Hosting.Telemetry;

/// <summary>What a node tells those who run it: lines of JSON on standard error, and metrics and traces where a collector is named. Never content.</summary>
internal static class NodeTelemetry
{
    /// <summary>Adds logs: one JSON object a line, on standard error.</summary>
    public static void AddLogs(this ILoggingBuilder logging, LogLevel level)
    {
        if (level == LogLevel.None) return;
        logging.SetMinimumLevel(level);
        // What the framework says in passing is for its own makers, and its lower levels name paths.
        logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("System", LogLevel.Warning).AddFilter("OpenTelemetry", LogLevel.Warning);
        logging.AddJsonConsole(options =>
        {
            options.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
            options.UseUtcTimestamp = true;
            options.IncludeScopes = false;
        });
        logging.Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    /// <summary>Adds metrics and traces by OTLP over HTTP.</summary>
    /// <param name="services">The services.</param>
    /// <param name="identity">Who the node is.</param>
    /// <param name="collector">The collector, as <c>http://127.0.0.1:4318</c>.</param>
    public static void AddTelemetry(this IServiceCollection services, NodeIdentity identity, Uri collector)
    {
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("tansiq", identity.Role.ToString().ToLowerInvariant(), serviceInstanceId: identity.Name))
            .WithMetrics(metrics => metrics
                .AddMeter(NodeMetrics.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.RateLimiting", "System.Runtime")
                .AddOtlpExporter(options => Set(options, new(collector, "/v1/metrics"))))
            .WithTracing(traces => traces
                .AddAspNetCoreInstrumentation(options => options.EnrichWithHttpRequest = static (activity, _) =>
                {
                    // The path and the query may name people's doings; the pattern of the endpoint is enough.
                    activity.SetTag("url.path", null);
                    activity.SetTag("url.query", null);
                })
                .AddOtlpExporter(options => Set(options, new(collector, "/v1/traces"))));
    }

    private static void Set(OtlpExporterOptions options, Uri endpoint) => (options.Protocol, options.Endpoint) = (OtlpExportProtocol.HttpProtobuf, endpoint);
}
