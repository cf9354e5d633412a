using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using NodaTime;
using Tansiq.Coordination;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Record.Federation;
using Tansiq.Record.Notes;
using Tansiq.Server.Federation;
using Tansiq.Server.Federation.Signing;
using Tansiq.Server.Hosting;
using Tansiq.Server.Hosting.Running;
using Tansiq.Server.Nodes;
using Tansiq.Storage.Logs;
using Tansiq.Storage.Private;
using Tansiq.Storage.Sqlite;

namespace Tansiq.Server.Tests.Nodes;

/// <summary>
/// An office and two centres (<c>us</c> and <c>ru</c>) with the founding of scenarios/syria-2016, each on disks and a port of its own, talking over real HTTP with signed
/// requests. A node can be stopped and started again on its disks.
/// </summary>
internal sealed class ThreeNodes : IAsyncDisposable
{
    /// <summary>Short, so that a test does not wait for what people agree on in minutes.</summary>
    public static readonly FederationTimes Quick = new()
    {
        Answer = Duration.FromSeconds(5),
        FirstPause = Duration.FromMilliseconds(20),
        LongestPause = Duration.FromMilliseconds(200),
        Look = Duration.FromMilliseconds(200),
        Greeting = Duration.FromMilliseconds(300),
        Unanswered = Duration.FromMilliseconds(500),
    };

    private readonly TemporaryFolder _folder = new();
    private readonly Func<Id<Party>, IClock> _clocks;
    private readonly FederationTimes _times;
    private readonly Func<INode, ImmutableArray<NodePeer>, IReadOnlyList<ICapabilityModule>> _modules;
    private readonly X509Certificate2? _certificate;
    private readonly Func<string, ContentHash?>? _trusted;
    private readonly Dictionary<string, TestNode> _nodes = [];
    private readonly Dictionary<string, int> _ports = [];

    private ThreeNodes(Func<INode, ImmutableArray<NodePeer>, IReadOnlyList<ICapabilityModule>> modules, Func<Id<Party>, IClock>? clocks, FederationTimes? times, X509Certificate2? certificate, Func<string, ContentHash?>? trusted) =>
        (_modules, _clocks, _times, _certificate, _trusted) = (modules, clocks ?? (_ => SystemClock.Instance), times ?? Quick, certificate, trusted);

    public TestNode Office => _nodes["office"];

    public TestNode Us => _nodes["us"];

    public TestNode Ru => _nodes["ru"];

    /// <summary>The versions of HTTP in which nodes were answered by others.</summary>
    public ConcurrentBag<Version> Versions { get; } = [];

    /// <summary>Who the office is in the founding.</summary>
    public Id<Party> OfficeParty { get; private set; } = Id<Party>.None;

    /// <summary>Starts all three.</summary>
    /// <param name="modules">The capabilities of each node, beside the federation.</param>
    /// <param name="clocks">The clock of each party's node; the system's where it is not given.</param>
    /// <param name="times">What the nodes have agreed on.</param>
    /// <param name="trusted">The founding that a node trusts, by its name; the one with which the record begins where null is given.</param>
    public static Task<ThreeNodes> StartAsync(
        Func<INode, IReadOnlyList<ICapabilityModule>>? modules = null, Func<Id<Party>, IClock>? clocks = null, FederationTimes? times = null, Func<string, ContentHash?>? trusted = null) =>
        StartAsync((node, _) => modules?.Invoke(node) ?? [], clocks, times, certificate: null, trusted);

    /// <summary>Starts all three.</summary>
    /// <param name="modules">The capabilities of each node, by the nodes that it talks to.</param>
    /// <param name="clocks">The clock of each party's node; the system's where it is not given.</param>
    /// <param name="times">What the nodes have agreed on.</param>
    /// <param name="certificate">For the names of all nodes, believed by all: they talk over TLS. Null for plain HTTP.</param>
    /// <param name="trusted">The founding that a node trusts, by its name; the one with which the record begins where null is given.</param>
    public static async Task<ThreeNodes> StartAsync(
        Func<INode, ImmutableArray<NodePeer>, IReadOnlyList<ICapabilityModule>> modules, Func<Id<Party>, IClock>? clocks, FederationTimes? times, X509Certificate2? certificate, Func<string, ContentHash?>? trusted = null)
    {
        var three = new ThreeNodes(modules, clocks, times, certificate, trusted);
        three.Found();
        foreach (var name in (string[])["office", "us", "ru"]) three._ports[name] = FreePort();
        foreach (var name in (string[])["office", "us", "ru"]) await three.StartAsync(name);
        return three;
    }

