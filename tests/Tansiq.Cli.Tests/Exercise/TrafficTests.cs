using System.Security.Cryptography;
using NodaTime;
using Tansiq.Cli.Exercise;
using Tansiq.Cli.Scenarios;
using Tansiq.Coordination.Monitoring;
using Tansiq.Feeds.Positions;
using Tansiq.Geo;
using Tansiq.Geo.Geodesy;

namespace Tansiq.Cli.Tests.Exercise;

/// <summary>The exercise traffic of the worked example: the same from the same seed, and everything in it that a replay is there to find.</summary>
public sealed class TrafficTests
{
    private static readonly Lazy<ScenarioRecord> Played = new(() => new ScenarioRecord(ScenarioFolder.Load(Repository.Path("scenarios/syria-2016")).Value));

    private static readonly Lazy<(IReadOnlyList<ReplayEvent> Events, ReplaySummary Summary)> Replayed = new(() => ExerciseReplay.Run(Played.Value, Plan));

    private static TrafficPlan Plan => Played.Value.Scenario.Traffic.ShouldNotBeNull();

    [Fact]
    public void Generate_SameSeed_GivesTheSameBytesOnEveryMachine() =>
        Convert.ToHexStringLower(SHA256.HashData(Csv(Plan))).ShouldBe("b1b6a54dd26b8b1fcd675bc827cfbe1b16758b4ba38775a5632f064b79429cdb");

    [Fact]
    public void Generate_AnotherSeed_GivesOtherTraffic() =>
        Csv(Plan with { Seed = Plan.Seed + 1 }).AsSpan().SequenceEqual(Csv(Plan)).ShouldBeFalse();

    [Fact]
    public void Generate_OneMoreOfAKind_LeavesTheOthersAsTheyAre()
    {
        var before = TrafficGenerator.Generate(Played.Value.Scenario, Plan);
        var after = TrafficGenerator.Generate(Played.Value.Scenario, Plan with { Drones = Plan.Drones + 1 });
        after.Length.ShouldBe(before.Length + 1);
        foreach (var track in before) after.Single(each => each.Track == track.Track).Positions.SequenceEqual(track.Positions).ShouldBeTrue(track.Track);
    }

    [Fact]
    [Trait("Requirement", "BND-4")]
    public void Write_Rows_AreReadInOrderWithoutARefusalAndAllAreMarkedAsExercise()
    {
        var records = PositionFile.Of("traffic", Csv(Plan)).Read().Select(record => record.Content.Value).ToList();
        foreach (var position in records)
        {
            position.Callsign.ShouldStartWith("EX");
            position.Track.ShouldStartWith("ex-");
            Plan.Time.Contains(position.Position.At).ShouldBeTrue();
        }

        var times = records.Select(position => position.Position.At).ToList();
        times.Order().SequenceEqual(times).ShouldBeTrue();
        var written = TrafficGenerator.Generate(Played.Value.Scenario, Plan)
            .SelectMany(track => track.Positions.Select(position => (track.Track, position.At, position.Place)));
        records.Select(position => (position.Track, position.Position.At, position.Position.Place)).ToHashSet().SetEquals(written).ShouldBeTrue();
    }

    [Fact]
    public void Generate_TheExample_HasFortyAircraftOverSixHours()
    {
        var summary = Replayed.Value.Summary;
        summary.Tracks.ShouldBeGreaterThanOrEqualTo(40);
        summary.Rejected.ShouldBeEmpty();
        (summary.Coverage.Until!.Value - summary.Coverage.From!.Value).ShouldBeGreaterThan(Duration.FromMinutes(355));
        Plan.Time.Duration.ShouldBe(Duration.FromHours(6));
    }

    [Fact]
    public void Generate_TheExample_HasTurnsClimbsDescentsAndFlightsFromTheGround()
    {
        var positions = TrafficGenerator.Generate(Played.Value.Scenario, Plan).ToDictionary(track => track.Track, track => track.Positions);
        positions.Values.ShouldContain(track => track.First().IsOnGround && track.Last().IsOnGround && track.Any(position => !position.IsOnGround));
        positions.Values.ShouldContain(track => track.Last().PressureAltitudeFeet - track.First().PressureAltitudeFeet >= 5_000);
        positions.Values.ShouldContain(track => track.First().PressureAltitudeFeet - track.Last().PressureAltitudeFeet >= 5_000);
        // Three degrees a second are a full turn in two minutes: by then it is back, and half way it was a diameter away.
        var circling = positions["ex-n16-lead"].TakeWhile(position => position.At <= positions["ex-n16-lead"][0].At + Duration.FromMinutes(2)).ToList();
        var away = circling.Select(position => Geodesic.Inverse(circling[0].Place, position.Place).DistanceMetres).ToList();
        var speed = circling[0].SpeedKnots * 1_852 / 3_600.0;
        away.Max().ShouldBe(2 * FlightPath.TurnRadiusMetres(speed), tolerance: 100);
        away[^1].ShouldBeLessThan(speed * 10);
    }

