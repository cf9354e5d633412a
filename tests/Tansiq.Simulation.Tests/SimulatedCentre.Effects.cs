using System.Collections.Immutable;
using NodaTime;
using Tansiq.Record;
using Tansiq.Record.Checkpoints;
using Tansiq.Record.Entries;
using Tansiq.Record.Federation;
using Tansiq.Record.Logs;
using Tansiq.Record.Merkle;
using Tansiq.Record.Notes;
using Tansiq.Storage.Following;
using Tansiq.Storage.Sources;
using Tansiq.Storage.Tests;

namespace Tansiq.Simulation.Tests;

/// <content>What a centre does with the effects of its steps, and what it gets from others.</content>
internal sealed partial class SimulatedCentre
{
    private static readonly ToyDomain Domain = new();

    private void Do(CentreEffect effect)
    {
        switch (effect)
        {
            case CentreEffect.Submit submit: Submit(submit); break;
            case CentreEffect.Look look: _simulation.Network.After(Duration.Zero, WhileUp(() => Learn(new CentreInput.Looked(look.Leaf, IndexOf(look.Leaf), _follower!.Size)))); break;
            case CentreEffect.Forget forget: Forget(forget.Leaf); break;
            case CentreEffect.GiveBack back: GiveBack(back.Leaf); break;
            case CentreEffect.Follow follow: _simulation.Network.After(_simulation.Network.Delay(), WhileUp(() => Follow(follow))); break;
            case CentreEffect.SendHead head: SendHead(head.To); break;
            case CentreEffect.ShowUnanswered shown: ShowUnanswered(shown.To, shown.LookedThrough, [.. shown.Leaves.Select(leaf => _outbox.Find(entry => entry.Leaf == leaf).Entry)]); break;
            case CentreEffect.MeasureClock clock: MeasureClock(clock.Of); break;
            case CentreEffect.StopCosigning stop: _follower!.CosigningStopped = _simulation.Fault == PlantedFault.CosignForked ? null : stop.Fault; break;
            case CentreEffect.GoOnCosigning: _follower!.CosigningStopped = null; break;
            case CentreEffect.Raise raise: Raise(raise.Finding); break;
            case CentreEffect.Withdraw withdraw: _keptFindings.Remove(withdraw.Finding); break;
            default: break;
        }
    }

    private void Submit(CentreEffect.Submit submit)
    {
        List<byte[]> entries = [.. submit.Leaves.Select(EntryOf)];
        _simulation.Network.Send(Name, Simulation.Office, () => _simulation.OfficeNode.Submit(Name, entries, answers =>
            _simulation.Network.Send(Simulation.Office, Name, () => Learn(new CentreInput.Answered(submit.Number, answers)))));
    }

    private byte[] EntryOf(MerkleHash leaf) => _outbox.Find(entry => entry.Leaf == leaf).Entry ?? _passedOn[leaf];

    private long? IndexOf(MerkleHash leaf)
    {
        if ((_outbox.Find(entry => entry.Leaf == leaf).Entry ?? _passedOn.GetValueOrDefault(leaf)) is not { } bytes) return null;
        return IndexOf(bytes);
    }

    private long? IndexOf(byte[] bytes)
    {
        var entry = SignedEntry.Read(bytes).Value;
        return Domain.IdentityOf(Domain.Read(entry, _follower!.State, _ => null)) is { } identity && _follower.IndexOf(identity) is { } index
            && _disk.Entries(index, index + 1).Single().Span.SequenceEqual(bytes) ? index : null;
    }

    private void Forget(MerkleHash leaf)
    {
        if (_outbox.RemoveAll(entry => entry.Leaf == leaf) > 0) Forgotten.Add(leaf);
        _passedOn.Remove(leaf);
    }

    private void GiveBack(MerkleHash leaf)
    {
        _outbox.RemoveAll(entry => entry.Leaf == leaf);
        GivenBack.Add(leaf);
    }

    private void Raise(Finding finding)
    {
        Found.Add(finding);
        if (!finding.IsPassing) _keptFindings.Add(finding);
        _simulation.Trace($"{Name} finds {finding.Fault.Code} about {finding.About}");
    }

