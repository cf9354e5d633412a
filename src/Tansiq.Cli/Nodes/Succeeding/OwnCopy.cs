using Tansiq.Coordination;
using Tansiq.Coordination.Recording;
using Tansiq.Geo.Text;
using Tansiq.Record.Logs;
using Tansiq.Record.Merkle;
using Tansiq.Server.Hosting.Running;
using Tansiq.Storage.Following;
using Tansiq.Storage.Logs;
using Tansiq.Storage.Sqlite;

namespace Tansiq.Cli.Nodes.Succeeding;

/// <summary>A node's copy of the record, open for reading while the node may run, folded to what it holds.</summary>
internal sealed class OwnCopy : IDisposable
{
    private readonly SqliteRecordStore _store;

    private OwnCopy(SqliteRecordStore store, RecordedState state, long jointSize) => (_store, State, JointSize) = (store, state, jointSize);

    /// <summary>The copy.</summary>
    public IRecordStore Store => _store;

    /// <summary>The state after all that it holds.</summary>
    public RecordedState State { get; }

    /// <summary>How much of it is joint, by what the node knows.</summary>
    public long JointSize { get; }

    /// <summary>Opens a copy.</summary>
    /// <param name="folder">The folder with the database: a node's data, or a backup of it.</param>
    /// <param name="founding">What is trusted.</param>
    /// <param name="until">How many entries are folded; all for null.</param>
    /// <param name="stop">Ends it.</param>
    public static Parsed<OwnCopy> Open(string folder, TrustedFounding founding, long? until, CancellationToken stop)
    {
        if (!Recording.RecordPlace.OpenStore(folder, isWriting: false).TryGet(out var store, out var refusal)) return refusal.Under(folder + " ");
        var opened = Open(store, founding, until, stop);
        if (opened.Refusal is not null) store.Dispose();
        return opened;
    }

    /// <summary>A root as the record hashes.</summary>
    public static MerkleHash RootOf(Coordination.Parties.Succession succession) => MerkleHash.Of(Convert.FromHexString(succession.Root.Hex));

    /// <inheritdoc/>
    public void Dispose() => _store.Dispose();

    private static Parsed<OwnCopy> Open(SqliteRecordStore store, TrustedFounding founding, long? until, CancellationToken stop)
    {
        if (!founding.IsOf(store)) return new Refusal("config.other-founding", "founding", "a record with another founding", founding.Hash.Hex);
        if (until > store.Size) return new Refusal(Tansiq.Record.RecordFaults.Missing, "copy", FormattableString.Invariant($"size {store.Size}"), FormattableString.Invariant($"size {until} at least"));
        return RecordFold.Run(store, new StatementsDomain(), from: null, until ?? store.Size, progress: null, stop).TryGet(out var state, out var fault)
            ? new OwnCopy(store, state, new CosignatureGathering(store, founding.Keys.Log).JointSize)
            : fault.AsRefusal();
    }
}
