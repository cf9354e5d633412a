using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination.Monitoring;
using Tansiq.Geo;
using static Tansiq.Coordination.Tests.Monitoring.ReplayWorld;

namespace Tansiq.Coordination.Tests.Monitoring;

/// <summary>Repeated events become one alert with its course.</summary>
[Trait("Requirement", "MON-4")]
public sealed class ReplayAlertTests
{
    private const long West = 370_000_000;
    private const long South = 360_000_000;
    private const long Side = 1_000_000;
    private const long Middle = South + Side / 2;
    private static readonly WatchedArea Inside = Area("a", Square(West, South, Side), clauses: "4.2");

    [Fact]
    public void Push_TrackThatComesAndGoes_IsOneAlertWithItsCourse()
    {
        // In and out along the southern border, lost inside for ten minutes, back, and out to the north.
        var alert = Alerts(
            Fix("t", 0, South - 100_000, West + 100_000),
            Fix("t", 20, South + 100_000, West + 100_000),
            Fix("t", 40, South - 100_000, West + 100_000),
            Fix("t", 60, South + 100_000, West + 100_000),
            Fix("t", 660, Middle, West + 100_000),
            Fix("t", 700, Middle, West + 200_000),
            Fix("t", 720, Middle, West - 200_000)).ShouldHaveSingleItem();

        alert.About.ShouldBe(ReplayAlertKind.Presence);
        (alert.Area?.Value, alert.Clause?.Value, alert.Certainty, alert.Covered).ShouldBe(("a", "4.2", Certainty.Certain, Certainty.No));
        (alert.Entries, alert.Events, alert.IsOpen, alert.Cause).ShouldBe((3, 6, false, null));
        Seconds(alert.From).ShouldBe(10);
        Seconds(alert.Until).ShouldBe(710);
        alert.LongestStay.ShouldBe(Duration.FromSeconds(50));
        alert.TotalStay.ShouldBe(Duration.FromSeconds(20 + 10 + 50));
        alert.FromPlace.ShouldBe(GeoPoint.FromE7(South, West + 100_000));
        alert.Place.ShouldBe(GeoPoint.FromE7(Middle, West));
    }

    [Theory]
    [InlineData(1_800, 1)]
    [InlineData(1_800.001, 2)]
    public void Push_TrackComesBack_IsTheSameAlertUntilTheFoldTimeHasPassed(double secondsAfter, int alerts)
    {
        var back = 10 + secondsAfter;

        var found = Alerts(
            Fix("t", 0, Middle, West + 100_000),
            Fix("t", 20, Middle, West - 100_000),
            Fix("t", back, Middle, West + 100_000),
            Fix("t", back + 20, Middle, West - 100_000));

        found.Length.ShouldBe(alerts);
        found.Sum(alert => alert.Entries).ShouldBe(2);
    }

    [Fact]
    public void Push_LongInput_GivesAnAlertInItsPlaceWhenItCloses()
    {
        var replay = new Replay(Picture([Inside], []), ReplaySettings.Default);
        var events = new List<ReplayEvent>();
        for (var index = 0; index < 600; index++)
            events.AddRange(replay.Push(Fix("t", index * 10, Middle, index < 3 ? West + 100_000 : West - 1_000_000 + index)));

        var alert = events.OfType<ReplayAlert>().ShouldHaveSingleItem();
        (alert.At - alert.Until).ShouldBe(ReplaySettings.Default.AlertFoldTime);
        events[^1].ShouldBe(alert);
        replay.Finish().Events.ShouldBeEmpty();
    }

    [Fact]
    public void Finish_TrackStillInside_LeavesTheAlertOpen()
    {
        var alert = Alerts(Fix("t", 0, Middle, West + 100_000), Fix("t", 30, Middle, West + 200_000)).ShouldHaveSingleItem();

        (alert.IsOpen, alert.Cause, alert.TotalStay).ShouldBe((true, ReplayCause.End, Duration.FromSeconds(30)));
        Seconds(alert.At).ShouldBe(30);
    }

    [Fact]
    public void Push_DeclaredTrackLostOutsideItsVolumes_EndsItsNonconformance()
    {
        var notified = new Volume(Square(West, South, Side), HeightBand.All, new Interval(Start, Start + Duration.FromHours(2)));
        var replay = new Replay(Picture([], [Notice("n", [notified], "t")]), ReplaySettings.Default);
        foreach (var fix in new[] { Fix("t", 0, Middle, West + 100_000), Fix("t", 20, Middle, West - 100_000), Fix("t", 40, Middle, West - 200_000), Fix("u", 200, 0, 0) })
            replay.Push(fix);

        var alert = replay.Finish().Events.OfType<ReplayAlert>().ShouldHaveSingleItem();

        (alert.About, alert.Entries, alert.Events, alert.Cause).ShouldBe((ReplayAlertKind.Nonconformance, 1, 1, ReplayCause.Gap));
        alert.TotalStay.ShouldBe(Duration.FromSeconds(30));
        alert.Flights.Single().Id.Value.ShouldBe("n");
    }

    [Fact]
    public void Finish_Totals_CountByAreaClauseAndWhetherCovered()
    {
        var covering = new Volume(Square(West, South, Side / 4), HeightBand.All, new Interval(null, null));
        var replay = new Replay(Picture([Inside, Area("b", Square(West, South, Side))], [Notice("n", [covering])]), ReplaySettings.Default);
        replay.Push(Fix("covered", 0, South + 100_000, West + 100_000));
        replay.Push(Fix("t", 0, Middle, West + Side / 2));

        var totals = replay.Finish().Summary.Alerts;

        totals.ByArea.Select(count => (count.Subject?.Value, count.Alerts, count.Uncovered)).ShouldBe([("a", 2, 1), ("b", 2, 1)]);
        totals.ByClause.Select(count => (count.Subject?.Value, count.Alerts, count.Uncovered)).ShouldBe([(null, 3, 1), ("4.2", 2, 1)]);
        totals.ByActor.ShouldHaveSingleItem().Subject.ShouldBeNull();
        (totals.Total, totals.Open).ShouldBe((5, 5));
    }

    [Theory]
    [InlineData(Replay.MaximumAlertsHeld, 0)]
    [InlineData(Replay.MaximumAlertsHeld + 2, 2)]
    public void Push_MoreAlertsThanAreHeld_ClosesTheOldestEarly(int tracks, int closedEarly)
    {
        var replay = new Replay(Picture([Inside], []), ReplaySettings.Default);
        var half = tracks / 2;
        for (var index = 0; index < tracks; index++) replay.Push(Fix($"t{index}", index < half ? 0 : 100, Middle, West + 100_000));
        replay.Push(Fix("far", 300, 0, 0));
        replay.Push(Fix("far", 400, 0, 0));

        var totals = replay.Finish().Summary.Alerts;

        (totals.Total, totals.ClosedEarly).ShouldBe((tracks, closedEarly));
    }

    private static ImmutableArray<ReplayAlert> Alerts(params ReportedPosition[] positions) =>
        [.. new ReplayWorld(Picture([Inside], []), ReplaySettings.Default, [.. positions]).Run().Events.OfType<ReplayAlert>()];

    private static ReplayPicture Picture(WatchedArea[] areas, WatchedNotice[] notices) =>
        new() { Areas = [.. areas], Notices = [.. notices], Heights = Theatre };

    private static double Seconds(Instant at) => (at - Start).TotalSeconds;
}