    private void Follow(CentreEffect.Follow follow)
    {
        if (SourceOf(follow) is not { } source)
        {
            Learn(new CentreInput.Followed(follow.From, new FollowOutcome.Unreachable()));
            return;
        }

        try
        {
            if (_simulation.Fault == PlantedFault.CosignWithoutHolding && !follow.IsCopy) CosignUnseen(source);
            var answer = _follower!.StepAsync(source, follow.IsCopy ? SourceRole.Copy : SourceRole.Log).GetAwaiter().GetResult();
            if (_simulation.Fault == PlantedFault.SkipConsistency && answer is FollowAnswer.Refused) answer = TakeAnything(source);
            var outcome = Outcome(answer);
            Learn(new CentreInput.Followed(follow.From, outcome));
        }
        catch (CrashException)
        {
            Crash(_simulation.Pause());
        }
    }

    private IRecordSource? SourceOf(CentreEffect.Follow follow)
    {
        if (_simulation.Network.IsCut(Name, follow.From) || _simulation.IsLost()) return null;
        if (!follow.IsCopy) return _simulation.OfficeNode.IsUp ? _simulation.OfficeNode.SourceFor(Name, _simulation.IsLost()) : null;
        var other = _simulation.Centre(follow.From);
        return other.IsUp ? new SimulatedSource(new StoreSource(other.Disk, other.Name.Value), other.Disk.Checkpoint, _simulation.IsLost()) : null;
    }

    private FollowOutcome Outcome(FollowAnswer answer)
    {
        switch (answer)
        {
            case FollowAnswer.Kept kept:
                Take(kept.Checkpoint);
                if (kept.Size > kept.From) _gathering!.Grown(_simulation.Cosigners);
                return new FollowOutcome.Kept(kept.Size, _gathering!.JointSize, CosignedSize(), Domain.TimeOf(_follower!.State), kept.NotCosigned);
            case FollowAnswer.Behind behind: return new FollowOutcome.Behind(behind.Size);
            case FollowAnswer.Refused refused:
                var (size, by) = Shown(refused.Evidence.Files.GetValueOrDefault("checkpoint"));
                return new FollowOutcome.Refused(refused.Evidence.Fault, size, by);
            case FollowAnswer.Unreachable: return new FollowOutcome.Unreachable();
            default: throw new InvalidOperationException("An answer of an unknown kind.");
        }
    }

    private (long Size, ImmutableArray<NodeName> By) Shown(ReadOnlyMemory<byte> note) =>
        SignedCheckpoint.Open(note, Simulation.LogKey.Verifier, _simulation.Cosigners).TryGet(out var shown, out _)
            ? (shown.Checkpoint.Size, [.. shown.Cosignatures.Select(cosignature => NodeName.Of(cosignature.Key.Name))])
            : (0, []);

    // The planted fault: a cosignature for what is not held.
    private void CosignUnseen(IRecordSource source)
    {
        if (source.CheckpointAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult() is not { } note || SignedNote.Read(note) is not { Fault: null, Value: var read }) return;
        var cosigned = SignedNote.Of(read.Text.Span, [read.Signatures[0], CosigningKey.Cosign(read.Text.Span, Clock.GetCurrentInstant())]).Bytes;
        foreach (var other in _simulation.Centres) _simulation.Network.Send(Name, other.Name, () => other.TakeHead(Name, [cosigned], null));
    }

    // The planted fault: what contradicts what is held is taken from its beginning, as if nothing had been held.
    private FollowAnswer TakeAnything(IRecordSource source)
    {
        _disk = new(Simulation.Origin);
        var settings = new FollowerSettings<ToyState>(Simulation.LogKey.Verifier, Clock) { CosigningKey = CosigningKey, Cosigners = _ => _simulation.Cosigners };
        _follower = Follower<ToyState, ToyReading>.OpenAsync(_disk, Domain, settings).GetAwaiter().GetResult().Value;
        _gathering = new(_disk, Simulation.LogKey.Verifier);
        return _follower.StepAsync(source).GetAwaiter().GetResult();
    }

