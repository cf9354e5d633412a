using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;
using Tansiq.Feeds.Airspaces;
using Tansiq.Geo;
using Tansiq.Geo.Geodesy;
using Tansiq.Geo.Outlines;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Tests.Airspaces;

/// <summary>A line that crosses or touches itself is split there; what it winds around is the airspace.</summary>
public sealed class SelfCrossingTests
{
    private const int Step = 1_000_003;

    /// <summary>Places of a coarse grid, so that edges often run along each other and through vertices.</summary>
    private static readonly Gen<GeoPoint[]> CoarseRings = Ring(Gen.Select(Gen.Int[0, 5], Gen.Int[0, 5], (x, y) => Place(x * Step, y * Step)));

    private static readonly Gen<GeoPoint[]> FineRings = Ring(Gen.Select(Gen.Int[-3_000_000, 3_000_000], Gen.Int[-3_000_000, 3_000_000], Place));

    [Fact]
    public void Outlines_OfAnyRing_HoldWhatItWindsAround()
    {
        var place = Gen.Select(Gen.Int[-3_100_000, 5_100_000], Gen.Int[-3_100_000, 5_100_000], Place);
        Gen.Select(Gen.OneOf(CoarseRings, FineRings), place.Array[60]).Sample(
            (ring, places) =>
            {
                var points = ring.Select(vertex => vertex.ToPlane()).ToList();
                var split = SelfCrossing.Outlines(NodedRing.Create([points], [false]).ShouldNotBeNull());
                if (split.Refusal is { } refusal) refusal.Code.ShouldBe("geo.outline-zero-area");
                foreach (var at in places.Where(at => !IsNear(points, at.ToPlane())))
                    Holds(split, at).ShouldBe(Winding(points, at.ToPlane()) != 0, at.ToString());
            },
            iter: 1_000);
    }

    [Fact]
    public void Outlines_OfOneRing_ShareNoMoreThanPoints() =>
        Gen.OneOf(CoarseRings, FineRings).Sample(
            drawn =>
            {
                var split = SelfCrossing.Outlines(NodedRing.Create([drawn.Select(vertex => vertex.ToPlane()).ToList()], [false]).ShouldNotBeNull());
                if (split.Refusal is not null) return;
                var edges = split.Value.SelectMany(outline => outline.Holes.Add(outline.Shell)).SelectMany(ring => Edges(ring)).ToList();
                edges.Distinct().Count().ShouldBe(edges.Count);
            },
            iter: 300);

    [Theory]
    [InlineData("0 0, 10 0, 10 10, 0 10, 0 5, 3 5, 3 7, 7 7, 7 3, 3 3, 3 5, 0 5", 1, 1, "a hole drawn by a way in and back out")]
    [InlineData("0 0, 4 0, 4 4, 8 4, 8 8, 4 8, 4 4, 0 4", 2, 0, "two squares that touch in a corner")]
    [InlineData("0 0, 100 0, 100 100, 50 -1, 0 100", 3, 0, "a notch that cuts through the far side")]
    [InlineData("0 0, 10 0, 10 10, 5 0, 0 10", 2, 0, "a notch that touches the far side")]
    public void Split_Drawing_GivesItsParts(string drawing, int outlines, int holes, string description)
    {
        var split = Split(drawing).Value;
        split.Outlines.Length.ShouldBe(outlines, description);
        split.Outlines.Sum(outline => outline.Holes.Length).ShouldBe(holes, description);
    }

    [Theory]
    [InlineData("0 0, 10 0, 10 10, 5 0, 0 10", 1)]
    [InlineData("0 0, 4 0, 4 4, 8 4, 8 8, 4 8, 4 4, 0 4", 3)]
    public void Split_Drawing_NamesTheLineAfterWhichItFirstMeetsItself(string drawing, int line) =>
        Split(drawing).Value.Place.ShouldBe($"line {line}");

