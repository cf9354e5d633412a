using System.Text.Json;
using NodaTime;
using Tansiq.Cli.Scenarios;
using Tansiq.Coordination;
using Tansiq.Coordination.Parties;
using Tansiq.Geo;
using Tansiq.Geo.Text;

namespace Tansiq.Cli.Exercise;

/// <summary>Reads what exercise traffic is made from (docs/formats/traffic.md).</summary>
internal static class TrafficPlanReader
{
    /// <summary>The least width and height of the region, whole degrees.</summary>
    public const int LeastDegrees = 1;

    /// <summary>The greatest width and height of the region, whole degrees.</summary>
    public const int MostDegrees = 20;

    /// <summary>The greatest latitude of the region, whole degrees north or south.</summary>
    public const int MostLatitudeDegrees = 80;

    // Feeds take times from 1990 to 2099, and traffic lasts for a day at most.
    private static readonly Instant Earliest = Instant.FromUtc(1990, 1, 1, 0, 0);
    private static readonly Instant Latest = Instant.FromUtc(2099, 12, 31, 0, 0);

    /// <summary>Reads a plan.</summary>
    /// <param name="utf8">The file's bytes.</param>
    /// <param name="kind">Of the scenario's record: real records have no exercise traffic (BND-4).</param>
    /// <param name="flights">The declared flights of the scenario.</param>
    /// <returns>The plan; or why it was not taken. Unknown members are refused.</returns>
    public static Parsed<TrafficPlan> Read(ReadOnlyMemory<byte> utf8, RecordKind kind, NotifiedFlights flights) =>
        JsonReading.Read(utf8, ScenarioFile.MaximumBytes, refusesUnknownMembers: true, root =>
        {
            root.Only("format", "seed", "from", "hours", "region", "aircraft", "faults", "strays");
            _ = root["format"].OneOf(("tansiq-traffic/1", 0));
            if (kind != RecordKind.Exercise) root["format"].Refuse("scenario.exercise-traffic-in-real", "no exercise traffic in a scenario that is real");
            var from = From(root["from"]);
            var time = new Interval(from, from + Duration.FromHours(root["hours"].Integer(1, TrafficPlan.MaximumHours)));
            var flown = flights.During(time).Select(flight => flight.Track).ToHashSet();
            var (aircraft, faults) = (root["aircraft"], root["faults"]);
            aircraft.Only("airliners", "tankers", "helicopters", "drones", "unnotified");
            faults.Only("gaps", "frozen", "jumps");
            var plan = new TrafficPlan
            {
                Seed = root["seed"].Integer(0, int.MaxValue),
                Time = time,
                Region = Region(root["region"]),
                Airliners = Count(aircraft["airliners"]),
                Tankers = Count(aircraft["tankers"]),
                Helicopters = Count(aircraft["helicopters"]),
                Drones = Count(aircraft["drones"]),
                Unnotified = Count(aircraft["unnotified"]),
                Gaps = Count(faults["gaps"]),
                Frozen = Count(faults["frozen"]),
                Jumps = Count(faults["jumps"]),
                Strays = root["strays"].OptionalSet(place => Stray(place, flown)),
            };
            RefuseTooMany(root, plan);
            return plan;
        });

    private static int Count(JsonCursor place) => (int)place.Integer(0, TrafficPlan.MaximumAircraft);

    private static void RefuseTooMany(JsonCursor root, TrafficPlan plan)
    {
        if (root.Reading.IsRefused) return;
        if (plan.Airliners + plan.Tankers + plan.Helicopters + plan.Drones + plan.Unnotified > TrafficPlan.MaximumAircraft)
            root["aircraft"].Refuse("json.too-many", $"at most {TrafficPlan.MaximumAircraft} aircraft in all");
        if (Math.Max(0, plan.Gaps - plan.Unnotified) + plan.Frozen + plan.Jumps > plan.Airliners)
            root["faults"].Refuse("json.too-many", "as many airliners as there are frozen tracks, jumps and gaps that no aircraft without notice has");
    }

    private static Instant From(JsonCursor place)
    {
        var from = place.Instant();
        if (!place.Reading.IsRefused && (from < Earliest || from >= Latest || from.ToUnixTimeTicks() % NodaConstants.TicksPerSecond != 0))
            place.Refuse("json.wrong-type", "a whole second of the years 1990 to 2099");
        return from;
    }

    private static string Stray(JsonCursor place, HashSet<string> flown)
    {
        var track = place.Text(DeclaredReader.MaximumTrackLength);
        if (!place.Reading.IsRefused && !flown.Contains(track)) place.Refuse("scenario.unknown-track", "a declared track whose notice has a volume in this time");
        return track;
    }

    /// <summary>A box as GeoJSON writes it (RFC 7946 section 5): west, south, east, north.</summary>
    private static PlaneBox Region(JsonCursor place)
    {
        const string expected = "[west, south, east, north] in degrees, 1 to 20 wide and high, between 80 south and 80 north";
        var sides = place.Items(maximumCount: 4).Select(side => Degrees(side, expected)).ToList();
        if (place.Reading.IsRefused) return default;
        if (sides is [var west, var south, var east, var north]
            && IsExtent(east - west) && IsExtent(north - south)
            && west >= -GeoPoint.HalfTurnE7 && east <= GeoPoint.HalfTurnE7
            && south >= -MostLatitudeDegrees * (long)GeoPoint.UnitsPerDegree && north <= MostLatitudeDegrees * (long)GeoPoint.UnitsPerDegree)
        {
            return new(west, south, east, north);
        }

        place.Refuse("json.wrong-type", expected);
        return default;
    }

    private static bool IsExtent(long units) => units is >= LeastDegrees * (long)GeoPoint.UnitsPerDegree and <= MostDegrees * (long)GeoPoint.UnitsPerDegree;

    private static long Degrees(JsonCursor place, string expected)
    {
        if (place.Kind == JsonValueKind.Number && DecimalE7.Parse(place.Element.GetRawText()).TryGet(out var units, out _)) return units;
        place.Refuse("json.wrong-type", expected);
        return 0;
    }
}
