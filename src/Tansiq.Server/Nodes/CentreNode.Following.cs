using System.Collections.Immutable;
using Tansiq.Coordination;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Recording;
using Tansiq.Record;
using Tansiq.Record.Checkpoints;
using Tansiq.Record.Federation;
using Tansiq.Record.Logs;
using Tansiq.Record.Notes;
using Tansiq.Server.Federation;
using Tansiq.Storage.Following;
using Tansiq.Storage.Logs;
using ShownEntry = Tansiq.Record.Federation.ShownEntry;

namespace Tansiq.Server.Nodes;

/// <content>Following the office and others, cosignatures, heads.</content>
public sealed partial class CentreNode
{
    private static readonly TimeSpan ListeningPause = TimeSpan.FromSeconds(1);

    // The newest part that the office gave while it was listened to; taken by the next step of following.
    private RecordPart? _part;
    private volatile LogHead<RecordedState>? _held;
    private volatile TaskCompletionSource _followed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <inheritdoc/>
    internal override async Task<RecordPart?> PartAsync(long from, long joint, TimeSpan wait, CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _ending.Token);
        waiting.CancelAfter(wait);
        for (var picture = Picture; ;)
        {
            if (picture.Checkpoint is { } held && held.Checkpoint.Size > from) return RecordPart.Of(Store, held.Note.Bytes, held.Checkpoint.Size, from);
            if (picture.JointSize > joint) return new(null, Store.JointCheckpoint, from, [], []);
            try
            {
                picture = await NextAsync(picture, waiting.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return null;
            }
        }
    }

    /// <inheritdoc/>
    internal override Fault? TakeHead(Id<Party> from, NodeHead head)
    {
        var by = NodeFindings.NameOf(from);
        Fault? fault = null;
        foreach (var note in head.Notes)
        {
            fault = Gather(note, by) switch
            {
                GatheredNote.Refused refused => refused.Fault,
                GatheredNote.Split split => split.Evidence.Fault,
                _ => fault,
            };
        }

        if (fault is null && head.Digest.Length > 0 && _follower.CompareSituation(head.Size, head.Digest, from.Value) == SituationComparison.Other)
            _inputs.Writer.TryWrite(new CentreInput.OtherPicture(by, new(RecordFaults.OtherSituation, FormattableString.Invariant($"size {head.Size}, {from}"), "another picture", "the same picture of the same entries")));
        return fault;
    }

    /// <inheritdoc/>
    internal override Fault? TakeUnanswered(Id<Party> from, long lookedThrough, IReadOnlyList<ReadOnlyMemory<byte>> entries)
    {
        var by = NodeFindings.NameOf(from);
        var items = new List<OutboxItem>(entries.Count);
        foreach (var entry in entries)
        {
            if (!ItemOf(entry.ToArray(), by).TryGet(out var item, out var refusal)) return refusal.AsFault();
            items.Add(item);
        }

        Beside(async () =>
        {
            var shown = ImmutableArray.CreateBuilder<ShownEntry>(items.Count);
            foreach (var item in items)
            {
                var place = PlaceOf(item);
                shown.Add(new(item.Leaf, place));
                if (place is not null || _outbox.Count >= MaximumPassedOn || !_outbox.TryAdd(item.Leaf, item)) continue;
                await _table.AddAsync(item).ConfigureAwait(false);
            }

            _inputs.Writer.TryWrite(new CentreInput.UnansweredShown(by, lookedThrough, shown.ToImmutable()));
        });
        return null;
    }

    // Whoever shows a checkpoint with cosignatures: what it agrees with, and what it makes joint.
    private GatheredNote Gather(ReadOnlyMemory<byte> note, NodeName by)
    {
        var situation = _follower.State.Situation;
        var before = _gathering.JointSize;
        var gathered = _gathering.Take(note, Cosigners.Of(situation));
        if (gathered is GatheredNote.Ahead or GatheredNote.Refused) Recall(note);
        switch (gathered)
        {
            case GatheredNote.Agrees agrees:
                _inputs.Writer.TryWrite(new CentreInput.HeadShown(by, agrees.Size, Split: null, Names(situation, agrees.By)));
                break;
            case GatheredNote.Ahead ahead:
                _inputs.Writer.TryWrite(new CentreInput.HeadShown(by, ahead.Size, Split: null, Names(situation, ahead.By)));
                break;
            case GatheredNote.Split split:
                _inputs.Writer.TryWrite(new CentreInput.HeadShown(by, SizeOf(note), split.Evidence.Fault, []));
                break;
            case GatheredNote.Refused: break;
            default: throw new InvalidOperationException("A note that nobody decides.");
        }

        if (_gathering.JointSize > before) _inputs.Writer.TryWrite(new CentreInput.BecameJoint(_gathering.JointSize));
        return gathered;
    }

