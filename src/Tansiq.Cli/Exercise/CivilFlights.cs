using NodaTime;
using Tansiq.Geo;
using Tansiq.Geo.Geodesy;

namespace Tansiq.Cli.Exercise;

/// <summary>Plans flights that have nothing to do with the scenario's areas and notices: traffic as it is on any day.</summary>
internal sealed class CivilFlights(TrafficPlan traffic)
{
    private const int FeetPerLevel = 100;

    // Who would have started in this time before the beginning is there at the beginning.
    private const int SecondsUnderWay = 1_800;

    // More legs than fit into three hours, so that the flight's end decides.
    private const int MostLegs = 200;

    /// <summary>An airliner from one side of the region to another by a place in its middle, with a change of level.</summary>
    public FlightPlan Airliner(string track, string callsign, ExerciseRandom random)
    {
        var start = Start(random, Duration.FromMinutes(30));
        var side = random.Between(0, 3);
        var from = OnSide(side, random);
        var via = Within(random, marginPercent: 25);
        var to = OnSide((side + random.Between(1, 3)) % 4, random);
        var (first, second) = (Level(random, 20, 40), Level(random, 29, 41));
        return new()
        {
            Track = track,
            Callsign = callsign,
            Time = new(start, traffic.Time.End),
            Start = from,
            StartAzimuthDegrees = Geodesic.Inverse(from, via).StartAzimuthDegrees,
            StartAltitudeFeet = first,
            SpeedMetresPerSecond = random.Between(215, 245),
            ClimbFeetPerSecond = 30,
            Reports = HeightReport.PressureAndEllipsoid,
            Manoeuvres = [new Manoeuvre.FlyTo(via, second), new Manoeuvre.FlyTo(to, random.Between(0, 2) == 0 ? Level(random, 16, 22) : second)],
        };
    }

    /// <summary>A tanker on a racetrack for two to three hours.</summary>
    public FlightPlan Tanker(string track, string callsign, ExerciseRandom random) =>
        Racetrack(track, callsign, random, new(LengthKilometres: (35, 60), Speed: (190, 205), ClimbFeetPerSecond: 25, Feet: Level(random, 22, 27), HeightReport.PressureAndEllipsoid));

    /// <summary>An unmanned aircraft that stays over a place for two to three hours; it reports satellite heights only.</summary>
    public FlightPlan Drone(string track, string callsign, ExerciseRandom random) =>
        Racetrack(track, callsign, random, new(LengthKilometres: (8, 16), Speed: (35, 48), ClimbFeetPerSecond: 10, Feet: Level(random, 10, 18), HeightReport.Ellipsoid));

    /// <summary>A helicopter from the ground by two places and back to the ground.</summary>
    public FlightPlan Helicopter(string track, string callsign, ExerciseRandom random)
    {
        var start = Start(random, Duration.FromMinutes(45));
        var landing = Within(random, marginPercent: 12);
        var ground = random.Between(10, 60) * 25;
        var cruise = ground + random.Between(15, 35) * FeetPerLevel;
        var azimuth = random.Between(0, 359);
        var first = Geodesic.Direct(landing, azimuth, random.Between(15_000, 35_000));
        var second = Geodesic.Direct(first, azimuth + random.Between(60, 150), random.Between(10_000, 30_000));
        return new()
        {
            Track = track,
            Callsign = callsign,
            Time = new(start, traffic.Time.End),
            Start = landing,
            StartAzimuthDegrees = azimuth,
            StartAltitudeFeet = ground,
            SpeedMetresPerSecond = random.Between(52, 70),
            ClimbFeetPerSecond = 15,
            Reports = HeightReport.PressureAndEllipsoid,
            Manoeuvres =
            [
                new Manoeuvre.Stand(Duration.FromSeconds(random.Between(60, 180))),
                new Manoeuvre.FlyTo(first, cruise),
                new Manoeuvre.FlyTo(second, cruise),
                new Manoeuvre.FlyTo(landing, cruise),
                new Manoeuvre.Circle(Duration.FromSeconds(240), ground),
                new Manoeuvre.Stand(Duration.FromSeconds(120)),
            ],
        };
    }

    /// <summary>A place of the region, so far from its sides.</summary>
    public GeoPoint Within(ExerciseRandom random, int marginPercent) =>
        At(random.Between(marginPercent, 100 - marginPercent) * 10 + random.Between(0, 9), random.Between(marginPercent, 100 - marginPercent) * 10 + random.Between(0, 9));

    /// <summary>A moment that leaves so much of the traffic's time. Some flights are there from its very beginning.</summary>
    public Instant Start(ExerciseRandom random, Duration left)
    {
        var seconds = random.Between(-SecondsUnderWay, (int)(traffic.Time.Duration - left).TotalSeconds);
        return traffic.Time.Start + Duration.FromSeconds(Math.Max(0, seconds));
    }

    private FlightPlan Racetrack(string track, string callsign, ExerciseRandom random, Holding holding)
    {
        var start = Start(random, Duration.FromMinutes(50));
        var first = Within(random, marginPercent: 15);
        var azimuth = random.Between(0, 359);
        var second = Geodesic.Direct(first, azimuth, random.Between(holding.LengthKilometres.Least, holding.LengthKilometres.Most) * 1_000.0);
        var end = Instant.Min(start + Duration.FromMinutes(random.Between(120, 180)), traffic.Time.End);
        return new()
        {
            Track = track,
            Callsign = callsign,
            Time = new(start, end),
            Start = first,
            StartAzimuthDegrees = azimuth,
            StartAltitudeFeet = holding.Feet,
            SpeedMetresPerSecond = random.Between(holding.Speed.Least, holding.Speed.Most),
            ClimbFeetPerSecond = holding.ClimbFeetPerSecond,
            Reports = holding.Reports,
            Manoeuvres = [.. Enumerable.Range(0, MostLegs).Select(leg => new Manoeuvre.FlyTo(leg % 2 == 0 ? second : first, holding.Feet))],
        };
    }

    private static int Level(ExerciseRandom random, int leastThousands, int mostThousands) => random.Between(leastThousands, mostThousands) * 10 * FeetPerLevel;

    private GeoPoint OnSide(int side, ExerciseRandom random)
    {
        var along = random.Between(50, 950);
        return side switch
        {
            0 => At(along, 0),
            1 => At(1_000, along),
            2 => At(along, 1_000),
            _ => At(0, along),
        };
    }

    /// <summary>The place so many thousandths of the region from west and from south.</summary>
    private GeoPoint At(int eastPerMille, int northPerMille)
    {
        var region = traffic.Region;
        return new PlanePoint(
            region.West + (region.East - region.West) * eastPerMille / 1_000, region.South + (region.North - region.South) * northPerMille / 1_000).ToGeoPoint();
    }

    /// <summary>How an aircraft holds.</summary>
    private sealed record Holding((int Least, int Most) LengthKilometres, (int Least, int Most) Speed, int ClimbFeetPerSecond, int Feet, HeightReport Reports);
}
