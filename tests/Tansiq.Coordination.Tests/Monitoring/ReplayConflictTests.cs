using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination.Monitoring;
using Tansiq.Geo;
using static Tansiq.Coordination.Tests.Monitoring.ReplayWorld;

namespace Tansiq.Coordination.Tests.Monitoring;

/// <summary>Tracks that come too near to notified volumes that they are not declared to fly.</summary>
[Trait("Requirement", "MON-2")]
[Trait("Requirement", "FLT-4")]
public sealed class ReplayConflictTests
{
    private const long West = 370_000_000;
    private const long Side = 1_000_000;
    private const int LateralMetres = 10_000;

    // On the equator 0.1° of longitude is 11.1 km.
    private static readonly Volume Notified = new(
        Square(West, -Side / 2, Side),
        HeightBand.Create(Height.FromMetres(2_000, HeightReference.Pressure), Height.FromMetres(3_000, HeightReference.Pressure))!.Value,
        new Interval(Start, Start + Duration.FromMinutes(10)));

    private static readonly WatchedSeparation Separation =
        new(new("5.1"), LateralMetres, 600 * Height.UnitsPerMetre, new(null, null));

    [Fact]
    public void Push_OtherTrackEntersTheVolumeItself_IsAConflictWithoutClause()
    {
        var events = Run([Notice("n", [Notified], "own")], At("t", 0, West - 100_000), At("t", 20, West + 100_000), At("t", 40, West - 100_000));

        events.Select(item => (item.Kind, item.Certainty, (item.At - Start).TotalSeconds)).ShouldBe(
            [(ReplayEventKind.Conflict, Certainty.Certain, 10), (ReplayEventKind.ConflictEnd, Certainty.Certain, 30)]);
        events.ShouldAllBe(item => item.Flight.Id.Value == "n" && item.Clause == null && item.Cause == null);
    }

    [Fact]
    public void Push_OtherTrackComesWithinTheSeparation_IsPossiblyAndThenCertainlyInConflict()
    {
        var events = Run([Notice("n", [Notified], "own") with { Separations = [Separation] }], At("t", 0, West - 2_000_000), At("t", 40, West + 500_000));

        events.Select(item => (item.Kind, item.Certainty, item.Cause)).ShouldBe(
        [
            (ReplayEventKind.Conflict, Certainty.Possible, null), (ReplayEventKind.Conflict, Certainty.Certain, null),
            (ReplayEventKind.ConflictEnd, Certainty.Certain, ReplayCause.End),
        ]);
        var nearest = events[0].Place.LongitudeE7 * 0.011132;
        nearest.ShouldBeLessThanOrEqualTo(West * 0.011132 - LateralMetres);
        nearest.ShouldBeGreaterThan(West * 0.011132 - LateralMetres * 1.01);
        events[0].Clause?.Value.ShouldBe("5.1");
    }

    [Theory]
    [InlineData(3_600, 1)]
    [InlineData(3_601, 0)]
    [InlineData(1_400, 1)]
    [InlineData(1_399, 0)]
    public void Push_TrackAboveOrBelow_ConflictsWithinTheVerticalSeparation(int metres, int conflicts) =>
        Run([Notice("n", [Notified], "own") with { Separations = [Separation] }], At("t", 0, West + 500_000, metres))
            .Count(item => item.Kind == ReplayEventKind.Conflict).ShouldBe(conflicts);

    [Fact]
    public void Push_ClauseNotInForce_IsNoConflict() =>
        Run([Notice("n", [Notified], "own") with { Separations = [Separation with { InForce = new(Start + Duration.FromMinutes(1), null) }] }], At("t", 0, West + 500_000))
            .ShouldBeEmpty();

    [Fact]
    public void Push_TracksDeclaredForThePartysNotices_AreNoConflict()
    {
        WatchedNotice[] notices = [NoticeOf("us", "n", [Notified], "own"), NoticeOf("us", "m", [], "wing"), NoticeOf("ru", "r", [], "other")];

        Run(notices, At("own", 0, West + 500_000), At("wing", 0, West + 500_000), At("other", 0, West + 500_000))
            .ShouldAllBe(item => item.Track == "other" && item.Certainty == Certainty.Certain);
        Run(notices, At("other", 0, West + 500_000)).Length.ShouldBe(2);
    }

    [Fact]
    public void Push_NoticeThatNoTrackIsDeclaredToFly_ConflictsOnlyPossiblyWithATrackOfNobody() =>
        Run([Notice("n", [Notified])], At("t", 0, West + 500_000)).ShouldAllBe(item => item.Certainty == Certainty.Possible);

    private static ImmutableArray<ConflictEvent> Run(WatchedNotice[] notices, params ReportedPosition[] positions) =>
        [.. new ReplayWorld(new() { Areas = [], Notices = [.. notices], Heights = Theatre }, ReplaySettings.Default, [.. positions]).Run().Events.OfType<ConflictEvent>()];

    private static ReportedPosition At(string track, double seconds, long longitudeE7, int metres = 2_500) =>
        Fix(track, seconds, 0, longitudeE7, Height.FromMetres(metres, HeightReference.Pressure));
}
