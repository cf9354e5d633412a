using NodaTime;
using Tansiq.Coordination.Monitoring;
using Tansiq.Geo;
using static Tansiq.Coordination.Tests.Monitoring.ReplayWorld;

namespace Tansiq.Coordination.Tests.Monitoring;

/// <summary>When each feed delivered and when it was blind.</summary>
[Trait("Requirement", "MON-4")]
public sealed class FeedCoverageTests
{
    private static readonly ReplayPicture Nothing = new() { Areas = [], Notices = [], Heights = Theatre };

    [Fact]
    public void Finish_SeveralFeeds_TellsWindowsTracksAndBlindTimesOfEach()
    {
        var feeds = Run(
            From("one", "t", 0), From("one", "t", 60), From("two", "t", 70), From("one", "u", 120.001), From("two", "u", 130), From("one", "t", 200));

        feeds.Select(feed => (feed.Source, feed.Positions, feed.Tracks, feed.Blind)).ShouldBe(
            [("one", 4, 2, Duration.FromSeconds(60.001 + 79.999)), ("two", 2, 2, Duration.FromSeconds(70 + 70))]);
        feeds[0].Windows.ShouldBe([Window(0, 60), Window(120.001, 120.001), Window(200, 200)]);
        feeds[1].Windows.ShouldBe([Window(70, 130)]);
    }

    [Theory]
    [InlineData(Replay.MaximumWindows, 0)]
    [InlineData(Replay.MaximumWindows + 2, 2)]
    public void Finish_MoreWindowsThanAreKept_JoinsTheOldestAndStillCountsAllBlindTime(int windows, int joined)
    {
        var feed = Run([.. Enumerable.Range(0, windows).Select(index => From("one", "t", index * 100))]).ShouldHaveSingleItem();

        (feed.Windows.Length, feed.WindowsJoined).ShouldBe((Replay.MaximumWindows, joined));
        feed.Windows[0].ShouldBe(Window(0, joined * 100));
        feed.Blind.ShouldBe(Duration.FromSeconds((windows - 1) * 100));
    }

    [Theory]
    [InlineData(Replay.MaximumFeeds, Replay.MaximumFeeds, 1)]
    [InlineData(Replay.MaximumFeeds + 2, Replay.MaximumFeeds + 1, 2)]
    public void Finish_MoreFeedsThanAreToldApart_CountsTheRestTogether(int sources, int feeds, int ofLast)
    {
        var found = Run([.. Enumerable.Range(0, sources).Select(index => From($"feed-{index}", $"t{index}", 0))]);

        found.Length.ShouldBe(feeds);
        found[^1].Positions.ShouldBe(ofLast);
        found[^1].Source.ShouldBe(sources > feeds ? Replay.OtherKinds : $"feed-{sources - 1}");
    }

    [Theory]
    [InlineData(Replay.MaximumTracksOfFeed, false)]
    [InlineData(Replay.MaximumTracksOfFeed + 1, true)]
    public void Finish_MoreTracksOfAFeedThanAreCounted_IsALowerBound(int tracks, bool isLowerBound)
    {
        var half = tracks / 2;
        var feed = Run([.. Enumerable.Range(0, tracks).Select(index => From("one", $"t{index}", index < half ? 0 : 100))]).ShouldHaveSingleItem();

        (feed.Tracks, feed.TracksIsLowerBound).ShouldBe((Replay.MaximumTracksOfFeed, isLowerBound));
    }

    [Fact]
    public void Finish_Interrupted_SaysThatItIsPartial()
    {
        var replay = new Replay(Nothing, ReplaySettings.Default);
        replay.Push(From("one", "t", 0));

        replay.Finish(isPartial: true).Summary.IsPartial.ShouldBeTrue();
    }

    [Fact]
    public void Push_PositionsFarFromEverything_MakesHardlyAnyGarbage()
    {
        var replay = new Replay(Nothing with { Areas = [Area("a", Square(0, 0, 100_000))] }, ReplaySettings.Default);
        var positions = Enumerable.Range(0, 20_000).Select(index => From("one", $"t{index % 50}", index, 300_000_000 + index * 1_000)).ToArray();
        foreach (var position in positions.AsSpan(0, 10_000)) replay.Push(position);
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var position in positions.AsSpan(10_000)) replay.Push(position);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(10_000);
    }

    private static FeedCoverage[] Run(params ReportedPosition[] positions)
    {
        var replay = new Replay(Nothing, ReplaySettings.Default);
        foreach (var position in positions) replay.Push(position);
        return [.. replay.Finish().Summary.Feeds];
    }

    private static CoverageWindow Window(double from, double until) => new(Start + Duration.FromSeconds(from), Start + Duration.FromSeconds(until));

    private static ReportedPosition From(string source, string track, double seconds, long longitudeE7 = 0) =>
        Fix(track, seconds, 0, longitudeE7) with { Source = source };
}
