using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using NodaTime;
using Tansiq.Coordination;
using Tansiq.Coordination.Parties;
using Tansiq.Figures.Records;
using Tansiq.Record.Notes;
using Tansiq.Server.Api;
using Tansiq.Server.Federation;
using Tansiq.Server.Federation.Signing;
using Tansiq.Server.Hosting;
using Tansiq.Server.Information;
using Tansiq.Server.Nodes;
using Tansiq.Storage.Private;
using Tansiq.Storage.Sqlite;

namespace Tansiq.Figures.Nodes;

/// <summary>A node of the workload's record on disks and a port of its own, served as <c>tansiq serve</c> serves it.</summary>
internal sealed class BenchNode : IAsyncDisposable
{
    private readonly SqliteRecordStore _store;
    private readonly PrivateDatabase _database;
    private readonly NodeApplication _application;
    private readonly SigningKey? _witness;

    private BenchNode(FederatedNode node, NodeApplication application, SqliteRecordStore store, PrivateDatabase database, SigningKey? witness) =>
        (Node, _application, _store, _database, _witness) = (node, application, store, database, witness);

    public FederatedNode Node { get; }

    public Uri Address => _application.Address;

    /// <summary>Opens a node on what is in a folder.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="workload">The record and the keys.</param>
    /// <param name="name">Whose node it is.</param>
    /// <param name="clock">Its clock.</param>
    /// <param name="port">Where it is served.</param>
    /// <param name="urgent">The other nodes to which it sends a STOP, and the lines to them; null where it sends none.</param>
    public static async Task<BenchNode> OpenAsync(string folder, RecordWorkload workload, string name, IClock clock, int port = 0, (ImmutableArray<NodePeer> Peers, BenchLines Lines)? urgent = null)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, "record.sqlite");
        var store = (File.Exists(path) ? SqliteRecordStore.Open(path) : SqliteRecordStore.Create(path, RecordWorkload.Origin)).Value;
        var (party, isOffice) = (new Id<Party>(name), name == "office");
        var witness = isOffice ? null : RecordWorkload.WitnessKey(party);
        var keys = new NodeKeys(workload.StatementKey(party)) { Cosigning = witness, Log = isOffice ? workload.LogKey : null };
        var identity = new NodeIdentity(isOffice ? NodeRole.Office : NodeRole.Centre, party, name + ".localhost", RecordKind.Exercise);
        var settings = new NodeSettings(identity, keys, workload.LogKey.Verifier, clock) { SnapshotFolder = Path.Combine(folder, "snapshots"), JitterSeed = (ulong)name.Length };
        var modules = new List<ICapabilityModule> { new BenchDesk(), new ApiModule() };
        if (urgent is var (peers, lines)) modules.Add(new StopModule(new(workload.StatementKey(party), peers) { MakeHandler = lines.Handler }));
        var database = PrivateDatabase.Open(Path.Combine(folder, "private.sqlite"), [FederationModule.Tables, .. modules.Select(module => module.Schema).OfType<PrivateSchema>()]);
        if (isOffice && store.Size == 0) Found(store, workload);
        FederatedNode node = isOffice ? (await OfficeNode.OpenAsync(store, settings).ConfigureAwait(false)).Value : (await CentreNode.OpenAsync(store, database, settings, new("office")).ConfigureAwait(false)).Value;
        var callers = new RequestVerification(new RecordedNodeKeys(node, workload.Founded.Keys), SystemClock.Instance, new([identity.Name]) { MaximumRequests = 10_000_000 });
        var application = await NodeApplication.StartAsync(new(node, database, clock, [new FederationModule(node, callers), .. modules]), options => options.Listen(IPAddress.Loopback, port), CancellationToken.None).ConfigureAwait(false);
        return new(node, application, store, database, witness);
    }

    /// <summary>Begins to talk to others.</summary>
    public void Begin(RecordWorkload workload, params IEnumerable<BenchNode> others) => Node.Begin(
        [.. others.Select(other => new NodePeer(other.Node.Identity.Party, other.Node.Identity.Role, other.Node.Identity.Name, AddressOf(other)))],
        inner => new RequestSigning(workload.StatementKey(Node.Identity.Party), SystemClock.Instance) { InnerHandler = inner });

    /// <summary>Its address by the name under which it takes requests.</summary>
    public static Uri AddressOf(BenchNode node) => new($"http://{node.Node.Identity.Name}:{node.Address.Port}/");

    /// <summary>How a node under a name and at a port is called.</summary>
    public static NodePeer PeerAt(string name, int port) => new(new(name), NodeRole.Centre, name + ".localhost", new($"http://{name}.localhost:{port}/"));

    /// <summary>A port of the loopback address that nobody listens at.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        await Node.DisposeAsync().ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
        _store.Dispose();
        _database.Dispose();
        _witness?.Dispose();
    }

    private static void Found(SqliteRecordStore store, RecordWorkload workload)
    {
        foreach (var attachment in workload.Attachments) store.AddAttachment(attachment);
        var founding = Tansiq.Storage.Logs.RecordFounding.Write(store, workload.Attachments[0], workload.Founded, workload.LogKey, workload.OfficeKey, RecordWorkload.Start);
        if (!founding.TryGet(out _, out var refusal)) throw new InvalidOperationException("No founding: " + refusal);
    }
}
