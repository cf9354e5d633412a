namespace Tansiq.Geo.Geodesy;

/// <summary>Elementary functions that give the same bits on every machine.</summary>
/// <remarks>
/// Only IEEE 754 addition, subtraction, multiplication, division and square root are used, each rounded once and in the
/// order written, with Taylor series on reduced arguments; no platform mathematics and no fused multiply-add. Errors are
/// given in units in the last place (ulp) of the result and are held by tests. A NaN argument gives NaN. Pure and
/// thread-safe.
/// </remarks>
public static partial class Deterministic
{
    /// <summary>The largest argument, in radians, that <see cref="Sin"/>, <see cref="Cos"/> and <see cref="SinCos"/> take.</summary>
    public const double MaximumRadians = 1024;

    /// <summary>The largest argument that <see cref="SinCosDegrees(double)"/> takes: up to it, taking off quadrants is exact.</summary>
    public const double MaximumDegrees = 1L << 40;

    private const double QuarterTurn = 1.5707963267948966;
    private const double QuarterTurnRest = 6.123233995736766e-17;

    // A quarter turn in three parts; up to 20 bits times one of the first two is exact.
    private const double QuarterTurnFirst = 1.5707963267341256;
    private const double QuarterTurnSecond = 6.077100506303966e-11;
    private const double QuarterTurnThird = 2.0222662487959506e-21;

    internal const double RadiansPerDegree = 0.017453292519943295;
    private const double RadiansPerDegreeRest = 2.9486522708701687e-19;
    internal const double DegreesPerRadian = 57.29577951308232;
    private const double DegreesPerRadianRest = -1.9878495670576283e-15;

    // 2²⁷ + 1: multiplying by it splits a double into two halves whose products are exact (Dekker 1971).
    private const double Splitter = 134217729;

    /// <summary>Sine of an angle in radians, −1024 to 1024; error below 1 ulp.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The angle is outside ±<see cref="MaximumRadians"/>.</exception>
    public static double Sin(double radians) => SinCos(radians).Sin;

    /// <summary>Cosine of an angle in radians, −1024 to 1024; error below 1 ulp.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The angle is outside ±<see cref="MaximumRadians"/>.</exception>
    public static double Cos(double radians) => SinCos(radians).Cos;

    /// <summary>Sine and cosine of an angle in radians, −1024 to 1024; error below 1 ulp each.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The angle is outside ±<see cref="MaximumRadians"/>.</exception>
    public static (double Sin, double Cos) SinCos(double radians)
    {
        if (double.IsNaN(radians)) return (radians, radians);
        if (Math.Abs(radians) > MaximumRadians)
            throw new ArgumentOutOfRangeException(nameof(radians), radians, "The angle must be −1024 to 1024 radians.");
        var quarters = Math.Round(radians / QuarterTurn);
        var first = radians - quarters * QuarterTurnFirst;
        var second = -(quarters * QuarterTurnSecond);
        var sum = first + second;
        var lost = Lost(first, second, sum) - quarters * QuarterTurnThird;
        var angle = sum + lost;
        return InQuadrant(angle, sum - angle + lost, (long)quarters);
    }

    /// <summary>Sine and cosine of an angle in degrees; exact at multiples of 90°, error below 1 ulp each elsewhere.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The angle is outside ±<see cref="MaximumDegrees"/>.</exception>
    public static (double Sin, double Cos) SinCosDegrees(double degrees) => SinCosDegrees(degrees, 0);

    /// <summary>Sine and cosine of the exact sum of two angles in degrees, the second at most about an ulp of the first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The angle is outside ±<see cref="MaximumDegrees"/>.</exception>
    internal static (double Sin, double Cos) SinCosDegrees(double degrees, double restDegrees)
    {
        if (double.IsNaN(degrees)) return (degrees, degrees);
        if (Math.Abs(degrees) > MaximumDegrees)
            throw new ArgumentOutOfRangeException(nameof(degrees), degrees, "The angle must be −2⁴⁰ to 2⁴⁰ degrees.");
        var quarters = Math.Round(degrees / 90);
        var within = degrees - quarters * 90;
        var angle = within + restDegrees;
        var (radians, rest) = ToRadians(angle, Lost(within, restDegrees, angle));
        return InQuadrant(radians, rest, (long)quarters);
    }

