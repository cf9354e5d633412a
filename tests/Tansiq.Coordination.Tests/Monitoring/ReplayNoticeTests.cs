using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination.Monitoring;
using Tansiq.Geo;
using static Tansiq.Coordination.Tests.Monitoring.ReplayWorld;

namespace Tansiq.Coordination.Tests.Monitoring;

/// <summary>Whether a track is covered by a notice, and keeps to what was notified.</summary>
[Trait("Requirement", "MON-2")]
public sealed class ReplayNoticeTests
{
    private const long West = 370_000_000;
    private const long South = 360_000_000;
    private const long Side = 1_000_000;
    private const long Middle = South + Side / 2;
    private static readonly Volume Notified = new(
        Square(West, South, Side), HeightBand.All, new Interval(Start, Start + Duration.FromSeconds(50)));

    [Fact]
    public void Push_DeclaredTrackLeavesItsVolumesAndComesBack_IsNonconformingInBetween()
    {
        var events = Run(
            [],
            [Notice("n", [Notified], "t")],
            Fix("t", 0, Middle, West + 900_000),
            Fix("t", 20, Middle, West + 1_100_000),
            Fix("t", 40, Middle, West + 900_000),
            Fix("t", 60, Middle, West + 800_000));

        events.Cast<ConformanceEvent>().Select(item => (item.Kind, item.Certainty, (item.At - Start).TotalSeconds)).ShouldBe(
        [
            (ReplayEventKind.Conforming, Certainty.Certain, 0), (ReplayEventKind.Nonconforming, Certainty.Certain, 10),
            (ReplayEventKind.Conforming, Certainty.Certain, 30), (ReplayEventKind.Nonconforming, Certainty.Certain, 50),
        ]);
        events.Cast<ConformanceEvent>().ShouldAllBe(item => item.Flights.Single().Id.Value == "n");
    }

    [Theory]
    [InlineData("t", Certainty.Certain)]
    [InlineData("unattributed", Certainty.Possible)]
    public void Push_TrackInNotifiedVolume_IsCoveredCertainlyOnlyWhereDeclared(string track, Certainty covered) =>
        Run([Area("a", Notified.Outline)], [Notice("n", [Notified], "t")], Fix(track, 0, Middle, West + 100_000))
            .OfType<AreaEvent>().ShouldAllBe(item => item.Covered == covered && item.Flights.Length == 1);

    [Fact]
    public void Push_DeclaredTrackInAnotherFlightsVolume_IsNotCovered() =>
        Run(
            [Area("a", Notified.Outline)],
            [Notice("n", [Notified with { Time = new(Start + Duration.FromHours(1), null) }], "t"), Notice("m", [Notified])],
            Fix("t", 0, Middle, West + 100_000))
            .OfType<AreaEvent>().ShouldAllBe(item => item.Covered == Certainty.No && item.Flights.IsEmpty);

    private static ImmutableArray<ReplayEvent> Run(WatchedArea[] areas, WatchedNotice[] notices, params ReportedPosition[] positions) =>
        new ReplayWorld(new() { Areas = [.. areas], Notices = [.. notices], Heights = Theatre }, ReplaySettings.Default, [.. positions])
            .Events();
}
