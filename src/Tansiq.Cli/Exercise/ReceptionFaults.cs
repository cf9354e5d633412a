using NodaTime;
using Tansiq.Geo.Geodesy;

namespace Tansiq.Cli.Exercise;

/// <summary>What reception does to tracks: losses of coverage, frozen places, places that are not true. Each strikes in the middle of a flight.</summary>
internal static class ReceptionFaults
{
    private const int JumpedPositions = 2;

    /// <summary>Nothing is received for two to five minutes.</summary>
    public static void Gap(List<ExercisePosition> positions, ExerciseRandom random)
    {
        var from = positions[positions.Count / 2].At;
        var until = from + Duration.FromSeconds(random.Between(120, 300));
        positions.RemoveAll(position => position.At >= from && position.At < until);
    }

    /// <summary>One place, height and speed are repeated for one and a half to three minutes.</summary>
    public static void Freeze(List<ExercisePosition> positions, ExerciseRandom random)
    {
        var first = positions[positions.Count / 2];
        var until = first.At + Duration.FromSeconds(random.Between(90, 180));
        for (var index = positions.Count / 2; index < positions.Count && positions[index].At < until; index++)
            positions[index] = first with { At = positions[index].At };
    }

    /// <summary>Two positions are reported 80 to 150 km from where the aircraft is, farther than it can have flown.</summary>
    public static void Jump(List<ExercisePosition> positions, ExerciseRandom random)
    {
        var azimuth = random.Between(0, 359);
        var distanceMetres = random.Between(80_000, 150_000);
        for (var index = positions.Count / 2; index < positions.Count && index < positions.Count / 2 + JumpedPositions; index++)
            positions[index] = positions[index] with { Place = Geodesic.Direct(positions[index].Place, azimuth, distanceMetres) };
    }
}
