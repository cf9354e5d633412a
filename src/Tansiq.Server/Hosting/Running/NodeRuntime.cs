using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;
using Tansiq.Coordination;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Recording;
using Tansiq.Geo.Text;
using Tansiq.Record;
using Tansiq.Record.Notes;
using Tansiq.Server.Federation;
using Tansiq.Server.Federation.Signing;
using Tansiq.Server.Hosting.Configuration;
using Tansiq.Server.Nodes;
using Tansiq.Storage.Private;
using Tansiq.Storage.Sqlite;

namespace Tansiq.Server.Hosting.Running;

/// <summary>What a node is started from. Keys and certificates stay the caller's, until the node has ended.</summary>
/// <param name="Config">How it runs.</param>
/// <param name="Founding">The founding that it trusts.</param>
/// <param name="Keys">Its keys.</param>
public sealed record NodeRuntimeParts(NodeConfig Config, TrustedFounding Founding, NodeKeys Keys)
{
    /// <summary>The certificate for TLS with those above it; null for plain HTTP on loopback.</summary>
    public X509Certificate2Collection? Certificates { get; init; }

    /// <summary>Those under which the certificates of other nodes are believed, beside those that the machine trusts.</summary>
    public X509Certificate2Collection Authorities { get; init; } = [];

    /// <summary>The capabilities for a node; <see cref="NodeModules.Of"/> by default.</summary>
    public Func<NodeModuleParts, IReadOnlyList<ICapabilityModule>> Modules { get; init; } = NodeModules.Of;
}

/// <summary>One node, running: its record, its private database, the node upon them, and the application that serves it. The composition root of a node.</summary>
public sealed class NodeRuntime : IAsyncDisposable
{
    /// <summary>The name of the record's database in the folder of data.</summary>
    public const string RecordName = "record.sqlite";

    /// <summary>The name of the private database in the folder of data.</summary>
    public const string PrivateName = "private.sqlite";

    /// <summary>The name of the succession that the node has adopted, in the folder of data.</summary>
    public const string SuccessionName = "succession.note";

    /// <summary>The name of the folder of snapshots in the folder of data.</summary>
    public const string SnapshotsName = "snapshots";

    private readonly Stack<object> _owned;
    private readonly CancellationTokenSource _ending = new();

    private NodeRuntime(Stack<object> owned, FederatedNode node, NodeApplication application, TrustedFounding founding)
    {
        _owned = owned;
        Node = node;
        Application = application;
        Failed = WatchFoundingAsync(node, founding, _ending.Token);
    }

    /// <summary>The node.</summary>
    public FederatedNode Node { get; }

    /// <summary>What serves it.</summary>
    public NodeApplication Application { get; }

    /// <summary>Completes with why the node must not go on; otherwise when it ends, with null.</summary>
    public Task<Refusal?> Failed { get; }

