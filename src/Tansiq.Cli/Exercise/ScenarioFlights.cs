using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Geo;
using Tansiq.Geo.Geodesy;
using Tansiq.Geo.Separation;

namespace Tansiq.Cli.Exercise;

/// <summary>Plans flights in the scenario's areas and notified volumes.</summary>
internal sealed class ScenarioFlights
{
    private const int FeetPerHundredMetres = 328;
    private const int UnitsPerHundredMetres = 1_000_000;

    private readonly TrafficPlan _traffic;
    private readonly CivilFlights _civil;
    private readonly ImmutableArray<(DesignatedArea Area, RoomInOutline Room)> _areas;

    /// <summary>Plans for the areas that are valid in the traffic's time.</summary>
    public ScenarioFlights(TrafficPlan traffic, CivilFlights civil, IEnumerable<DesignatedArea> areas)
    {
        _traffic = traffic;
        _civil = civil;
        _areas = [.. areas.Where(area => VolumeSeparation.CommonTime(area.Validity, traffic.Time) is not null).Select(area => (area, RoomInOutline.Of(area.Outlines[0])))];
    }

    /// <summary>A fast aircraft without notice: straight into an area, a few circles there, and out.</summary>
    /// <param name="track">The track's name.</param>
    /// <param name="callsign">The callsign.</param>
    /// <param name="number">Which one, from 0: the areas come in turn, and what heights it reports.</param>
    /// <param name="random">Its chance.</param>
    public FlightPlan Unnotified(string track, string callsign, int number, ExerciseRandom random)
    {
        var start = _civil.Start(random, Duration.FromMinutes(40));
        var place = _areas.IsEmpty ? _civil.Within(random, marginPercent: 20) : _areas[number % _areas.Length].Room.Place;
        var inbound = random.Between(0, 359);
        var from = Geodesic.Direct(place, inbound, random.Between(60_000, 90_000));
        var to = Geodesic.Direct(place, inbound + random.Between(90, 270), random.Between(60_000, 90_000));
        var feet = AltitudeFeet(number, random);
        return new()
        {
            Track = track,
            Callsign = callsign,
            Time = new(start, _traffic.Time.End),
            Start = from,
            StartAzimuthDegrees = Geodesic.Inverse(from, place).StartAzimuthDegrees,
            StartAltitudeFeet = feet + random.Between(-3, 3) * 1_000,
            SpeedMetresPerSecond = random.Between(160, 200),
            ClimbFeetPerSecond = 60,
            Reports = (HeightReport)(number % 3),
            Manoeuvres = [new Manoeuvre.FlyTo(place, feet), new Manoeuvre.Circle(Duration.FromSeconds(random.Between(360, 600)), feet), new Manoeuvre.FlyTo(to, feet)],
        };
    }

    /// <summary>A flight in the volume that its notice names; one that strays leaves it for the nearest area and comes back.</summary>
    public FlightPlan Notified(NotifiedFlight flight, string callsign, ExerciseRandom random)
    {
        var room = RoomInOutline.Of(flight.Volume.Outline);
        var speed = Speed(flight.Class, room, random);
        var feet = MiddleFeet(flight.Volume.Heights);
        var (start, end) = (flight.Volume.Time.Start + Duration.FromMinutes(1), flight.Volume.Time.End - Duration.FromMinutes(1));
        var half = Duration.FromSeconds(random.Between(600, 1_200));
        var circle = new Manoeuvre.Circle(half, feet);
        return new()
        {
            Track = flight.Track,
            Callsign = callsign,
            Time = new(start + Duration.FromSeconds(random.Between(0, 120)), end),
            // On the western edge of a circle around the middle, so that circling to the right stays around it.
            Start = Geodesic.Direct(room.Place, 270, FlightPath.TurnRadiusMetres(speed)),
            StartAzimuthDegrees = 0,
            StartAltitudeFeet = feet,
            SpeedMetresPerSecond = speed,
            ClimbFeetPerSecond = 15,
            Reports = IsByPressure(flight.Volume.Heights) ? HeightReport.PressureAndEllipsoid : HeightReport.Ellipsoid,
            Manoeuvres = _traffic.Strays.Contains(flight.Track) ? [circle, .. Stray(flight.Volume, room.Place, speed, feet), circle] : [circle, circle],
        };
    }

    private Manoeuvre[] Stray(Volume volume, GeoPoint middle, double speed, int feet)
    {
        var away = PlaceToStray(volume, middle);
        // A place counts as reached from two turning radii on: so that is where the way back leads to, beyond the middle.
        var beyond = Geodesic.Direct(middle, Geodesic.Inverse(away, middle).EndAzimuthDegrees, 2 * FlightPath.TurnRadiusMetres(speed));
        return [new Manoeuvre.FlyTo(away, feet), new Manoeuvre.FlyTo(beyond, feet)];
    }

    /// <summary>The middle of the nearest area that is not where the volume is; 30 km to the east where there is none.</summary>
    private GeoPoint PlaceToStray(Volume volume, GeoPoint middle) => _areas
        .Select(area => area.Room.Place)
        .Where(place => !volume.Outline.Contains(place))
        .OrderBy(place => Geodesic.Inverse(middle, place).DistanceMetres)
        .FirstOrDefault(Geodesic.Direct(middle, 90, 30_000));

    /// <summary>So slow that a whole circle to one side of the middle fits, too.</summary>
    private static double Speed(FlightClass kind, RoomInOutline room, ExerciseRandom random)
    {
        var wanted = kind switch
        {
            FlightClass.FixedWing => random.Between(105, 125),
            FlightClass.Rotary => random.Between(45, 60),
            _ => random.Between(35, 45),
        };
        return Math.Min(wanted, 0.45 * room.ClearanceMetres / FlightPath.TurnRadiusMetres(1));
    }

    /// <summary>Every other one near the area's ceiling where that is low: by another reference it may be above or below.</summary>
    private int AltitudeFeet(int number, ExerciseRandom random)
    {
        const int highestCeilingFeet = 20_000;
        var anywhere = random.Between(9, 24) * 1_000;
        if (_areas.IsEmpty || _areas[number % _areas.Length].Area.Heights.Ceiling is not { } ceiling) return anywhere;
        var feet = Feet(ceiling);
        return number % 2 == 0 && feet <= highestCeilingFeet ? feet : anywhere;
    }

    private static int MiddleFeet(HeightBand heights) => (heights.Floor, heights.Ceiling) switch
    {
        ({ } floor, { } ceiling) => (Feet(floor) + Feet(ceiling)) / 2,
        ({ } floor, null) => Feet(floor) + 1_000,
        (null, { } ceiling) => Feet(ceiling) / 2,
        _ => 10_000,
    };

    private static bool IsByPressure(HeightBand heights) => (heights.Floor ?? heights.Ceiling)?.Reference == HeightReference.Pressure;

    private static int Feet(Height height) => (int)(height.Units * FeetPerHundredMetres / UnitsPerHundredMetres);
}
