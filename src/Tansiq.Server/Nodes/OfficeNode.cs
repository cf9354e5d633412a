using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Recording;
using Tansiq.Coordination.Statements;
using Tansiq.Geo.Text;
using Tansiq.Record;
using Tansiq.Record.Checkpoints;
using Tansiq.Record.Entries;
using Tansiq.Record.Logs;
using Tansiq.Server.Federation;
using Tansiq.Storage.Following;
using Tansiq.Storage.Logs;

namespace Tansiq.Server.Nodes;

/// <summary>The joint office as a node: puts statements in order, gathers cosignatures, and goes on whoever is away (PTY-2, REC-2).</summary>
public sealed class OfficeNode : FederatedNode
{
    private readonly RecordLog<RecordedState, StatementReading> _log;
    private readonly CosignatureGathering _gathering;
    private readonly CancellationTokenSource _ending = new();
    private readonly Lock _gate = new();
    private readonly FollowRounds _rounds;
    private readonly NodeSnapshots? _snapshots;

    // Guarded by _gate.
    private TaskCompletionSource _shown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _work = Task.CompletedTask;

    private OfficeNode(NodeSettings settings, IRecordStore store, RecordLog<RecordedState, StatementReading> log, NodePictures pictures, NodeSnapshots? snapshots)
        : base(settings, store, pictures)
    {
        _log = log;
        _snapshots = snapshots;
        _gathering = new(store, settings.LogKey);
        _rounds = new(settings.RoundLimit);
        Refresh();
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
        var snapshots = NodeSnapshots.In(settings.SnapshotFolder, store);
        var start = snapshots?.Read();
        var log = await RecordLog<RecordedState, StatementReading>.OpenAsync(
            store, Domain, new(key, settings.Keys.Statement, settings.Clock) { Committed = () => node?.Refresh() }, start, cancellationToken).ConfigureAwait(false);
        if (!log.TryGet(out var opened, out var fault)) return fault;
        node = new(settings, store, opened, new(PictureOf(opened.Head)), snapshots);
        return node;
    }

