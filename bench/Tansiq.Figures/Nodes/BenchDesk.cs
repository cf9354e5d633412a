using System.Collections.Immutable;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tansiq.Coordination.Flights;
using Tansiq.Server.Access;
using Tansiq.Server.Federation;
using Tansiq.Server.Hosting;
using Tansiq.Server.Nodes;
using Tansiq.Storage.Private;

namespace Tansiq.Figures.Nodes;

/// <summary>The officers of a node in a measurement: whoever calls itself one is one. The cost of showing who one is is not measured here.</summary>
internal sealed class BenchDesk : ICapabilityModule
{
    private const string Scheme = "Bench";

    /// <inheritdoc/>
    public PrivateSchema? Schema => null;

    /// <summary>What an officer's screen asks a node with.</summary>
    public static HttpClient Client(BenchNode node, int connections = 4)
    {
        var handler = NodeConnections.Handler();
        handler.MaxConnectionsPerServer = connections;
        var client = new HttpClient(handler) { BaseAddress = BenchNode.AddressOf(node), Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(Scheme, "watch-1");
        return client;
    }

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services) => services.AddSingleton<ICallerSource, Officers>();

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder endpoints, NodeIdentity node)
    {
    }

    private sealed class Officers : ICallerSource
    {
        private static readonly Caller Officer = new(CallerKind.Officer, "watch-1", null, [OfficerRole.Watch], ImmutableSortedSet.Create(Permission.Anyone, Permission.Read, Permission.Stop));

        public ValueTask<Caller?> FindAsync(HttpContext context) =>
            new(context.Request.Headers.Authorization.ToString().StartsWith(Scheme, StringComparison.Ordinal) ? Officer : null);
    }
}

/// <summary>The lines of a measurement's nodes: while they are cut, what is sent over them is swallowed, as a firewall does.</summary>
internal sealed class BenchLines
{
    private volatile bool _areCut;

    /// <summary>Whether they are cut.</summary>
    public bool AreCut
    {
        get => _areCut;
        set => _areCut = value;
    }

    /// <summary>What sends over them.</summary>
    public HttpMessageHandler Handler() => new Cuttable(this) { InnerHandler = NodeConnections.Handler() };

    private sealed class Cuttable(BenchLines lines) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (lines.AreCut) await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(false);
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
    }
}
