using NodaTime;
using Tansiq.Geo;
using Tansiq.Geo.Geodesy;

namespace Tansiq.Cli.Exercise;

/// <summary>Flies a plan: along geodesics, turning at the standard rate, with a position every 5 to 10 s.</summary>
/// <remarks>Basic arithmetic and the product's own geodesics only, so that every machine flies the same path.</remarks>
internal sealed class FlightPath
{
    /// <summary>The standard rate of turn: a full turn in two minutes.</summary>
    public const double StandardTurnDegreesPerSecond = 3;

    private const int LeastIntervalMilliseconds = 5_000;
    private const int MostIntervalMilliseconds = 10_000;
    private const int MostJitterE7 = 200;
    private const int AltitudeStepFeet = 25;
    private const double RadiansPerDegree = Math.PI / 180;
    private const double KnotsPerMetrePerSecond = 3_600.0 / 1_852;

    // Warm air is thicker than the standard atmosphere: true height is above pressure altitude.
    private const double SummerAirStretch = 0.04;

    private readonly FlightPlan _plan;
    private readonly ExerciseRandom _random;
    private readonly List<ExercisePosition> _positions = [];
    private Instant _now;
    private double _latitudeDegrees;
    private double _longitudeDegrees;
    private double _azimuthDegrees;
    private double _altitudeFeet;

    private FlightPath(FlightPlan plan, ExerciseRandom random)
    {
        _plan = plan;
        _random = random;
        _now = plan.Time.Start;
        _latitudeDegrees = plan.Start.LatitudeDegrees;
        _longitudeDegrees = plan.Start.LongitudeDegrees;
        _azimuthDegrees = plan.StartAzimuthDegrees;
        _altitudeFeet = plan.StartAltitudeFeet;
    }

    /// <summary>The radius of a turn at the standard rate, metres.</summary>
    public static double TurnRadiusMetres(double speedMetresPerSecond) =>
        speedMetresPerSecond / (StandardTurnDegreesPerSecond * RadiansPerDegree);

    /// <summary>The positions of a flight, in order of time, none at or after its end.</summary>
    public static List<ExercisePosition> Fly(FlightPlan plan, ExerciseRandom random)
    {
        var path = new FlightPath(plan, random);
        path.Report(isOnGround: plan.Manoeuvres is [Manoeuvre.Stand, ..]);
        foreach (var manoeuvre in plan.Manoeuvres) path.Fly(manoeuvre);
        return path._positions;
    }

    private void Fly(Manoeuvre manoeuvre)
    {
        switch (manoeuvre)
        {
            case Manoeuvre.FlyTo to:
                FlyTo(to);
                break;
            case Manoeuvre.Circle circle:
                for (var until = _now + circle.Time; _now < until && Wait() is { } seconds;) Move(seconds, StandardTurnDegreesPerSecond * seconds, circle.AltitudeFeet);
                break;
            case Manoeuvre.Stand stand:
                for (var until = _now + stand.Time; _now < until && Wait() is not null;) Report(isOnGround: true);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(manoeuvre), manoeuvre, "Unknown manoeuvre.");
        }
    }

    private void FlyTo(Manoeuvre.FlyTo to)
    {
        // A place inside the turning circle cannot be reached by turning: coming that near is enough.
        var nearMetres = 2 * TurnRadiusMetres(_plan.SpeedMetresPerSecond);
        while (true)
        {
            var way = Geodesic.Inverse(_latitudeDegrees, _longitudeDegrees, to.Place.LatitudeDegrees, to.Place.LongitudeDegrees);
            if (way.DistanceMetres <= nearMetres || Wait() is not { } seconds) return;
            var most = StandardTurnDegreesPerSecond * seconds;
            Move(seconds, Math.Clamp(Signed(way.StartAzimuthDegrees - _azimuthDegrees), -most, most), to.AltitudeFeet);
        }
    }

    /// <summary>Lets time pass until the next report; null once the flight's time is over.</summary>
    private double? Wait()
    {
        var milliseconds = _random.Between(LeastIntervalMilliseconds, MostIntervalMilliseconds);
        _now += Duration.FromMilliseconds(milliseconds);
        return _now < _plan.Time.End ? milliseconds / 1_000.0 : null;
    }

    private void Move(double seconds, double turnDegrees, int altitudeFeet)
    {
        // An arc, flown along its chord.
        var halfTurn = turnDegrees / 2 * RadiansPerDegree;
        var chordShare = halfTurn == 0 ? 1 : Deterministic.Sin(halfTurn) / halfTurn;
        var end = Geodesic.Direct(
            _latitudeDegrees, _longitudeDegrees, _azimuthDegrees + turnDegrees / 2, _plan.SpeedMetresPerSecond * seconds * chordShare);
        (_latitudeDegrees, _longitudeDegrees) = (end.LatitudeDegrees, end.LongitudeDegrees);
        _azimuthDegrees = Signed(end.AzimuthDegrees + turnDegrees / 2);
        var climb = _plan.ClimbFeetPerSecond * seconds;
        _altitudeFeet += Math.Clamp(altitudeFeet - _altitudeFeet, -climb, climb);
        Report(isOnGround: false);
    }

    private void Report(bool isOnGround)
    {
        var place = GeoPoint.FromDegrees(_latitudeDegrees, _longitudeDegrees).ToPlane();
        var reported = new PlanePoint(
            place.X + _random.Between(-MostJitterE7, MostJitterE7), place.Y + _random.Between(-MostJitterE7, MostJitterE7)).ToGeoPoint();
        var speed = isOnGround ? 0 : (int)Math.Round(_plan.SpeedMetresPerSecond * KnotsPerMetrePerSecond, MidpointRounding.ToEven) + _random.Between(-1, 1);
        var (pressure, ellipsoid) = Heights();
        _positions.Add(new(_now, reported, pressure, ellipsoid, speed, isOnGround));
    }

    private (int? Pressure, int? Ellipsoid) Heights() => _plan.Reports switch
    {
        HeightReport.PressureAndEllipsoid => (InSteps(_altitudeFeet), InSteps(_altitudeFeet + _altitudeFeet * SummerAirStretch)),
        HeightReport.Ellipsoid => (null, InSteps(_altitudeFeet)),
        _ => (null, null),
    };

    private static int InSteps(double feet) => (int)Math.Round(feet / AltitudeStepFeet, MidpointRounding.ToEven) * AltitudeStepFeet;

    /// <summary>An angle as −180° to 180°.</summary>
    private static double Signed(double degrees) => degrees > 180 ? degrees - 360 : degrees < -180 ? degrees + 360 : degrees;
}