    /// <inheritdoc/>
    public override void Begin(IReadOnlyList<NodePeer> peers, Func<HttpMessageHandler, HttpMessageHandler>? signing = null)
    {
        ArgumentNullException.ThrowIfNull(peers);
        Pictures.Change(picture => picture with { Lines = NodeLines.Of(peers) });
        lock (_gate) _work = WatchAsync();
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
    internal override async Task<RecordPart?> PartAsync(Id<Party>? by, long from, long joint, TimeSpan wait, CancellationToken cancellationToken)
    {
        var signatory = by is { } party && _log.State.Situation.Founding?.Parties.ContainsKey(party) == true ? by : null;
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _ending.Token);
        waiting.CancelAfter(wait);
        while (true)
        {
            var next = ShownFor(signatory, from, out var shown);
            if (shown is not null) return RecordPart.Of(Store, shown.Note.Bytes, shown.Checkpoint.Size, from);
            if (_gathering.JointSize > joint) return new(null, Store.JointCheckpoint, from, [], []);
            try
            {
                await next.WaitAsync(waiting.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return null;
            }
        }
    }

    /// <inheritdoc/>
    internal override Fault? TakeCosigned(Id<Party>? from, ReadOnlyMemory<byte> note)
    {
        var situation = _log.State.Situation;
        var gathered = _gathering.Take(note, Cosigners.Of(situation));
        switch (gathered)
        {
            case GatheredNote.Agrees agrees:
                foreach (var key in agrees.By)
                {
                    if (situation.Keys.Find(key)?.Party is { } party) Cosigned(party, agrees.Size);
                }

                Refresh();
                return null;
            case GatheredNote.Refused refused: return refused.Fault;
            case GatheredNote.Split split:
                Pictures.Change(picture => picture with { Findings = NodeFindings.With(picture.Findings, split.Evidence.Fault) });
                return split.Evidence.Fault;
            case GatheredNote.Ahead ahead: return new(RecordFaults.RestoredDisk, "checkpoint", $"size {ahead.Size}", $"at most {_log.Size}, which is all that this office has");
            default: throw new InvalidOperationException("A note that nobody decides.");
        }
    }

    /// <inheritdoc/>
    internal override NodeHead ExchangeHeads(Id<Party>? from, NodeHead shown)
    {
        if (shown.Checkpoint is { } note) _ = TakeCosigned(from, note);
        var now = Settings.Clock.GetCurrentInstant();
        if (from is { } party) Pictures.Change(picture => picture.WithLine(party, line => line with { HeardAt = now, Size = shown.Size }));
        var head = _log.Head;
        return new(head.Checkpoint?.Note.Bytes, head.Size, Domain.DigestOf(head.State), now, SeesSplit: false);
    }

    /// <inheritdoc/>
    internal override void TakeUnanswered(Id<Party>? from, IReadOnlyList<ReadOnlyMemory<byte>> entries)
    {
        // To the office itself they are entries like others.
        foreach (var entry in entries) _ = _log.AppendAsync(entry);
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _log.DisposeAsync().ConfigureAwait(false);
        if (_snapshots is not null) await _snapshots.WriteAsync(_log.State).ConfigureAwait(false);
        _ending.Dispose();
    }

    private static NodePicture PictureOf(LogHead<RecordedState> head) =>
        new() { State = head.State, Checkpoint = head.Checkpoint, JointSize = 0, Lines = [], Waiting = [], StandsStillSince = null, Findings = [] };

    private static bool IsBusy(Task<AppendAnswer> answer) =>
        answer.IsCompletedSuccessfully && answer.Result is AppendAnswer.Refused { Fault.Code: RecordFaults.Busy };

    private static Submission Answer(ReadOnlyMemory<byte> entry, AppendAnswer answer) => answer switch
    {
        AppendAnswer.Accepted accepted => new Submission.Accepted(ContentHash.Of(SignedEntry.Read(entry).Value.Text.Span), accepted.Index, accepted.IsRepeated),
        AppendAnswer.Refused refused => new Submission.Refused(refused.Fault.AsRefusal()),
        _ => throw new InvalidOperationException("An answer of an unknown kind."),
    };

    private Task ShownFor(Id<Party>? signatory, long from, out SignedCheckpoint? shown)
    {
        var now = Settings.Clock.GetCurrentInstant();
        lock (_gate)
        {
            if (signatory is { } party) _rounds.Asked(party, now);
            var head = _log.Head.Checkpoint;
            Show(head, now);
            // Who has more than the office has to be told so: the office lost what it had.
            shown = head is not null && head.Checkpoint.Size < from ? head : _rounds.Shown is { } round && round.Checkpoint.Size > from ? round : null;
            return _shown.Task;
        }
    }

    private void Cosigned(Id<Party> party, long size)
    {
        lock (_gate) _rounds.Cosigned(party, size);
        Pictures.Change(picture => picture.WithLine(party, line => line with { HeardAt = Settings.Clock.GetCurrentInstant(), CosignedSize = Math.Max(line.CosignedSize ?? 0, size) }));
    }

    private void Refresh()
    {
        var (head, joint) = (_log.Head, _gathering.JointSize);
        var isSeen = false;
        Pictures.Change(picture =>
        {
            isSeen = picture.Size >= head.Size && picture.JointSize >= joint;
            return isSeen ? picture : picture with { State = head.State, Checkpoint = head.Checkpoint, JointSize = NodeFindings.IsForked(picture.Findings) ? 0 : joint };
        });
        lock (_gate)
        {
            Show(head.Checkpoint, Settings.Clock.GetCurrentInstant());
            if (!isSeen) Wake();
        }
    }

    // Called with _gate held.
    private void Show(SignedCheckpoint? newest, Instant now)
    {
        if (_rounds.Advance(newest, now)) Wake();
    }

    private void Wake()
    {
        _shown.TrySetResult();
        _shown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    // A checkpoint that not all cosign in time makes room for the next; and now and then a snapshot is due.
    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await timer.WaitForNextTickAsync(_ending.Token).ConfigureAwait(false))
        {
            lock (_gate) Show(_log.Head.Checkpoint, Settings.Clock.GetCurrentInstant());
            _snapshots?.WriteIfDue(_log.State);
        }
    }
}