    /// <summary>Arc tangent, −π/2 to π/2 radians; error below 1 ulp.</summary>
    public static double Atan(double tangent) =>
        double.IsNaN(tangent) ? tangent
        : double.IsInfinity(tangent) ? Math.CopySign(QuarterTurn, tangent)
        : Atan2(tangent, 1);

    /// <summary>Angle of the vector (x, y) from the x axis, −π to π radians, −0 read as 0; error below 1 ulp.</summary>
    /// <param name="y">The vector's y, finite.</param>
    /// <param name="x">The vector's x, finite; the angle of the zero vector is 0.</param>
    public static double Atan2(double y, double x)
    {
        if (!double.IsFinite(y) || !double.IsFinite(x)) return double.NaN;
        var (angle, rest) = OctantAngle(Math.Abs(y), Math.Abs(x));
        if (Math.Abs(y) > Math.Abs(x)) (angle, rest) = Difference(QuarterTurn, QuarterTurnRest, angle, rest);
        if (x < 0) (angle, rest) = Difference(2 * QuarterTurn, 2 * QuarterTurnRest, angle, rest);
        return y < 0 ? -(angle + rest) : angle + rest;
    }

    /// <summary>Angle of the vector (x, y) from the x axis in degrees, −180 to 180, −0 read as 0; exact on the axes, error below 2 ulp elsewhere.</summary>
    /// <param name="y">The vector's y, finite.</param>
    /// <param name="x">The vector's x, finite; the angle of the zero vector is 0.</param>
    public static double Atan2Degrees(double y, double x)
    {
        if (!double.IsFinite(y) || !double.IsFinite(x)) return double.NaN;
        var (angle, rest) = OctantAngle(Math.Abs(y), Math.Abs(x));
        var degrees = angle * DegreesPerRadian + (angle * DegreesPerRadianRest + rest * DegreesPerRadian);
        if (Math.Abs(y) > Math.Abs(x)) degrees = 90 - degrees;
        if (x < 0) degrees = 180 - degrees;
        return y < 0 ? -degrees : degrees;
    }

    /// <summary>Length of the vector (x, y) without overflow or underflow of the squares; error below 2 ulp.</summary>
    public static double Hypot(double x, double y)
    {
        var larger = Math.Max(Math.Abs(x), Math.Abs(y));
        if (larger == 0 || !double.IsFinite(larger)) return larger;
        var exponent = Math.ILogB(larger);
        if (exponent is > -400 and < 400) return Math.Sqrt(x * x + y * y);
        var scaledX = Math.ScaleB(x, -exponent);
        var scaledY = Math.ScaleB(y, -exponent);
        return Math.ScaleB(Math.Sqrt(scaledX * scaledX + scaledY * scaledY), exponent);
    }

    /// <summary>What rounding took from <paramref name="first"/> + <paramref name="second"/>, exactly (Knuth's two-sum).</summary>
    internal static double Lost(double first, double second, double sum)
    {
        var secondTaken = sum - first;
        return first - (sum - secondTaken) + (second - secondTaken);
    }

    private static (double Angle, double Correction) ToRadians(double degrees, double restDegrees)
    {
        var product = degrees * RadiansPerDegree;
        var (degreesHigh, degreesLow) = Split(degrees);
        var (unitHigh, unitLow) = Split(RadiansPerDegree);
        var lost = degreesHigh * unitHigh - product + degreesHigh * unitLow + degreesLow * unitHigh + degreesLow * unitLow;
        return (product, lost + (degrees * RadiansPerDegreeRest + restDegrees * RadiansPerDegree));
    }

