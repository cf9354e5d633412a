namespace Tansiq.Geo.Outlines;

/// <summary>Whether and where two outlines share a point.</summary>
internal static class OutlineMeeting
{
    public static bool Meets(Outline first, Outline second)
    {
        var turns = Turns.Bringing(second.Box, first.Box);
        for (var turn = turns.First; turn <= turns.Last; turn++)
        {
            if (!first.Box.Meets(second.Box.Turned(turn))) continue;
            // Where no edges meet, one of two outlines that meet holds the other's whole shell.
            if (first.Locate(second.Shell[0].Turned(turn)) != PointLocation.Outside
                || second.Locate(first.Shell[0].Turned(-turn)) != PointLocation.Outside
                || FirstCrossing(first, second, turn, turn) is not null)
            {
                return true;
            }
        }
        return false;
    }

    public static GeoPoint? MeetingPoint(Outline first, Outline second)
    {
        if (first.Box.South > second.Box.North || second.Box.South > first.Box.North) return null;
        var turns = Turns.Bringing(second.Box, first.Box);
        return FirstVertexIn(first, second, -turns.Last, -turns.First)
            ?? FirstVertexIn(second, first, turns.First, turns.Last)
            ?? FirstCrossing(first, second, turns.First, turns.Last)?.Round().ToGeoPoint();
    }

    private static GeoPoint? FirstVertexIn(Outline vertices, Outline outline, int firstTurn, int lastTurn)
    {
        foreach (var edge in vertices.Edges.Edges)
        {
            for (var turn = firstTurn; turn <= lastTurn; turn++)
            {
                if (outline.Locate(edge.Start.Turned(turn)) != PointLocation.Outside) return edge.Start.ToGeoPoint();
            }
        }
        return null;
    }

    // Walks the first outline's edges in order, and for each the second's in order, turned by each number of turns.
    private static PlaneFraction? FirstCrossing(Outline first, Outline second, int firstTurn, int lastTurn)
    {
        foreach (var edge in first.Edges.Edges)
        {
            for (var turn = firstTurn; turn <= lastTurn; turn++)
            {
                var moved = edge.Turned(-turn);
                var search = new CrossingSearch(moved);
                second.Edges.Walk(moved.Box, ref search);
                if (search.Parameter is { } parameter) return PlaneFraction.Along(edge.Start, edge.End, parameter);
            }
        }
        return null;
    }

    private struct CrossingSearch(Edge searched) : IEdgeVisitor
    {
        public Fraction? Parameter { get; private set; }

        public bool Visit(int number, Edge edge)
        {
            var relation = PlanePredicates.Relate(searched.Start, searched.End, edge.Start, edge.End);
            if (relation.Kind == SegmentRelationKind.None) return true;
            Parameter = relation.First;
            return false;
        }
    }
}
