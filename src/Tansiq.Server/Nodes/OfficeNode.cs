using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Recording;
using Tansiq.Coordination.Statements;
using Tansiq.Record;
using Tansiq.Record.Checkpoints;
using Tansiq.Record.Entries;
using Tansiq.Record.Federation;
using Tansiq.Record.Logs;
using Tansiq.Server.Federation;
using Tansiq.Storage.Following;
using Tansiq.Storage.Logs;

namespace Tansiq.Server.Nodes;

/// <summary>The joint office as a node: puts statements in order, gathers cosignatures, and goes on whoever is away (PTY-2, REC-2).</summary>
public sealed partial class OfficeNode : FederatedNode
{
    private static readonly TimeSpan TickInterval = TimeSpan.FromMilliseconds(20);
    private readonly RecordLog<RecordedState, StatementReading> _log;
    private readonly CosignatureGathering _gathering;
    private readonly CancellationTokenSource _ending = new();
    private readonly NodeSnapshots? _snapshots;
    private readonly Lock _gate = new();

    // Guarded by _gate.
    private readonly Dictionary<Id<Party>, FederationClient> _clients = [];
    private OfficeState _state;
    private SignedCheckpoint? _newest;
    private SignedCheckpoint? _shown;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _work = Task.CompletedTask;

    private OfficeNode(NodeSettings settings, IRecordStore store, RecordLog<RecordedState, StatementReading> log, NodePictures pictures, NodeSnapshots? snapshots)
        : base(settings, store, pictures)
    {
        (_log, _snapshots, _gathering) = (log, snapshots, new(store, settings.LogKey));
        var head = log.Head;
        var centres = head.State.Situation.Founding is { } founding ? founding.Parties.Keys.Select(NodeFindings.NameOf).ToImmutableArray() : [];
        var now = settings.Clock.GetCurrentInstant();
        _state = OfficeProtocol.Start(new(NodeFindings.NameOf(Identity.Party), centres, settings.Times), head.Size, _gathering.JointSize, now);
        (_newest, _shown) = (head.Checkpoint, head.Checkpoint);
        Pictures.Change(picture => picture with { JointSize = _gathering.JointSize });
    }

    /// <summary>Opens the office on its record.</summary>
    /// <param name="store">The record, founded and open for writing; it stays the caller's.</param>
    /// <param name="settings">How it works; with the key of the log.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    /// <returns>The office, or why its log must not go on (<see cref="RecordLog{TState,TReading}.OpenAsync"/>).</returns>
    /// <exception cref="RecordStoreException">The disk failed.</exception>
    public static async Task<Checked<OfficeNode>> OpenAsync(IRecordStore store, NodeSettings settings, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(settings);
        var key = settings.Keys.Log ?? throw new ArgumentException("An office has the key of its log.", nameof(settings));
        OfficeNode? node = null;
        var snapshots = NodeSnapshots.In(settings.SnapshotFolder, store, settings.Told);
        var log = await RecordLog<RecordedState, StatementReading>.OpenAsync(
            store, Domain, new(key, settings.Keys.Statement, settings.Clock) { Committed = () => node?.Committed() }, snapshots?.Read(), cancellationToken).ConfigureAwait(false);
        if (!log.TryGet(out var opened, out var fault)) return fault;
        node = new(settings, store, opened, new(FirstPicture(opened.State, opened.Checkpoint)), snapshots);
        node.Committed();
        return node;
    }

    /// <inheritdoc/>
    public override void Begin(IReadOnlyList<NodePeer> peers, Func<HttpMessageHandler, HttpMessageHandler>? signing = null)
    {
        ArgumentNullException.ThrowIfNull(peers);
        Pictures.Change(picture => picture with { Lines = NodeLines.Of(peers) });
        lock (_gate)
        {
            foreach (var peer in peers) _clients[peer.Party] = new(peer, signing, Settings.Times.Answer.ToTimeSpan());
            _work = Task.Run(TickAsync);
        }
    }

    /// <inheritdoc/>
    public override async Task<Submission> SayAsync(ReadOnlyMemory<byte> text, IReadOnlyList<ReadOnlyMemory<byte>> attachments, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(attachments);
        if (!StatementSigning.Sign(text, Settings.Keys.Statement).TryGet(out var entry, out var refusal)) return new Submission.Refused(refusal);
        foreach (var attachment in attachments) Store.AddAttachment(attachment);
        return await SubmitAsync(entry, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async Task<Submission> SubmitAsync(ReadOnlyMemory<byte> entry, CancellationToken cancellationToken) =>
        Answer(entry, await _log.AppendAsync(entry).WaitAsync(cancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    internal override async Task<IReadOnlyList<Submission>> SubmitAllAsync(IReadOnlyList<ReadOnlyMemory<byte>> entries, CancellationToken cancellationToken)
    {
        var answers = new Task<AppendAnswer>[entries.Count];
        for (var number = 0; number < entries.Count; number++)
        {
            // What comes after an entry that finds no room finds none either: else it would stand before it.
            answers[number] = number > 0 && IsBusy(answers[number - 1]) ? answers[number - 1] : _log.AppendAsync(entries[number]);
        }

        await Task.WhenAll(answers).WaitAsync(cancellationToken).ConfigureAwait(false);
        return [.. answers.Select((answer, number) => Answer(entries[number], answer.Result))];
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _log.DisposeAsync().ConfigureAwait(false);
        if (_snapshots is not null) await _snapshots.WriteAsync(_log.State).ConfigureAwait(false);
        foreach (var client in _clients.Values) client.Dispose();
        _ending.Dispose();
    }

    private static bool IsBusy(Task<AppendAnswer> answer) =>
        answer.IsCompletedSuccessfully && answer.Result is AppendAnswer.Refused { Fault.Code: RecordFaults.Busy };

    private static Submission Answer(ReadOnlyMemory<byte> entry, AppendAnswer answer) => answer switch
    {
        AppendAnswer.Accepted accepted => new Submission.Accepted(ContentHash.Of(SignedEntry.Read(entry).Value.Text.Span), accepted.Index, accepted.IsRepeated),
        AppendAnswer.Refused refused => new Submission.Refused(refused.Fault.AsRefusal()),
        _ => throw new InvalidOperationException("An answer of an unknown kind."),
    };
}
