using System.Collections.Concurrent;
using System.Collections.Immutable;
using Tansiq.Coordination;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Recording;
using Tansiq.Record;
using Tansiq.Record.Federation;
using Tansiq.Record.Logs;
using Tansiq.Record.Merkle;
using Tansiq.Server.Federation;
using Tansiq.Storage.Following;
using Tansiq.Storage.Logs;

namespace Tansiq.Server.Nodes;

/// <content>Drives the steps of the protocol: one task takes inputs in order and does their effects; what takes time runs beside it and comes back as an input.</content>
public sealed partial class CentreNode
{
    // What runs beside, so that the end can wait for it; the value is not used.
    private readonly ConcurrentDictionary<Task, bool> _underWay = [];

    // Written by the one task that drives.
    private volatile CentreState? _state;

    private async Task DriveAsync()
    {
        var now = Settings.Clock.GetCurrentInstant();
        var others = _clients.Values.Where(client => client.Peer.Role == NodeRole.Centre).Select(client => NodeFindings.NameOf(client.Peer.Party)).ToImmutableArray();
        var settings = new CentreSettings(NodeFindings.NameOf(Identity.Party), _office, others, Settings.Times, Settings.JitterSeed) { IsCosigner = Settings.Keys.Cosigning is not null };
        var outbox = _table.ReadAll().Where(item => item.Refusal is null).Select(item => (item.Leaf, item.SaidAt)).ToImmutableArray();
        var memory = new CentreMemory(_follower.Size, _gathering.JointSize, CosignedSize: 0, Domain.TimeOf(_follower.State), outbox, [.. NodeFindings.Of(Store, _office, now, Settings.Times.MaximumFindings)]);
        _state = CentreProtocol.Start(settings, memory, now);
        if (_state.IsForked) _follower.CosigningStopped = _state.Findings.Find(finding => finding.IsFork)!.Fault;
        Step(new CentreInput.Tick());
        await foreach (var input in _inputs.Reader.ReadAllAsync(_ending.Token).ConfigureAwait(false)) Step(input);
    }

    private void Step(CentreInput input)
    {
        (_state, var effects) = CentreProtocol.Step(_state!, input, Settings.Clock.GetCurrentInstant());
        foreach (var effect in effects) Do(effect);
        Show(_state, input);
    }

    private async Task TickAsync()
    {
        using var timer = new PeriodicTimer(TickInterval);
        while (await timer.WaitForNextTickAsync(_ending.Token).ConfigureAwait(false))
        {
            if (_state is { } state && Settings.Clock.GetCurrentInstant() >= state.NextDue) _inputs.Writer.TryWrite(new CentreInput.Tick());
            _snapshots?.WriteIfDue(_follower.State);
        }
    }

    private void Do(CentreEffect effect)
    {
        switch (effect)
        {
            case CentreEffect.Submit submit: Beside(() => SubmitAsync(submit)); break;
            case CentreEffect.Look look: _inputs.Writer.TryWrite(Looked(look.Leaf)); break;
            case CentreEffect.Forget forget: Forget(forget.Leaf); break;
            case CentreEffect.GiveBack given: GiveBack(given.Leaf, given.Fault); break;
            case CentreEffect.Follow follow: Beside(() => FollowAsync(follow)); break;
            case CentreEffect.SendHead head: Beside(() => SendHeadAsync(head.To)); break;
            case CentreEffect.ShowUnanswered show: Beside(() => ShowUnansweredAsync(show)); break;
            case CentreEffect.MeasureClock measure: Beside(() => MeasureAsync(measure.Of)); break;
            case CentreEffect.StopCosigning stop: _follower.CosigningStopped = stop.Fault; break;
            case CentreEffect.GoOnCosigning: _follower.CosigningStopped = null; break;
            case CentreEffect.Raise raise: Settings.Told(raise.Finding.Fault.ToString()); break;
            case CentreEffect.Withdraw or CentreEffect.StandStill or CentreEffect.GoOn: break;
            default: throw new InvalidOperationException("An effect that nobody does.");
        }
    }

