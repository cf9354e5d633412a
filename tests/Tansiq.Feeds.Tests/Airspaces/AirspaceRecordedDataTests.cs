using System.Collections.Immutable;
using Tansiq.Feeds.Airspaces;
using Tansiq.Geo;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Tests.Airspaces;

/// <summary>Recorded GeoJSON and KML of shared/data: how many airspaces they hold, what is mended, and which are refused, and why.</summary>
public sealed class AirspaceRecordedDataTests
{
    [Theory]
    [InlineData("airspace/fir/Boundaries.geojson", "1085 of 1102, SelfCrossingSplit 14, RingClosed 2, HeightsOpen 1085, geo.outline-touches-pole 17")]
    [InlineData("airspace/us-artcc/artcc.json", "380 of 392, SelfCrossingSplit 6, RingClosed 3, HeightsOpen 380, geo.outline-touches-pole 12")]
    [InlineData("airspace/us-artcc/superhigh.json", "437 of 451, RingClosed 15, HeightsOpen 250, feeds.airspace-height 14")]
    [InlineData("geo/natural-earth/ne_10m_admin_0_disputed_areas.json", "80 of 80, HeightsOpen 80")]
    [InlineData("geo/natural-earth/ne_10m_admin_0_boundary_lines_disputed_areas.json", "0 of 46, feeds.airspace-not-an-area 46")]
    [InlineData("geo/syria-ocha-cod/syr_admin1.geojson", "14 of 14, HeightsOpen 14")]
    [InlineData("geo/syria-ocha-cod/syr_admin2.geojson", "61 of 61, HeightsOpen 61")]
    [InlineData("cot/node-cot/polygon.geojson", "1 of 1, HeightsOpen 1")]
    [InlineData("cot/node-cot/circle-opacity.geojson", "1 of 1, HeightsOpen 1")]
    [InlineData("cot/node-cot/linestring.geojson", "0 of 1, feeds.airspace-not-an-area 1")]
    [InlineData("utm/zurich.kml", "10 of 14, HeightsOpen 6, feeds.airspace-not-an-area 4")]
    [InlineData("geometry/kml/polygon.kml", "1 of 1")]
    [InlineData("geometry/kml/linear_ring.kml", "0 of 1, feeds.airspace-not-an-area 1")]
    [InlineData("geometry/kml/twopoints.kml", "0 of 2, feeds.airspace-not-an-area 2")]
    [InlineData("geometry/kml/multitrack.kml", "0 of 3, feeds.airspace-not-an-area 3")]
    [InlineData("geometry/kml/nogeomplacemark.kml", "0 of 1, feeds.airspace-not-an-area 1")]
    [InlineData("geometry/kml/selfclosing.kml", "0 of 1, feeds.airspace-not-an-area 1")]
    [InlineData("geometry/kml/styles.kml", "1 of 2, HeightsOpen 1, feeds.airspace-not-an-area 1")]
    [InlineData("geometry/kml/ground_overlay.kml", "0 of 1, feeds.airspace-no-airspace 1")]
    public void Read_RecordedFile_CountsWhatIsReadMendedAndRefused(string file, string counts) =>
        Counts(AirspaceFile.Read(SharedData.PathOf(file))).ShouldBe(counts);

    [Theory]
    [InlineData("airspace/fir/Boundaries.geojson", 1_071)]
    [InlineData("airspace/us-artcc/superhigh.json", 437)]
    [InlineData("geo/natural-earth/ne_10m_admin_0_disputed_areas.json", 80)]
    [InlineData("geo/syria-ocha-cod/syr_admin1.geojson", 14)]
    [InlineData("geometry/kml/polygon.kml", 1)]
    public void Read_RecordedFile_HasTheOutlinesThatOgr2OgrReads(string file, int count)
    {
        var path = SharedData.PathOf(file);
        var features = Ogr.Features(path, "-dim", "XY");
        var airspaces = AirspaceFile.Read(path);
        var compared = 0;
        foreach (var (airspace, feature) in airspaces.Zip(features))
        {
            // What is mended differs on purpose.
            if (!airspace.TryGet(out var read, out _) || read.Remarks.Any(remark => remark.Kind == AirspaceRemarkKind.SelfCrossingSplit)) continue;
            var polygons = Ogr.Polygons(feature.GetProperty("geometry"));
            polygons.Count.ShouldBe(read.Outlines.Length, read.Place);
            foreach (var (outline, rings) in read.Outlines.Zip(polygons))
            {
                ImmutableArray<PlanePoint>[] ours = [outline.Shell, .. outline.Holes];
                ours.Length.ShouldBe(rings.Count, read.Place);
                foreach (var (ring, theirs) in ours.Zip(rings)) IsSameRing(ring, theirs).ShouldBeTrue(read.Place);
            }

            compared++;
        }

        compared.ShouldBe(count);
    }

    /// <summary>The same vertices from the same first one, either way; binary fractions may round the last place otherwise.</summary>
    private static bool IsSameRing(ImmutableArray<PlanePoint> ours, List<(long X, long Y)> theirs)
    {
        var places = ours.Select(point => point.ToGeoPoint()).ToList();
        return AreNear(theirs) || AreNear([theirs[0], .. theirs.Skip(1).Reverse()]);

        bool AreNear(List<(long X, long Y)> ring) => ring.Count == places.Count && ring.Zip(places).All(pair =>
            Math.Abs(pair.First.Y - pair.Second.LatitudeE7) <= 1 && Math.Abs(pair.First.X - pair.Second.LongitudeE7) is <= 1 or GeoPoint.TurnE7);
    }

    private static string Counts(IReadOnlyList<Parsed<Airspace>> airspaces)
    {
        var read = airspaces.Where(airspace => airspace.Refusal is null).Select(airspace => airspace.Value).ToList();
        var remarks = read.SelectMany(airspace => airspace.Remarks).GroupBy(remark => remark.Kind).OrderBy(group => group.Key).Select(group => $"{group.Key} {group.Count()}");
        var refusals = airspaces.Select(airspace => airspace.Refusal).OfType<Refusal>().GroupBy(refusal => refusal.Code).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"{group.Key} {group.Count()}");
        return string.Join(", ", [$"{read.Count} of {airspaces.Count}", .. remarks, .. refusals]);
    }
}
