using NodaTime;

namespace Tansiq.Record.Federation;

/// <content>What was found and stands; when the next step is due.</content>
internal sealed partial class CentreStep
{
    private static readonly Duration LongestSleep = Duration.FromSeconds(1);

    private void Raise(Fault fault, NodeName about)
    {
        if (_state.Findings.Exists(finding => finding.Fault.Code == fault.Code && finding.About == about) || _state.Findings.Count >= Times.MaximumFindings) return;
        var finding = new Finding(fault, about, _now);
        _state = _state with { Findings = _state.Findings.Add(finding) };
        Do(new CentreEffect.Raise(finding));
    }

    private void Withdraw(Predicate<Finding> isWell)
    {
        foreach (var finding in _state.Findings.FindAll(finding => finding.IsPassing && isWell(finding)))
        {
            _state = _state with { Findings = _state.Findings.Remove(finding) };
            Do(new CentreEffect.Withdraw(finding));
        }
    }

    private void Settle(string code)
    {
        foreach (var finding in _state.Findings.FindAll(finding => finding.Fault.Code == code))
        {
            _state = _state with { Findings = _state.Findings.Remove(finding) };
            Do(new CentreEffect.Withdraw(finding));
        }
    }

    private void NoticeForks()
    {
        if (_state.IsForked == _before.IsForked) return;
        Do(_state.IsForked ? new CentreEffect.StopCosigning(_state.Findings.Find(finding => finding.IsFork)!.Fault) : new CentreEffect.GoOnCosigning());
    }

    // An author's statements stand in the order in which it sent them: one request at a time, each in order.
    private void FindReordered()
    {
        var last = -1L;
        foreach (var entry in _state.Outbox)
        {
            if (entry.IsPassedOn || entry.Index is not { } index) continue;
            if (index <= last) Raise(new(RecordFaults.Reordered, Place(index), "a statement that was sent after the one at entry " + Place(last), "the order in which they were sent"), Office);
            last = Math.Max(last, index);
        }
    }

    // The record goes on, by its own time, and still one of those that were sent long ago is not there.
    private void FindWithheld()
    {
        var withheld = _state.Outbox.Find(entry => !entry.IsPlaced && entry.SentAt is { } sent && _now >= sent + Times.Withheld && _state.RecordTime >= sent + Times.Withheld);
        if (withheld is not null) Raise(new(RecordFaults.Withheld, "outbox", "a statement without a place", "a place, while the record goes on"), Office);
        else if (_state.Outbox.TrueForAll(entry => entry.IsPlaced)) Withdraw(finding => finding.Fault.Code == RecordFaults.Withheld);
    }

    // Everything has a deadline; what is due already waits for something to come back, and that has one too.
    private Instant NextDue()
    {
        var due = _now + LongestSleep;
        Soonest(_state.Sending.IsUnderWay ? _state.Sending.Until : _state.Sending.NotBefore);
        Soonest(_state.Lookout.NotBefore);
        Soonest(_state.Lookout.LookDue);
        foreach (var peer in _state.Peers.Values)
        {
            Soonest(peer.Heads.IsUnderWay ? peer.Heads.Until : peer.Heads.NotBefore);
            Soonest(peer.ClockDue);
        }

        return due;

        void Soonest(Instant instant)
        {
            if (instant > _now && instant < due) due = instant;
        }
    }
}