    /// <summary>A request to a node, signed by a party's node.</summary>
    public async Task<HttpRequestMessage> RequestAsync(string to, string by, HttpMethod method, string path, byte[]? body = null)
    {
        using var key = TestKeys.Statement(PartyOf(by));
        var request = new HttpRequestMessage(method, new Uri(AddressOf(to), "/federation/v1/" + path)) { Content = body is null ? null : new ByteArrayContent(body) };
        await new RequestSigning(key, SystemClock.Instance).SignAsync(request, default);
        return request;
    }

    /// <summary>Starts a node on its disks, or again; any name but the three is an observer's of the founding, of which the others need not know.</summary>
    public async Task<TestNode> StartAsync(string name)
    {
        _ports.TryAdd(name, FreePort());
        var node = await TestNode.OpenAsync(this, name);
        _nodes[name] = node;
        return node;
    }

    /// <summary>Stops a node; its disks and its port stay its own.</summary>
    public async Task StopAsync(string name)
    {
        if (_nodes.Remove(name, out var node)) await node.DisposeAsync();
    }

    /// <summary>Waits until a picture is as it should be.</summary>
    public static async Task<NodePicture> UntilAsync(INode node, Func<NodePicture, bool> isReached, string what)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var picture = node.Picture;
        try
        {
            while (!isReached(picture)) picture = await node.NextAsync(picture, patience.Token);
        }
        catch (OperationCanceledException cancelled)
        {
            throw new TimeoutException(FormattableString.Invariant($"{node.Identity.Name}: {what}: size {picture.Size}, joint {picture.JointSize}, waiting {picture.Waiting.Length}, findings {string.Join("; ", picture.Findings)}"), cancelled);
        }

