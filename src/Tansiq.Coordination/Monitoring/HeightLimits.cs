using Tansiq.Geo;
using Tansiq.Geo.Outlines;

namespace Tansiq.Coordination.Monitoring;

/// <summary>From where to where heights of one reference lie in a band, certainly and possibly; null is no limit. In units of 0.1 mm.</summary>
/// <remarks>
/// The bounds of <see cref="HeightConversion"/> rise with the height, so that each limit is one height, found by turning
/// the conversion round: exactly, where the conversion itself rounds outward to 0.1 mm.
/// </remarks>
internal readonly record struct HeightLimits(Fraction? CertainFloor, Fraction? CertainCeiling, Fraction? PossibleFloor, Fraction? PossibleCeiling)
{
    // A whole number is at or above a limit where it is at or above the least whole number that is.
    private readonly long _leastUnits = PossibleFloor is { } floor ? floor.CeilingOfTimes(1) : long.MinValue;
    private readonly long _mostUnits = PossibleCeiling is { } ceiling ? ceiling.FloorOfTimes(1) : long.MaxValue;

    /// <summary>Whether a height that goes evenly from one to another possibly is within the limits at some time.</summary>
    public bool MayHold(long startUnits, long endUnits) =>
        Math.Max(startUnits, endUnits) >= _leastUnits && Math.Min(startUnits, endUnits) <= _mostUnits;

    /// <summary>The limits of a band.</summary>
    /// <param name="band">The band.</param>
    /// <param name="reference">What the heights are measured from.</param>
    /// <param name="conversion">How heights of different references compare.</param>
    /// <param name="beyondUnits">How far beyond the band a height still possibly counts, 0 or more.</param>
    public static HeightLimits Of(HeightBand band, HeightReference reference, HeightConversion conversion, long beyondUnits)
    {
        var (certainFloor, possibleFloor) = Floor(band.Floor, reference, conversion, beyondUnits);
        var (certainCeiling, possibleCeiling) = Ceiling(band.Ceiling, reference, conversion, beyondUnits);
        return new(certainFloor, certainCeiling, possibleFloor, possibleCeiling);
    }

    /// <summary>Throws where a bound of the conversion does not rise with the height.</summary>
    /// <exception cref="ArgumentException">A layer stretch is −1,000 per mille or less.</exception>
    public static void Validate(HeightConversion conversion)
    {
        if (conversion.LayerStretchLowPerMille <= -1000 || conversion.LayerStretchHighPerMille <= -1000)
            throw new ArgumentException("A layer stretch must be above −1,000 per mille.", nameof(conversion));
    }

    private static (Fraction? Certain, Fraction? Possible) Floor(Height? bound, HeightReference reference, HeightConversion conversion, long beyondUnits)
    {
        if (bound is not { } floor) return (null, null);
        if (floor.Reference == reference) return (Whole(floor.Units), Whole(floor.Units - beyondUnits));
        var (low, high) = conversion.ToSeaLevel(floor);
        return (WhoseLowerBoundIs(high, reference, conversion), WhoseUpperBoundIs(low - beyondUnits, reference, conversion));
    }

    private static (Fraction? Certain, Fraction? Possible) Ceiling(Height? bound, HeightReference reference, HeightConversion conversion, long beyondUnits)
    {
        if (bound is not { } ceiling) return (null, null);
        if (ceiling.Reference == reference) return (Whole(ceiling.Units), Whole(ceiling.Units + beyondUnits));
        var (low, high) = conversion.ToSeaLevel(ceiling);
        return (WhoseUpperBoundIs(low, reference, conversion), WhoseLowerBoundIs(high + beyondUnits, reference, conversion));
    }

    private static Fraction WhoseLowerBoundIs(long seaLevelUnits, HeightReference reference, HeightConversion conversion) =>
        reference switch
        {
            HeightReference.SeaLevel => Whole(seaLevelUnits),
            HeightReference.Ellipsoid => Whole(seaLevelUnits + conversion.GeoidHighMetres * Height.UnitsPerMetre),
            HeightReference.Ground => Whole(seaLevelUnits - conversion.GroundLowMetres * Height.UnitsPerMetre),
            HeightReference.Pressure => Unstretched(
                seaLevelUnits - conversion.PressureSurfaceLowMetres * Height.UnitsPerMetre,
                conversion.LayerStretchLowPerMille,
                conversion.LayerStretchHighPerMille),
            _ => throw new ArgumentOutOfRangeException(nameof(reference), reference, "Unknown height reference."),
        };

    private static Fraction WhoseUpperBoundIs(long seaLevelUnits, HeightReference reference, HeightConversion conversion) =>
        reference switch
        {
            HeightReference.SeaLevel => Whole(seaLevelUnits),
            HeightReference.Ellipsoid => Whole(seaLevelUnits + conversion.GeoidLowMetres * Height.UnitsPerMetre),
            HeightReference.Ground => Whole(seaLevelUnits - conversion.GroundHighMetres * Height.UnitsPerMetre),
            HeightReference.Pressure => Unstretched(
                seaLevelUnits - conversion.PressureSurfaceHighMetres * Height.UnitsPerMetre,
                conversion.LayerStretchHighPerMille,
                conversion.LayerStretchLowPerMille),
            _ => throw new ArgumentOutOfRangeException(nameof(reference), reference, "Unknown height reference."),
        };

    private static Fraction Unstretched(long units, int abovePerMille, int belowPerMille) =>
        Fraction.Create((Int128)units * 1000, 1000 + (units >= 0 ? abovePerMille : belowPerMille));

    private static Fraction Whole(long units) => Fraction.Create(units, 1);
}
