using System.Collections.Immutable;
using NetTopologySuite.Geometries;
using Tansiq.Geo;
using Tansiq.Geo.Outlines;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Airspaces;

/// <summary>
/// Mends a ring, or a shell with holes, that crosses or touches itself: split there (crossings rounded to the grid of 10⁻⁷
/// degree), what it winds around, once or more and either way, is its area. For imported airspace only: what is agreed is
/// drawn without crossings.
/// </summary>
internal static class SelfCrossing
{
    /// <summary>Whether an outline was refused for what <see cref="Split"/> mends.</summary>
    public static bool IsCauseOf(Refusal refusal) => refusal.Code
        is "geo.outline-crosses-itself" or "geo.outline-touches-itself" or "geo.outline-hole-outside" or "geo.outline-holes-overlap" or "geo.outline-in-pieces";

    /// <summary>Splits a ring, or a shell with its holes, which run the other way however they are drawn.</summary>
    /// <param name="rings">
    /// The vertices of each, the shell first; less than 360° wide and around no pole, as an outline that is refused for
    /// crossing itself is.
    /// </param>
    /// <param name="placeOf">The place in the file of a vertex by the numbers of its ring and of itself.</param>
    /// <returns>
    /// The outlines and the place of the vertex after which the rings first meet themselves; or a refusal, whose place is that
    /// one where it is known.
    /// </returns>
    public static Parsed<(ImmutableArray<Outline> Outlines, string Place)> Split(IReadOnlyList<IReadOnlyList<GeoPoint>> rings, Func<int, int, string> placeOf)
    {
        var drawn = Unwrapped(rings);
        var areas = drawn.ConvertAll(TwiceArea);
        var isReversed = areas.ConvertAll(_ => false);
        for (var hole = 1; hole < areas.Count; hole++) isReversed[hole] = Int128.IsNegative(areas[hole]) == Int128.IsNegative(areas[0]);
        if (NodedRing.Create(drawn, isReversed) is not { } noded)
        {
            var expected = FeedRefusals.Invariant($"edges that meet at most {OpenAirReader.MaximumSelfMeetings} times");
            return new Refusal(AirspaceRefusals.TooManyMeetings, placeOf(0, 0), "more", expected);
        }

        var place = placeOf(noded.FirstMeeting.Ring, noded.FirstMeeting.Vertex);
        if (!Outlines(noded).TryGet(out var outlines, out var refusal)) return refusal;
        var (drawnArea, area) = (Int128.Abs(Sum(areas.Zip(isReversed, (twice, reversed) => reversed ? -twice : twice))), Sum(outlines.Select(TwiceArea)));
        if (Int128.Abs(drawnArea - area) * 100 <= area * OpenAirReader.MostAreaInDoubtPercent) return (outlines, place);
        return new Refusal(
            AirspaceRefusals.AreaInDoubt,
            place,
            "a line that crosses itself",
            FeedRefusals.Invariant($"at most {OpenAirReader.MostAreaInDoubtPercent} % of its area wound around the other way or twice"));
    }

    /// <summary>Each ring in one piece; holes in the turn that brings them nearest to the shell.</summary>
    private static List<IReadOnlyList<PlanePoint>> Unwrapped(IReadOnlyList<IReadOnlyList<GeoPoint>> rings)
    {
        var unwrapped = new List<IReadOnlyList<PlanePoint>>(rings.Count);
        foreach (var ring in rings)
        {
            var points = Unwrapped(ring);
            unwrapped.Add(unwrapped.Count == 0 ? points : Nearest(points, unwrapped[0]));
        }

        return unwrapped;
    }

    private static List<PlanePoint> Unwrapped(IReadOnlyList<GeoPoint> ring)
    {
        var points = new List<PlanePoint>(ring.Count);
        var last = ring[0].ToPlane();
        foreach (var point in ring)
        {
            var east = (point.LongitudeE7 - last.X) % GeoPoint.TurnE7;
            if (east > GeoPoint.HalfTurnE7) east -= GeoPoint.TurnE7;
            if (east < -GeoPoint.HalfTurnE7) east += GeoPoint.TurnE7;
            last = new(last.X + east, point.LatitudeE7);
            points.Add(last);
        }

        return points;
    }

    private static List<PlanePoint> Nearest(List<PlanePoint> hole, IReadOnlyList<PlanePoint> shell)
    {
        var (from, to) = (hole.Min(point => point.X) + hole.Max(point => point.X), shell.Min(point => point.X) + shell.Max(point => point.X));
        var turns = (int)Math.Round((to - from) / (2m * GeoPoint.TurnE7), MidpointRounding.ToEven);
        return turns == 0 ? hole : hole.ConvertAll(point => point.Turned(turns));
    }

    /// <summary>What a ring winds around; refused where that is nothing, or more than one area may be.</summary>
    internal static Parsed<ImmutableArray<Outline>> Outlines(NodedRing noded)
    {
        var wound = WoundFaces.Of(noded);
        if (wound.Count == 0) return new Refusal("geo.outline-zero-area", "", "a line that runs back along itself", "a line that encloses an area");
        var outlines = ImmutableArray.CreateBuilder<Outline>(wound.Count);
        foreach (var polygon in wound.Select(face => (Polygon)face.Normalized()).Order())
        {
            if (!Outline.Create(Places(polygon.Shell), [.. polygon.Holes.Select(Places)]).TryGet(out var outline, out var refusal)) return refusal;
            outlines.Add(outline);
        }

        if (outlines.Count <= GeoJsonGeometry.MaximumPolygons && Vertices(outlines) <= Outline.MaximumVertices) return outlines.MoveToImmutable();
        return new Refusal(
            AirspaceRefusals.TooManyMeetings,
            "",
            FeedRefusals.Invariant($"{outlines.Count} outlines with {Vertices(outlines)} vertices"),
            FeedRefusals.Invariant($"at most {GeoJsonGeometry.MaximumPolygons} outlines with {Outline.MaximumVertices} vertices"));
    }

    private static GeoPoint[] Places(LinearRing ring) => [.. ring.Coordinates.Skip(1).Select(place => new PlanePoint((long)place.X, (long)place.Y).ToGeoPoint())];

    private static int Vertices(IEnumerable<Outline> outlines) => outlines.Sum(outline => outline.Shell.Length + outline.Holes.Sum(hole => hole.Length));

    private static Int128 TwiceArea(Outline outline) => Sum(outline.Holes.Add(outline.Shell).Select(ring => TwiceArea(ring)));

    private static Int128 Sum(IEnumerable<Int128> areas) => areas.Aggregate((Int128)0, (sum, area) => sum + area);

    /// <summary>Twice the area that a ring winds around: counter-clockwise positive, and as often as it does.</summary>
    private static Int128 TwiceArea(IReadOnlyList<PlanePoint> ring)
    {
        Int128 sum = 0;
        for (var index = 0; index < ring.Count; index++)
        {
            var (from, to) = (ring[index], ring[index + 1 == ring.Count ? 0 : index + 1]);
            sum += (Int128)from.X * to.Y - (Int128)to.X * from.Y;
        }

        return sum;
    }
}
