using System.Collections.Immutable;

namespace Tansiq.Geo.Outlines;

/// <summary>Whether one outline holds every point of another, exactly.</summary>
internal static class OutlineCover
{
    public static bool Covers(Outline outline, Outline other)
    {
        var turns = Turns.Bringing(other.Box, outline.Box);
        for (var turn = turns.First; turn <= turns.Last; turn++)
        {
            if (!IsWithin(outline.Box, other.Box.Turned(turn))) continue;
            // The edges lie inside, so what could still be missing is a whole hole of the first, inside of the second.
            return CoversEdges(outline, other, turn) && !outline.Holes.Any(hole => other.Contains(InsideOf(hole, -turn)));
        }
        return false;
    }

    private static bool CoversEdges(Outline outline, Outline other, int turn)
    {
        var found = new List<OutlineCrossing>();
        foreach (var edge in other.Edges)
        {
            found.Clear();
            OutlineCrossings.AddTo(found, outline, edge.Start.Turned(turn), edge.End.Turned(turn));
            if (found.Count != 1 || found[0].Entry != Fraction.Zero || found[0].Exit != Fraction.One) return false;
        }
        return true;
    }

    private static bool IsWithin(PlaneBox outer, PlaneBox inner) =>
        outer.West <= inner.West && inner.East <= outer.East && outer.South <= inner.South && inner.North <= outer.North;

    /// <summary>A point inside a ring: between its two westernmost crossings with a line that no vertex lies on.</summary>
    private static PlaneFraction InsideOf(ImmutableArray<PlanePoint> ring, int turn)
    {
        // Half a unit above the lowest vertex: twice the latitude is odd there, and even at every vertex.
        var twiceY = 2 * ring.Min(point => point.Y) + 1;
        var crossings = new List<Fraction>();
        for (var i = 0; i < ring.Length; i++)
        {
            PlanePoint start = ring[i].Turned(turn), end = ring[i + 1 == ring.Length ? 0 : i + 1].Turned(turn);
            if (2 * start.Y > twiceY == 2 * end.Y > twiceY) continue;
            Int128 twiceHeight = 2 * (end.Y - start.Y);
            crossings.Add(Fraction.Create(start.X * twiceHeight + (end.X - start.X) * (Int128)(twiceY - 2 * start.Y), twiceHeight));
        }
        crossings.Sort();
        var x = Fraction.Between(crossings[0], crossings[1]);
        return new(2 * x.Numerator, twiceY * x.Denominator, 2 * x.Denominator);
    }
}
