using CsCheck;
using NodaTime;
using Tansiq.Feeds.Positions;
using Tansiq.Feeds.Positions.Merging;
using Tansiq.Geo;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Tests.Positions;

public sealed class TrackMergeTests
{
    private const string Address = "71be0a";
    private const int Far = 10_000_000;

    private static readonly IReadOnlyList<string> Names = ["north", "south", "radar"];

    [Fact]
    [Trait("Requirement", "MON-1")]
    public void Take_OtherFeedRepeatsThePositions_GivesThemOnceWithTheirSource()
    {
        var merge = new TrackMerge(Names);
        for (var second = 0; second < 60; second += 2)
        {
            Given(merge, 0, second, second * 20_000).ShouldBe("71be0a of north");
            Given(merge, 1, second, second * 20_000).ShouldBe("feeds.same-position");
            Given(merge, 1, second + 1.5, (second * 20_000) - 30_000).ShouldBe("feeds.same-position");
        }
    }

    [Fact]
    public void Take_LeadingFeedFallsSilent_OtherTakesOverAfterTheLatency()
    {
        var merge = new TrackMerge(Names);
        Given(merge, 0, 10, 0).ShouldBe("71be0a of north");
        Given(merge, 1, 15, 0).ShouldBe("feeds.same-position");
        Given(merge, 1, 15.001, 0).ShouldBe("71be0a of south");
        Given(merge, 0, 16, 0).ShouldBe("feeds.same-position");
        Given(merge, 1, 17, 0).ShouldBe("71be0a of south");
    }

    [Fact]
    public void Take_TwoAircraftWithOneAddress_StayTwoTracksUntilTheyAgreeForAMinute()
    {
        var merge = new TrackMerge(Names);
        for (var second = 0; second < 300; second += 5)
        {
            Given(merge, 0, second, 0).ShouldBe("71be0a of north");
            Given(merge, 1, second, Far).ShouldBe("71be0a@south of south");
        }

        for (var second = 300; second < 360; second += 5)
        {
            Given(merge, 0, second, 0).ShouldBe("71be0a of north");
            Given(merge, 1, second, 100).ShouldBe("71be0a@south of south");
        }

        Given(merge, 1, 360, 100).ShouldBe("feeds.same-position");
        Given(merge, 1, 361, 100).ShouldBe("71be0a of south");
    }

    [Fact]
    public void Take_FeedJumpsAwayFromTheOthers_IsTheOneThatIsApart()
    {
        var merge = new TrackMerge(Names);
        Given(merge, 0, 0, 0).ShouldBe("71be0a of north");
        Given(merge, 1, 6, 0).ShouldBe("71be0a of south");
        Given(merge, 1, 7, Far).ShouldBe("71be0a@south of south");
        Given(merge, 0, 12, 0).ShouldBe("71be0a of north");
    }

    [Fact]
    public void Take_TracksWithoutAddress_StayOfTheSourceThatUsesThemFirst()
    {
        var merge = new TrackMerge(Names);
        foreach (var track in new[] { "~1be0a2", "25-1-17", "71BE0A", "71be0", "glider" })
        {
            Given(merge, 1, 0, 0, track).ShouldBe($"{track} of south");
            Given(merge, 0, 1, 0, track).ShouldBe($"{track}@north of north");
            Given(merge, 1, 5_000, Far, track).ShouldBe($"{track} of south");
        }
    }

    [Fact]
    public void Take_MoreAddressesThanTheLimit_GivesThemApartUntilOthersAreForgotten()
    {
        var merge = new TrackMerge(Names);
        for (var number = 0; number < TrackMerge.MaximumAddresses; number++) Given(merge, 0, 0, 0, $"{number:x6}").ShouldEndWith(" of north");
        Given(merge, 0, 1, 0, "ffffff").ShouldBe("ffffff@north of north");
        Given(merge, 0, 2, 0, "000000").ShouldBe("000000 of north");
        Given(merge, 0, 700, 0, "ffffff").ShouldBe("ffffff of north");
    }

