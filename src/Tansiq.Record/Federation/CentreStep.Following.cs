using System.Globalization;
using NodaTime;

namespace Tansiq.Record.Federation;

/// <content>Following the office and, where it is away or withholds, another centre.</content>
internal sealed partial class CentreStep
{
    // After so many failures in a row the office counts as away, and a centre that has more is followed at once.
    private const int FailuresUntilAway = 2;

    private void Told(CentreInput.Told told)
    {
        if (told.By == Office) Hear(Office);
        SetPeer(told.By, Peer(told.By) with { ShownSize = Math.Max(Peer(told.By).ShownSize, told.Size) });
        if (told.Size > _state.Size) _state = _state with { Lookout = _state.Lookout with { IsWanted = true } };
    }

    private void Followed(NodeName from, FollowOutcome outcome)
    {
        if (_state.Lookout.UnderWay == from) _state = _state with { Lookout = _state.Lookout with { UnderWay = default } };
        if (outcome is not FollowOutcome.Unreachable) Hear(from);
        switch (outcome)
        {
            case FollowOutcome.Kept kept: Kept(from, kept); break;
            case FollowOutcome.Behind behind: SetPeer(from, Peer(from) with { ShownSize = behind.Size, AheadSince = null }); break;
            case FollowOutcome.Refused refused: Refused(from, refused); break;
            case FollowOutcome.Unreachable: Failed(from); break;
            default: throw new InvalidOperationException("An outcome that nobody decides.");
        }
    }

    private void Kept(NodeName from, FollowOutcome.Kept kept)
    {
        Withdraw(finding => finding.About == from && finding.Fault.Code is not (RecordFaults.WrongClock or RecordFaults.Withheld or RecordFaults.Lagging));
        var isNew = kept.Size > _state.Size || kept.CosignedSize > _state.CosignedSize || kept.JointSize > _state.JointSize;
        _state = _state with { Size = Math.Max(_state.Size, kept.Size), CosignedSize = Math.Max(_state.CosignedSize, kept.CosignedSize), RecordTime = kept.RecordTime };
        Joint(kept.JointSize);
        if (isNew) WantHeads();
        NotCosigned(kept.NotCosigned);
        SetPeer(from, Peer(from) with { ShownSize = Math.Max(Peer(from).ShownSize, kept.Size) });
        Recovered(from);
        foreach (var (name, peer) in _state.Peers)
        {
            if (peer.ShownSize <= _state.Size) SetPeer(name, peer with { AheadSince = null });
        }
    }

    private void NotCosigned(Fault? why)
    {
        switch (why?.Code)
        {
            case RecordFaults.WrongClock:
                _state = _state with { Lookout = _state.Lookout with { WrongClockSince = _state.Lookout.WrongClockSince ?? _now } };
                break;
            case RecordFaults.SplitView or RecordFaults.RestoredDisk:
                Raise(why!, why!.Code == RecordFaults.RestoredDisk ? Self : Office);
                break;
            case null:
                _state = _state with { Lookout = _state.Lookout with { WrongClockSince = null } };
                Withdraw(finding => finding.Fault.Code == RecordFaults.RestoredDisk || (finding.About == Office && finding.Fault.Code == RecordFaults.WrongClock && finding.Fault.Where != Office.Value));
                break;
            default:
                break;
        }
    }

    private void Joint(long jointSize)
    {
        if (jointSize <= _state.JointSize) return;
        _state = _state with { JointSize = jointSize };
        WantHeads();
    }

    private void Refused(NodeName from, FollowOutcome.Refused refused)
    {
        Failed(from);
        if (refused.Fault.Code == RecordFaults.WrongClock)
        {
            _state = _state with { Lookout = _state.Lookout with { WrongClockSince = _state.Lookout.WrongClockSince ?? _now } };
            return;
        }

        // Whose history it is, is not told by whose copy showed it: both are signed by the log.
        Raise(refused.Fault, refused.Fault.Code == RecordFaults.SplitView ? Office : from);
        if (refused.Fault.Code == RecordFaults.SplitView) FindCosignersOfBoth(refused.Size, refused.CosignedBy);
    }

    private void Failed(NodeName from)
    {
        var failures = _state.Lookout.Failures + (from == Office ? 1 : 0);
        _state = _state with
        {
            Lookout = from == Office
                ? _state.Lookout with { Failures = failures, NotBefore = After(failures, from) }
                : _state.Lookout with { CopyNotBefore = _now + Times.Look },
        };
    }

    private void Recovered(NodeName from)
    {
        if (from == Office) _state = _state with { Lookout = _state.Lookout with { Failures = 0, NotBefore = _now, IsWanted = Peer(Office).ShownSize > _state.Size } };
    }

    private void Follow()
    {
        var lookout = _state.Lookout;
        if (lookout.UnderWay != default) return;
        if (CopyToFollow() is { } copy)
        {
            _state = _state with { Lookout = lookout with { UnderWay = copy, CopyNotBefore = _now + Times.Look } };
            Do(new CentreEffect.Follow(copy, IsCopy: true));
        }
        else if (_now >= lookout.NotBefore && (lookout.IsWanted || _now >= lookout.LookDue))
        {
            _state = _state with { Lookout = lookout with { UnderWay = Office, IsWanted = false, LookDue = _now + Times.Look } };
            Do(new CentreEffect.Follow(Office, IsCopy: false));
        }
    }

    private NodeName? CopyToFollow()
    {
        if (_now < _state.Lookout.CopyNotBefore) return null;
        var patience = _state.Lookout.Failures >= FailuresUntilAway ? Duration.Zero : Times.Lag;
        foreach (var (name, peer) in _state.Peers.OrderByDescending(each => each.Value.ShownSize))
        {
            if (name != Office && peer.ShownSize > _state.Size && peer.AheadSince is { } since && _now >= since + patience) return name;
        }

        return null;
    }

    private void FindLagging()
    {
        var isLagging = _state.Lookout.Failures == 0 && _state.Peers.Any(each => each.Key != Office && each.Value.ShownSize > _state.Size && each.Value.AheadSince is { } since && _now >= since + Times.Lag);
        if (isLagging) Raise(new(RecordFaults.Lagging, Office.Value, string.Create(CultureInfo.InvariantCulture, $"size {_state.Size}"), "what another centre holds"), Office);
        else if (_state.Peers.All(each => each.Value.ShownSize <= _state.Size)) Withdraw(finding => finding.Fault.Code == RecordFaults.Lagging);
    }

    private void FindWrongClockOfRecord()
    {
        if (_state.Lookout.WrongClockSince is not { } since || _now < since + Times.ClockPatience) return;
        Raise(new(RecordFaults.WrongClock, "record", _state.RecordTime is { } time ? $"time {time}" : "no time", $"a time within {Times.ClockLimit.TotalSeconds:0.###} s of one's own clock"), Office);
    }

    private void NoticeStandstill()
    {
        var stands = _state.RecordTime is not { } time || _now > time + Times.StandStill;
        if (stands && _state.StandsStillSince is null)
        {
            _state = _state with { StandsStillSince = _now };
            Do(new CentreEffect.StandStill(_now));
        }
        else if (!stands && _state.StandsStillSince is not null)
        {
            _state = _state with { StandsStillSince = null };
            Do(new CentreEffect.GoOn());
        }
    }
}