        return picture;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var name in _nodes.Keys.ToList()) await StopAsync(name);
        _folder.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Found()
    {
        var text = File.ReadAllBytes(Path.Combine(OneMachine.RepositoryRoot(), "scenarios", "syria-2016", "scenario.json"));
        var keyed = FoundingKeysWriter.Write(text, TestKeys.Of(FoundingReader.Read(text).Value)).Value;
        var founding = FoundingReader.Read(keyed).Value;
        OfficeParty = founding.Office;
        Kind = founding.Kind;
        Keys = founding.Keys!;
        Founding = ContentHash.Of(keyed.Span);
        using var store = SqliteRecordStore.Create(PathOf("office", "record.db"), TestKeys.Origin).Value;
        using var logKey = TestKeys.Log();
        using var officeKey = TestKeys.Statement(founding.Office);
        _ = RecordFounding.Write(store, keyed, founding, logKey, officeKey, _clocks(founding.Office).GetCurrentInstant()).Value;
    }

    private RecordKind Kind { get; set; }

    private FoundingKeys Keys { get; set; } = null!;

    private ContentHash Founding { get; set; } = null!;

    /// <summary>A file of a node's.</summary>
    public string PathOf(string name, string file) => Path.Combine(Directory.CreateDirectory(_folder.File(name)).FullName, file);

    private Uri AddressOf(string name) => new($"{(_certificate is null ? "http" : "https")}://{name}.localhost:{_ports[name]}/");

    private ImmutableArray<NodePeer> PeersOf(string name) =>
        [.. _ports.Keys.Where(each => each != name && RoleOf(each) != NodeRole.Observer).Select(each => new NodePeer(PartyOf(each), RoleOf(each), each + ".localhost", AddressOf(each)))];

    private static NodeRole RoleOf(string name) => name switch { "office" => NodeRole.Office, "us" or "ru" => NodeRole.Centre, _ => NodeRole.Observer };

    private void Listen(Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions options, string name) => options.Listen(IPAddress.Loopback, _ports[name], listening =>
    {
        if (_certificate is not null) listening.UseHttps(_certificate);
    });

    private RequestSigning Signing(SigningKey key, HttpMessageHandler inner)
    {
        if (_certificate is not null) PeerTrust.Set(inner, [_certificate]);
        return new(key, SystemClock.Instance) { InnerHandler = new VersionsSeen(this, inner) };
    }

    private Id<Party> PartyOf(string name) => name == "office" ? OfficeParty : new(name);

    /// <summary>One of the three.</summary>
    internal sealed class TestNode : IAsyncDisposable
    {
        private readonly List<IDisposable> _keys;
        private readonly SqliteRecordStore _store;
        private readonly PrivateDatabase _database;
        private readonly NodeApplication _application;

        private TestNode(FederatedNode node, NodeApplication application, SqliteRecordStore store, PrivateDatabase database, List<IDisposable> keys) =>
            (Node, _application, _store, _database, _keys) = (node, application, store, database, keys);

        public FederatedNode Node { get; }

        public Uri Address => _application.Address;

        public PrivateDatabase Database => _database;

        /// <summary>What it has told beside its record.</summary>
        public IReadOnlyCollection<string> Told { get; private init; } = [];

        public IServiceProvider Services => _application.Services;

        /// <summary>Its party says something.</summary>
        public Task<Submission> SayAsync(string id, StatementBody body) =>
            Node.SayAsync(StatementWriter.Write(new(id), Node.Identity.Party, Node.Settings.Clock.GetCurrentInstant(), body).Value, [], default);

        public static async Task<TestNode> OpenAsync(ThreeNodes three, string name)
        {
            var party = three.PartyOf(name);
            var clock = three._clocks(party);
            var path = three.PathOf(name, "record.db");
            var store = File.Exists(path) ? SqliteRecordStore.Open(path).Value : SqliteRecordStore.Create(path, TestKeys.Origin).Value;
            var role = RoleOf(name);
            var (statement, witness, log) = (TestKeys.Statement(party), role == NodeRole.Centre ? TestKeys.Witness(party) : null, role == NodeRole.Office ? TestKeys.Log() : null);
            var identity = new NodeIdentity(role, party, name + ".localhost", three.Kind);
            var told = new System.Collections.Concurrent.ConcurrentQueue<string>();
            var settings = new NodeSettings(identity, new(statement) { Cosigning = witness, Log = log }, three.Keys.Log, clock) { Told = told.Enqueue, Founding = three._trusted?.Invoke(name) ?? three.Founding, Times = three._times, JitterSeed = (ulong)three._ports[name] };
            var peers = three.PeersOf(name);
            var tables = new List<PrivateSchema> { FederationModule.Tables };
            var probe = three._modules(OneMachineOf(settings), peers).Select(module => module.Schema).OfType<PrivateSchema>();
            var database = PrivateDatabase.Open(three.PathOf(name, "private.db"), [.. tables, .. probe]);
            FederatedNode node = role == NodeRole.Office ? (await OfficeNode.OpenAsync(store, settings)).Value : (await CentreNode.OpenAsync(store, database, settings, three.OfficeParty)).Value;
            var modules = new List<ICapabilityModule> { new FederationModule(node, new RequestVerification(new RecordedNodeKeys(node, three.Keys), SystemClock.Instance, new([identity.Name]))) };
            modules.AddRange(three._modules(node, peers));
            var application = await NodeApplication.StartAsync(new(node, database, clock, modules), options => three.Listen(options, name), default);
            node.Begin(peers, inner => three.Signing(statement, inner));
            return new(node, application, store, database, [.. new IDisposable?[] { statement, witness, log }.OfType<IDisposable>()]) { Told = told };
        }

        public async ValueTask DisposeAsync()
        {
            await Node.DisposeAsync();
            await _application.DisposeAsync();
            _store.Dispose();
            _database.Dispose();
            foreach (var key in _keys) key.Dispose();
        }

        // Modules say their tables before there is a node; none may use it for that.
        private static NoNode OneMachineOf(NodeSettings settings) => new NoNode(settings.Identity);
    }

    private sealed class VersionsSeen : DelegatingHandler
    {
        private readonly ThreeNodes _nodes;

        public VersionsSeen(ThreeNodes nodes, HttpMessageHandler sending)
            : base(sending) => _nodes = nodes;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            _nodes.Versions.Add(answer.Version);
            return answer;
        }
    }

    private sealed class NoNode(NodeIdentity identity) : INode
    {
        public NodeIdentity Identity => identity;

        public Tansiq.Record.Logs.IRecordStore Store => throw new NotSupportedException();

        public NodePicture Picture => throw new NotSupportedException();

        public Task<NodePicture> NextAsync(NodePicture seen, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Submission> SayAsync(ReadOnlyMemory<byte> text, IReadOnlyList<ReadOnlyMemory<byte>> attachments, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Submission> SubmitAsync(ReadOnlyMemory<byte> entry, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ReadOnlyMemory<byte>? Attachment(Tansiq.Record.Entries.AttachmentHash hash) => throw new NotSupportedException();
    }
}
