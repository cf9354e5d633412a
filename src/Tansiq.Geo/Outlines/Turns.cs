namespace Tansiq.Geo.Outlines;

/// <summary>Which whole turns bring one box onto another.</summary>
/// <param name="First">The least number of turns.</param>
/// <param name="Last">The greatest; less than the first where no turn does.</param>
internal readonly record struct Turns(int First, int Last)
{
    /// <summary>The turns by which <paramref name="moved"/> meets <paramref name="fixedBox"/> in longitude; latitude is not considered.</summary>
    public static Turns Bringing(PlaneBox moved, PlaneBox fixedBox) =>
        new((int)-FloorOfTurns(moved.East - fixedBox.West), (int)FloorOfTurns(fixedBox.East - moved.West));

    private static long FloorOfTurns(long distance)
    {
        var quotient = distance / GeoPoint.TurnE7;
        return distance < 0 && quotient * GeoPoint.TurnE7 != distance ? quotient - 1 : quotient;
    }
}
