using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination.Monitoring;
using Tansiq.Geo;
using Tansiq.Geo.Outlines;
using static Tansiq.Coordination.Tests.Monitoring.ReplayWorld;

namespace Tansiq.Coordination.Tests.Monitoring;

/// <summary>Each rule of docs/formats/replay.md once, with numbers that can be checked by hand.</summary>
[Trait("Requirement", "MON-2")]
public sealed class ReplayEventTests
{
    // A square from 37.00° E 36.00° N, 0.1° wide. Tracks fly east along 36.05° N, 0.02° in 10 s (about 180 m/s).
    private const long West = 370_000_000;
    private const long South = 360_000_000;
    private const long Side = 1_000_000;
    private const long Middle = South + Side / 2;
    private static readonly Outline Square = Square(West, South, Side);
    private static readonly HeightBand Middling = HeightBand.Create(
        Height.FromMetres(1_000, HeightReference.SeaLevel), Height.FromMetres(3_000, HeightReference.SeaLevel))!.Value;

    [Fact]
    public void Push_TrackThroughArea_EntersAndLeavesBetweenFixes()
    {
        var events = Run([Area("a", Square)], Fix("t", 0, Middle, West - 100_000), Fix("t", 60, Middle, West + Side + 200_000));

        events.Select(Line).ShouldBe(
        [
            "enter certain 06:00:04.615 36.0500000 37.0000000",
            "leave certain 06:00:50.769 36.0500000 37.1000000",
        ]);
    }

    [Fact]
    public void Push_HeightThroughBound_EntersWhereTheHeightDoes()
    {
        var low = Height.FromMetres(500, HeightReference.SeaLevel);
        var high = Height.FromMetres(2_500, HeightReference.SeaLevel);

        var events = Run([Area("a", Square, Middling)], Fix("t", 0, Middle, West + 100_000, low), Fix("t", 40, Middle, West + 500_000, high));

        events.Select(Line).ShouldBe(["enter certain 06:00:10.000 36.0500000 37.0200000", "lost certain 06:00:40.000 36.0500000 37.0500000"]);
        events[0].Height.ShouldBe(Height.FromMetres(1_000, HeightReference.SeaLevel));
    }

    [Fact]
    public void Push_PressureHeightAgainstSeaLevelBand_IsPossibleBeforeItIsCertain()
    {
        // Above 1,000 m possibly from (1000 − 220) / 1.11, certainly from (1000 + 220) / 0.94 m on.
        var low = Height.FromMetres(0, HeightReference.Pressure);
        var high = Height.FromMetres(2_000, HeightReference.Pressure);

        var events = Run([Area("a", Square, Middling)], Fix("t", 0, Middle, West + 100_000, low), Fix("t", 50, Middle, West + 500_000, high));

        events.Take(2).Select(item => (item.Kind, item.Certainty, item.Height)).ShouldBe(
        [
            (ReplayEventKind.Enter, Certainty.Possible, Height.FromUnits(7_027_027, HeightReference.Pressure)),
            (ReplayEventKind.Enter, Certainty.Certain, Height.FromUnits(12_978_723, HeightReference.Pressure)),
        ]);
    }

    [Fact]
    public void Push_NoHeight_IsPossibleInABandWithBounds()
    {
        var events = Run([Area("a", Square, Middling)], Fix("t", 0, Middle, West + 100_000));

        events.Select(item => (item.Kind, item.Certainty)).ShouldBe([(ReplayEventKind.Appeared, Certainty.Possible), (ReplayEventKind.Lost, Certainty.Possible)]);
    }

    [Fact]
    public void Push_FixOnVertexFromOutside_MakesNoEvent() =>
        Run(
            [Area("a", Square)],
            Fix("t", 0, South - 100_000, West - 100_000),
            Fix("t", 20, South, West),
            Fix("t", 40, South + 100_000, West - 100_000)).ShouldBeEmpty();

    [Fact]
    public void Push_AlongAnEdge_IsInTheArea() =>
        Run([Area("a", Square)], Fix("t", 0, South, West - 100_000), Fix("t", 60, South, West + 500_000))
            .Select(item => item.Kind).ShouldBe([ReplayEventKind.Enter, ReplayEventKind.Lost]);

    [Theory]
    [InlineData(60, new[] { "enter", "lost" })]
    [InlineData(60.001, new[] { "appeared", "lost" })]
    public void Push_EitherSideOfTheGreatestGap_IsOneLegOrTwoTracks(double seconds, string[] kinds) =>
        Run([Area("a", Square)], Fix("t", 0, Middle, West - 100_000), Fix("t", seconds, Middle, West + 500_000))
            .Select(item => ReplayEventWriter.WordOf(item.Kind)).ShouldBe(kinds);

    [Fact]
    public void Push_GapInTheArea_IsLostAtTheLastFixAndAppears()
    {
        var events = Run([Area("a", Square)], Fix("t", 0, Middle, West + 100_000), Fix("t", 300, Middle, West + 500_000)).Cast<AreaEvent>();

        events.Select(item => (item.Kind, item.Cause, (item.At - Start).TotalSeconds)).ShouldBe(
        [
            (ReplayEventKind.Appeared, ReplayCause.First, 0), (ReplayEventKind.Lost, ReplayCause.Gap, 0),
            (ReplayEventKind.Appeared, ReplayCause.Gap, 300), (ReplayEventKind.Lost, ReplayCause.End, 300),
        ]);
    }

