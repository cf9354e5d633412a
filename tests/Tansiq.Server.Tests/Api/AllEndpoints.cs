using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Record.Notes;
using Tansiq.Server.Access;
using Tansiq.Server.Api.Describing;
using Tansiq.Server.Hosting;
using Tansiq.Server.Hosting.Running;
using Tansiq.Server.Nodes;
using Tansiq.Server.Tests.Nodes;
using Tansiq.Storage.Private;

namespace Tansiq.Server.Tests.Api;

/// <summary>Office and centres with every capability that there is; who calls is said by a header.</summary>
public sealed class AllEndpoints : IAsyncLifetime
{
    /// <summary>Names the caller of <see cref="Callers"/>.</summary>
    public const string Header = "X-Test-Caller";

    private readonly List<SigningKey> _keys = [];
    private ThreeNodes? _nodes;

    /// <summary>Everyone who may call: officers by role, at home and as liaison, tokens by scope, another node, nobody.</summary>
    internal static ImmutableSortedDictionary<string, Caller> Callers { get; } = MakeCallers();

    internal ThreeNodes.TestNode Office => _nodes!.Office;

    internal ThreeNodes.TestNode Centre => _nodes!.Us;

    internal static IReadOnlyList<DescribedEndpoint> Of(ThreeNodes.TestNode node) => EndpointList.Of(node.Services.GetServices<EndpointDataSource>());

    public async ValueTask InitializeAsync() => _nodes = await ThreeNodes.StartAsync(Modules);

    public async ValueTask DisposeAsync()
    {
        if (_nodes is not null) await _nodes.DisposeAsync();
        foreach (var key in _keys) key.Dispose();
    }

    private IReadOnlyList<ICapabilityModule> Modules(INode node)
    {
        var key = TestKeys.Statement(node.Identity.Party);
        _keys.Add(key);
        return [new Said(), .. NodeModules.Of(new(node.Identity, key, [], () => new SocketsHttpHandler(), () => new SocketsHttpHandler()))];
    }

    private static ImmutableSortedDictionary<string, Caller> MakeCallers()
    {
        var callers = ImmutableSortedDictionary.CreateBuilder<string, Caller>(StringComparer.Ordinal);
        callers.Add("nobody", Caller.Nobody);
        callers.Add("node", new(CallerKind.Node, "ru", new("ru"), [], [Permission.Anyone, Permission.Node]));
        foreach (var role in Enum.GetValues<OfficerRole>()) callers.Add("officer " + role.ToString().ToLowerInvariant(), Officer("us", [role], administers: false));
        callers.Add("officer of another party", Officer("ru", [OfficerRole.Command], administers: false));
        callers.Add("administrator", Officer("us", [], administers: true));
        foreach (var scope in Enum.GetValues<TokenScope>()) callers.Add("token " + scope.ToString().ToLowerInvariant(), new(CallerKind.Token, "token", new("us"), [], OfficerPermissions.Of([scope])));
        return callers.ToImmutable();
    }

    private static Caller Officer(string home, ImmutableSortedSet<OfficerRole> roles, bool administers)
    {
        var account = new OfficerAccount { Officer = "o-1", Home = new(home), Roles = roles, Administers = administers, Person = "", Telephone = "", Passphrase = PassphraseState.Own };
        var node = new NodeIdentity(NodeRole.Centre, new("us"), "us.localhost", RecordKind.Exercise);
        return new(CallerKind.Officer, account.Officer, account.Home, roles, OfficerPermissions.Of(account, node, AuthorityMatrix.Default));
    }

    private sealed class Said : ICapabilityModule, ICallerSource
    {
        public PrivateSchema? Schema => null;

        public void AddServices(IServiceCollection services) => services.AddSingleton<ICallerSource>(this);

        public void Map(IEndpointRouteBuilder endpoints, NodeIdentity node)
        {
        }

        public ValueTask<Caller?> FindAsync(HttpContext context) => new(Callers.GetValueOrDefault(context.Request.Headers[Header].ToString()));
    }
}
