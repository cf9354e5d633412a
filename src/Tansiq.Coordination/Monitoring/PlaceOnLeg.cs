using Tansiq.Geo;
using Tansiq.Geo.Outlines;

namespace Tansiq.Coordination.Monitoring;

/// <summary>
/// When the place of a leg lies in an outline. Where the place is not exact, it possibly lies in the outline while the
/// rectangle of its reach touches the outline, and certainly while that lies in it clear of every edge.
/// </summary>
internal readonly struct PlaceOnLeg
{
    private readonly List<LegSpan> _inside;
    private readonly List<LegSpan> _nearEdges;

    public PlaceOnLeg(in Leg leg, Outline outline)
    {
        _inside = [];
        foreach (var crossing in outline.CrossingsOf(leg.From.Place, leg.To.Place)) _inside.Add(new(crossing.Entry, crossing.Exit));
        _nearEdges = leg.Reach.IsZero ? [] : NearEdges(leg, outline);
    }

    public bool IsPossible(Fraction parameter) => IsIn(_inside, parameter) || IsIn(_nearEdges, parameter);

    public bool IsCertain(Fraction parameter) => IsIn(_inside, parameter) && !IsIn(_nearEdges, parameter);

    public List<LegSpan> Possible() => _nearEdges.Count == 0 ? _inside : LegSpans.Join([.. _inside, .. _nearEdges]);

    public List<LegSpan> Certain() =>
        _nearEdges.Count == 0 ? _inside : LegSpans.Without(LegSpans.Join([.. _inside]), LegSpans.Join([.. _nearEdges]));

    private static bool IsIn(List<LegSpan> spans, Fraction parameter)
    {
        foreach (var span in spans)
        {
            if (span.Holds(parameter)) return true;
        }

        return false;
    }

    private static List<LegSpan> NearEdges(in Leg leg, Outline outline)
    {
        var near = new List<LegSpan>();
        // A leg's box lies within ±540° and an outline's too: no other turn brings them together.
        for (var turn = -3; turn <= 3; turn++)
        {
            if (!outline.Box.Meets(leg.Box.Turned(turn))) continue;
            var start = leg.Start.Turned(turn);
            var end = leg.End.Turned(turn);
            AddNear(near, leg.Reach, start, end, outline.Shell.AsSpan());
            foreach (var hole in outline.Holes) AddNear(near, leg.Reach, start, end, hole.AsSpan());
        }

        return near;
    }

    private static void AddNear(List<LegSpan> near, Reach reach, PlanePoint start, PlanePoint end, ReadOnlySpan<PlanePoint> ring)
    {
        for (var index = 0; index < ring.Length; index++)
        {
            var span = NearEdge(reach, start, end, ring[index], ring[index + 1 == ring.Length ? 0 : index + 1]);
            if (span.From <= span.Until) near.Add(span);
        }
    }

    /// <summary>While the rectangle touches the edge: its middle is then in the six-sided sum of edge and rectangle.</summary>
    private static LegSpan NearEdge(Reach reach, PlanePoint start, PlanePoint end, PlanePoint first, PlanePoint second)
    {
        var span = Between(start.X, end.X, Math.Min(first.X, second.X) - reach.LongitudeE7, Math.Max(first.X, second.X) + reach.LongitudeE7);
        span = span.And(Between(start.Y, end.Y, Math.Min(first.Y, second.Y) - reach.LatitudeE7, Math.Max(first.Y, second.Y) + reach.LatitudeE7));
        Int128 eastward = second.X - first.X;
        Int128 northward = second.Y - first.Y;
        var width = Int128.Abs(eastward) * reach.LatitudeE7 + Int128.Abs(northward) * reach.LongitudeE7;
        return span.And(Between(
            eastward * (start.Y - first.Y) - northward * (start.X - first.X),
            eastward * (end.Y - first.Y) - northward * (end.X - first.X),
            -width,
            width));
    }

    /// <summary>While a value that goes evenly from start to end is between two limits; from above until where it never is.</summary>
    private static LegSpan Between(Int128 start, Int128 end, Int128 low, Int128 high)
    {
        if (start == end) return start >= low && start <= high ? LegSpan.Whole : new(Fraction.One, Fraction.Zero);
        var atLow = Fraction.Create(low - start, end - start);
        var atHigh = Fraction.Create(high - start, end - start);
        return LegSpan.Whole.And(start < end ? new(atLow, atHigh) : new(atHigh, atLow));
    }
}
