namespace Tansiq.Geo;

/// <summary>
/// What is known, as bounds, of a theatre's ground, geoid and air pressure. With it a height of one reference becomes an
/// interval above sea level, and two heights of different references compare as <see cref="Certainty"/> says.
/// </summary>
/// <remarks>Immutable and thread-safe. Every bound is an input: the verdict names them, nothing is looked up.</remarks>
public sealed record HeightConversion
{
    /// <summary>Bounds that hold everywhere on Earth.</summary>
    /// <remarks>
    /// Geoid: EGM2008 undulations lie between −107 m and +86 m. Ground: −430 m (Dead Sea shore) to 8,849 m. Pressure:
    /// sea-level pressure of 940 to 1060 hPa moves the 1013.25 hPa surface by −620 m to +390 m (ICAO Doc 7488 standard
    /// atmosphere), and a column warmer or colder than standard stretches the layer above by −200 to +150 per mille.
    /// </remarks>
    public static HeightConversion Worldwide { get; } = new()
    {
        GeoidLowMetres = -107,
        GeoidHighMetres = 86,
        GroundLowMetres = -430,
        GroundHighMetres = 8_849,
        PressureSurfaceLowMetres = -620,
        PressureSurfaceHighMetres = 390,
        LayerStretchLowPerMille = -200,
        LayerStretchHighPerMille = 150,
    };

    /// <summary>Lowest geoid height above the ellipsoid, metres.</summary>
    public required int GeoidLowMetres { get; init; }

    /// <summary>Highest geoid height above the ellipsoid, metres.</summary>
    public required int GeoidHighMetres { get; init; }

    /// <summary>Lowest ground, metres above sea level.</summary>
    public required int GroundLowMetres { get; init; }

    /// <summary>Highest ground, metres above sea level.</summary>
    public required int GroundHighMetres { get; init; }

    /// <summary>Lowest height of the 1013.25 hPa surface, metres above sea level.</summary>
    public required int PressureSurfaceLowMetres { get; init; }

    /// <summary>Highest height of the 1013.25 hPa surface, metres above sea level.</summary>
    public required int PressureSurfaceHighMetres { get; init; }

    /// <summary>Most that a cold column shrinks a layer of the standard atmosphere, per mille (negative).</summary>
    public required int LayerStretchLowPerMille { get; init; }

    /// <summary>Most that a warm column stretches a layer of the standard atmosphere, per mille.</summary>
    public required int LayerStretchHighPerMille { get; init; }

    /// <summary>The interval above sea level, in units of 0.1 mm, in which a height lies; a point for heights above sea level.</summary>
    public (long LowUnits, long HighUnits) ToSeaLevel(Height height)
    {
        const long metre = Height.UnitsPerMetre;
        return height.Reference switch
        {
            HeightReference.SeaLevel => (height.Units, height.Units),
            HeightReference.Ellipsoid => (height.Units - GeoidHighMetres * metre, height.Units - GeoidLowMetres * metre),
            HeightReference.Ground => (height.Units + GroundLowMetres * metre, height.Units + GroundHighMetres * metre),
            HeightReference.Pressure => PressureToSeaLevel(height.Units),
            _ => throw new ArgumentOutOfRangeException(nameof(height), height.Reference, "Unknown height reference."),
        };
    }

    /// <summary>Whether the first height is at or below the second.</summary>
    public Certainty IsAtOrBelow(Height lower, Height upper)
    {
        if (lower.Reference == upper.Reference) return lower.Units <= upper.Units ? Certainty.Certain : Certainty.No;
        var (lowerLow, lowerHigh) = ToSeaLevel(lower);
        var (upperLow, upperHigh) = ToSeaLevel(upper);
        if (lowerHigh <= upperLow) return Certainty.Certain;
        return lowerLow <= upperHigh ? Certainty.Possible : Certainty.No;
    }

    /// <summary>Whether a height lies in a band; an unknown height (null) possibly lies in every band that has a bound.</summary>
    public Certainty Contains(HeightBand band, Height? height)
    {
        if (height is not { } known)
            return band.Floor is null && band.Ceiling is null ? Certainty.Certain : Certainty.Possible;
        var aboveFloor = band.Floor is { } floor ? IsAtOrBelow(floor, known) : Certainty.Certain;
        var belowCeiling = band.Ceiling is { } ceiling ? IsAtOrBelow(known, ceiling) : Certainty.Certain;
        return Least(aboveFloor, belowCeiling);
    }

