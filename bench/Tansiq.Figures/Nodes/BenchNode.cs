using System.Net;
using NodaTime;
using Tansiq.Coordination;
using Tansiq.Coordination.Parties;
using Tansiq.Figures.Records;
using Tansiq.Record.Notes;
using Tansiq.Server.Federation;
using Tansiq.Server.Federation.Signing;
using Tansiq.Server.Hosting;
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
    public static async Task<BenchNode> OpenAsync(string folder, RecordWorkload workload, string name, IClock clock)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, "record.sqlite");
        var store = (File.Exists(path) ? SqliteRecordStore.Open(path) : SqliteRecordStore.Create(path, RecordWorkload.Origin)).Value;
        var (party, isOffice) = (new Id<Party>(name), name == "office");
        var witness = isOffice ? null : RecordWorkload.WitnessKey(party);
        var keys = new NodeKeys(workload.StatementKey(party)) { Cosigning = witness, Log = isOffice ? workload.LogKey : null };
        var identity = new NodeIdentity(isOffice ? NodeRole.Office : NodeRole.Centre, party, name + ".localhost", RecordKind.Exercise);
        var settings = new NodeSettings(identity, keys, workload.LogKey.Verifier, clock) { SnapshotFolder = Path.Combine(folder, "snapshots"), JitterSeed = (ulong)name.Length };
        var database = PrivateDatabase.Open(Path.Combine(folder, "private.sqlite"), FederationModule.Tables);
        if (isOffice && store.Size == 0) Found(store, workload);
        FederatedNode node = isOffice ? (await OfficeNode.OpenAsync(store, settings).ConfigureAwait(false)).Value : (await CentreNode.OpenAsync(store, database, settings, new("office")).ConfigureAwait(false)).Value;
        var callers = new RequestVerification(new RecordedNodeKeys(node, workload.Founded.Keys), SystemClock.Instance, new([identity.Name]) { MaximumRequests = 10_000_000 });
        var application = await NodeApplication.StartAsync(new(node, database, clock, [new FederationModule(node, callers)]), options => options.Listen(IPAddress.Loopback, 0), CancellationToken.None).ConfigureAwait(false);
        return new(node, application, store, database, witness);
    }

    /// <summary>Begins to talk to others.</summary>
    public void Begin(RecordWorkload workload, params IEnumerable<BenchNode> others) => Node.Begin(
        [.. others.Select(other => new NodePeer(other.Node.Identity.Party, other.Node.Identity.Role, other.Node.Identity.Name, AddressOf(other)))],
        inner => new RequestSigning(workload.StatementKey(Node.Identity.Party), SystemClock.Instance) { InnerHandler = inner });

    /// <summary>Its address by the name under which it takes requests.</summary>
    public static Uri AddressOf(BenchNode node) => new($"http://{node.Node.Identity.Name}:{node.Address.Port}/");

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