    [Theory]
    // What is wound around twice is 1 % of the area where its side is a tenth.
    [InlineData("0 0, 10 10, 10 0, 0 10", "line 1 feeds.airspace-area-in-doubt")]
    [InlineData("0 0, 10 0, 10 10, 0 10, 0 0, 10 0, 10 10, 0 10", "line 1 feeds.airspace-area-in-doubt")]
    [InlineData("0 0, 1000 0, 1000 1000, 0 1000, 0 0, 99 0, 99 99, 0 99", "")]
    [InlineData("0 0, 1000 0, 1000 1000, 0 1000, 0 0, 101 0, 101 101, 0 101", "line 1 feeds.airspace-area-in-doubt")]
    [InlineData("0 0, 10 0, 20 0, 10 0", " geo.outline-zero-area")]
    public void Split_MuchOfTheAreaInDoubt_IsRefused(string drawing, string refusal) =>
        (Split(drawing).Refusal is { } refused ? $"{refused.Where} {refused.Code}" : "").ShouldBe(refusal);

    [Theory]
    [InlineData(98, false)]
    [InlineData(102, true)]
    public void Split_MeetingsAtTheLimit_AreTakenAndMoreRefused(int teeth, bool isRefused)
    {
        // A comb of upright teeth across a comb of flat ones: each of the former's edges meets each of the latter's.
        var ring = new List<GeoPoint>();
        for (var tooth = 0; tooth < teeth; tooth++) ring.Add(Place(tooth * 1_000, tooth % 2 == 0 ? -50_000 : 150_000));
        for (var tooth = 0; tooth < teeth; tooth++) ring.Add(Place(tooth % 2 == 0 ? 150_000 : -50_000, 100_000 - tooth * 1_000));
        (NodedRing.Create([ring.ConvertAll(vertex => vertex.ToPlane())], [false]) is null).ShouldBe(isRefused);
    }

    [Fact]
    public void Read_CrossingOverTheAntimeridian_IsSplit()
    {
        const string text = "AC D\nAN A\nAL GND\nAH FL100\nDP 10:00:00 N 179:50:00 E\nDP 10:00:00 N 179:50:00 W\nDP 10:10:00 N 179:50:00 W\nDP 09:59:50 N 179:59:59 W\nDP 10:10:00 N 179:50:00 E\n";
        var airspace = OpenAirReader.Read(Encoding.UTF8.GetBytes(text)).ShouldHaveSingleItem().Value;
        airspace.Remarks.ShouldBe([new AirspaceRemark(AirspaceRemarkKind.SelfCrossingSplit, "line 5")]);
        airspace.Outlines.Any(outline => outline.Contains(GeoPoint.FromDegrees(10.01, 179.9))).ShouldBeTrue();
        airspace.Outlines.Any(outline => outline.Contains(GeoPoint.FromDegrees(10.01, -179.9))).ShouldBeTrue();
        airspace.Outlines.Any(outline => outline.Contains(GeoPoint.FromDegrees(10.1, 179.99))).ShouldBeFalse();
    }

