using System.Collections.Immutable;
using NodaTime;

namespace Tansiq.Record.Federation;

/// <content>What goes to the other nodes: heads, statements without an answer, questions for their clocks.</content>
internal sealed partial class CentreStep
{
    private void WantHeads()
    {
        foreach (var (name, peer) in _state.Peers) SetPeer(name, peer with { Heads = peer.Heads with { IsWanted = true } });
    }

    private void HeadShown(CentreInput.HeadShown shown)
    {
        var peer = Peer(shown.By);
        var isAhead = shown.Split is null && shown.Size > _state.Size;
        SetPeer(shown.By, peer with { HeardAt = _now, ShownSize = Math.Max(peer.ShownSize, shown.Size), AheadSince = isAhead ? peer.AheadSince ?? _now : peer.AheadSince });
        if (isAhead) _state = _state with { Lookout = _state.Lookout with { IsWanted = true } };
        if (shown.Split is { } split)
        {
            Raise(split, Office);
            FindCosignersOfBoth(shown.Size, shown.CosignedBy);
        }
        else if (!isAhead)
        {
            foreach (var name in shown.CosignedBy) SetPeer(name, Peer(name) with { CosignedSize = Math.Max(Peer(name).CosignedSize, shown.Size) });
        }
    }

    // Who has cosigned what is held here, at the size that contradicts it or beyond, and also the contradiction.
    private void FindCosignersOfBoth(long splitSize, ImmutableArray<NodeName> cosignedBy)
    {
        foreach (var name in cosignedBy)
        {
            if (Peer(name).CosignedSize < Math.Min(splitSize, _state.Size) || Peer(name).CosignedSize == 0) continue;
            Raise(new(RecordFaults.CosignedBoth, name.Value, "cosignatures of two histories", "of one"), name);
        }
    }

    private void Delivered(CentreInput.Delivered delivered)
    {
        var peer = Peer(delivered.To);
        var failures = delivered.IsDelivered ? 0 : peer.Heads.Failures + 1;
        var heads = peer.Heads with { IsUnderWay = false, Failures = failures, NotBefore = delivered.IsDelivered ? _now : After(failures, delivered.To), IsWanted = peer.Heads.IsWanted || !delivered.IsDelivered };
        SetPeer(delivered.To, peer with { Heads = heads, HeardAt = delivered.IsDelivered ? _now : peer.HeardAt });
    }

    private void Correspond()
    {
        foreach (var (name, peer) in _state.Peers)
        {
            var heads = peer.Heads;
            if (heads.IsUnderWay && _now >= heads.Until)
            {
                Delivered(new(name, IsDelivered: false));
                heads = Peer(name).Heads;
            }

            if (heads.IsUnderWay || _now < heads.NotBefore) continue;
            if ((heads.IsWanted || _now >= heads.GreetingDue) && IsHeadForThem(name))
            {
                SetPeer(name, Peer(name) with { Heads = heads with { IsUnderWay = true, Until = _now + Times.Answer, IsWanted = false, GreetingDue = _now + Times.Greeting } });
                Do(new CentreEffect.SendHead(name));
            }
            else if (name != Office && _now >= heads.UnansweredDue && Unanswered() is { Length: > 0 } leaves)
            {
                SetPeer(name, Peer(name) with { Heads = heads with { IsUnderWay = true, Until = _now + Times.Answer, UnansweredDue = _now + Times.Unanswered } });
                Do(new CentreEffect.ShowUnanswered(name, _state.Size, leaves));
            }
        }
    }

    // The office has use for a cosignature alone; the others also learn how far one is.
    private bool IsHeadForThem(NodeName name) => name == Office ? _state.CosignedSize > 0 : _state.Size > 0;

    private ImmutableArray<Merkle.MerkleHash> Unanswered() =>
        [.. _state.Outbox.Where(entry => !entry.IsPassedOn && IsOverdue(entry) && entry.LookedThrough == _state.Size).Take(Times.MaximumBatch).Select(entry => entry.Leaf)];

    private void MeasureClocks()
    {
        foreach (var (name, peer) in _state.Peers)
        {
            if (_now < peer.ClockDue) continue;
            SetPeer(name, peer with { ClockDue = _now + Times.Greeting });
            Do(new CentreEffect.MeasureClock(name));
        }
    }

    private void ClockMeasured(CentreInput.ClockMeasured measured)
    {
        if (measured.Reading is not { } reading) return;
        SetPeer(measured.Of, Peer(measured.Of) with { Clock = reading, HeardAt = _now });
        var known = _state.Peers.Where(each => each.Value.Clock is not null).ToList();
        var beyond = known.FindAll(each => each.Value.Clock!.IsBeyond(Times.ClockLimit));
        // Where most others are away from one's own clock it is the own one that is wrong.
        var isOwn = beyond.Count >= 2 && beyond.Count * 2 > known.Count;
        Withdraw(finding => finding.Fault.Code == RecordFaults.WrongClock && (finding.About == Self ? !isOwn : finding.Fault.Where == finding.About.Value && (isOwn || !beyond.Exists(each => each.Key == finding.About))));
        if (isOwn) Raise(ClockFaults.Of(Self, Inverse(beyond[0].Value.Clock!), Times.ClockLimit), Self);
        else foreach (var (name, peer) in beyond) Raise(ClockFaults.Of(name, peer.Clock!, Times.ClockLimit), name);
    }

    private static ClockReading Inverse(ClockReading reading) => reading with { Skew = -reading.Skew };
}
