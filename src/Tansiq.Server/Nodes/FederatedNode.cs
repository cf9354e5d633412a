using NodaTime;
using Tansiq.Coordination;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Recording;
using Tansiq.Record;
using Tansiq.Record.Checkpoints;
using Tansiq.Record.Entries;
using Tansiq.Record.Logs;
using Tansiq.Server.Federation;

namespace Tansiq.Server.Nodes;

/// <summary>A node that other nodes talk to: what its federation endpoints ask of it, whatever its role.</summary>
public abstract class FederatedNode : INode, IAsyncDisposable
{
    private protected FederatedNode(NodeSettings settings, IRecordStore store, NodePictures pictures) => (Settings, Store, Pictures) = (settings, store, pictures);

    /// <summary>How it works.</summary>
    public NodeSettings Settings { get; }

    /// <inheritdoc/>
    public NodeIdentity Identity => Settings.Identity;

    /// <inheritdoc/>
    public IRecordStore Store { get; }

    /// <inheritdoc/>
    public NodePicture Picture => Pictures.Current;

    private protected NodePictures Pictures { get; }

    private protected static StatementsDomain Domain { get; } = new();

    /// <summary>Begins to talk to other nodes: follows, sends, exchanges, until it is disposed.</summary>
    /// <param name="peers">The others; each party once.</param>
    /// <param name="signing">Puts what signs requests before what sends them; null where nothing is signed.</param>
    public abstract void Begin(IReadOnlyList<NodePeer> peers, Func<HttpMessageHandler, HttpMessageHandler>? signing = null);

    /// <inheritdoc/>
    public Task<NodePicture> NextAsync(NodePicture seen, CancellationToken cancellationToken) => Pictures.NextAsync(seen, cancellationToken);

    /// <inheritdoc/>
    public abstract Task<Submission> SayAsync(ReadOnlyMemory<byte> text, IReadOnlyList<ReadOnlyMemory<byte>> attachments, CancellationToken cancellationToken);

    /// <inheritdoc/>
    public abstract Task<Submission> SubmitAsync(ReadOnlyMemory<byte> entry, CancellationToken cancellationToken);

    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? Attachment(AttachmentHash hash) => Store.Attachment(hash);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    /// <summary>Takes several entries in their order; where one has to wait for room, those after it wait too.</summary>
    internal abstract Task<IReadOnlyList<Submission>> SubmitAllAsync(IReadOnlyList<ReadOnlyMemory<byte>> entries, CancellationToken cancellationToken);

    /// <summary>Gives the part of the record that another node has not, as soon as there is one.</summary>
    /// <param name="from">How many entries it has.</param>
    /// <param name="joint">How many it knows to be joint.</param>
    /// <param name="wait">How long it waits at most.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The part; null where there was none in that time.</returns>
    internal abstract Task<RecordPart?> PartAsync(long from, long joint, TimeSpan wait, CancellationToken cancellationToken);

    /// <summary>Takes what another node shows of itself: the checkpoint that it holds with its cosignature, the digest of its picture.</summary>
    /// <returns>Null, or why it is not taken.</returns>
    internal abstract Fault? TakeHead(Id<Party> from, NodeHead head);

    /// <summary>Takes entries of another party's that the office has not answered.</summary>
    /// <returns>Null, or why they are not taken.</returns>
    internal abstract Fault? TakeUnanswered(Id<Party> from, long lookedThrough, IReadOnlyList<ReadOnlyMemory<byte>> entries);

    private protected static NodePicture FirstPicture(RecordedState state, SignedCheckpoint? checkpoint) =>
        new() { State = state, Checkpoint = checkpoint, JointSize = 0, Lines = [], Waiting = [], StandsStillSince = null, Findings = [] };
}