    private static (double High, double Low) Split(double value)
    {
        var scaled = Splitter * value;
        var high = scaled - (scaled - value);
        return (high, value - high);
    }

    private static (double Angle, double Correction) Difference(double first, double firstRest, double second, double secondRest)
    {
        var difference = first - second;
        return (difference, Lost(first, -second, difference) + (firstRest - secondRest));
    }

    // A zero is given as +0, whatever the quadrant, so that results compare bit for bit.
    private static (double Sin, double Cos) InQuadrant(double angle, double rest, long quarters)
    {
        var (sin, cos) = SmallSinCos(angle, rest);
        return (quarters & 3) switch
        {
            0 => (sin, cos),
            1 => (cos, 0 - sin),
            2 => (0 - sin, -cos),
            _ => (-cos, sin),
        };
    }

    // Taylor series; on ±π/4 the first term left out is below 2⁻⁶³ of the result.
    private static (double Sin, double Cos) SmallSinCos(double angle, double rest)
    {
        var square = angle * angle;
        var sinTail = -1.0 / 6 + square * (1.0 / 120 + square * (-1.0 / 5_040 + square * (1.0 / 362_880
            + square * (-1.0 / 39_916_800 + square * (1.0 / 6_227_020_800 + square * (-1.0 / 1_307_674_368_000
            + square * (1.0 / 355_687_428_096_000)))))));
        var cosTail = 1.0 / 24 + square * (-1.0 / 720 + square * (1.0 / 40_320 + square * (-1.0 / 3_628_800
            + square * (1.0 / 479_001_600 + square * (-1.0 / 87_178_291_200 + square * (1.0 / 20_922_789_888_000
            + square * (-1.0 / 6_402_373_705_728_000)))))));
        var halfSquare = 0.5 * square;
        var sin = angle + (angle * square * sinTail + rest * (1 - halfSquare));
        var oneLess = 1 - halfSquare;
        var cos = oneLess + (1 - oneLess - halfSquare + (square * square * cosTail - angle * rest));
        return (sin, cos);
    }

    // The angle, 0 to π/4, of smaller over larger: the nearest eighth's arc tangent and a Taylor series on ±1/16.
    private static (double Angle, double Correction) OctantAngle(double first, double second)
    {
        var larger = Math.Max(first, second);
        var smaller = Math.Min(first, second);
        if (smaller == 0) return (0, 0);
        if (larger > double.MaxValue / 4) (larger, smaller) = (larger * 0.125, smaller * 0.125);
        var eighths = (int)Math.Round(8 * (smaller / larger));
        var step = eighths * 0.125;
        var tangent = eighths == 0 ? smaller / larger : (smaller - step * larger) / (larger + step * smaller);
        var square = tangent * tangent;
        var tail = square * (-1.0 / 3 + square * (1.0 / 5 + square * (-1.0 / 7 + square * (1.0 / 9
            + square * (-1.0 / 11 + square * (1.0 / 13))))));
        var (baseAngle, baseRest) = AtanOfEighths[eighths];
        var angle = baseAngle + tangent;
        return (angle, Lost(baseAngle, tangent, angle) + (tangent * tail + baseRest));
    }

    // Arc tangents of 0/8 … 8/8, each with what its rounding took.
    private static readonly (double Angle, double Correction)[] AtanOfEighths =
    [
        (0.0, 0.0),
        (0.12435499454676144, -3.1253241424539383e-18),
        (0.24497866312686414, 1.0698755618734451e-17),
        (0.35877067027057225, -2.4623815582638635e-17),
        (0.4636476090008061, 2.2698777452961687e-17),
        (0.5585993153435624, -5.4556305485916264e-18),
        (0.6435011087932844, 1.5834785051444286e-17),
        (0.7188299996216245, -2.1478388444456983e-17),
        (0.7853981633974483, 3.061616997868383e-17),
    ];
}
