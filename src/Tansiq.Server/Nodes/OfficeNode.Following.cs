using Tansiq.Coordination;
using Tansiq.Coordination.Parties;
using Tansiq.Record;
using Tansiq.Record.Checkpoints;
using Tansiq.Record.Federation;
using Tansiq.Server.Federation;
using Tansiq.Storage.Following;

namespace Tansiq.Server.Nodes;

/// <content>What the office shows to those who follow it, and takes from them.</content>
public sealed partial class OfficeNode
{
    /// <inheritdoc/>
    internal override async Task<RecordPart?> PartAsync(long from, long joint, TimeSpan wait, CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _ending.Token);
        waiting.CancelAfter(wait);
        while (true)
        {
            var changed = Shown(from, out var shown);
            if (shown is not null) return RecordPart.Of(Store, shown.Note.Bytes, shown.Checkpoint.Size, from);
            if (_gathering.JointSize > joint) return new(null, Store.JointCheckpoint, from, [], []);
            try
            {
                await changed.WaitAsync(waiting.Token).ConfigureAwait(false);
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
        var now = Settings.Clock.GetCurrentInstant();
        Pictures.Change(picture => picture.WithLine(from, line => line with { HeardAt = now, Size = head.Size }));
        Fault? fault = null;
        foreach (var note in head.Notes) fault = TakeNote(note) ?? fault;
        return fault;
    }

    private Fault? TakeNote(ReadOnlyMemory<byte> note)
    {
        // What is joint is shown again with each head, and there is nothing to learn from it.
        if (Store.JointCheckpoint is { } known && known.Span.SequenceEqual(note.Span)) return null;
        var situation = _log.State.Situation;
        switch (_gathering.Take(note, Cosigners.Of(situation)))
        {
            case GatheredNote.Agrees agrees:
                foreach (var key in agrees.By)
                {
                    if (situation.Keys.Find(key)?.Party is { } party) Take(new OfficeInput.Cosigned(NodeFindings.NameOf(party), agrees.Size, agrees.IsNewlyJoint));
                }

                return null;
            case GatheredNote.Ahead ahead: return new(RecordFaults.RestoredDisk, "checkpoint", $"size {ahead.Size}", $"at most {_log.Size}, which is all that this office has");
            case GatheredNote.Refused refused: return refused.Fault;
            case GatheredNote.Split split: return split.Evidence.Fault;
            default: throw new InvalidOperationException("A note that nobody decides.");
        }
    }

    /// <inheritdoc/>
    internal override Fault? TakeUnanswered(Id<Party> from, long lookedThrough, IReadOnlyList<ReadOnlyMemory<byte>> entries)
    {
        // To the office itself they are entries like others.
        foreach (var entry in entries) _ = _log.AppendAsync(entry);
        return null;
    }

    // By the thread that writes the log: the checkpoint is on the disk.
    private void Committed()
    {
        var head = _log.Head;
        lock (_gate) _newest = head.Checkpoint;
        Take(new OfficeInput.Appended(head.Size));
    }

    private void Take(OfficeInput input)
    {
        var now = Settings.Clock.GetCurrentInstant();
        lock (_gate)
        {
            (_state, var effects) = OfficeProtocol.Step(_state, input, now);
            foreach (var effect in effects) Do(effect);
            var (head, joint, findings) = (_log.Head, _state.JointSize, _state.Findings.Faults());
            Pictures.Change(picture =>
            {
                var isSame = picture.Size == head.Size && picture.JointSize == joint && picture.Findings.SequenceEqual(findings);
                var next = isSame ? picture : picture with { State = head.State, Checkpoint = head.Checkpoint, JointSize = Math.Min(joint, head.Size), Findings = findings };
                return input is OfficeInput.Cosigned cosigned ? next.WithLine(NodeFindings.PartyOf(cosigned.By), line => line with { CosignedSize = Math.Max(line.CosignedSize ?? 0, cosigned.Size) }) : next;
            });
        }
    }

    // Called with _gate held.
    private void Do(OfficeEffect effect)
    {
        switch (effect)
        {
            case OfficeEffect.Show:
                _shown = _newest;
                Wake();
                break;
            case OfficeEffect.ShowJoint:
                Wake();
                break;
            case OfficeEffect.MeasureClock measure:
                if (_clients.TryGetValue(NodeFindings.PartyOf(measure.Of), out var client)) _ = MeasureAsync(client, measure.Of);
                break;
            case OfficeEffect.Raise or OfficeEffect.Withdraw:
                break;
            default: throw new InvalidOperationException("An effect that nobody does.");
        }
    }

    private Task Shown(long from, out SignedCheckpoint? shown)
    {
        lock (_gate)
        {
            // Who has more than the office has to be told so: the office lost what it had.
            shown = _newest is { } newest && newest.Checkpoint.Size < from ? newest : _shown is { } round && round.Checkpoint.Size > from ? round : null;
            return _changed.Task;
        }
    }

    // Called with _gate held.
    private void Wake()
    {
        _changed.TrySetResult();
        _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private async Task MeasureAsync(FederationClient client, NodeName of)
    {
        var reading = await client.ClockAsync(Settings.Clock, _ending.Token).ConfigureAwait(false);
        if (reading is not null) Pictures.Change(picture => picture.WithLine(client.Peer.Party, line => line.WithClock(reading)));
        Take(new OfficeInput.ClockMeasured(of, reading));
    }

    private async Task TickAsync()
    {
        using var timer = new PeriodicTimer(TickInterval);
        while (await timer.WaitForNextTickAsync(_ending.Token).ConfigureAwait(false))
        {
            if (Settings.Clock.GetCurrentInstant() >= _state.NextDue) Take(new OfficeInput.Tick());
            _snapshots?.WriteIfDue(_log.State);
        }
    }
}
