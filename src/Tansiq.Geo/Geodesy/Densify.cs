using System.Collections.Immutable;
using System.Globalization;
using Tansiq.Geo.Text;

namespace Tansiq.Geo.Geodesy;

/// <summary>Puts vertices on geodesics, circles and arcs so that straight edges between them, in longitude and latitude, stay within 1 m.</summary>
/// <remarks>
/// ASTM F3548-21 defines edges as geodesics; an outline on the record has edges that are straight in longitude and
/// latitude. The 1 m holds after rounding to the grid of 10⁻⁷ degree. An edge takes the short way in longitude, also
/// across the antimeridian. Nothing here may touch a pole. Deterministic, pure and thread-safe.
/// </remarks>
public static class Densify
{
    /// <summary>How far an edge may be from the line it stands for, metres.</summary>
    public const double ToleranceMetres = 1;

    /// <summary>The most vertices that one call gives.</summary>
    public const int MaximumVertices = 100_000;

    /// <summary>The longest geodesic edge that is taken, metres: a quarter of the way round.</summary>
    public const double MaximumEdgeMetres = 10_000_000;

    /// <summary>The smallest radius of a circle or an arc, metres.</summary>
    public const double MinimumRadiusMetres = 1;

    /// <summary>The largest radius of a circle or an arc, metres.</summary>
    public const double MaximumRadiusMetres = 500_000;

    // Leaves room for the rounding of vertices (8 mm) and for extremes between the places that are looked at.
    private const double WorkingToleranceMetres = 0.9;

    // On pieces this short the deviation has at most the three extremes that a quarter, a half and three quarters catch.
    private const double LongestPieceMetres = 100_000;
    private const double ShortestPieceMetres = 1;

    private const int FewestVerticesOfCircle = 16;

    // A line straight in longitude and latitude bends at most 1.089 tan φ / R against the geodesic: the largest value
    // of tan φ sin α (1 + cos² α) / R over all directions α, with R no smaller than that of the meridian at the equator.
    private const double LargestBend = 1.089 / 6_335_439;

    /// <summary>Inserts vertices so that every edge stays within 1 m of the geodesic between the given points.</summary>
    /// <param name="ring">The points; all of them are kept, in order.</param>
    /// <param name="closed">Whether an edge leads from the last point back to the first; the first is not repeated.</param>
    /// <returns>
    /// The vertices; or a refusal: <c>geo.vertex-at-pole</c>, <c>geo.edge-over-pole</c>, <c>geo.edge-too-long</c>
    /// (above <see cref="MaximumEdgeMetres"/>), <c>geo.too-many-vertices</c>. An edge gets the same vertices in both
    /// directions, so that neighbours which share an edge go on sharing it.
    /// </returns>
    public static Parsed<ImmutableArray<GeoPoint>> GeodesicEdges(IReadOnlyList<GeoPoint> ring, bool closed)
    {
        ArgumentNullException.ThrowIfNull(ring);
        if (ring.Count > MaximumVertices) return TooManyVertices(ring.Count);
        var vertices = ImmutableArray.CreateBuilder<GeoPoint>(ring.Count);
        for (var i = 0; i < ring.Count; i++)
        {
            if (IsPole(ring[i])) return At(i, new("geo.vertex-at-pole", "", ring[i].ToString(), "a vertex off the poles"));
            vertices.Add(ring[i]);
            if (i == ring.Count - 1 && !closed) break;
            if (AddEdge(vertices, ring[i], ring[(i + 1) % ring.Count]) is { } refusal) return At(i, refusal);
        }

        return vertices.ToImmutable();
    }

