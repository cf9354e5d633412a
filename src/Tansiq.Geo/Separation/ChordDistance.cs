namespace Tansiq.Geo.Separation;

/// <summary>Distances between straight segments in space.</summary>
internal static class ChordDistance
{
    // Below this squared sine of the angle between them, segments count as parallel: their least distance is then taken at
    // an end, which is wrong by less than a millionth of the length.
    private const double ParallelSineSquared = 1e-12;

    /// <summary>The least distance between two closed segments, metres; either may be a point.</summary>
    public static double BetweenSegments(
        SurfacePoint firstStart, SurfacePoint firstEnd, SurfacePoint secondStart, SurfacePoint secondEnd)
    {
        var squared = Math.Min(
            Math.Min(SquaredToSegment(firstStart, secondStart, secondEnd), SquaredToSegment(firstEnd, secondStart, secondEnd)),
            Math.Min(SquaredToSegment(secondStart, firstStart, firstEnd), SquaredToSegment(secondEnd, firstStart, firstEnd)));
        return Math.Sqrt(Math.Min(squared, SquaredBetweenInsides(firstStart, firstEnd, secondStart, secondEnd)));
    }

    private static double SquaredToSegment(SurfacePoint point, SurfacePoint start, SurfacePoint end)
    {
        var along = end - start;
        var lengthSquared = along.Dot(along);
        var parameter = lengthSquared > 0 ? Math.Clamp((point - start).Dot(along) / lengthSquared, 0, 1) : 0;
        var apart = point - start - parameter * along;
        return apart.Dot(apart);
    }

    // The common perpendicular, where it stands inside of both segments.
    private static double SquaredBetweenInsides(
        SurfacePoint firstStart, SurfacePoint firstEnd, SurfacePoint secondStart, SurfacePoint secondEnd)
    {
        SurfacePoint first = firstEnd - firstStart, second = secondEnd - secondStart, between = secondStart - firstStart;
        double firstSquared = first.Dot(first), secondSquared = second.Dot(second), mixed = first.Dot(second);
        var determinant = firstSquared * secondSquared - mixed * mixed;
        if (determinant <= ParallelSineSquared * firstSquared * secondSquared) return double.PositiveInfinity;
        double firstBetween = first.Dot(between), secondBetween = second.Dot(between);
        var firstParameter = (firstBetween * secondSquared - secondBetween * mixed) / determinant;
        var secondParameter = (firstBetween * mixed - secondBetween * firstSquared) / determinant;
        if (firstParameter is < 0 or > 1 || secondParameter is < 0 or > 1) return double.PositiveInfinity;
        var apart = between + secondParameter * second - firstParameter * first;
        return apart.Dot(apart);
    }
}