    /// <summary>Whether two bands share a height; touching bounds share one.</summary>
    public Certainty Meets(HeightBand first, HeightBand second) => MeetsWithin(first, second, 0);

    /// <summary>Whether two bands come within a vertical distance of each other.</summary>
    /// <param name="first">A band.</param>
    /// <param name="second">Another band.</param>
    /// <param name="verticalUnits">The distance in units of 0.1 mm, zero or more; bands exactly this far apart do not meet, unless it is zero.</param>
    /// <param name="isOverOneGround">
    /// False where the bands stand at different places: heights above ground then compare through the bounds of the ground only.
    /// </param>
    public Certainty MeetsWithin(HeightBand first, HeightBand second, long verticalUnits, bool isOverOneGround = true)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(verticalUnits);
        return Least(
            Reaches(Gap(first.Floor, second.Ceiling, isOverOneGround), verticalUnits),
            Reaches(Gap(second.Floor, first.Ceiling, isOverOneGround), verticalUnits));
    }

    /// <summary>The interval, in units of 0.1 mm, in which the vertical gap between two bands lies; zero where they meet.</summary>
    /// <remarks>Bounds of one reference are taken apart in that reference: flight levels in feet of pressure altitude.</remarks>
    /// <param name="first">A band.</param>
    /// <param name="second">Another band.</param>
    /// <param name="isOverOneGround">As in <see cref="MeetsWithin"/>.</param>
    public (long LowUnits, long HighUnits) GapBetween(HeightBand first, HeightBand second, bool isOverOneGround = true)
    {
        var above = Gap(first.Floor, second.Ceiling, isOverOneGround);
        var below = Gap(second.Floor, first.Ceiling, isOverOneGround);
        return (Math.Max(0, Math.Max(above.LowUnits, below.LowUnits)), Math.Max(0, Math.Max(above.HighUnits, below.HighUnits)));
    }

    private static Certainty Reaches((long LowUnits, long HighUnits) gap, long verticalUnits)
    {
        if (IsWithin(gap.HighUnits, verticalUnits)) return Certainty.Certain;
        return IsWithin(gap.LowUnits, verticalUnits) ? Certainty.Possible : Certainty.No;
    }

    // How far a floor stands above a ceiling: as far below as can be where one of them is open.
    private (long LowUnits, long HighUnits) Gap(Height? floor, Height? ceiling, bool isOverOneGround)
    {
        if (floor is not { } low || ceiling is not { } high) return (long.MinValue, long.MinValue);
        if (low.Reference == high.Reference && (isOverOneGround || low.Reference != HeightReference.Ground))
            return (low.Units - high.Units, low.Units - high.Units);
        var (lowLow, lowHigh) = ToSeaLevel(low);
        var (highLow, highHigh) = ToSeaLevel(high);
        return (lowLow - highHigh, lowHigh - highLow);
    }

    private static bool IsWithin(long gapUnits, long verticalUnits) => verticalUnits == 0 ? gapUnits <= 0 : gapUnits < verticalUnits;

    private (long LowUnits, long HighUnits) PressureToSeaLevel(long units)
    {
        var low = units + PressureSurfaceLowMetres * Height.UnitsPerMetre;
        var high = units + PressureSurfaceHighMetres * Height.UnitsPerMetre;
        return units >= 0
            ? (low + FloorOfThousandth(units * LayerStretchLowPerMille), high + CeilingOfThousandth(units * LayerStretchHighPerMille))
            : (low + FloorOfThousandth(units * LayerStretchHighPerMille), high + CeilingOfThousandth(units * LayerStretchLowPerMille));
    }

    private static long FloorOfThousandth(long value) => (value - ((value % 1000) + 1000) % 1000) / 1000;

    private static long CeilingOfThousandth(long value) => -FloorOfThousandth(-value);

    private static Certainty Least(Certainty first, Certainty second) => first < second ? first : second;
}