    /// <summary>Starts a node.</summary>
    /// <param name="parts">What it is started from.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <returns>
    /// The node, serving and talking to the others; or <c>config.other-party</c>, <c>config.exercise-only</c>, <c>config.other-key</c>, <c>config.other-founding</c>,
    /// <c>config.not-begun</c>, or what is wrong with its record.
    /// </returns>
    /// <exception cref="Tansiq.Record.Logs.RecordStoreException">The disk failed.</exception>
    /// <exception cref="IOException">A port is taken.</exception>
    public static async Task<Parsed<NodeRuntime>> StartAsync(NodeRuntimeParts parts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (WhyNot(parts) is { } refusal) return refusal;
        var owned = new Stack<object>();
        try
        {
            var started = await StartAsync(parts, owned, cancellationToken).ConfigureAwait(false);
            if (started.Refusal is not null) await EndAsync(owned).ConfigureAwait(false);
            return started;
        }
        catch
        {
            await EndAsync(owned).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Ends: no more is taken, what is being answered is waited for, and the databases are closed.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        await Failed.ConfigureAwait(false);
        await EndAsync(_owned).ConfigureAwait(false);
        _ending.Dispose();
    }

    private static async Task<Parsed<NodeRuntime>> StartAsync(NodeRuntimeParts parts, Stack<object> owned, CancellationToken cancellationToken)
    {
        var (config, founding) = (parts.Config, parts.Founding);
        var identity = new NodeIdentity(config.Role, config.Party, config.Name, founding.Founding.Kind);
        IReadOnlyList<string> names = [config.Name, .. config.OtherNames];
        ImmutableArray<NodePeer> peers = [.. config.Peers.Select(peer => PeerOf(peer, founding))];
        var modules = parts.Modules(new(identity, parts.Keys.Statement, peers, () => Sending(parts), () => Signing(parts, Sending(parts)))).Prepend(new SigningModule(founding.Keys, names, config.Limits.BodyBytes)).ToList();
        Directory.CreateDirectory(config.DataFolder);
        if (!OpenStore(config, founding).TryGet(out var store, out var refusal)) return refusal;
        owned.Push(store);
        if (!founding.IsOf(store)) return OtherFounding(founding);
        var database = PrivateDatabase.Open(Path.Combine(config.DataFolder, PrivateName), [FederationModule.Tables, .. modules.Select(module => module.Schema).OfType<PrivateSchema>()]);
        owned.Push(database);
        var clock = new OffsetClock(SystemClock.Instance, config.ClockOffset);
        var notes = new NodeNotes();
        var settings = new NodeSettings(identity, parts.Keys, founding.Keys.Log, clock) { SnapshotFolder = Path.Combine(config.DataFolder, SnapshotsName), Told = notes.Tell };
        var opened = await OpenNodeAsync(store, database, settings, founding, cancellationToken).ConfigureAwait(false);
        if (!opened.TryGet(out var node, out var fault)) return fault.AsRefusal();
        owned.Push(node);
        if (OtherKey(node, parts) is { } other) return other;
        modules.Insert(0, new FederationModule(node));
        var application = await NodeApplication.StartAsync(new(node, database, clock, modules), Hosting(parts, names), cancellationToken).ConfigureAwait(false);
        owned.Push(application);
        notes.WriteTo(application.Services.GetRequiredService<ILoggerFactory>());
        node.Begin(peers, inner => Signing(parts, inner));
        return new NodeRuntime(owned, node, application, founding);
    }

    private static SocketsHttpHandler Sending(NodeRuntimeParts parts)
    {
        var sending = NodeConnections.Handler();
        PeerTrust.Set(sending, parts.Authorities);
        return sending;
    }

    private static RequestSigning Signing(NodeRuntimeParts parts, HttpMessageHandler inner)
    {
        PeerTrust.Set(inner, parts.Authorities);
        return new(parts.Keys.Statement, SystemClock.Instance) { InnerHandler = inner };
    }

    private static async Task<Checked<FederatedNode>> OpenNodeAsync(SqliteRecordStore store, PrivateDatabase database, NodeSettings settings, TrustedFounding founding, CancellationToken cancellationToken)
    {
        if (settings.Identity.Role == NodeRole.Office)
        {
            var office = await OfficeNode.OpenAsync(store, settings, cancellationToken).ConfigureAwait(false);
            return office.TryGet(out var ordering, out var closed) ? ordering : closed;
        }

        var centre = await CentreNode.OpenAsync(store, database, settings, founding.Founding.Office, cancellationToken).ConfigureAwait(false);
        return centre.TryGet(out var following, out var fault) ? following : fault;
    }

    private static NodeHosting Hosting(NodeRuntimeParts parts, IReadOnlyList<string> names) => new()
    {
        Addresses = parts.Config.Listen,
        Certificates = parts.Certificates,
        // Who asks this machine about itself may do so by its address.
        Names = parts.Config.Listen.All(address => System.Net.IPAddress.IsLoopback(address.Address)) ? [.. names, "localhost", "127.0.0.1", "[::1]"] : names,
        Limits = parts.Config.Limits,
        LogLevel = parts.Config.LogLevel,
        Telemetry = parts.Config.Telemetry,
    };

    private static Parsed<SqliteRecordStore> OpenStore(NodeConfig config, TrustedFounding founding)
    {
        var path = Path.Combine(config.DataFolder, RecordName);
        var isThere = File.Exists(path);
        if (!isThere && config.Role == NodeRole.Office) return new Refusal("config.not-begun", path, "no record", "one that tansiq join begin made");
        var opened = isThere ? SqliteRecordStore.Open(path) : SqliteRecordStore.Create(path, founding.Keys.Log.Name);
        if (!opened.TryGet(out var store, out var fault)) return fault.AsRefusal();
        if (store.Origin == founding.Keys.Log.Name) return store;
        var origin = store.Origin;
        store.Dispose();
        return new Refusal(RecordFaults.OtherOrigin, path, origin, founding.Keys.Log.Name);
    }

    private static Refusal? WhyNot(NodeRuntimeParts parts)
    {
        var (config, founding) = (parts.Config, parts.Founding.Founding);
        var isRight = config.Role switch
        {
            NodeRole.Office => config.Party == founding.Office,
            NodeRole.Centre => founding.Parties.ContainsKey(config.Party),
            _ => founding.Observers.ContainsKey(config.Party),
        };
        if (!isRight) return new("config.other-party", "party", config.Party.Value, $"the {config.Role.ToString().ToLowerInvariant()} of this founding");
        if (config.ClockOffset != Duration.Zero && founding.Kind != RecordKind.Exercise) return new("config.exercise-only", "clock-offset-seconds", "a real record", "a record of kind exercise");
        foreach (var peer in config.Peers)
        {
            if (!parts.Founding.Keys.ByParty.ContainsKey(peer.Party)) return new("config.other-party", "peer", peer.Party.Value, "a party of this founding");
        }

        return null;
    }

    private static Refusal? OtherKey(FederatedNode node, NodeRuntimeParts parts)
    {
        var held = node.Picture.State.Situation.Keys.Of(parts.Config.Party, KeyRole.Statement);
        if (held is null && node.Picture.Size == 0) held = parts.Founding.Keys.ByParty[parts.Config.Party].Statement;
        return parts.Keys.Statement.Verifier.Equals(held) ? null : new("config.other-key", "statement", parts.Keys.Statement.Verifier.ToString(), held?.ToString() ?? "no key: it was revoked");
    }

    private static NodePeer PeerOf(PeerConfig peer, TrustedFounding founding)
    {
        var role = peer.Party == founding.Founding.Office ? NodeRole.Office : founding.Founding.Parties.ContainsKey(peer.Party) ? NodeRole.Centre : NodeRole.Observer;
        return new(peer.Party, role, peer.Address.Host, peer.Address);
    }

    // A centre that began without a record sees only now with what the office's record begins.
    private static async Task<Refusal?> WatchFoundingAsync(FederatedNode node, TrustedFounding founding, CancellationToken ending)
    {
        try
        {
            for (var picture = node.Picture; picture.Size == 0;) picture = await node.NextAsync(picture, ending).ConfigureAwait(false);
            if (!founding.IsOf(node.Store)) return OtherFounding(founding);
            await Task.Delay(Timeout.Infinite, ending).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // It ends as it was told to.
        }

        return null;
    }

    private static Refusal OtherFounding(TrustedFounding founding) => new("config.other-founding", "founding", "a record with another founding", founding.Hash.Hex);

    private static async ValueTask EndAsync(Stack<object> owned)
    {
        while (owned.TryPop(out var last))
        {
            if (last is IAsyncDisposable later) await later.DisposeAsync().ConfigureAwait(false);
            else (last as IDisposable)?.Dispose();
        }
    }
}