    [Fact]
    public void Push_ValidityEnds_LeavesAtThatMoment()
    {
        var validity = new Interval(Start + Duration.FromSeconds(10), Start + Duration.FromSeconds(20));

        var events = Run([Area("a", Square, validity: validity)], Fix("t", 0, Middle, West + 100_000), Fix("t", 40, Middle, West + 500_000));

        events.Select(Line).ShouldBe(["enter certain 06:00:10.000 36.0500000 37.0200000", "leave certain 06:00:20.000 36.0500000 37.0300000"]);
    }

    [Fact]
    public void Push_UncertainPlaceBesideTheEdge_IsPossible()
    {
        // 1 km in the square the rectangle of 2 km reaches across the edge; 5 km inside it does not.
        var events = Run(
            [Area("a", Square)],
            Fix("t", 0, Middle, West + 100_000, uncertainty: 2_000),
            Fix("u", 0, Middle, West + 500_000, uncertainty: 2_000));

        events.Where(item => item.Kind == ReplayEventKind.Appeared).Select(item => (item.Track, item.Certainty))
            .ShouldBe([("t", Certainty.Possible), ("u", Certainty.Certain)]);
    }

    [Fact]
    public void Push_AreaUnderTwoClauses_GivesAnEventForEach() =>
        Run([Area("a", Square, clauses: ["4.2", "4.1"])], Fix("t", 0, Middle, West + 100_000))
            .Cast<AreaEvent>().Select(item => (item.Kind, item.Clause!.Value)).ShouldBe(
            [
                (ReplayEventKind.Appeared, "4.1"), (ReplayEventKind.Lost, "4.1"), (ReplayEventKind.Appeared, "4.2"), (ReplayEventKind.Lost, "4.2"),
            ]);

    [Fact]
    public void Push_JumpBackAndForth_IsNamedOnceAndCausesNoEntry()
    {
        var events = Run(
            [Area("a", Square)],
            Fix("t", 0, Middle, West - 50_000_000),
            Fix("t", 10, Middle, West + 100_000),
            Fix("t", 20, Middle, West + 300_000),
            Fix("t", 30, Middle, West - 49_500_000));

        events.ShouldHaveSingleItem().ShouldBeOfType<JumpEvent>().FromAt.ShouldBe(Start);
    }

    [Fact]
    public void Push_JumpThatStays_IsAcceptedAtTheThirdFixAndStaysDoubtful()
    {
        var events = Run(
            [Area("a", Square)],
            Fix("t", 0, Middle, West - 50_000_000),
            Fix("t", 10, Middle, West + 100_000),
            Fix("t", 20, Middle, West + 300_000),
            Fix("t", 30, Middle, West + 400_000),
            Fix("t", 40, Middle, West + 500_000));

        events.Select(Line).ShouldBe(
        [
            "jump certain 06:00:10.000 36.0500000 37.0100000",
            "appeared possible 06:00:30.000 36.0500000 37.0400000",
            "lost possible 06:00:40.000 36.0500000 37.0500000",
        ]);
    }

    [Fact]
    public void Push_FasterThanTheLimitOnlyByTheClock_IsNoJump()
    {
        // 1,999 m in 1 s and 2,001 m in 1 s: with a second's resolution the limit is 2,000 m.
        long Units(double metres) => (long)(metres / 0.011132);
        Run([], Fix("t", 0, 0, 0), Fix("t", 1, Units(1_999), 0)).ShouldBeEmpty();
        Run([], Fix("t", 0, 0, 0), Fix("t", 1, Units(2_001), 0)).ShouldHaveSingleItem().Kind.ShouldBe(ReplayEventKind.Jump);
    }

    [Fact]
    public void Push_RepeatedPlaceAtSpeed_IsFrozenOnceAndLostThere()
    {
        var fixes = Enumerable.Range(0, 10).Select(index => Fix("t", index * 10, Middle, West + 100_000, speed: 200));

        var events = Run([Area("a", Square)], [.. fixes]);

        events.Select(item => (item.Kind, (item.At - Start).TotalSeconds)).ShouldBe(
            [(ReplayEventKind.Appeared, 0), (ReplayEventKind.Lost, 0), (ReplayEventKind.Frozen, 20)]);
    }

    [Fact]
    public void Push_RepeatedPlaceOnTheGroundOrAtRest_IsNotFrozen()
    {
        var parked = Enumerable.Range(0, 10).SelectMany(index => new[]
        {
            Fix("ground", index * 10, Middle, West - 100_000, speed: 200, onGround: true), Fix("rest", index * 10, Middle, West - 100_000, speed: 0),
        });

        Run([], [.. parked]).ShouldBeEmpty();
    }

    [Fact]
    public void Push_RepeatedPlaceWithoutSpeedAfterFastFlight_IsFrozen() =>
        Run(
            [],
            Fix("t", 0, Middle, West),
            Fix("t", 10, Middle, West + 200_000),
            Fix("t", 20, Middle, West + 200_000),
            Fix("t", 30, Middle, West + 200_000))
            .ShouldHaveSingleItem().Kind.ShouldBe(ReplayEventKind.Frozen);

    private static string Line(ReplayEvent item) =>
        $"{ReplayEventWriter.WordOf(item.Kind)} {item.Certainty.ToString().ToLowerInvariant()} {item.At.ToString("HH:mm:ss.fff", null)} {item.Place}";

    private static ImmutableArray<ReplayEvent> Run(WatchedArea[] areas, params ReportedPosition[] positions) =>
        new ReplayWorld(new() { Areas = [.. areas], Notices = [], Heights = Theatre }, ReplaySettings.Default, [.. positions]).Events();
}
