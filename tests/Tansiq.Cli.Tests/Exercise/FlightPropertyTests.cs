using CsCheck;
using NodaTime;
using Tansiq.Cli.Exercise;
using Tansiq.Cli.Scenarios;
using Tansiq.Geo;
using Tansiq.Geo.Geodesy;

namespace Tansiq.Cli.Tests.Exercise;

/// <summary>Whatever the plan: aircraft move as aircraft do, wherever the region lies.</summary>
public sealed class FlightPropertyTests
{
    private const double FastestMetresPerSecond = 250;

    private static readonly Lazy<Scenario> Example = new(() => ScenarioFolder.Load(Repository.Path("scenarios/syria-2016")).Value);

    private static readonly Gen<TrafficPlan> Plans =
        from seed in Gen.Int[0, int.MaxValue]
        from west in Gen.OneOf(Gen.Int[-180, 160], Gen.Const(-180), Gen.Const(160))
        from south in Gen.OneOf(Gen.Int[-80, 60], Gen.Const(-80), Gen.Const(60))
        from width in Gen.Int[TrafficPlanReader.LeastDegrees, TrafficPlanReader.MostDegrees]
        from height in Gen.Int[TrafficPlanReader.LeastDegrees, TrafficPlanReader.MostDegrees]
        from hours in Gen.Int[1, 3]
        select Example.Value.Traffic! with
        {
            Seed = seed,
            Time = new(Example.Value.Traffic!.Time.Start, Example.Value.Traffic!.Time.Start + Duration.FromHours(hours)),
            Region = new(E7(west), E7(south), E7(west + width), E7(south + height)),
            Airliners = 2,
            Tankers = 1,
            Helicopters = 1,
            Drones = 1,
            Unnotified = 1,
            Gaps = 0,
            Frozen = 0,
            Jumps = 0,
        };

    [Fact]
    public void Generate_AnyPlanWithoutFaults_MovesNoFasterThanAircraftAndReportsEveryFewSeconds() =>
        Plans.Sample(
            plan =>
            {
                foreach (var track in TrafficGenerator.Generate(Example.Value, plan))
                {
                    track.Positions.ShouldNotBeEmpty(track.Track);
                    track.Positions.ShouldAllBe(position => plan.Time.Contains(position.At), track.Track);
                    foreach (var (from, to) in track.Positions.Zip(track.Positions.Skip(1))) ShouldBeAStep(track.Track, from, to);
                }
            },
            iter: 30);

    private static void ShouldBeAStep(string track, ExercisePosition from, ExercisePosition to)
    {
        var seconds = (to.At - from.At).TotalSeconds;
        if (seconds is < 5 or > 10) throw new ShouldAssertException($"{track}: {seconds} s between positions");
        var metres = Geodesic.Inverse(from.Place, to.Place).DistanceMetres;
        if (metres > FastestMetresPerSecond * seconds + 10) throw new ShouldAssertException($"{track}: {metres} m in {seconds} s");
    }

    private static long E7(int degrees) => degrees * (long)GeoPoint.UnitsPerDegree;
}