    // Who shows more than is held, with one's own cosignature, shows that an older disk was restored.
    private void Recall(ReadOnlyMemory<byte> note)
    {
        _follower.Recall(note);
        if (_follower.Restored is { } restored && Interlocked.Exchange(ref _toldRestored, restored) != restored) Settings.Told(restored.ToString());
    }

    private Fault? _toldRestored;

    private static ImmutableArray<NodeName> Names(Situation situation, IEnumerable<VerifierKey> keys) =>
        [.. keys.Select(key => situation.Keys.Find(key)?.Party).OfType<Id<Party>>().Select(NodeFindings.NameOf)];

    private long SizeOf(ReadOnlyMemory<byte> note) => _gathering.Open(note, []).TryGet(out var checkpoint, out _) ? checkpoint.Checkpoint.Size : 0;

    // The office answers as soon as there is more than is held here; so nothing waits for the next look.
    private async Task ListenAsync(FederationClient office)
    {
        while (!_ending.IsCancellationRequested)
        {
            var followed = _followed.Task;
            var size = _follower.Size;
            var answer = await office.PartAsync(size, _gathering.JointSize, FederationPaths.LongestWait, _ending.Token).ConfigureAwait(false);
            if (!answer.TryGet(out var part, out _))
            {
                _isOfficeAway = true;
                await Task.Delay(ListeningPause, _ending.Token).ConfigureAwait(false);
                continue;
            }

            _isOfficeAway = false;
            if (part?.Joint is { } joint) Gather(joint, _office);
            if (part?.Checkpoint is not { } checkpoint) continue;
            Interlocked.Exchange(ref _part, part);
            _inputs.Writer.TryWrite(new CentreInput.Told(_office, Math.Max(SizeOf(checkpoint), size + 1)));
            await Task.WhenAny(followed, Task.Delay(ListeningPause, _ending.Token)).ConfigureAwait(false);
        }
    }