    /// <summary>A circle: every point of the result is within 1 m of the true circle, and the other way round.</summary>
    /// <param name="centre">The centre.</param>
    /// <param name="radiusMetres">The radius on the ellipsoid, metres, 1 to 500,000.</param>
    /// <returns>
    /// The ring, first vertex north of the centre, counter-clockwise, first vertex not repeated; its count depends on the
    /// radius and latitude alone. Or a refusal: <c>geo.radius-out-of-range</c>, <c>geo.circle-reaches-pole</c>,
    /// <c>geo.too-many-vertices</c> (within metres of a pole).
    /// </returns>
    public static Parsed<ImmutableArray<GeoPoint>> Circle(GeoPoint centre, double radiusMetres)
    {
        if (!VerticesOfCircle(centre, radiusMetres).TryGet(out var count, out var refusal)) return refusal;
        var vertices = ImmutableArray.CreateBuilder<GeoPoint>(count);
        for (var i = 0; i < count; i++)
            vertices.Add(Geodesic.Direct(centre, i == 0 ? 0 : 360 - 360.0 * i / count, radiusMetres));
        return vertices.MoveToImmutable();
    }

    /// <summary>An arc of a circle from one azimuth to another; within 1 m of the true arc.</summary>
    /// <param name="centre">The centre.</param>
    /// <param name="radiusMetres">The radius on the ellipsoid, metres, 1 to 500,000.</param>
    /// <param name="startAzimuthDegrees">Direction of the first vertex from the centre, degrees clockwise from north, −360 to 360.</param>
    /// <param name="endAzimuthDegrees">Direction of the last vertex from the centre, likewise; the same direction is a whole turn.</param>
    /// <param name="clockwise">Whether the arc runs clockwise seen from above.</param>
    /// <returns>The open line of vertices, both ends included; or a refusal as <see cref="Circle"/> gives, or <c>geo.azimuth-out-of-range</c>.</returns>
    public static Parsed<ImmutableArray<GeoPoint>> Arc(
        GeoPoint centre, double radiusMetres, double startAzimuthDegrees, double endAzimuthDegrees, bool clockwise)
    {
        if (!(Math.Abs(startAzimuthDegrees) <= 360)) return AzimuthOutOfRange(startAzimuthDegrees);
        if (!(Math.Abs(endAzimuthDegrees) <= 360)) return AzimuthOutOfRange(endAzimuthDegrees);
        if (!VerticesOfCircle(centre, radiusMetres).TryGet(out var count, out var refusal)) return refusal;
        var vertices = ImmutableArray.CreateBuilder<GeoPoint>();
        vertices.Add(Geodesic.Direct(centre, startAzimuthDegrees, radiusMetres));
        AddInnerVertices(vertices, centre, radiusMetres, count, startAzimuthDegrees, endAzimuthDegrees, clockwise);
        vertices.Add(Geodesic.Direct(centre, endAzimuthDegrees, radiusMetres));
        return vertices.ToImmutable();
    }

    /// <summary>An arc about a centre from one point to another, as OpenAir's <c>DB</c> draws it.</summary>
    /// <param name="centre">The centre.</param>
    /// <param name="from">The first vertex; its distance from the centre is the radius, 1 to 500,000 m.</param>
    /// <param name="to">The last vertex; where it is not on the circle the last edge leaves the circle for it. The same point is a whole turn.</param>
    /// <param name="clockwise">Whether the arc runs clockwise seen from above.</param>
    /// <returns>The open line of vertices, both given ends included as they are; or a refusal as <see cref="Circle"/> gives.</returns>
    public static Parsed<ImmutableArray<GeoPoint>> ArcBetween(GeoPoint centre, GeoPoint from, GeoPoint to, bool clockwise)
    {
        var start = Geodesic.Inverse(centre, from);
        var end = Geodesic.Inverse(centre, to);
        if (!VerticesOfCircle(centre, start.DistanceMetres).TryGet(out var count, out var refusal)) return refusal;
        var vertices = ImmutableArray.CreateBuilder<GeoPoint>();
        vertices.Add(from);
        AddInnerVertices(vertices, centre, start.DistanceMetres, count, start.StartAzimuthDegrees, end.StartAzimuthDegrees, clockwise);
        vertices.Add(to);
        return vertices.ToImmutable();
    }

