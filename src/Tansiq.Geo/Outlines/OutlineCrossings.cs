using System.Collections.Immutable;

namespace Tansiq.Geo.Outlines;

/// <summary>A closed interval of a segment's parameter in which the segment lies in an outline.</summary>
/// <param name="Entry">The first parameter in the outline, 0 or more.</param>
/// <param name="Exit">The last, at most 1; equal to the entry where the segment only touches.</param>
public readonly record struct OutlineCrossing(Fraction Entry, Fraction Exit);

/// <summary>Cuts segments by outlines, exactly.</summary>
internal static class OutlineCrossings
{
    public static ImmutableArray<OutlineCrossing> OfTrack(Outline outline, GeoPoint from, GeoPoint to)
    {
        var start = from.ToPlane();
        var end = NearestTurn(start, to.ToPlane());
        var found = new List<OutlineCrossing>();
        var turns = Turns.Bringing(new Edge(start, end).Box, outline.Box);
        for (var turn = turns.First; turn <= turns.Last; turn++) AddTo(found, outline, start.Turned(turn), end.Turned(turn));
        // An outline is less than a turn wide, so the pieces of different turns share no point.
        found.Sort((first, second) => first.Entry.CompareTo(second.Entry));
        return [.. found];
    }

    public static void AddTo(List<OutlineCrossing> found, Outline outline, PlanePoint from, PlanePoint to)
    {
        var box = new Edge(from, to).Box;
        if (!outline.Box.Meets(box)) return;
        if (from == to)
        {
            if (outline.Locate(from) != PointLocation.Outside) found.Add(new(Fraction.Zero, Fraction.One));
            return;
        }
        var cutter = new Cutter(from, to, []);
        outline.Edges.Walk(box, ref cutter);
        Assemble(found, outline, from, to, Distinct(cutter.Cuts));
    }

    private static void Assemble(
        List<OutlineCrossing> found, Outline outline, PlanePoint from, PlanePoint to, List<Fraction> cuts)
    {
        Fraction? entry = null;
        for (var i = 0; i < cuts.Count; i++)
        {
            // Cuts lie on edges; only the ends of the segment, when they do not, need to be looked at.
            var isIn = (i > 0 && i < cuts.Count - 1) || outline.Contains(PlaneFraction.Along(from, to, cuts[i]));
            if (!isIn) continue;
            entry ??= cuts[i];
            var goesOn = i + 1 < cuts.Count
                && outline.Contains(PlaneFraction.Along(from, to, Fraction.Between(cuts[i], cuts[i + 1])));
            if (goesOn) continue;
            found.Add(new(entry.Value, cuts[i]));
            entry = null;
        }
    }

    private static List<Fraction> Distinct(List<Fraction> cuts)
    {
        cuts.Add(Fraction.Zero);
        cuts.Add(Fraction.One);
        cuts.Sort();
        var kept = 0;
        for (var i = 1; i < cuts.Count; i++)
        {
            if (cuts[i] != cuts[kept]) cuts[++kept] = cuts[i];
        }
        cuts.RemoveRange(kept + 1, cuts.Count - kept - 1);
        return cuts;
    }

    private static PlanePoint NearestTurn(PlanePoint start, PlanePoint end) =>
        (end.X - start.X) switch
        {
            > GeoPoint.HalfTurnE7 => end.Turned(-1),
            < -GeoPoint.HalfTurnE7 => end.Turned(1),
            _ => end,
        };

    private struct Cutter(PlanePoint from, PlanePoint to, List<Fraction> cuts) : IEdgeVisitor
    {
        public readonly List<Fraction> Cuts => cuts;

        public readonly bool Visit(Edge edge)
        {
            var relation = PlanePredicates.Relate(from, to, edge.Start, edge.End);
            if (relation.Kind == SegmentRelationKind.None) return true;
            cuts.Add(relation.First);
            if (relation.Kind == SegmentRelationKind.Overlap) cuts.Add(relation.Last);
            return true;
        }
    }
}
