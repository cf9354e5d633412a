namespace Tansiq.Geo.Outlines;

/// <summary>Where a point lies to an outline.</summary>
internal enum PointLocation
{
    /// <summary>Not in it.</summary>
    Outside = 0,

    /// <summary>On an edge of the shell or of a hole: belongs to the outline.</summary>
    Boundary = 1,

    /// <summary>In it and on no edge.</summary>
    Inside = 2,
}

/// <summary>
/// Locates exact points between the grid's, by the parity of the edges that a ray to the east crosses: the same rule as
/// <see cref="EdgeTree.Locate(int, int)"/>, whose lanes take points of the grid only.
/// </summary>
internal static class PointLocator
{
    public static PointLocation Locate(Outline outline, PlaneFraction point)
    {
        var box = point.Box;
        if (!outline.Box.Meets(box)) return PointLocation.Outside;
        var ray = new ExactRay(point);
        outline.Edges.Walk(new(box.West, box.South, Math.Max(box.West, outline.Box.East), box.North), ref ray);
        return ray.Location;
    }

    private struct ExactRay(PlaneFraction point) : IEdgeVisitor
    {
        public PointLocation Location { get; private set; }

        public bool Visit(Edge edge)
        {
            // An edge belongs to the ray's height at its lower end and not at its upper, so that a vertex counts once.
            var side = PlanePredicates.Orientation(edge.Start, edge.End, point);
            if (side == 0 && IsInBox(edge.Box))
            {
                Location = PointLocation.Boundary;
                return false;
            }
            var rises = IsAbove(edge.End.Y);
            if (rises == IsAbove(edge.Start.Y)) return true;
            if (side > 0 == rises) Location = Location == PointLocation.Inside ? PointLocation.Outside : PointLocation.Inside;
            return true;
        }

        private readonly bool IsAbove(long y) => y * point.Denominator > point.YNumerator;

        private readonly bool IsInBox(PlaneBox box) =>
            box.West * point.Denominator <= point.XNumerator && point.XNumerator <= box.East * point.Denominator
            && box.South * point.Denominator <= point.YNumerator && point.YNumerator <= box.North * point.Denominator;
    }
}