    private static void AddInnerVertices(
        ImmutableArray<GeoPoint>.Builder vertices, GeoPoint centre, double radiusMetres, int verticesOfCircle,
        double startAzimuthDegrees, double endAzimuthDegrees, bool clockwise)
    {
        var sweep = clockwise ? endAzimuthDegrees - startAzimuthDegrees : startAzimuthDegrees - endAzimuthDegrees;
        sweep -= 360 * Math.Floor(sweep / 360);
        if (sweep == 0) sweep = 360;
        var steps = (int)Math.Ceiling(verticesOfCircle * (sweep / 360));
        for (var i = 1; i < steps; i++)
        {
            var turned = sweep * i / steps;
            vertices.Add(Geodesic.Direct(centre, clockwise ? startAzimuthDegrees + turned : startAzimuthDegrees - turned, radiusMetres));
        }
    }

    // A chord of length l leaves its circle by l²/8r, and the straight edge the chord by at most l²/8 times the bend.
    private static Parsed<int> VerticesOfCircle(GeoPoint centre, double radiusMetres)
    {
        if (!(radiusMetres is >= MinimumRadiusMetres and <= MaximumRadiusMetres))
            return new Refusal("geo.radius-out-of-range", "", Text($"{radiusMetres} m"), "a radius of 1 m to 500 km");
        var poleward = centre.LatitudeE7 < 0 ? 180 : 0;
        var toPole = Geodesic.Inverse(centre, GeoPoint.FromE7(poleward == 0 ? GeoPoint.MaximumLatitudeE7 : -GeoPoint.MaximumLatitudeE7, centre.LongitudeE7));
        if (toPole.DistanceMetres <= radiusMetres + ToleranceMetres)
            return new Refusal("geo.circle-reaches-pole", "", Text($"{radiusMetres} m about {centre}"), "a circle that does not reach a pole");
        var highest = Geodesic.Direct(centre.LatitudeDegrees, centre.LongitudeDegrees, poleward, radiusMetres);
        var (sin, cos) = Deterministic.SinCosDegrees(Math.Abs(highest.LatitudeDegrees));
        var chord = Math.Sqrt(8 * WorkingToleranceMetres / (1 / radiusMetres + LargestBend * sin / cos));
        var quarter = Math.Ceiling(Math.PI / 2 * radiusMetres / chord);
        if (quarter > MaximumVertices / 4.0) return TooManyVertices(4 * quarter);
        return Math.Max(FewestVerticesOfCircle, 4 * (int)quarter);
    }

    private static Refusal? AddEdge(ImmutableArray<GeoPoint>.Builder vertices, GeoPoint from, GeoPoint to)
    {
        if (IsPole(to) || from == to) return null;
        var forward = from.LatitudeE7 != to.LatitudeE7 ? from.LatitudeE7 < to.LatitudeE7 : from.LongitudeE7 < to.LongitudeE7;
        var (start, end) = forward ? (from, to) : (to, from);
        var path = Geodesic.Inverse(start, end);
        if (path.DistanceMetres > MaximumEdgeMetres)
            return new("geo.edge-too-long", "", Text($"{path.DistanceMetres:F0} m"), "an edge of at most 10,000 km");
        var edge = new Edge(new(start.LatitudeDegrees, start.LongitudeDegrees, path.StartAzimuthDegrees), start, end, path.DistanceMetres);
        var inner = edge.InnerVertices(MaximumVertices - vertices.Count);
        if (inner is null) return TooManyVertices(MaximumVertices + 1);
        if (!forward) inner.Reverse();
        var previous = from;
        foreach (var vertex in inner.Append(to))
        {
            if (IsPole(vertex) || Math.Abs(LongitudeDifferenceE7(previous, vertex)) == GeoPoint.HalfTurnE7)
                return new("geo.edge-over-pole", "", Text($"{from} to {to}"), "an edge that does not lead over a pole");
            previous = vertex;
        }

        vertices.AddRange(inner);
        return null;
    }