    private void SendHead(NodeName to)
    {
        if (_disk.Checkpoint is not { } held) return;
        List<ReadOnlyMemory<byte>> notes = [_gathering!.Find(State.CosignedSize) ?? _disk.Witnessed(Simulation.Origin) ?? held];
        if (State.CosignedSize != State.Size) notes.Add(held);
        if (State.JointSize != State.CosignedSize && _disk.JointCheckpoint is { } joint) notes.Add(joint);
        notes.AddRange(ForkEvidence.Notes(_disk));
        if (to == Simulation.Office)
        {
            _simulation.Network.Send(Name, to, () =>
            {
                if (!_simulation.OfficeNode.IsUp) return;
                _simulation.OfficeNode.TakeHead(Name, notes[0]);
                _simulation.Network.Send(to, Name, () => Learn(new CentreInput.Delivered(to, IsDelivered: true)));
            });
            return;
        }

        var digest = (_follower!.Size, Domain.DigestOf(_follower.State));
        _simulation.Network.Send(Name, to, () =>
        {
            if (_simulation.Centre(to).TakeHead(Name, notes, digest)) _simulation.Network.Send(to, Name, () => Learn(new CentreInput.Delivered(to, IsDelivered: true)));
        });
    }

    // The same note says the same again; its signatures are verified once.
    private GatheredNote Take(ReadOnlyMemory<byte> note)
    {
        var hash = MerkleHashing.Leaf(note.Span);
        if (_taken.TryGetValue(hash, out var known)) return known;
        var gathered = _gathering!.Take(note, _simulation.Cosigners);
        if (gathered is GatheredNote.Agrees) _taken[hash] = gathered;
        return gathered;
    }

    /// <summary>Another node shows its head.</summary>
    public bool TakeHead(NodeName from, IReadOnlyList<ReadOnlyMemory<byte>> notes, (long Size, ReadOnlyMemory<byte> Digest)? picture)
    {
        if (!IsUp) return false;
        foreach (var note in notes)
        {
            CentreInput.HeadShown? shown = Take(note) switch
            {
                GatheredNote.Agrees agrees => new(from, agrees.Size, null, [.. agrees.By.Select(key => NodeName.Of(key.Name))]),
                GatheredNote.Ahead ahead => new(from, ahead.Size, null, [.. ahead.By.Select(key => NodeName.Of(key.Name))]),
                GatheredNote.Split split => new(from, Shown(note).Size, split.Evidence.Fault, Shown(note).By),
                _ => null,
            };

            // What the office pushes is no head of its own: it is followed.
            if (shown is not null && (from != Simulation.Office || shown.Split is not null)) Learn(shown);
            if (!IsUp) return true;
        }

        if (_gathering!.JointSize > State.JointSize) Learn(new CentreInput.BecameJoint(_gathering.JointSize));
        if (picture is { } other && _follower!.CompareSituation(other.Size, other.Digest, from.Value) == SituationComparison.Other)
            Learn(new CentreInput.OtherPicture(from, new(RecordFaults.OtherSituation, from.Value, "another picture", "the same")));
        return true;
    }

    public void ShowUnanswered(NodeName to, long lookedThrough, IReadOnlyList<byte[]> entries) =>
        _simulation.Network.Send(Name, to, () =>
        {
            if (_simulation.Centre(to).TakeUnanswered(Name, lookedThrough, entries)) _simulation.Network.Send(to, Name, () => Learn(new CentreInput.Delivered(to, IsDelivered: true)));
        });

    private bool TakeUnanswered(NodeName from, long lookedThrough, IReadOnlyList<byte[]> entries)
    {
        if (!IsUp) return false;
        var shown = ImmutableArray.CreateBuilder<ShownEntry>();
        foreach (var bytes in entries)
        {
            var entry = SignedEntry.Read(bytes).Value;
            if (!Domain.KeyOf(_follower!.State, Domain.Read(entry, _follower.State, _ => null), entry.Signature).TryGet(out var key, out _) || !key.Verifies(entry.Text.Span, entry.Signature.Bytes.Span)) continue;
            var index = IndexOf(bytes);
            if (index is null) _passedOn[entry.Leaf] = bytes;
            shown.Add(new(entry.Leaf, index));
        }

        Learn(new CentreInput.UnansweredShown(from, lookedThrough, shown.ToImmutable()));
        return true;
    }

    private void MeasureClock(NodeName of)
    {
        var asked = Clock.GetCurrentInstant();
        _simulation.Network.Send(Name, of, () =>
        {
            if (_simulation.ClockOf(of) is not { } told) return;
            _simulation.Network.Send(of, Name, () => Learn(new CentreInput.ClockMeasured(of, ClockReading.Of(asked, told, Clock.GetCurrentInstant()))));
        });
    }
}
