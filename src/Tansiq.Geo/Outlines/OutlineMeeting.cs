namespace Tansiq.Geo.Outlines;

/// <summary>Whether and where two outlines share a point.</summary>
internal static class OutlineMeeting
{
    public static bool Meets(OutlineCells first, OutlineCells second)
    {
        PlaneBox firstBox = first.Box, secondBox = second.Box;
        if (firstBox.South > secondBox.North || secondBox.South > firstBox.North) return false;
        var turns = Turns.Bringing(secondBox, firstBox);
        for (var turn = turns.First; turn <= turns.Last; turn++)
        {
            // Where no edges meet, one of two outlines that meet holds the other's whole shell.
            if (first.Locate(second.Start.Turned(turn)) != PointLocation.Outside
                || second.Locate(first.Start.Turned(-turn)) != PointLocation.Outside
                || EdgesMeet(first.Edges, second.Edges, secondBox.Turned(turn), turn))
            {
                return true;
            }
        }
        return false;
    }

    // Edges that meet do so where both boxes do, so the others of the first need not be held against the second's.
    private static bool EdgesMeet(EdgeTree first, EdgeTree second, PlaneBox secondBox, int turn)
    {
        var search = new MeetingSearch(second, turn);
        return !first.Walk(secondBox, ref search);
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
        foreach (var edge in vertices.Edges)
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
        foreach (var edge in first.Edges)
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

    private readonly struct MeetingSearch(EdgeTree edges, int turn) : IEdgeVisitor
    {
        public bool Visit(Edge edge)
        {
            var search = new MeetingEdgeSearch(edge.Turned(-turn));
            return edges.Walk(search.Box, ref search);
        }
    }

    private readonly struct MeetingEdgeSearch(Edge searched) : IEdgeVisitor
    {
        public PlaneBox Box => searched.Box;

        public bool Visit(Edge edge) => !PlanePredicates.MeetInBoxes(searched, edge);
    }

    private struct CrossingSearch(Edge searched) : IEdgeVisitor
    {
        public Fraction? Parameter { get; private set; }

        public bool Visit(Edge edge)
        {
            var relation = PlanePredicates.Relate(searched.Start, searched.End, edge.Start, edge.End);
            if (relation.Kind == SegmentRelationKind.None) return true;
            Parameter = relation.First;
            return false;
        }
    }
}
