using NodaTime;
using Tansiq.Geo;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Positions;

/// <summary>Refuses what comes too late in a sequence ordered by time, and what is in it already.</summary>
internal sealed class PositionsOnce
{
    /// <summary>The most positions of one moment that are remembered; a duplicate beyond them is not seen.</summary>
    public const int MaximumOfOneMoment = 100_000;

    private readonly HashSet<(string Track, GeoPoint Place)> _given = [];
    private Instant _now = Instant.MinValue;

    /// <summary>Null where the position goes on; otherwise why it does not.</summary>
    public Refusal? Admit(ReportedPosition position, RecordPlace place)
    {
        var at = position.Position.At;
        if (at < _now) return new(FeedRefusals.Late, place.ToString(), at.ToString(), FeedRefusals.Invariant($"a time not before {_now}"));
        if (at > _now)
        {
            _now = at;
            _given.Clear();
        }

        var entry = (position.Track, position.Position.Place);
        var isNew = _given.Count < MaximumOfOneMoment ? _given.Add(entry) : !_given.Contains(entry);
        return isNew
            ? null
            : new(FeedRefusals.Duplicate, place.ToString(), FeedRefusals.Invariant($"{position.Track} at {at} again"), "each position once");
    }
}
