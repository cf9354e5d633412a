using System.Collections.Immutable;
using System.Globalization;
using NodaTime;
using Tansiq.Record.Merkle;

namespace Tansiq.Record.Federation;

/// <content>Statements on their way to a place on the record.</content>
internal sealed partial class CentreStep
{
    private void Said(CentreInput.Said said)
    {
        if (Find(said.Leaf) < 0) _state = _state with { Outbox = _state.Outbox.Add(new(said.Leaf, _now, default)) };
    }

    private void Answered(CentreInput.Answered answered)
    {
        var sending = _state.Sending;
        Hear(Office);
        // A late answer to a request that was given up: the entries went out again, and the next answer says the same of them.
        if (!sending.IsUnderWay || sending.Number != answered.Number) return;
        var isAll = true;
        for (var place = 0; place < sending.Leaves.Length && isAll; place++)
        {
            isAll = place < answered.Answers.Length && Answer(sending.Leaves[place], answered.Answers[place]);
        }

        var failures = isAll ? 0 : sending.Failures + 1;
        _state = _state with { Sending = sending with { Leaves = [], Failures = failures, NotBefore = isAll ? _now : After(failures, Office) } };
        FindReordered();
    }

    private bool Answer(MerkleHash leaf, EntryAnswer answer)
    {
        switch (answer)
        {
            case EntryAnswer.Accepted accepted:
                if (Find(leaf) is >= 0 and var place) Set(place, _state.Outbox[place] with { Index = accepted.Index });
                return true;
            case EntryAnswer.Refused { Fault.Code: RecordFaults.Busy or RecordFaults.DiskFull or RecordFaults.StoreFailed }:
            case EntryAnswer.Busy:
                return false;
            case EntryAnswer.Refused refused:
                GiveBack(leaf, refused.Fault);
                return true;
            default: throw new InvalidOperationException("An answer that nobody decides.");
        }
    }

    private void GiveBack(MerkleHash leaf, Fault fault)
    {
        if (Find(leaf) is not (>= 0 and var place)) return;
        Do(_state.Outbox[place].IsPassedOn ? new CentreEffect.Forget(leaf) : new CentreEffect.GiveBack(leaf, fault));
        _state = _state with { Outbox = _state.Outbox.RemoveAt(place) };
    }

    private void NotAnswered(long number)
    {
        var sending = _state.Sending;
        if (!sending.IsUnderWay || sending.Number != number) return;
        var failures = sending.Failures + 1;
        _state = _state with { Sending = sending with { Leaves = [], Failures = failures, NotBefore = After(failures, Office) } };
    }

    private void GiveUpWaiting()
    {
        if (_state.Sending is { IsUnderWay: true } sending && _now >= sending.Until) NotAnswered(sending.Number);
    }

    private void Submit()
    {
        var sending = _state.Sending;
        if (sending.IsUnderWay || _now < sending.NotBefore) return;
        var leaves = ImmutableArray.CreateBuilder<MerkleHash>();
        for (var place = _state.Outbox.FindIndex(entry => entry.Index is null); place >= 0 && place < _state.Outbox.Count && leaves.Count < Times.MaximumBatch; place++)
        {
            if (_state.Outbox[place] is not { Index: null } entry) continue;
            leaves.Add(entry.Leaf);
            if (entry.SentAt is null) Set(place, entry with { SentAt = _now });
        }

        if (leaves.Count == 0) return;
        _state = _state with { Sending = sending with { Number = sending.Number + 1, Leaves = leaves.ToImmutable(), Until = _now + Times.Answer } };
        Do(new CentreEffect.Submit(_state.Sending.Number, _state.Sending.Leaves));
    }

    // What the office answered is looked for once the record has it; what it did not answer, before others are told so.
    private void LookForOwn()
    {
        for (var place = 0; place < _state.Outbox.Count; place++)
        {
            var entry = _state.Outbox[place];
            if (entry.IsPlaced || entry.IsLookedFor || entry.LookedThrough >= _state.Size) continue;
            if (entry.Index is { } index ? index >= _state.Size : !IsOverdue(entry)) continue;
            Set(place, entry with { IsLookedFor = true });
            Do(new CentreEffect.Look(entry.Leaf));
        }
    }

    private void Looked(CentreInput.Looked looked)
    {
        if (Find(looked.Leaf) is not (>= 0 and var place)) return;
        var entry = _state.Outbox[place] with { IsLookedFor = false, LookedThrough = looked.Size };
        if (looked.Index is { } found)
        {
            Set(place, entry with { Index = found, IsPlaced = true });
            return;
        }

        // The office said that it stands there, and it does not: it goes out again.
        if (entry.Index is { } said && said < looked.Size)
        {
            Raise(new(RecordFaults.Withheld, Place(said), "another entry", "the one that the office accepted for this place"), Office);
            entry = entry with { Index = null };
        }

        Set(place, entry);
    }

    private void Forget()
    {
        for (var place = 0; place < _state.Outbox.Count;)
        {
            if (_state.Outbox[place] is { IsPlaced: true, Index: { } index } entry && index < _state.EffectiveJointSize)
            {
                Do(new CentreEffect.Forget(entry.Leaf));
                _state = _state with { Outbox = _state.Outbox.RemoveAt(place) };
            }
            else
            {
                place++;
            }
        }
    }

    private void UnansweredShown(CentreInput.UnansweredShown shown)
    {
        Hear(shown.By);
        // An older list that was on the way for long says nothing; a newer one follows.
        if (shown.LookedThrough < Peer(shown.By).CosignedSize || shown.By == Office) return;
        foreach (var entry in shown.Entries)
        {
            if (entry.HeldAt is { } index)
            {
                if (index < shown.LookedThrough) Raise(new(RecordFaults.FalselyUnanswered, Place(index), "an entry that stands on the record", "one that does not"), shown.By);
            }
            else if (Find(entry.Leaf) < 0 && _state.Outbox.Count(each => each.IsPassedOn) < Times.MaximumPassedOn)
            {
                _state = _state with { Outbox = _state.Outbox.Add(new(entry.Leaf, _now, shown.By)) };
            }
        }
    }

    private bool IsOverdue(OutboxEntry entry) => !entry.IsPlaced && _now >= entry.SaidAt + Times.Unanswered;

    private int Find(MerkleHash leaf) => _state.Outbox.FindIndex(entry => entry.Leaf == leaf);

    private void Set(int place, OutboxEntry entry) => _state = _state with { Outbox = _state.Outbox.SetItem(place, entry) };

    private static string Place(long index) => string.Create(CultureInfo.InvariantCulture, $"entry {index}");
}
