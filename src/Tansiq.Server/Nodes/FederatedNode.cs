using Tansiq.Coordination;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Recording;
using Tansiq.Record;
using Tansiq.Record.Entries;
using Tansiq.Record.Logs;
using Tansiq.Server.Federation;

namespace Tansiq.Server.Nodes;

/// <summary>A node that other nodes talk to: what its federation endpoints ask of it, whatever its role.</summary>
public abstract class FederatedNode : INode, IAsyncDisposable
{
    private readonly NodePictures _pictures;

    private protected FederatedNode(NodeSettings settings, IRecordStore store, NodePictures pictures) => (Settings, Store, _pictures) = (settings, store, pictures);

    /// <summary>How it works.</summary>
    public NodeSettings Settings { get; }

    /// <inheritdoc/>
    public NodeIdentity Identity => Settings.Identity;

    /// <inheritdoc/>
    public IRecordStore Store { get; }

    /// <inheritdoc/>
    public NodePicture Picture => _pictures.Current;

    private protected NodePictures Pictures => _pictures;

    /// <summary>Begins to talk to other nodes: follows, sends, exchanges, until it is disposed.</summary>
    /// <param name="peers">The others.</param>
    /// <param name="signing">Puts what signs requests before what sends them; null where nothing is signed.</param>
    public abstract void Begin(IReadOnlyList<NodePeer> peers, Func<HttpMessageHandler, HttpMessageHandler>? signing = null);

    /// <inheritdoc/>
    public Task<NodePicture> NextAsync(NodePicture seen, CancellationToken cancellationToken) => _pictures.NextAsync(seen, cancellationToken);

    /// <inheritdoc/>
    public abstract Task<Submission> SayAsync(ReadOnlyMemory<byte> text, IReadOnlyList<ReadOnlyMemory<byte>> attachments, CancellationToken cancellationToken);

    /// <inheritdoc/>
    public abstract Task<Submission> SubmitAsync(ReadOnlyMemory<byte> entry, CancellationToken cancellationToken);

    /// <summary>Takes several entries in their order; where one has to wait for room, those after it wait too.</summary>
    internal abstract Task<IReadOnlyList<Submission>> SubmitAllAsync(IReadOnlyList<ReadOnlyMemory<byte>> entries, CancellationToken cancellationToken);

    /// <summary>Gives the part of the record that another node has not, as soon as there is one.</summary>
    /// <param name="by">Who asks.</param>
    /// <param name="from">How many entries it has.</param>
    /// <param name="joint">How many it knows to be joint.</param>
    /// <param name="wait">How long it waits at most.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The part; null where there was none in that time.</returns>
    internal abstract Task<RecordPart?> PartAsync(Id<Party>? by, long from, long joint, TimeSpan wait, CancellationToken cancellationToken);

    /// <summary>Takes a checkpoint with cosignatures that another node shows.</summary>
    /// <returns>Null, or why it is not taken.</returns>
    internal abstract Fault? TakeCosigned(Id<Party>? from, ReadOnlyMemory<byte> note);

    /// <summary>Takes what another node shows of itself, and shows its own.</summary>
    internal abstract NodeHead ExchangeHeads(Id<Party>? from, NodeHead shown);

    /// <summary>Takes entries that the office has not answered to another node.</summary>
    internal abstract void TakeUnanswered(Id<Party>? from, IReadOnlyList<ReadOnlyMemory<byte>> entries);

    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? Attachment(AttachmentHash hash) => Store.Attachment(hash);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    private protected static StatementsDomain Domain { get; } = new();
}
