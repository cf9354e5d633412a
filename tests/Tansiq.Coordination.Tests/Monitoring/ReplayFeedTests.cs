using System.Buffers;
using System.Text;
using System.Text.Json;
using NodaTime;
using Tansiq.Coordination.Monitoring;
using Tansiq.Geo;
using Tansiq.Geo.Text;
using static Tansiq.Coordination.Tests.Monitoring.ReplayWorld;

namespace Tansiq.Coordination.Tests.Monitoring;

/// <summary>What is counted, what is refused, and what is kept.</summary>
[Trait("Requirement", "MON-4")]
public sealed class ReplayFeedTests
{
    private static readonly ReplayPicture Nothing = new() { Areas = [], Notices = [], Heights = Theatre };

    [Fact]
    public void Push_BadPositions_AreCountedByKindWithFirstExamples()
    {
        var replay = new Replay(Nothing, ReplaySettings.Default);
        replay.Push(Fix("t", 10, 0, 0));
        replay.Push(Fix("t", 10, 0, 0));
        replay.Push(Fix("t", 10, 1, 0));
        for (var index = 0; index < 7; index++) replay.Push(Fix("u", index, 0, 0));
        replay.Push(Fix("", 20, 0, 0));
        replay.Push(Fix(new string('x', Replay.MaximumTrackLength), 20, 0, 0));
        replay.Push(Fix(new string('x', Replay.MaximumTrackLength + 1), 20, 0, 0));
        replay.Reject(new("feeds.not-finite", "line 12", "NaN", "a finite number"));

        var summary = replay.Finish().Summary;

        summary.Rejected.Select(kind => (kind.Kind, kind.Count, kind.Examples.Length)).ShouldBe(
            [("feeds.not-finite", 1, 1), ("replay.duplicate", 1, 1), ("replay.late", 7, 5), ("replay.track-name", 2, 2), ("replay.two-places", 1, 1)]);
        (summary.PositionsRead, summary.PositionsAccepted, summary.Tracks).ShouldBe((14, 2, 2));
    }

    [Fact]
    public void Reject_MoreKindsThanAreToldApart_CountsTheRestTogether()
    {
        var replay = new Replay(Nothing, ReplaySettings.Default);
        for (var index = 0; index < Replay.MaximumRejectedKinds + 2; index++) replay.Reject(new($"feeds.kind-{index:000}", "", "x", "y"));

        var rejected = replay.Finish().Summary.Rejected;

        rejected.Length.ShouldBe(Replay.MaximumRejectedKinds + 1);
        rejected.Single(kind => kind.Kind == Replay.OtherKinds).Count.ShouldBe(2);
    }

    [Fact]
    public void Push_TimeOutsideTheRange_IsRejectedAndDoesNotMoveTheClock()
    {
        var replay = new Replay(Nothing, ReplaySettings.Default);
        replay.Push(Fix("t", 0, 0, 0) with { Position = new(default, 0, null, Replay.Latest) });
        replay.Push(Fix("t", 0, 0, 0) with { Position = new(default, 0, null, Replay.Earliest - Duration.Epsilon) });
        replay.Push(Fix("t", 0, 0, 0) with { Position = new(default, 0, null, Replay.Earliest) });
        replay.Push(Fix("t", 0, 0, 0) with { Position = new(default, 0, null, Replay.Latest - Duration.Epsilon) });

        var summary = replay.Finish().Summary;

        summary.Rejected.Single().ShouldSatisfyAllConditions(kind => kind.Kind.ShouldBe("replay.time-out-of-range"), kind => kind.Count.ShouldBe(2));
        summary.PositionsAccepted.ShouldBe(2);
    }

    [Fact]
    public void Push_OneTrackTooMany_IsRejectedUntilOneIsForgotten()
    {
        var replay = new Replay(Nothing, ReplaySettings.Default);
        for (var index = 0; index <= Replay.MaximumLiveTracks; index++) replay.Push(Fix($"t{index}", 0, 0, 0));
        replay.Push(Fix("t0", 61, 0, 0));
        replay.Push(Fix("late-comer", 62, 0, 0));

        var summary = replay.Finish().Summary;

        summary.Rejected.Select(kind => (kind.Kind, kind.Count)).ShouldBe([("replay.too-many-tracks", 1)]);
        summary.Tracks.ShouldBe(Replay.MaximumLiveTracks + 1);
    }

    [Fact]
    public void Finish_Coverage_TellsGapsSilenceAndMissingHeights()
    {
        var height = Height.FromMetres(1_000, HeightReference.Pressure);
        var replay = new Replay(Nothing, ReplaySettings.Default);
        foreach (var fix in new[] { Fix("t", 0, 0, 0, height), Fix("u", 10, 0, 0), Fix("u", 20.5, 0, 1), Fix("t", 100, 0, 0, height) }) replay.Push(fix);

        var coverage = replay.Finish().Summary.Coverage;

        coverage.ShouldBe(new ReplayCoverage
        {
            From = Start,
            Until = Start + Duration.FromSeconds(100),
            Gaps = 1,
            GapTime = Duration.FromSeconds(100),
            PositionsWithoutHeight = 2,
            LongestSilence = Duration.FromSeconds(79.5),
            LongestSilenceFrom = Start + Duration.FromSeconds(20.5),
        });
    }

