using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Tansiq.Server.Access;
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

    private NodeApplication(WebApplication application, Uri address)
    {
        _application = application;
        Address = address;
    }

    /// <summary>Where it is served, with the port that was taken.</summary>
    public Uri Address { get; }

    /// <summary>Its services.</summary>
    public IServiceProvider Services => _application.Services;

    /// <summary>Starts to serve.</summary>
    /// <param name="parts">What it is put together from.</param>
    /// <param name="listen">Sets addresses and limits.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<NodeApplication> StartAsync(NodeParts parts, Action<KestrelServerOptions> listen, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentNullException.ThrowIfNull(listen);
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(listen);
        builder.Services.AddRouting();
        builder.Services.AddSingleton(parts.Node).AddSingleton(parts.Private).AddSingleton(parts.Clock);
        foreach (var module in parts.Modules) module.AddServices(builder.Services);
        var application = builder.Build();
        application.UseRouting();
        application.UseEndpointAccess();
        foreach (var module in parts.Modules) module.Map(application, parts.Node.Identity);
        application.MapFallback(static context => Problem.WriteAsync(context, ProblemCodes.NotFound)).Needs(Permission.Anyone);
        try
        {
            await application.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await application.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        var address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new(application, new(address));
    }

    /// <summary>Ends: requests that are being answered are waited for.</summary>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync(CancellationToken.None).ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
    }
}
