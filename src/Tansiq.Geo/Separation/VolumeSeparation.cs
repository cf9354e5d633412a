using NodaTime;

namespace Tansiq.Geo.Separation;

/// <summary>Whether two volumes share a point of space and time.</summary>
/// <param name="Certainty">How sure it is; never certain or possible without a common time.</param>
/// <param name="CommonTime">The moments that both hold, half-open; null where there is none.</param>
public sealed record VolumeMeeting(Certainty Certainty, Interval? CommonTime);

/// <summary>Whether two volumes are nearer to each other than the minima, and the numbers behind it.</summary>
/// <param name="Certainty">How sure it is. <see cref="Certainty.No"/> is never wrong (FLT-4).</param>
/// <param name="Lateral">
/// The lateral distance, exact to the bounds that <see cref="OutlineDistance"/> states up to the lateral minimum; null where
/// time or height already keeps the volumes apart.
/// </param>
/// <param name="VerticalGapUnits">The interval in which the vertical gap lies, units of 0.1 mm; zero where the bands meet.</param>
/// <param name="TimeGap">From the end of the one to the start of the other; zero where they overlap or abut; null where one never is.</param>
public sealed record VolumeConflict(
    Certainty Certainty, DistanceBounds? Lateral, (long Low, long High) VerticalGapUnits, Duration? TimeGap);

/// <summary>How volumes lie to each other. May report too much by the bounds of heights and distances, never too little.</summary>
public static class VolumeSeparation
{
    /// <summary>Whether the volumes share a point: of their outlines (edges belong), bands (bounds belong) and times (half-open).</summary>
    public static VolumeMeeting Meets(Volume first, Volume second, HeightConversion conversion)
    {
        var common = CommonTime(first.Time, second.Time);
        var vertical = common is null ? Certainty.No : conversion.Meets(first.Heights, second.Heights);
        return new(vertical != Certainty.No && first.Outline.Meets(second.Outline) ? vertical : Certainty.No, common);
    }

    /// <summary>Whether the volumes are less than the lateral, the vertical and the time minimum apart, all three.</summary>
    /// <remarks>
    /// Places up to a lateral minimum apart stand on different ground, so heights above ground compare by the bounds of the
    /// ground, and exactly only for a place that both outlines hold. Pressure altitudes compare as flight levels do in
    /// traffic control; heights above the ellipsoid and above sea level as if the geoid were level between the two.
    /// </remarks>
    public static VolumeConflict Conflicts(Volume first, Volume second, SeparationMinima minima, HeightConversion conversion)
    {
        var timeGap = TimeGap(first.Time, second.Time);
        var isOverOneGround = minima.LateralMetres == 0;
        var verticalGap = conversion.GapBetween(first.Heights, second.Heights, isOverOneGround);
        var vertical = conversion.MeetsWithin(first.Heights, second.Heights, minima.VerticalUnits, isOverOneGround);
        var isNearInTime = minima.Time == Duration.Zero ? CommonTime(first.Time, second.Time) is not null : timeGap < minima.Time;
        if (!isNearInTime || vertical == Certainty.No) return new(Certainty.No, null, verticalGap, timeGap);
        var distance = OutlineDistance.Between(first.Outline, second.Outline, minima.LateralMetres);
        var lateral = minima.LateralMetres > 0 ? distance.IsLessThan(minima.LateralMetres) : MeetsExactly(distance);
        if (distance == DistanceBounds.Zero)
            vertical = Greater(vertical, conversion.MeetsWithin(first.Heights, second.Heights, minima.VerticalUnits));
        return new(vertical < lateral ? vertical : lateral, distance, verticalGap, timeGap);
    }

    /// <summary>The moments that both intervals hold, or null where there is none.</summary>
    public static Interval? CommonTime(Interval first, Interval second)
    {
        if (IsEmpty(first) || IsEmpty(second)) return null;
        var start = !first.HasStart ? StartOf(second) : !second.HasStart ? first.Start : Instant.Max(first.Start, second.Start);
        var end = !first.HasEnd ? EndOf(second) : !second.HasEnd ? first.End : Instant.Min(first.End, second.End);
        return start is { } from && end is { } to && from >= to ? null : new Interval(start, end);
    }

    /// <summary>Whether there is a moment that both intervals hold.</summary>
    internal static bool ShareTime(Interval first, Interval second) =>
        !IsEmpty(first) && !IsEmpty(second)
        && (!first.HasStart || !second.HasEnd || first.Start < second.End)
        && (!second.HasStart || !first.HasEnd || second.Start < first.End);

    private static Certainty MeetsExactly(DistanceBounds distance) =>
        distance == DistanceBounds.Zero ? Certainty.Certain : Certainty.No;

    private static Certainty Greater(Certainty first, Certainty second) => first > second ? first : second;

    private static Duration? TimeGap(Interval first, Interval second)
    {
        if (IsEmpty(first) || IsEmpty(second)) return null;
        return Duration.Max(Duration.Zero, Duration.Max(GapAfter(first, second), GapAfter(second, first)));
    }

    private static Duration GapAfter(Interval first, Interval second) =>
        first.HasEnd && second.HasStart ? second.Start - first.End : Duration.Zero;

    private static bool IsEmpty(Interval interval) => interval.HasStart && interval.HasEnd && interval.Start == interval.End;

    private static Instant? StartOf(Interval interval) => interval.HasStart ? interval.Start : null;

    private static Instant? EndOf(Interval interval) => interval.HasEnd ? interval.End : null;
}
