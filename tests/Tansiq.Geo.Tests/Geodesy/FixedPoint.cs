using System.Numerics;

namespace Tansiq.Geo.Tests.Geodesy;

/// <summary>Elementary functions in whole numbers of 2⁻⁴⁰⁰: the exact values that Deterministic is measured against.</summary>
internal static class FixedPoint
{
    private const int Bits = 400;

    public static readonly BigInteger One = BigInteger.One << Bits;

    // Machin's formula.
    public static readonly BigInteger Pi = 4 * (4 * AtanOfInverse(5) - AtanOfInverse(239));

    private static readonly BigInteger LogTwo = 2 * AtanhSeries(One / 3);

    public static BigInteger Of(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)((bits >> 52) & 0x7FF);
        var mantissa = (BigInteger)(bits & 0xF_FFFF_FFFF_FFFF);
        if (exponent > 0) mantissa += BigInteger.One << 52;
        var shift = Math.Max(exponent, 1) - 1075 + Bits;
        var size = shift >= 0 ? mantissa << shift : mantissa >> -shift;
        return bits < 0 ? -size : size;
    }

    /// <summary>How far a double is from an exact value, in units of its own last place.</summary>
    public static double ErrorInUlps(double value, BigInteger exact)
    {
        if (value == 0) return exact.IsZero ? 0 : double.PositiveInfinity;
        var ulp = Of(Math.BitIncrement(Math.Abs(value)) - Math.Abs(value));
        return (double)((BigInteger.Abs(Of(value) - exact) << 40) / ulp) / (1L << 40);
    }

    public static BigInteger Multiply(BigInteger a, BigInteger b) => a * b / One;

    public static BigInteger Divide(BigInteger a, BigInteger b) => (a << Bits) / b;

    public static BigInteger Sqrt(BigInteger value)
    {
        var scaled = value << Bits;
        var root = BigInteger.One << (int)(scaled.GetBitLength() / 2 + 1);
        while (true)
        {
            var next = (root + scaled / root) >> 1;
            if (next >= root) return root;
            root = next;
        }
    }

    public static (BigInteger Sin, BigInteger Cos) SinCos(BigInteger angle)
    {
        var remainder = BigInteger.Remainder(angle, 2 * Pi);
        BigInteger sin = 0, cos = 0, term = One;
        for (var n = 1; !term.IsZero; n++)
        {
            if (n % 2 == 1) cos += n % 4 == 1 ? term : -term;
            else sin += n % 4 == 2 ? term : -term;
            term = Multiply(term, remainder) / n;
        }

        return (sin, cos);
    }

    public static BigInteger Exp(BigInteger value)
    {
        var halvings = (int)Math.Max(0, value.GetBitLength() - Bits + 8);
        var reduced = value >> halvings;
        BigInteger sum = 0, term = One;
        for (var n = 1; !term.IsZero; n++)
        {
            sum += term;
            term = Multiply(term, reduced) / n;
        }

        for (var i = 0; i < halvings; i++) sum = Multiply(sum, sum);
        return sum;
    }

    public static BigInteger Log(BigInteger value)
    {
        var doublings = (int)(value.GetBitLength() - Bits - 1);
        var mantissa = doublings >= 0 ? value >> doublings : value << -doublings;
        return doublings * LogTwo + 2 * AtanhSeries(Divide(mantissa - One, mantissa + One));
    }

    public static BigInteger Atan2(BigInteger y, BigInteger x)
    {
        if (x.IsZero && y.IsZero) return 0;
        var length = Sqrt(Multiply(x, x) + Multiply(y, y));
        // Half the angle has the tangent y / (r + x).
        if (x.Sign < 0 && y.IsZero) return Pi;
        var (top, bottom) = x.Sign < 0 ? (length - x, y) : (y, length + x);
        return 2 * Atan(Divide(top, bottom));
    }

    private static BigInteger Atan(BigInteger tangent)
    {
        if (BigInteger.Abs(tangent) > One)
            return tangent.Sign * (Pi / 2) - Atan(Divide(One, tangent));
        const int halvings = 6;
        for (var i = 0; i < halvings; i++) tangent = Divide(tangent, One + Sqrt(One + Multiply(tangent, tangent)));
        BigInteger sum = 0, power = tangent;
        var square = Multiply(tangent, tangent);
        for (var n = 1; !power.IsZero; n += 2)
        {
            sum += n % 4 == 1 ? power / n : -power / n;
            power = Multiply(power, square);
        }

        return sum << halvings;
    }

    private static BigInteger AtanhSeries(BigInteger value)
    {
        BigInteger sum = 0, power = value;
        var square = Multiply(value, value);
        for (var n = 1; !power.IsZero; n += 2)
        {
            sum += power / n;
            power = Multiply(power, square);
        }

        return sum;
    }

    private static BigInteger AtanOfInverse(int inverse)
    {
        BigInteger sum = 0, power = One / inverse;
        for (var n = 1; !power.IsZero; n += 2)
        {
            sum += n % 4 == 1 ? power / n : -power / n;
            power /= inverse * inverse;
        }

        return sum;
    }
}
