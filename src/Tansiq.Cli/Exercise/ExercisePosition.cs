using NodaTime;
using Tansiq.Geo;

namespace Tansiq.Cli.Exercise;

/// <summary>A position of an aircraft of the exercise, in the units of the rows that are written.</summary>
/// <param name="At">When, to the millisecond.</param>
/// <param name="Place">Where.</param>
/// <param name="PressureAltitudeFeet">Pressure altitude, or null.</param>
/// <param name="EllipsoidHeightFeet">Height above the ellipsoid, or null.</param>
/// <param name="SpeedKnots">Speed over ground, whole knots.</param>
/// <param name="IsOnGround">Whether it stands on the ground.</param>
internal readonly record struct ExercisePosition(
    Instant At, GeoPoint Place, int? PressureAltitudeFeet, int? EllipsoidHeightFeet, int SpeedKnots, bool IsOnGround);

/// <summary>A track of the exercise.</summary>
/// <param name="Track">Its name.</param>
/// <param name="Callsign">Its callsign.</param>
/// <param name="Positions">Its positions, in order of time.</param>
internal sealed record ExerciseTrack(string Track, string Callsign, List<ExercisePosition> Positions);
