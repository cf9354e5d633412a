using NodaTime;

namespace Tansiq.Geo.Separation;

/// <summary>How far two volumes have to be from each other: far enough in one of the three is enough.</summary>
/// <remarks>
/// What is exactly as far as the minimum is far enough. A minimum of zero is kept by what shares no point: no place, no
/// height, no moment. The default value is zero throughout, which is legal. Immutable and thread-safe.
/// </remarks>
public readonly record struct SeparationMinima
{
    private SeparationMinima(int lateralMetres, long verticalUnits, Duration time)
    {
        LateralMetres = lateralMetres;
        VerticalUnits = verticalUnits;
        Time = time;
    }

    /// <summary>Lateral distance on the WGS 84 ellipsoid, metres.</summary>
    public int LateralMetres { get; }

    /// <summary>Vertical distance in units of 0.1 mm (<see cref="Height.UnitsPerMetre"/>).</summary>
    public long VerticalUnits { get; }

    /// <summary>Time from the end of one to the start of the other.</summary>
    public Duration Time { get; }

    /// <summary>Creates minima.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A minimum is negative.</exception>
    public static SeparationMinima Create(int lateralMetres, long verticalUnits, Duration time)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lateralMetres);
        ArgumentOutOfRangeException.ThrowIfNegative(verticalUnits);
        if (time < Duration.Zero) throw new ArgumentOutOfRangeException(nameof(time), time, "A minimum is zero or more.");
        return new(lateralMetres, verticalUnits, time);
    }
}