    private void Show(CentreState state, CentreInput input)
    {
        // Only this task changes the outbox's places.
        var isOutboxChanged = input is CentreInput.Said or CentreInput.Answered or CentreInput.Looked or CentreInput.NotAnswered || _isOutboxStale;
        _isOutboxStale = false;
        var placed = isOutboxChanged ? state.Outbox.Where(entry => entry.Index is not null).Select(entry => entry.Leaf).ToHashSet() : null;
        var head = _held;
        var findings = state.Findings.Faults();
        Pictures.Change(picture =>
        {
            var next = picture with
            {
                State = head?.State ?? picture.State,
                Checkpoint = head?.Checkpoint ?? picture.Checkpoint,
                StandsStillSince = state.StandsStillSince,
                Findings = picture.Findings.SequenceEqual(findings) ? picture.Findings : findings,
            };
            next = next with { JointSize = Math.Min(state.EffectiveJointSize, next.Size) };
            if (placed is not null) next = next with { Waiting = WaitingNow(placed) };
            foreach (var (name, peer) in state.Peers) next = next.WithLine(NodeFindings.PartyOf(name), line => LineOf(line, name, peer));
            return next == picture ? picture : next;
        });
    }

    private NodeLine LineOf(NodeLine line, NodeName name, PeerState peer) => line with
    {
        HeardAt = peer.HeardAt,
        Size = peer.ShownSize > 0 ? peer.ShownSize : line.Size,
        CosignedSize = name == _office || peer.CosignedSize == 0 ? line.CosignedSize : peer.CosignedSize,
        ClockSkew = peer.Clock?.Skew,
        SkewUncertainty = peer.Clock?.Uncertainty,
    };

    // What fails here by a fault of the disk is told and comes back as a timeout of the protocol.
    private void Beside(Func<Task> work)
    {
        var task = Task.Run(async () =>
        {
            try
            {
                await work().ConfigureAwait(false);
            }
            catch (RecordStoreException failure)
            {
                Settings.Told(failure.Message);
            }
            catch (OperationCanceledException) when (_ending.IsCancellationRequested)
            {
                // The node ends.
            }
        });
        _underWay[task] = true;
        _ = task.ContinueWith(ended => _underWay.TryRemove(ended, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private CentreInput.Looked Looked(MerkleHash leaf) =>
        new(leaf, _outbox.TryGetValue(leaf, out var item) ? PlaceOf(item) : null, _follower.Size);

    private void Forget(MerkleHash leaf)
    {
        _outbox.TryRemove(leaf, out _);
        _waiting.TryRemove(leaf, out _);
        _isOutboxStale = true;
        Beside(() => _table.RemoveAsync(leaf));
    }

    private void GiveBack(MerkleHash leaf, Fault fault)
    {
        if (_outbox.TryGetValue(leaf, out var item)) _outbox[leaf] = item with { Refusal = fault };
        if (_waiting.TryRemove(leaf, out var waiting)) waiting.TrySetResult(new Submission.Refused(fault.AsRefusal()));
        _isOutboxStale = true;
        Beside(() => _table.GiveBackAsync(leaf, fault));
    }

    private bool _isOutboxStale;

    private async Task SubmitAsync(CentreEffect.Submit submit)
    {
        var items = submit.Leaves.Select(leaf => _outbox.GetValueOrDefault(leaf)).OfType<OutboxItem>().ToList();
        var (answers, fault) = await SubmitAsync(items).ConfigureAwait(false);
        _isOfficeAway = fault is not null;
        if (fault is not null || items.Count < submit.Leaves.Length)
        {
            foreach (var item in items) Answer(item, new Submission.Waiting(item.Hash));
            _inputs.Writer.TryWrite(new CentreInput.NotAnswered(submit.Number));
            return;
        }

        for (var number = 0; number < Math.Min(items.Count, answers.Length); number++)
        {
            if (answers[number] is EntryAnswer.Accepted accepted) Answer(items[number], new Submission.Accepted(items[number].Hash, accepted.Index, IsRepeated: false));
        }

        _inputs.Writer.TryWrite(new CentreInput.Answered(submit.Number, answers));
    }

    private async Task<(ImmutableArray<EntryAnswer> Answers, Fault? Fault)> SubmitAsync(List<OutboxItem> items)
    {
        if (!_clients.TryGetValue(_office, out var office)) return ([], new(RecordFaults.SourceFailed, "", "no office", "an office"));
        foreach (var hash in items.SelectMany(item => item.Attachments).Distinct())
        {
            if (Store.Attachment(hash) is { } content && await office.PutAttachmentAsync(hash, content, _ending.Token).ConfigureAwait(false) is { } failed) return ([], failed);
        }

        return (await office.SubmitAsync(items.Select(item => item.Entry.Note.Bytes), _ending.Token).ConfigureAwait(false)).TryGet(out var answers, out var fault) ? (answers, null) : ([], fault);
    }

    private void Answer(OutboxItem item, Submission answer)
    {
        if (_waiting.TryRemove(item.Leaf, out var waiting)) waiting.TrySetResult(answer);
    }
}
