using System.Numerics;
using NodaTime;
using Tansiq.Geo;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Positions.Ordering;

/// <summary>Refuses what comes too late in a sequence ordered by time, and what its source gave already.</summary>
internal sealed class PositionsOnce
{
    /// <summary>The most positions of one moment that are remembered; a duplicate beyond them is not seen.</summary>
    public const int MaximumOfOneMoment = 100_000;

    private const int FirstSlots = 64;

    // An open table: a slot is in use where it bears the number of the present moment, so that nothing is ever cleared.
    private Slot[] _slots = new Slot[FirstSlots];
    private int _count;
    private int _moment = 1;
    private Instant _now = Instant.MinValue;

    /// <summary>Null where the position goes on; otherwise why it does not.</summary>
    public Refusal? Admit(int source, RecordPlace place, ReportedPosition position)
    {
        var at = position.Position.At;
        if (at < _now) return new(FeedRefusals.Late, place.ToString(), at.ToString(), FeedRefusals.Invariant($"a time not before {_now}"));
        if (at > _now) Begin(at);
        return TryAdd(source, position.Track, position.Position.Place)
            ? null
            : new(FeedRefusals.Duplicate, place.ToString(), FeedRefusals.Invariant($"{position.Track} at {at} again"), "each position once");
    }

    private void Begin(Instant at)
    {
        _now = at;
        _count = 0;
        if (_moment < int.MaxValue)
        {
            _moment++;
            return;
        }

        _moment = 1;
        Array.Clear(_slots);
    }

    private bool TryAdd(int source, string track, GeoPoint place)
    {
        ref var slot = ref Find(source, track, place);
        if (slot.Moment == _moment) return false;
        if (_count == MaximumOfOneMoment) return true;
        slot = new(_moment, source, track, place);
        if (++_count * 2 > _slots.Length) Grow();
        return true;
    }

    /// <summary>The slot that holds the track at the place, or the free one where it belongs.</summary>
    private ref Slot Find(int source, string track, GeoPoint place)
    {
        var mask = _slots.Length - 1;
        var hash = unchecked(((uint)place.LatitudeE7 * 0x9E3779B1u) ^ BitOperations.RotateLeft((uint)place.LongitudeE7 * 0x85EBCA77u, 15) ^ (uint)source);
        for (var index = (int)(hash >> 7) & mask; ; index = (index + 1) & mask)
        {
            ref var slot = ref _slots[index];
            if (slot.Moment != _moment || (slot.Place == place && slot.Source == source && slot.Track == track)) return ref slot;
        }
    }

    private void Grow()
    {
        var old = _slots;
        _slots = new Slot[2 * old.Length];
        foreach (var slot in old)
        {
            if (slot.Moment == _moment) Find(slot.Source, slot.Track, slot.Place) = slot;
        }
    }

    private readonly record struct Slot(int Moment, int Source, string Track, GeoPoint Place);
}
