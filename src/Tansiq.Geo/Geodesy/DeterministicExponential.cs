namespace Tansiq.Geo.Geodesy;

public static partial class Deterministic
{
    // ln 2 in two parts; up to 21 bits times the first is exact.
    private const double LogTwoFirst = 0.6931471803691238;
    private const double LogTwoSecond = 1.9082149292705877e-10;
    private const double LogTwo = 0.6931471805599453;

    // Beyond these e^x is above the largest double, or rounds to zero.
    private const double ExpOverflow = 709.782712893384;
    private const double ExpUnderflow = -745.1332191019412;

    /// <summary>e to the power of <paramref name="value"/>; error below 1 ulp where the result is a normal number.</summary>
    public static double Exp(double value)
    {
        if (double.IsNaN(value)) return value;
        if (value > ExpOverflow) return double.PositiveInfinity;
        if (value < ExpUnderflow) return 0;
        var doublings = Math.Round(value / LogTwo);
        var first = value - doublings * LogTwoFirst;
        var second = -(doublings * LogTwoSecond);
        var sum = first + second;
        var rest = Lost(first, second, sum);
        // Taylor series on ±ln 2 / 2: the first term left out is below 2⁻⁵⁹.
        var tail = 1.0 / 6 + sum * (1.0 / 24 + sum * (1.0 / 120 + sum * (1.0 / 720 + sum * (1.0 / 5_040
            + sum * (1.0 / 40_320 + sum * (1.0 / 362_880 + sum * (1.0 / 3_628_800 + sum * (1.0 / 39_916_800
            + sum * (1.0 / 479_001_600 + sum * (1.0 / 6_227_020_800))))))))));
        var power = 1 + (sum + (sum * sum * (0.5 + sum * tail) + rest));
        return Math.ScaleB(power, (int)doublings);
    }

    /// <summary>Natural logarithm; error below 1 ulp. Negative arguments give NaN, zero gives −∞.</summary>
    public static double Log(double value) => LogOfSum(value, 0);

    /// <summary>Hyperbolic sine; error below 2 ulp.</summary>
    public static double Sinh(double value)
    {
        var size = Math.Abs(value);
        if (!(size >= 1)) return SmallSinh(value);
        // Halving the argument keeps e^x below the overflow where sinh x itself is.
        var half = Exp(0.5 * size);
        var sinh = size > 40 ? 0.5 * half * half : 0.5 * (Exp(size) - Exp(-size));
        return value < 0 ? -sinh : sinh;
    }

    /// <summary>Hyperbolic cosine; error below 2 ulp for arguments within ±40.</summary>
    public static double Cosh(double value)
    {
        var size = Math.Abs(value);
        var half = Exp(0.5 * size);
        return size > 40 ? 0.5 * half * half : 0.5 * (Exp(size) + Exp(-size));
    }

    /// <summary>Inverse hyperbolic sine; error below 2 ulp.</summary>
    public static double Asinh(double value)
    {
        var size = Math.Abs(value);
        if (!(size > 0) || double.IsInfinity(size)) return value;
        if (size > 1L << 30) return Math.CopySign(Log(size) + LogTwo, value);
        var square = size * size;
        var logarithm = LogOfOnePlus(size + square / (1 + Math.Sqrt(1 + square)));
        return Math.CopySign(logarithm, value);
    }

    /// <summary>Inverse hyperbolic tangent; error below 2 ulp. Outside −1 to 1 it is NaN, at the ends infinite.</summary>
    public static double Atanh(double value)
    {
        var size = Math.Abs(value);
        if (!(size <= 1)) return double.NaN;
        if (size == 1) return value / 0.0;
        var inverse = size < 0.17 ? SmallAtanh(size) : 0.5 * LogOfOnePlus(2 * size / (1 - size));
        return value < 0 ? -inverse : inverse;
    }

    /// <summary>Cube root; error below 1 ulp.</summary>
    public static double Cbrt(double value)
    {
        if (value == 0 || !double.IsFinite(value)) return value;
        var thirds = (int)Math.Floor(Math.ILogB(value) / 3.0);
        var scaled = Math.ScaleB(Math.Abs(value), -3 * thirds);
        // scaled is 1 to 8; Halley's iteration trebles the right digits of a start that is right to 8 per cent.
        var root = 0.75 + 0.18 * scaled - 0.006 * scaled * scaled;
        for (var iteration = 0; iteration < 3; iteration++)
        {
            var cube = root * root * root;
            root *= (cube + 2 * scaled) / (2 * cube + scaled);
        }

        // One Newton step with the cube's rounding taken into account leaves only the last rounding.
        var square = root * root;
        var squareLost = ProductLost(root, root, square);
        var product = square * root;
        var productLost = ProductLost(square, root, product) + squareLost * root;
        root -= (product - scaled + productLost) / (3 * square);
        return Math.CopySign(Math.ScaleB(root, thirds), value);
    }

    private static double ProductLost(double first, double second, double product)
    {
        var (firstHigh, firstLow) = Split(first);
        var (secondHigh, secondLow) = Split(second);
        return firstHigh * secondHigh - product + firstHigh * secondLow + firstLow * secondHigh + firstLow * secondLow;
    }

    private static double LogOfOnePlus(double value)
    {
        var sum = 1 + value;
        return LogOfSum(sum, Lost(1, value, sum));
    }

    // ln(value + rest) = k ln 2 + ln(1 + f) with 1 + f from √½ to √2, and ln(1 + f) = f − s (f − 2(s³/3 + s⁵/5 + …)/s),
    // s = f / (2 + f): f is exact, so that its rounding is the only large one.
    private static double LogOfSum(double value, double rest)
    {
        if (double.IsNaN(value) || value < 0) return double.NaN;
        if (value == 0) return double.NegativeInfinity;
        if (double.IsInfinity(value)) return value;
        var doublings = Math.ILogB(value);
        var mantissa = Math.ScaleB(value, -doublings);
        if (mantissa > 1.4142135623730951)
        {
            mantissa *= 0.5;
            doublings++;
        }

        var fraction = mantissa - 1;
        var quotient = fraction / (2 + fraction);
        var tail = 2 * AtanhTail(quotient * quotient);
        var correction = LogTwoSecond * doublings + rest / value;
        return LogTwoFirst * doublings + (fraction - (quotient * (fraction - tail) - correction));
    }

    private static double SmallAtanh(double value) => value + value * AtanhTail(value * value);

    // z/3 + z²/5 + …: up to s = 0.1716 (z = 0.02945) the first term left out is below 2⁻⁶⁴.
    private static double AtanhTail(double square) =>
        square * (1.0 / 3 + square * (1.0 / 5 + square * (1.0 / 7 + square * (1.0 / 9 + square * (1.0 / 11
            + square * (1.0 / 13 + square * (1.0 / 15 + square * (1.0 / 17 + square * (1.0 / 19 + square * (1.0 / 21
            + square * (1.0 / 23)))))))))));

    // Taylor series on ±1: the first term left out is below 2⁻⁶⁵.
    private static double SmallSinh(double value)
    {
        var square = value * value;
        return value + value * square * (1.0 / 6 + square * (1.0 / 120 + square * (1.0 / 5_040 + square * (1.0 / 362_880
            + square * (1.0 / 39_916_800 + square * (1.0 / 6_227_020_800 + square * (1.0 / 1_307_674_368_000
            + square * (1.0 / 355_687_428_096_000))))))));
    }
}