    [Fact]
    [Trait("Requirement", "MON-2")]
    public void Replay_OfTheExample_ShowsTheFaultsOfReception()
    {
        var events = Replayed.Value.Events;
        events.Count(happened => happened.Kind == ReplayEventKind.Frozen).ShouldBe(Plan.Frozen);
        events.Count(happened => happened.Kind == ReplayEventKind.Jump).ShouldBe(Plan.Jumps);
        Replayed.Value.Summary.Coverage.Gaps.ShouldBeGreaterThanOrEqualTo(Plan.Gaps);
        events.OfType<AreaEvent>().ShouldContain(happened => happened.Kind == ReplayEventKind.Lost && happened.Cause == ReplayCause.Gap);
        events.OfType<AreaEvent>().ShouldContain(happened => happened.Kind == ReplayEventKind.Appeared && happened.Cause == ReplayCause.Gap);
    }

    [Fact]
    [Trait("Requirement", "MON-2")]
    public void Replay_OfTheExample_KnowsDeclaredFlightsInTheirVolumesAndTheOneThatStrays()
    {
        var conformance = Replayed.Value.Events.OfType<ConformanceEvent>().ToLookup(happened => happened.Track, happened => (happened.Kind, happened.Certainty));
        foreach (var track in new[] { "ex-n16-lead", "ex-n17", "ex-n21" })
            conformance[track].ShouldBe([(ReplayEventKind.Conforming, Certainty.Certain)], track);
        conformance["ex-n16-second"].ShouldBe(
            [(ReplayEventKind.Conforming, Certainty.Certain), (ReplayEventKind.Nonconforming, Certainty.Certain), (ReplayEventKind.Conforming, Certainty.Certain)]);
        InAreas("ex-n16-second").ShouldContain(happened => happened.Kind == ReplayEventKind.Enter && happened.Area.Value == "hama-north" && happened.Covered == Certainty.No);
        InAreas("ex-n21").ShouldAllBe(happened => happened.Area.Value == "hama-north" && happened.Covered == Certainty.Certain);
    }

    [Fact]
    [Trait("Requirement", "MON-2")]
    public void Replay_OfTheExample_SaysPossibleWhereHeightsHaveAnotherReference()
    {
        var unnotified = Replayed.Value.Events.OfType<AreaEvent>().Where(happened => happened.Track.StartsWith("ex-unnotified-", StringComparison.Ordinal)).ToList();
        unnotified.ShouldContain(happened => happened.Kind == ReplayEventKind.Enter && happened.Certainty == Certainty.Certain);
        unnotified.ShouldContain(happened => happened.Kind == ReplayEventKind.Enter && happened.Certainty == Certainty.Possible && happened.Height != null);
        unnotified.ShouldAllBe(happened => happened.Covered != Certainty.Certain);
    }

    private static IEnumerable<AreaEvent> InAreas(string track) => Replayed.Value.Events.OfType<AreaEvent>().Where(happened => happened.Track == track);

    [Fact]
    [Trait("Requirement", "MON-3")]
    public void Replay_TheExample_AttributesWhatWasDeclaredOrAssessedAndLeavesTheRest()
    {
        var totals = Replayed.Value.Summary.Attribution;
        totals.ByActor.Select(count => (count.Actor.Value, count.Tracks)).ShouldBe([("sy-air", 2), ("third-air", 1), ("us-air", 5)], ignoreOrder: true);
        totals.ByState.ShouldBeEmpty();
        var tankers = Replayed.Value.Events.Where(item => item.Track.StartsWith("ex-tanker", StringComparison.Ordinal)).ToList();
        tankers.ShouldNotBeEmpty();
        tankers.ShouldAllBe(item => item.Attribution!.Basis == AttributionBasis.Declared && item.Attribution.Actor!.Value == "us-air");
    }

    [Fact]
    [Trait("Requirement", "FLT-4")]
    public void Replay_TheExample_TellsConflictsUnderTheSeparationClauseInForce()
    {
        var conflicts = Replayed.Value.Events.OfType<ConflictEvent>().ToList();
        conflicts.ShouldNotBeEmpty();
        conflicts.ShouldAllBe(item => item.Clause!.Value.StartsWith("5.", StringComparison.Ordinal));
        conflicts.Count(item => item.Kind == ReplayEventKind.ConflictEnd && item.Certainty == Certainty.Certain)
            .ShouldBeLessThanOrEqualTo(conflicts.Count(item => item.Kind == ReplayEventKind.Conflict));
    }

    private static byte[] Csv(TrafficPlan plan)
    {
        using var rows = new MemoryStream();
        TrafficCsv.Write(rows, TrafficGenerator.Generate(Played.Value.Scenario, plan));
        return rows.ToArray();
    }
}
