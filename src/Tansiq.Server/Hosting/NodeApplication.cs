using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NodaTime;
using Tansiq.Server.Access;
using Tansiq.Server.Hosting.Telemetry;
using Tansiq.Server.Nodes;
using Tansiq.Server.Problems;
using Tansiq.Storage.Private;

namespace Tansiq.Server.Hosting;

/// <summary>What a node's web application is put together from. The parts stay the caller's.</summary>
/// <param name="Node">The node.</param>
/// <param name="Private">Its private database, open with the tables of all <paramref name="Modules"/>.</param>
/// <param name="Clock">Its clock.</param>
/// <param name="Modules">Its capabilities.</param>
public sealed record NodeParts(INode Node, PrivateDatabase Private, IClock Clock, IReadOnlyList<ICapabilityModule> Modules);

/// <summary>A node's web application, running.</summary>
public sealed class NodeApplication : IAsyncDisposable
{
    private readonly WebApplication _application;

    private NodeApplication(WebApplication application)
    {
        _application = application;
        Addresses = [.. application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address))];
    }

    /// <summary>Where it is served, with the port that was taken.</summary>
    public Uri Address => Addresses[0];

    /// <summary>All addresses where it is served, in the order in which they were given.</summary>
    public IReadOnlyList<Uri> Addresses { get; }

    /// <summary>Its services.</summary>
    public IServiceProvider Services => _application.Services;

    /// <summary>Starts to serve under all limits.</summary>
    /// <param name="parts">What it is put together from.</param>
    /// <param name="hosting">Where and how.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="ArgumentException">Plain HTTP on an address that others reach.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static Task<NodeApplication> StartAsync(NodeParts parts, NodeHosting hosting, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentNullException.ThrowIfNull(hosting);
        return StartAsync(parts, hosting, options => KestrelBounds.Listen(options, hosting), cancellationToken);
    }

    /// <summary>Starts to serve as a test does: on addresses of its own choice, under every name, and however often it is asked.</summary>
    /// <param name="parts">What it is put together from.</param>
    /// <param name="listen">Sets addresses and limits.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static Task<NodeApplication> StartAsync(NodeParts parts, Action<KestrelServerOptions> listen, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentNullException.ThrowIfNull(listen);
        return StartAsync(parts, new() { Addresses = [], HoldsClients = false }, listen, cancellationToken);
    }

    /// <summary>Ends: streams end, requests that are being answered are waited for.</summary>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync(CancellationToken.None).ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task<NodeApplication> StartAsync(NodeParts parts, NodeHosting hosting, Action<KestrelServerOptions> listen, CancellationToken cancellationToken)
    {
        var application = Build(parts, hosting, listen);
        try
        {
            await application.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await application.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        return new(application);
    }

    private static WebApplication Build(NodeParts parts, NodeHosting hosting, Action<KestrelServerOptions> listen)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(options =>
        {
            KestrelBounds.Bound(options, hosting.Limits);
            listen(options);
        });
        builder.Logging.AddLogs(hosting.LogLevel);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(hosting.Limits.EndSeconds));
        builder.Services.AddRouting();
        builder.Services.AddSingleton(parts.Node).AddSingleton(parts.Private).AddSingleton(parts.Clock);
        if (hosting.HoldsClients) builder.Services.AddRateLimiter(options => ClientLimits.Set(options, hosting.Limits));
        if (hosting.Telemetry is { } collector)
        {
            builder.Services.AddSingleton(_ => new NodeMetrics(parts.Node, parts.Clock));
            builder.Services.AddTelemetry(parts.Node.Identity, collector);
        }

        foreach (var module in parts.Modules) module.AddServices(builder.Services);
        var application = builder.Build();
        // Nobody else asks for it: made here, it measures from now on and ends with the application.
        _ = application.Services.GetService<NodeMetrics>();
        Map(application, parts, hosting);
        return application;
    }

    private static void Map(WebApplication application, NodeParts parts, NodeHosting hosting)
    {
        application.UseRouting();
        application.UseRequestLog();
        application.UseResponseHeaders();
        application.UseHostNames(hosting.Names);
        if (hosting.HoldsClients) application.UseRateLimiter();
        application.UseStreamEnding();
        application.UseEndpointAccess();
        application.MapHealth(parts.Node);
        foreach (var module in parts.Modules) module.Map(application, parts.Node.Identity);
        application.MapFallback(static context => Problem.WriteAsync(context, ProblemCodes.NotFound)).Needs(Permission.Anyone);
    }
}
