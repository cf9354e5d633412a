using System.Collections.Immutable;
using NetTopologySuite.Geometries;
using Tansiq.Geo;
using Tansiq.Geo.Outlines;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Airspaces;

/// <summary>
/// Mends a ring that crosses or touches itself: split there (crossings rounded to the grid of 10⁻⁷ degree), what it winds
/// around, once or more and either way, is its area. For imported airspace only: what is agreed is drawn without crossings.
/// </summary>
internal static class SelfCrossing
{
    /// <summary>Whether an outline was refused for what <see cref="Split"/> mends.</summary>
    public static bool IsCauseOf(Refusal refusal) => refusal.Code is "geo.outline-crosses-itself" or "geo.outline-touches-itself";

    /// <summary>Splits a ring.</summary>
    /// <param name="ring">
    /// Its vertices, each with a line of the file; less than 360° wide and around no pole, as an outline that is refused for
    /// crossing itself is.
    /// </param>
    /// <returns>
    /// The outlines and the line of the vertex after which the ring first meets itself; or a refusal, whose place is that line
    /// where it is known.
    /// </returns>
    public static Parsed<(ImmutableArray<Outline> Outlines, int Line)> Split(IReadOnlyList<(GeoPoint Point, int Line)> ring)
    {
        var drawn = Unwrapped(ring);
        if (NodedRing.Create(drawn) is not { } noded)
        {
            return AirspaceRefusals.At(
                ring[0].Line, AirspaceRefusals.TooManyMeetings, "more", FeedRefusals.Invariant($"edges that meet at most {OpenAirReader.MaximumSelfMeetings} times"));
        }

        var line = ring[noded.FirstMeeting].Line;
        if (!Outlines(noded).TryGet(out var outlines, out var refusal)) return refusal;
        var (drawnArea, area) = (Int128.Abs(TwiceArea(drawn)), TwiceArea(outlines));
        if (Int128.Abs(drawnArea - area) * 100 <= area * OpenAirReader.MostAreaInDoubtPercent) return (outlines, line);
        return AirspaceRefusals.At(
            line,
            AirspaceRefusals.AreaInDoubt,
            "a line that crosses itself",
            FeedRefusals.Invariant($"at most {OpenAirReader.MostAreaInDoubtPercent} % of its area wound around the other way or twice"));
    }

    private static List<PlanePoint> Unwrapped(IReadOnlyList<(GeoPoint Point, int Line)> ring)
    {
        var points = new List<PlanePoint>(ring.Count);
        var last = ring[0].Point.ToPlane();
        foreach (var (point, _) in ring)
        {
            var east = (point.LongitudeE7 - last.X) % GeoPoint.TurnE7;
            if (east > GeoPoint.HalfTurnE7) east -= GeoPoint.TurnE7;
            if (east < -GeoPoint.HalfTurnE7) east += GeoPoint.TurnE7;
            last = new(last.X + east, point.LatitudeE7);
            points.Add(last);
        }

        return points;
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

    private static Int128 TwiceArea(ImmutableArray<Outline> outlines)
    {
        Int128 sum = 0;
        foreach (var outline in outlines)
        {
            sum += TwiceArea(outline.Shell);
            foreach (var hole in outline.Holes) sum += TwiceArea(hole);
        }

        return sum;
    }

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
