using NodaTime;
using Tansiq.Feeds.Positions;
using Tansiq.Feeds.Positions.Tracks;
using Tansiq.Geo;

namespace Tansiq.Feeds.Tests.Positions.Tracks;

public sealed class GeoJsonTracksTests
{
    private static readonly Instant Nine = Instant.FromUtc(2016, 7, 15, 9, 0);

    [Fact]
    [Trait("Requirement", "MON-1")]
    public void Read_PointsWithTimes_AreOnePositionEach()
    {
        var records = Feed.Read("""
            {"features":[
            {"type":"Feature","id":"x","geometry":{"type":"Point","coordinates":[37.15,36.2,1200.5]},"properties":{"time":"2016-07-15T09:00:00Z","icao24":"ABC123","callsign":"ONE"}},
            {"type":"Feature","properties":{"timestamp":1468573201000,"name":"Red Crescent 7"},"geometry":{"coordinates":[37.16,36.21],"type":"Point"}}],
            "type":"FeatureCollection"}
            """);
        var first = records[0].Content.Value;
        (first.Track, first.Callsign).ShouldBe(("abc123", "ONE"));
        first.Position.ShouldBe(new(GeoPoint.FromE7(362_000_000, 371_500_000), 0, Height.FromUnits(12_005_000, HeightReference.Ellipsoid), Nine));
        var second = records[1].Content.Value;
        (second.Track, second.Callsign, second.Position.At).ShouldBe(("red-crescent-7", "Red Crescent 7", Nine + Duration.FromSeconds(1)));
    }

    [Theory]
    [InlineData("""{"type":"LineString","coordinates":[[37,36],[37.1,36.1,5]]}""", """{"id":5,"coordTimes":["2016-07-15T09:00:00Z","2016-07-15T12:00:10+03:00"]}""")]
    [InlineData("""{"type":"MultiLineString","coordinates":[[[37,36]],[[37.1,36.1,5]]]}""", """{"id":5,"coordinateProperties":{"times":[["2016-07-15T09:00:00Z"],[1468573210]]}}""")]
    public void Read_LineWithTimes_IsOnePositionForEachPoint(string geometry, string properties)
    {
        var feature = $$"""{"type":"Feature","geometry":{{geometry}},"properties":{{properties}}}""";
        var records = Feed.Read(feature);
        records.ShouldBe(Feed.Read($$"""{"type":"FeatureCollection","features":[{{feature}}]}"""));
        records.Select(record => record.Content.Value.Position).ShouldBe([
            new(GeoPoint.FromE7(360_000_000, 370_000_000), 0, null, Nine),
            new(GeoPoint.FromE7(361_000_000, 371_000_000), 0, Height.FromMetres(5, HeightReference.Ellipsoid), Nine + Duration.FromSeconds(10))]);
        records.Select(record => record.Content.Value.Track).Distinct().ShouldBe(["5"]);
    }

    [Theory]
    [InlineData("""{"type":"Point","coordinates":[1,2]}""", """{"id":"a"}""", "item 1 feeds.missing-time")]
    [InlineData("""{"type":"Point","coordinates":[1,2]}""", """{"time":"2016-07-15T09:00:00Z"}""", "item 1 feeds.missing-track")]
    [InlineData("""{"type":"Point","coordinates":[1,2]}""", """{"id":"a","time":"2016-07-15T09:00:00"}""", "item 1 feeds.wrong-type")]
    [InlineData("""{"type":"Point","coordinates":[1,2]}""", """{"id":"a","time":1468573}""", "item 1 feeds.time-out-of-range")]
    [InlineData("""{"type":"Point","coordinates":[1]}""", """{"id":"a","time":1468573201}""", "item 1 feeds.missing-position")]
    [InlineData("""{"type":"Point","coordinates":["1",2]}""", """{"id":"a","time":1468573201}""", "item 1 feeds.wrong-type")]
    [InlineData("""{"type":"LineString","coordinates":[[1,2],[200,4]]}""", """{"id":"a","times":[1468573201,1468573202]}""", "item 1 point 2 feeds.longitude-out-of-range")]
    [InlineData("""{"type":"LineString","coordinates":[[1,2],[3,4]]}""", """{"id":"a","times":[1468573201]}""", "item 1 feeds.wrong-type")]
    [InlineData("""{"type":"Polygon","coordinates":[[[1,2],[3,4],[3,2],[1,2]]]}""", """{"id":"a","time":1468573201}""", "item 1 feeds.wrong-type")]
    [InlineData("null", """{"id":"a","time":1468573201}""", "item 1 feeds.missing-position")]
    [InlineData("""{"type":"Point","coordinates":[1,2]}""", """{"id":"a","time":1468573201,"type":"a-f-G"}""", "item 1 feeds.not-aircraft")]
    public void Read_FeatureThatIsNoTrack_IsRefusedAndTheNextRead(string geometry, string properties, string refusal)
    {
        const string good = """{"type":"Feature","geometry":{"type":"Point","coordinates":[1,2]},"properties":{"id":"good","time":1468573201,"type":"a-u-A-C"}}""";
        var records = Feed.Read($$"""{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{{geometry}},"properties":{{properties}}},{{good}}]}""");
        Feed.Refusals(records).ShouldBe([refusal]);
        records[^1].Content.Value.Track.ShouldBe("good");
    }

    [Theory]
    [InlineData("N35GR", "n35gr")]
    [InlineData(" Red Crescent 7 ", "red-crescent-7")]
    [InlineData("", null)]
    public void TrackName_OfPlainName_IsTheName(string name, string? track) => TrackName.Of(name).ShouldBe(track);

    [Fact]
    public void TrackName_OfOtherNames_StaysDifferent()
    {
        string[] names = ["طائرة ١", "طائرة ٢", "борт 1", "a/b", "ab", new string('x', 65), new string('x', 66)];
        var tracks = names.Select(name => TrackName.Of(name)!).ToList();
        tracks.Distinct().Count().ShouldBe(names.Length);
        tracks.ShouldAllBe(track => track.Length <= IdentifierCache.MaximumLength && new IdentifierCache().LowerCase(System.Text.Encoding.UTF8.GetBytes(track)) != null);
        TrackName.Of("a/b").ShouldBe("ab-" + Fnv("a/b"));
    }

    [Fact]
    public void Read_RecordedFeatures_NoneIsAnAircraft()
    {
        var folder = SharedData.PathOf("cot/node-cot");
        var refused = Directory.GetFiles(folder, "*.geojson").SelectMany(file => PositionFile.At(file).Read()).Select(record => record.Content.Refusal?.Code).ToList();
        refused.Count.ShouldBe(18);
        refused.ShouldAllBe(code => code == FeedRefusals.NotAircraft);
    }

    /// <summary>By the definition, in 64 bits.</summary>
    private static string Fnv(string text) =>
        System.Text.Encoding.UTF8.GetBytes(text).Aggregate(0x811c9dc5UL, (hash, octet) => (hash ^ octet) * 0x01000193UL % (1UL << 32)).ToString("x8", System.Globalization.CultureInfo.InvariantCulture);
}
