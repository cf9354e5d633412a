using System.Collections.Immutable;
using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Valid;
using Tansiq.Geo.Text;

namespace Tansiq.Geo.Outlines;

/// <summary>
/// Whether rings make a simple polygon (OGC Simple Features 1.2.1, 6.1.11.1), as NetTopologySuite decides it: its
/// orientation predicate is exact for integer coordinates of this size.
/// </summary>
internal static class OutlineValidity
{
    // NetTopologySuite gives the place of a crossing rounded to a double: nearer to both edges than this, which is far
    // nearer than any edge that does not pass there is likely to be.
    private const double OnEdgeUnits = 0.001;

    // With more vertices than this, looking at every pair of edges is no longer sooner.
    private const int FewVertices = 24;

    private static readonly GeometryFactory Factory = new(new PrecisionModel());

    public static Refusal? Check(List<List<NumberedVertex>> rings)
    {
        if (rings.Count == 1 && rings[0].Count <= FewVertices && IsPlainlySimple(rings[0])) return null;
        if (IsTooDense(rings)) return OutlineCreation.At("too-dense", 0, rings[0][0], "edges that do not lie across each other's boxes by the thousand");
        var polygon = Factory.CreatePolygon(Ring(rings[0]), [.. rings.Skip(1).Select(Ring)]);
        return new IsValidOp(polygon).ValidationError is { } error ? Locate(rings, error) : null;
    }

    // Most outlines are of few vertices, and no two of their edges meet but neighbours where they join: nothing more is asked of those.
    private static bool IsPlainlySimple(List<NumberedVertex> ring)
    {
        for (var first = 0; first < ring.Count; first++)
        {
            var edge = EdgeFrom(ring, first);
            if (PlanePredicates.Orientation(edge.Start, edge.End, EdgeFrom(ring, first + 1).End) == 0) return false;
            var last = first == 0 ? ring.Count - 1 : ring.Count;
            for (var second = first + 2; second < last; second++)
            {
                if (PlanePredicates.MeetInBoxes(edge, EdgeFrom(ring, second))) return false;
            }
        }
        return true;
    }

    private static Edge EdgeFrom(List<NumberedVertex> ring, int number) =>
        new(ring[number % ring.Count].Point, ring[(number + 1) % ring.Count].Point);

    // The time that everything takes grows with the pairs of edges whose boxes meet, so it is they that are bounded.
    private static bool IsTooDense(List<List<NumberedVertex>> rings)
    {
        var points = rings.ConvertAll(ring => ring.Select(vertex => vertex.Point).ToImmutableArray());
        var tree = new EdgeTree(points[0], [.. points.Skip(1)]);
        var counter = new PairCounter();
        foreach (var edge in tree)
        {
            if (!tree.Walk(edge.Box, ref counter)) return true;
        }
        return false;
    }

    private static LinearRing Ring(List<NumberedVertex> ring) =>
        Factory.CreateLinearRing([.. ring.Append(ring[0]).Select(vertex => new Coordinate(vertex.Point.X, vertex.Point.Y))]);

    private static Refusal Locate(List<List<NumberedVertex>> rings, TopologyValidationError error)
    {
        var edges = EdgesAt(rings, error.Coordinate);
        var (ring, vertex) = edges.Count > 0 ? edges[0] : (0, rings[0][0]);
        var last = edges.Count > 0 ? edges[^1].Ring : 0;
        var (code, expected) = error.ErrorType switch
        {
            TopologyValidationErrors.SelfIntersection when last != ring =>
                ring == 0 ? ("hole-outside", "a hole inside of the shell") : ("holes-overlap", "holes apart from each other"),
            TopologyValidationErrors.SelfIntersection => ("crosses-itself", "a ring that does not cross itself"),
            TopologyValidationErrors.RingSelfIntersection => ("touches-itself", "a ring that does not touch itself"),
            TopologyValidationErrors.HoleOutsideShell => ("hole-outside", "a hole inside of the shell"),
            TopologyValidationErrors.NestedHoles or TopologyValidationErrors.DuplicateRings =>
                ("holes-overlap", "holes apart from each other"),
            TopologyValidationErrors.DisconnectedInteriors => ("in-pieces", "an inside that the holes leave in one piece"),
            _ => throw new InvalidOperationException("Not an error of a ring of three and more vertices: " + error),
        };
        // Of a hole in the wrong place the hole is named, not the ring that it disagrees with.
        return code is "hole-outside" or "holes-overlap" && edges.Count > 0
            ? OutlineCreation.At(code, last, edges[^1].Vertex, expected)
            : OutlineCreation.At(code, ring, vertex, expected);
    }

    /// <summary>The edges at a place, in order, each by the vertex that it starts from.</summary>
    private static List<(int Ring, NumberedVertex Vertex)> EdgesAt(List<List<NumberedVertex>> rings, Coordinate place)
    {
        var edges = new List<(int, NumberedVertex)>();
        for (var number = 0; number < rings.Count; number++)
        {
            var ring = rings[number];
            for (var i = 0; i < ring.Count; i++)
            {
                PlanePoint start = ring[i].Point, end = ring[i + 1 == ring.Count ? 0 : i + 1].Point;
                var distanceUnits = DistanceComputer.PointToSegment(place, new(start.X, start.Y), new(end.X, end.Y));
                if (distanceUnits <= OnEdgeUnits) edges.Add((number, ring[i]));
            }
        }
        return edges;
    }

    private struct PairCounter : IEdgeVisitor
    {
        private int _pairs;

        public bool Visit(Edge edge) => ++_pairs <= Outline.MaximumMeetingBoxes;
    }
}