    [Fact]
    public void Read_SwissAirspacesThatMeetThemselves_HaveTheAreaThatShapelyMakesValid()
    {
        const string program = """
            import json, sys
            from shapely.geometry import Polygon
            from shapely.validation import make_valid
            for ring in json.loads(sys.argv[1]):
                polygon = Polygon(ring)
                print(polygon.is_valid, repr(make_valid(polygon).area), repr(polygon.buffer(0).area))
            """;
        var path = SharedData.PathOf("airspace/openair/Switzerland.txt");
        var airspaces = AirspaceFile.Read(path).Select(airspace => airspace.Value)
            .Where(airspace => airspace.Remarks.Any(remark => remark.Kind == AirspaceRemarkKind.SelfCrossingSplit)).ToList();
        airspaces.Count.ShouldBe(3);
        var lines = File.ReadAllLines(path, Encoding.Latin1);
        var rings = airspaces.Select(airspace => Drawn(lines, int.Parse(airspace.Place["line ".Length..], CultureInfo.InvariantCulture)).Select(place => new[] { place.LongitudeE7, place.LatitudeE7 }));
        var answers = SharedData.RunPython(program, JsonSerializer.Serialize(rings)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (var (airspace, answer) in airspaces.Zip(answers))
        {
            var area = airspace.Outlines.Sum(outline => outline.Holes.Add(outline.Shell).Sum(ring => TwiceArea(ring))) / 2;
            var words = answer.Split(' ');
            words[0].ShouldBe("False");
            var (valid, buffered) = (double.Parse(words[1], CultureInfo.InvariantCulture), double.Parse(words[2], CultureInfo.InvariantCulture));
            area.ShouldBe(valid, valid * 1e-6, airspace.Name);
            // A buffer of 0 drops the small lobes that are wound around the other way.
            area.ShouldBe(buffered, buffered * 1e-4, airspace.Name);
        }
    }

    /// <summary>The points of an airspace of points alone, with its geodesic edges.</summary>
    private static ImmutableArray<GeoPoint> Drawn(string[] lines, int firstLine)
    {
        var points = new List<GeoPoint>();
        foreach (var line in lines.Skip(firstLine).TakeWhile(line => !line.StartsWith("AC", StringComparison.Ordinal)))
        {
            if (!line.StartsWith("DP", StringComparison.Ordinal)) continue;
            var text = line.AsSpan(2);
            points.Add(OpenAirCoordinate.Take(ref text).ShouldNotBeNull());
        }

        return Densify.GeodesicEdges(points, closed: true).Value;
    }

    private static bool Holds(Parsed<ImmutableArray<Outline>> split, GeoPoint at) =>
        split.Refusal is null && split.Value.Any(outline => outline.Contains(at));

    private static Gen<GeoPoint[]> Ring(Gen<GeoPoint> place) =>
        place.Array[3, 12].Where(ring => ring.Distinct().Count() > 2);

    private static Parsed<(ImmutableArray<Outline> Outlines, string Place)> Split(string drawing) =>
        SelfCrossing.Split([drawing.Split(", ").Select(text => Place(Number(text, 0), Number(text, 1))).ToList()], (_, vertex) => $"line {vertex + 1}");

    private static int Number(string text, int part) => 1_000 * int.Parse(text.Split(' ')[part], CultureInfo.InvariantCulture);

    private static GeoPoint Place(int x, int y) => GeoPoint.FromE7(y, x);

    private static IEnumerable<(PlanePoint From, PlanePoint To)> Edges(IReadOnlyList<PlanePoint> ring) =>
        ring.Select((from, index) => (from, ring[(index + 1) % ring.Count]));

    private static double TwiceArea(IReadOnlyList<PlanePoint> ring) =>
        (double)Edges(ring).Aggregate(Int128.Zero, (sum, edge) => sum + (Int128)edge.From.X * edge.To.Y - (Int128)edge.To.X * edge.From.Y);

    /// <summary>The winding number of a ring about a point that is not on it, by the edges that a ray to the east crosses.</summary>
    private static int Winding(IReadOnlyList<PlanePoint> ring, PlanePoint at)
    {
        var winding = 0;
        foreach (var (from, to) in Edges(ring))
        {
            if ((from.Y <= at.Y) == (to.Y <= at.Y)) continue;
            var isLeft = (Int128)(to.X - from.X) * (at.Y - from.Y) - (Int128)(at.X - from.X) * (to.Y - from.Y) > 0;
            if (isLeft == to.Y > from.Y) winding += to.Y > from.Y ? 1 : -1;
        }

        return winding;
    }

    /// <summary>Whether a place is so near an edge that rounding crossings may bring it to the other side.</summary>
    private static bool IsNear(IReadOnlyList<PlanePoint> ring, PlanePoint at) =>
        Edges(ring).Any(edge =>
        {
            double x = edge.To.X - edge.From.X, y = edge.To.Y - edge.From.Y;
            var along = x == 0 && y == 0 ? 0 : Math.Clamp(((at.X - edge.From.X) * x + (at.Y - edge.From.Y) * y) / (x * x + y * y), 0, 1);
            return Math.Max(Math.Abs(edge.From.X + along * x - at.X), Math.Abs(edge.From.Y + along * y - at.Y)) < 3;
        });
}
