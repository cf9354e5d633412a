using System.Collections.Immutable;
using NodaTime;
using Tansiq.Geo;

namespace Tansiq.Cli.Exercise;

/// <summary>Which heights an aircraft reports.</summary>
internal enum HeightReport
{
    /// <summary>Pressure altitude, and height above the ellipsoid.</summary>
    PressureAndEllipsoid = 0,

    /// <summary>Height above the ellipsoid only.</summary>
    Ellipsoid = 1,

    /// <summary>None.</summary>
    None = 2,
}

/// <summary>One part of a flight.</summary>
internal abstract record Manoeuvre
{
    private Manoeuvre()
    {
    }

    /// <summary>Turns to a place and flies there, climbing or descending to a height on the way.</summary>
    /// <param name="Place">The place.</param>
    /// <param name="AltitudeFeet">The height, feet, of the kind that the aircraft flies by.</param>
    internal sealed record FlyTo(GeoPoint Place, int AltitudeFeet) : Manoeuvre;

    /// <summary>Circles to the right at the standard rate, climbing or descending to a height.</summary>
    /// <param name="Time">For how long.</param>
    /// <param name="AltitudeFeet">The height, feet.</param>
    internal sealed record Circle(Duration Time, int AltitudeFeet) : Manoeuvre;

    /// <summary>Stands on the ground.</summary>
    /// <param name="Time">For how long.</param>
    internal sealed record Stand(Duration Time) : Manoeuvre;
}

/// <summary>A flight of the exercise as it is planned; made-up aircraft, every one.</summary>
internal sealed record FlightPlan
{
    /// <summary>The track's name.</summary>
    public required string Track { get; init; }

    /// <summary>The callsign; it begins with EX, for exercise.</summary>
    public required string Callsign { get; init; }

    /// <summary>From when it is seen until when at the latest, half-open.</summary>
    public required Interval Time { get; init; }

    /// <summary>Where it begins.</summary>
    public required GeoPoint Start { get; init; }

    /// <summary>In which direction, degrees clockwise from north.</summary>
    public required double StartAzimuthDegrees { get; init; }

    /// <summary>At which height, feet: pressure altitude, or above the ellipsoid where it reports that alone.</summary>
    public required int StartAltitudeFeet { get; init; }

    /// <summary>Its speed over ground, metres per second.</summary>
    public required double SpeedMetresPerSecond { get; init; }

    /// <summary>How fast it climbs and descends, feet per second.</summary>
    public required int ClimbFeetPerSecond { get; init; }

    /// <summary>Which heights it reports.</summary>
    public required HeightReport Reports { get; init; }

    /// <summary>What it does, in order.</summary>
    public required ImmutableArray<Manoeuvre> Manoeuvres { get; init; }
}