    [Fact]
    public void Push_LongInput_GivesEventsInOrderWhileItRuns()
    {
        // A track crosses a narrow area every 20 s; an event is held for no longer than the greatest gap.
        var picture = Nothing with { Areas = [Area("a", Square(0, -50_000, 100_000))] };
        var replay = new Replay(picture, ReplaySettings.Default);
        var last = Start;
        for (var index = 0; index < 1_000; index++)
        {
            var now = Start + Duration.FromSeconds(index * 10);
            var events = replay.Push(Fix("t", index * 10, 0, index % 2 == 0 ? -100_000 : 200_000));
            foreach (var item in events)
            {
                item.At.ShouldBeGreaterThanOrEqualTo(last);
                last = item.At;
            }

            if (index > 10) (now - last).ShouldBeLessThan(Duration.FromSeconds(71));
        }

        replay.Finish().Events.Length.ShouldBeLessThan(20);
    }

    [Fact]
    public void Push_AfterFinish_IsABug()
    {
        var replay = new Replay(Nothing, ReplaySettings.Default);
        replay.Finish();

        Should.Throw<InvalidOperationException>(() => replay.Push(Fix("t", 0, 0, 0)));
    }

    [Fact]
    public void Replay_SettingsOutsideTheirRange_AreABug()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new Replay(Nothing, new() { MaximumGap = ReplaySettings.LongestGap + Duration.Epsilon }));
        Should.Throw<ArgumentOutOfRangeException>(() => new Replay(Nothing, new() { FixesToAcceptJump = 1 }));
        Should.NotThrow(() => new Replay(Nothing, new() { MaximumGap = ReplaySettings.LongestGap, FixesToAcceptJump = 2 }));
    }

    [Fact]
    [Trait("Requirement", "MON-5")]
    public void Write_EventAndSummary_AreStable()
    {
        var replay = new Replay(Nothing with { Areas = [Area("a", Square(-50_000, -50_000, 100_000))] }, ReplaySettings.Default);
        replay.Push(Fix("t", 0.0004995, -1, -12, Height.FromUnits(30_485_000, HeightReference.Pressure)));
        replay.Reject(new("feeds.not-finite", "line 12", "NaN", "a finite number"));
        var end = replay.Finish();
        var output = new ArrayBufferWriter<byte>();
        ReplayEventWriter.Write(output, end.Events[0]);
        ReplayEventWriter.Write(output, end.Summary);

        var lines = Encoding.UTF8.GetString(output.WrittenSpan).Split('\n');

        lines[0].ShouldBe(
            """{"event":"appeared","track":"t","area":"a","clause":null,"at":"2016-07-20T06:00:00.000Z","lon":-0.0000012,"lat":-0.0000001,"heightMetres":3048.5,"heightReference":"pressure","certainty":"certain","cause":"first","covered":"no","flights":[],"attribution":null}""");
        lines[1].ShouldBe(
            """{"event":"summary","positions":{"read":2,"accepted":1,"afterJump":0,"stale":0,"rejected":[{"kind":"feeds.not-finite","count":1,"examples":["line 12: found NaN, expected a finite number [feeds.not-finite]"]}]},"tracks":1,"tracksIsLowerBound":false,"events":{"jump":0,"frozen":0,"conforming":0,"nonconforming":0,"appeared":1,"enter":0,"leave":0,"lost":1,"conflict":0,"conflict-end":0,"alert":1},"coverage":{"from":"2016-07-20T06:00:00.000Z","until":"2016-07-20T06:00:00.000Z","gaps":0,"gapSeconds":0,"positionsWithoutHeight":0,"longestSilenceSeconds":0,"longestSilenceFrom":null,"limits":["coverage.military-aircraft-rarely-emit","coverage.absence-is-not-compliance"]},"attribution":{"tracks":{"address-block":0,"declared":0,"assessed":0,"none":1},"byActor":[],"byState":[]},"alerts":{"total":1,"open":1,"closedEarly":0,"byKind":{"presence":1,"nonconformance":0,"conflict":0,"jump":0,"frozen":0},"byArea":[{"area":"a","alerts":1,"uncovered":1}],"byClause":[{"clause":null,"alerts":1,"uncovered":1}],"byActor":[{"actor":null,"alerts":1,"uncovered":1}],"byState":[{"state":null,"alerts":1,"uncovered":1}]},"feeds":[{"source":"","positions":1,"tracks":1,"tracksIsLowerBound":false,"windows":[{"from":"2016-07-20T06:00:00.000Z","until":"2016-07-20T06:00:00.000Z"}],"windowsJoined":0,"blindSeconds":0}],"partial":false}""");
        lines[2].ShouldBeEmpty();
    }
}
