using System.Collections.Immutable;
using System.Globalization;
using Tansiq.Cli.Scenarios;

namespace Tansiq.Cli.Exercise;

/// <summary>Makes exercise traffic from a plan: the same plan gives the same traffic on every machine (docs/formats/traffic.md).</summary>
/// <remarks>None of it was ever seen by anybody. Every callsign begins with EX, every track that is not declared with <c>ex-</c>.</remarks>
internal sealed class TrafficGenerator
{
    private readonly TrafficPlan _plan;
    private readonly CivilFlights _civil;
    private readonly ScenarioFlights _scenarioFlights;
    private readonly IReadOnlyList<NotifiedFlight> _notified;
    private readonly HashSet<string> _taken;

    private TrafficGenerator(Scenario scenario, TrafficPlan plan)
    {
        _plan = plan;
        _civil = new(plan);
        _scenarioFlights = new(plan, _civil, scenario.Agreement.Areas);
        _notified = new NotifiedFlights(scenario.Notices, scenario.Declared).During(plan.Time);
        _taken = [.. scenario.Declared.Values.SelectMany(tracks => tracks)];
    }

    /// <summary>The tracks of a scenario's traffic, in a fixed order.</summary>
    public static ImmutableArray<ExerciseTrack> Generate(Scenario scenario, TrafficPlan plan) => new TrafficGenerator(scenario, plan).Generate();

    private ImmutableArray<ExerciseTrack> Generate()
    {
        var airliners = Several("airliner", "EXA", _plan.Airliners, (name, callsign, _, random) => _civil.Airliner(name, callsign, random));
        var unnotified = Several("unnotified", "EXU", _plan.Unnotified, (name, callsign, number, random) => _scenarioFlights.Unnotified(name, callsign, number, random));
        Impair([.. unnotified.Concat(airliners).Take(_plan.Gaps)], ReceptionFaults.Gap);
        Impair([.. airliners.TakeLast(_plan.Frozen)], ReceptionFaults.Freeze);
        Impair([.. airliners.SkipLast(_plan.Frozen).TakeLast(_plan.Jumps)], ReceptionFaults.Jump);
        return
        [
            .. airliners,
            .. Several("tanker", "EXT", _plan.Tankers, (name, callsign, _, random) => _civil.Tanker(name, callsign, random)),
            .. Several("helicopter", "EXH", _plan.Helicopters, (name, callsign, _, random) => _civil.Helicopter(name, callsign, random)),
            .. Several("drone", "EXD", _plan.Drones, (name, callsign, _, random) => _civil.Drone(name, callsign, random)),
            .. unnotified,
            .. _notified.Select(Fly),
        ];
    }

    private List<ExerciseTrack> Several(string kind, string callsignPrefix, int count, Func<string, string, int, ExerciseRandom, FlightPlan> plan)
    {
        var names = Enumerable.Range(1, count + _taken.Count).Select(number => Numbered($"ex-{kind}-", number)).Where(name => !_taken.Contains(name)).Take(count);
        return [.. names.Select((name, number) => Fly(name, random => plan(name, Numbered(callsignPrefix, number + 1), number, random)))];
    }

    private ExerciseTrack Fly(NotifiedFlight flight, int number) => Fly(flight.Track, random => _scenarioFlights.Notified(flight, Numbered("EXN", number + 1), random));

    private ExerciseTrack Fly(string name, Func<ExerciseRandom, FlightPlan> plan)
    {
        var random = new ExerciseRandom(_plan.Seed, name);
        var flight = plan(random);
        return new(flight.Track, flight.Callsign, FlightPath.Fly(flight, random));
    }

    private void Impair(IReadOnlyList<ExerciseTrack> tracks, Action<List<ExercisePosition>, ExerciseRandom> fault)
    {
        foreach (var track in tracks) fault(track.Positions, new(_plan.Seed, track.Track + " fault"));
    }

    private static string Numbered(string prefix, int number) => prefix + number.ToString("00", CultureInfo.InvariantCulture);
}