    [Fact]
    public void Take_MoreSourcesThanTheLimit_AreJudgedAsNew()
    {
        var merge = new TrackMerge([.. Enumerable.Range(0, TrackMerge.MaximumSourcesOfAddress + 1).Select(number => $"s{number}")]);
        Given(merge, 0, 0, 0).ShouldBe("71be0a of s0");
        for (var source = 1; source <= TrackMerge.MaximumSourcesOfAddress; source++) Given(merge, source, 1, Far).ShouldStartWith("71be0a@s");
        Given(merge, TrackMerge.MaximumSourcesOfAddress - 1, 2, 0).ShouldStartWith("71be0a@s");
        Given(merge, TrackMerge.MaximumSourcesOfAddress, 2, 0).ShouldBe("feeds.same-position");
    }

    [Fact]
    public void Of_Paths_NamesEachSourceOnce() =>
        SourceNames.Of(["feeds/North.json.gz", "old/north.csv", "standard input", "طائرات/", ".hidden", "a-very-long-name-of-a-file-that.csv", "a-very-long-name-of-a-file-this.csv", "/"])
            .ShouldBe(["north", "north-2", "standard-input", "طائرات", "-hidden", "a-very-long-name-of-a-fi", "a-very-long-name-of-a--2", "source"]);

    [Fact]
    public void Read_SeveralSources_NamesThemAndReadOfOneNamesNone()
    {
        var first = Feed.Of(Feed.Array(Feed.Item(Address, 1_533_101_250)), "in/first.json");
        var second = Feed.Of(Feed.Array(Feed.Item(Address, 1_533_101_251), Feed.Item(Address, 1_533_101_256)), "second.json");
        new OrderedPositions([first, second]).Read().Select(p => p.Refusal is { } refusal ? $"{refusal.Where} {refusal.Code}" : p.Value.Source)
            .ShouldBe(["first", "second.json: item 1 feeds.same-position", "second"]);
        new OrderedPositions([first]).Read().ShouldHaveSingleItem().Value.Source.ShouldBeEmpty();
    }

    [Fact]
    public void Take_AnyPositions_AgreesWithTheRuleAsItIsWritten()
    {
        var step = Gen.OneOf(Gen.Int[0, 7_000], Gen.Int[0, 70_000], Gen.Int[4_990, 5_010], Gen.Int[59_990, 60_010], Gen.Int[599_000, 601_000]);
        var place = Gen.Select(Gen.OneOf(Gen.Int[-3_000, 3_000], Gen.Int[-900_000, 900_000], Gen.Int[-40_000_000, 40_000_000]), Gen.Int[-600_000, 600_000], Gen.Int[0, 2]);
        var report = Gen.Select(Gen.Int[0, 2], step, place);
        report.Array[1, 60].Sample(
            reports =>
            {
                var merge = new TrackMerge(Names);
                var oracle = new TrackMergeOracle();
                var now = 0L;
                foreach (var (source, milliseconds, (east, north, region)) in reports)
                {
                    now += milliseconds;
                    var latitude = region == 0 ? 360_000_000 + north : north - 700_000_000;
                    var longitude = (region == 0 ? 370_000_000L : 1_800_000_000L) + east;
                    var at = GeoPoint.FromE7(latitude, longitude > 1_800_000_000 ? longitude - 3_600_000_000 : longitude);
                    var expected = oracle.Outcome(source, now, at);
                    Given(merge, source, now / 1000.0, at, Address).ShouldBe(
                        expected switch { 'g' => $"{Address} of {Names[source]}", 'a' => $"{Address}@{Names[source]} of {Names[source]}", _ => "feeds.same-position" });
                }
            },
            iter: 5_000);
    }

    private static string Given(TrackMerge merge, int source, double seconds, int eastE7, string track = Address) =>
        Given(merge, source, seconds, GeoPoint.FromE7(360_000_000, 370_000_000 + eastE7), track);

    private static string Given(TrackMerge merge, int source, double seconds, GeoPoint place, string track)
    {
        var at = Instant.FromUnixTimeMilliseconds(1_533_101_250_000 + (long)Math.Round(seconds * 1000));
        var taken = merge.Take(source, new(RecordKind.Line, 7), new ReportedPosition(track, new(place, 0, null, at), 1, true, "CALL"));
        if (!taken.TryGet(out var position, out var refusal)) return refusal.Code;
        (position.Position, position.GroundSpeedMetresPerSecond, position.OnGround, position.Callsign).ShouldBe((new Position(place, 0, null, at), 1, true, "CALL"));
        return $"{position.Track} of {position.Source}";
    }
}