    private static long LongitudeDifferenceE7(GeoPoint from, GeoPoint to)
    {
        var difference = (long)to.LongitudeE7 - from.LongitudeE7;
        if (difference > GeoPoint.HalfTurnE7) return difference - GeoPoint.TurnE7;
        return difference < -GeoPoint.HalfTurnE7 ? difference + GeoPoint.TurnE7 : difference;
    }

    private static bool IsPole(GeoPoint point) => Math.Abs(point.LatitudeE7) == GeoPoint.MaximumLatitudeE7;

    private static Refusal At(int index, Refusal refusal) => refusal.Under(Text($"/{index}"));

    private static Refusal AzimuthOutOfRange(double degrees) =>
        new("geo.azimuth-out-of-range", "", Text($"{degrees}"), "an azimuth of −360° to 360°");

    private static Refusal TooManyVertices(double count) =>
        new("geo.too-many-vertices", "", Text($"{count:F0} vertices"), "at most 100,000 vertices");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>One geodesic edge while vertices are found for it.</summary>
    private sealed class Edge(GeodesicLine line, GeoPoint start, GeoPoint end, double lengthMetres)
    {
        /// <summary>The vertices between start and end, or null where there would be more than the room.</summary>
        public List<GeoPoint>? InnerVertices(int room)
        {
            var inner = new List<GeoPoint>();
            var pieces = Math.Max(1, (int)Math.Ceiling(lengthMetres / LongestPieceMetres));
            var from = (Distance: 0.0, Vertex: start);
            for (var i = 1; i <= pieces; i++)
            {
                var to = i == pieces ? (Distance: lengthMetres, Vertex: end) : VertexAt(lengthMetres * i / pieces);
                Divide(from, to, inner, room);
                if (i < pieces && to.Vertex != from.Vertex) inner.Add(to.Vertex);
                if (inner.Count > room) return null;
                from = to;
            }

            return inner;
        }

        private (double Distance, GeoPoint Vertex) VertexAt(double distance) => (distance, line.At(distance).ToGeoPoint());

        private void Divide((double Distance, GeoPoint Vertex) from, (double Distance, GeoPoint Vertex) to, List<GeoPoint> inner, int room)
        {
            if (inner.Count > room || to.Distance - from.Distance < ShortestPieceMetres || IsWithinTolerance(from, to)) return;
            var middle = VertexAt((from.Distance + to.Distance) / 2);
            Divide(from, middle, inner, room);
            if (middle.Vertex != from.Vertex && middle.Vertex != to.Vertex) inner.Add(middle.Vertex);
            Divide(middle, to, inner, room);
        }

        private bool IsWithinTolerance((double Distance, GeoPoint Vertex) from, (double Distance, GeoPoint Vertex) to)
        {
            var origin = line.At(from.Distance);
            return IsNear(origin, from.Vertex, to.Vertex, 0.5)
                && IsNear(origin, from.Vertex, to.Vertex, 0.25)
                && IsNear(origin, from.Vertex, to.Vertex, 0.75);
        }

        private static bool IsNear(GeodesicEnd origin, GeoPoint from, GeoPoint to, double fraction)
        {
            var latitude = from.LatitudeDegrees + fraction * (to.LatitudeDegrees - from.LatitudeDegrees);
            var longitude = from.LongitudeDegrees + fraction * LongitudeDifferenceE7(from, to) / GeoPoint.UnitsPerDegree;
            var path = Geodesic.Inverse(origin.LatitudeDegrees, origin.LongitudeDegrees, latitude, longitude);
            var (sin, cos) = Deterministic.SinCosDegrees(path.StartAzimuthDegrees - origin.AzimuthDegrees);
            return path.DistanceMetres * (cos > 0 ? Math.Abs(sin) : 1) <= WorkingToleranceMetres;
        }
    }
}