    private async Task FollowAsync(CentreEffect.Follow follow)
    {
        var outcome = await StepAsync(follow).ConfigureAwait(false);
        _inputs.Writer.TryWrite(new CentreInput.Followed(follow.From, outcome));
        Interlocked.Exchange(ref _followed, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    private async Task<FollowOutcome> StepAsync(CentreEffect.Follow follow)
    {
        if (!_clients.TryGetValue(follow.From, out var client)) return new FollowOutcome.Unreachable();
        var part = follow.From == _office ? Interlocked.Exchange(ref _part, null) : null;
        if (part is null || part.From != _follower.Size)
        {
            if (!(await client.PartAsync(_follower.Size, _gathering.JointSize, TimeSpan.Zero, _ending.Token).ConfigureAwait(false)).TryGet(out part, out _)) return new FollowOutcome.Unreachable();
            if (part?.Joint is { } joint) Gather(joint, follow.From);
        }

        if (part?.Checkpoint is null) return Nothing();
        var role = follow.IsCopy ? SourceRole.Copy : SourceRole.Log;
        return OutcomeOf(await _follower.StepAsync(new PartSource(part, Store, client.Record), role, _ending.Token).ConfigureAwait(false), follow.From);
    }

    // There is nothing new: what is held is what is shown.
    private FollowOutcome.Kept Nothing() => new(_follower.Size, _gathering.JointSize, _state?.CosignedSize ?? 0, Domain.TimeOf(_follower.State), _notCosigned);

    private Fault? _notCosigned;

    private FollowOutcome OutcomeOf(FollowAnswer answer, NodeName from)
    {
        switch (answer)
        {
            case FollowAnswer.Kept kept:
                var state = _follower.State;
                _ = Gather(kept.Checkpoint, from);
                _ = _gathering.Grown(Cosigners.Of(state.Situation));
                _held = new(state, kept.Size, _gathering.Open(kept.Checkpoint, Cosigners.Of(state.Situation)).Value);
                _notCosigned = kept.NotCosigned;
                var cosigned = Settings.Keys.Cosigning is not null && kept.NotCosigned is null ? kept.Size : 0;
                return new FollowOutcome.Kept(kept.Size, _gathering.JointSize, cosigned, Domain.TimeOf(state), kept.NotCosigned);
            case FollowAnswer.Behind behind: return new FollowOutcome.Behind(behind.Size);
            case FollowAnswer.Refused refused: return Refused(refused.Evidence, _follower.State.Situation);
            case FollowAnswer.Unreachable: return new FollowOutcome.Unreachable();
            default: throw new InvalidOperationException("An answer that nobody decides.");
        }
    }

    // Who has cosigned what was refused has perhaps cosigned the other history too.
    private FollowOutcome.Refused Refused(Evidence evidence, Situation situation)
    {
        var note = ForkEvidence.Shown(evidence);
        if (note is null || !SignedCheckpoint.Open(note.Value, Settings.LogKey, Cosigners.Of(situation)).TryGet(out var shown, out _)) return new(evidence.Fault, 0, []);
        return new(evidence.Fault, shown.Checkpoint.Size, [.. shown.Cosignatures.Select(cosignature => situation.Keys.Find(cosignature.Key)?.Party).OfType<Id<Party>>().Select(NodeFindings.NameOf)]);
    }

    private async Task SendHeadAsync(NodeName to)
    {
        var picture = Picture;
        var held = _held;
        var head = new NodeHead(Notes(), held?.Size ?? picture.Size, Domain.DigestOf(held?.State ?? picture.State), Settings.Clock.GetCurrentInstant());
        var fault = _clients.TryGetValue(to, out var client) ? await client.ShowHeadAsync(head, _ending.Token).ConfigureAwait(false) : new(RecordFaults.SourceFailed, "", "no such node", "a node");
        _inputs.Writer.TryWrite(new CentreInput.Delivered(to, fault is null));
    }

    private List<ReadOnlyMemory<byte>> Notes()
    {
        var notes = new List<ReadOnlyMemory<byte>>();
        if (_state is { CosignedSize: > 0 and var cosigned }) Add(_gathering.Find(cosigned) ?? Store.Witnessed(Settings.LogKey.Name));
        Add(Store.Checkpoint);
        Add(Store.JointCheckpoint);
        if (_state is { IsForked: true } && Store.AllEvidence().FirstOrDefault(evidence => evidence.Fault.Code == RecordFaults.SplitView) is { } fork)
        {
            foreach (var name in (string[])[EvidenceNames.Checkpoint, EvidenceNames.HeldCheckpoint])
            {
                if (fork.Files.TryGetValue(name, out var file)) Add(file);
            }
        }

        return notes;

        void Add(ReadOnlyMemory<byte>? note)
        {
            if (note is { } bytes && !notes.Exists(each => each.Span.SequenceEqual(bytes.Span))) notes.Add(bytes);
        }
    }

    private async Task ShowUnansweredAsync(CentreEffect.ShowUnanswered show)
    {
        var entries = show.Leaves.Select(leaf => _outbox.GetValueOrDefault(leaf)).OfType<OutboxItem>().Select(item => item.Entry.Note.Bytes).ToList();
        var fault = _clients.TryGetValue(show.To, out var client) ? await client.ShowUnansweredAsync(show.LookedThrough, entries, _ending.Token).ConfigureAwait(false) : null;
        _inputs.Writer.TryWrite(new CentreInput.Delivered(show.To, fault is null));
    }

    private async Task MeasureAsync(NodeName of)
    {
        if (_clients.TryGetValue(of, out var client)) _inputs.Writer.TryWrite(new CentreInput.ClockMeasured(of, await client.ClockAsync(Settings.Clock, _ending.Token).ConfigureAwait(false)));
    }
}
