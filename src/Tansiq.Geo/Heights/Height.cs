using System.Globalization;

namespace Tansiq.Geo;

/// <summary>What a height is measured from. Heights of different references compare only through <see cref="HeightConversion"/>.</summary>
public enum HeightReference
{
    /// <summary>Above mean sea level (AMSL; the geoid).</summary>
    SeaLevel = 0,

    /// <summary>Above the WGS 84 ellipsoid (GNSS height; ASTM F3548 <c>W84</c>).</summary>
    Ellipsoid = 1,

    /// <summary>Pressure altitude above the 1013.25 hPa surface (flight levels; barometric altitude of a transponder).</summary>
    Pressure = 2,

    /// <summary>Above the ground below.</summary>
    Ground = 3,
}

/// <summary>A height with its reference, exact in units of 0.1 mm, so that metres to four places and feet to one are whole.</summary>
/// <remarks>The default value is 0 m above sea level, which is legal. Immutable and thread-safe.</remarks>
public readonly record struct Height
{
    /// <summary>Units of one metre.</summary>
    public const long UnitsPerMetre = 10_000;

    /// <summary>Units of one international foot (0.3048 m exactly).</summary>
    public const long UnitsPerFoot = 3_048;

    /// <summary>The lowest height that is taken: −8,000 m (ASTM F3548-21).</summary>
    public const long MinimumUnits = -8_000 * UnitsPerMetre;

    /// <summary>The greatest height that is taken: 100,000 m (ASTM F3548-21).</summary>
    public const long MaximumUnits = 100_000 * UnitsPerMetre;

    private Height(long units, HeightReference reference)
    {
        Units = units;
        Reference = reference;
    }

    /// <summary>The height in units of 0.1 mm: −80,000,000 to 1,000,000,000.</summary>
    public long Units { get; }

    /// <summary>What the height is measured from.</summary>
    public HeightReference Reference { get; }

    /// <summary>The height in metres, the nearest double.</summary>
    public double Metres => Units / (double)UnitsPerMetre;

    /// <summary>Whether a height in units of 0.1 mm lies in the range that is taken.</summary>
    public static bool IsInRange(long units) => units is >= MinimumUnits and <= MaximumUnits;

    /// <summary>Creates a height from units of 0.1 mm.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The height is below −8,000 m or above 100,000 m.</exception>
    public static Height FromUnits(long units, HeightReference reference) =>
        IsInRange(units)
            ? new(units, reference)
            : throw new ArgumentOutOfRangeException(nameof(units), units, "Height must be −8,000 m to 100,000 m.");

    /// <summary>Creates a height from whole metres.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The height is below −8,000 m or above 100,000 m.</exception>
    public static Height FromMetres(int metres, HeightReference reference) => FromUnits(metres * UnitsPerMetre, reference);

    /// <summary>Creates a height from whole feet.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The height is below −8,000 m or above 100,000 m.</exception>
    public static Height FromFeet(int feet, HeightReference reference) => FromUnits(feet * UnitsPerFoot, reference);

    /// <summary>Creates the pressure altitude of a flight level (hundreds of feet).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The level is outside the range of heights.</exception>
    public static Height FromFlightLevel(int level) => FromFeet(level * 100, HeightReference.Pressure);

    /// <summary>For a reader of logs, for example <c>3048 m SeaLevel</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Units / (decimal)UnitsPerMetre:0.####} m {Reference}");
}
