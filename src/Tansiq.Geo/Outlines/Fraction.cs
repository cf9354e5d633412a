using System.Globalization;
using System.Numerics;

namespace Tansiq.Geo.Outlines;

/// <summary>An exact rational number. Two fractions of one value are equal whatever their terms.</summary>
/// <remarks>
/// Terms are kept as they come (a predicate's own terms stay below 2¹⁰⁰, so that comparing never overflows); comparing
/// falls back on big integers where 128 bits do not do. The default value is zero, which is legal. Thread-safe.
/// </remarks>
public readonly struct Fraction : IEquatable<Fraction>, IComparable<Fraction>
{
    private const int SafeBits = 63;

    // One less than the denominator, so that the default value is 0/1.
    private readonly Int128 _denominatorLessOne;

    private Fraction(Int128 numerator, Int128 denominator)
    {
        Numerator = numerator;
        _denominatorLessOne = denominator - 1;
    }

    /// <summary>Zero.</summary>
    public static Fraction Zero => default;

    /// <summary>One.</summary>
    public static Fraction One => new(1, 1);

    /// <summary>The numerator; carries the sign.</summary>
    public Int128 Numerator { get; }

    /// <summary>The denominator, above zero.</summary>
    public Int128 Denominator => _denominatorLessOne + 1;

    /// <summary>Creates a fraction; a negative denominator moves its sign to the numerator.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The denominator is zero.</exception>
    public static Fraction Create(Int128 numerator, Int128 denominator)
    {
        if (denominator == 0) throw new ArgumentOutOfRangeException(nameof(denominator), "A denominator is not zero.");
        return denominator < 0 ? new(-numerator, -denominator) : new(numerator, denominator);
    }

    /// <summary>A fraction strictly between two different ones (their mediant): its terms grow by one bit only.</summary>
    public static Fraction Between(Fraction first, Fraction second) =>
        new(first.Numerator + second.Numerator, first.Denominator + second.Denominator);

    /// <summary>The greatest integer not above this fraction times a scale (a duration in nanoseconds, a length in units).</summary>
    /// <exception cref="OverflowException">The result does not fit in a long.</exception>
    public long FloorOfTimes(long scale)
    {
        var product = (BigInteger)Numerator * scale;
        var quotient = BigInteger.DivRem(product, Denominator, out var rest);
        return (long)(rest.Sign < 0 ? quotient - 1 : quotient);
    }

    /// <summary>The least integer not below this fraction times a scale.</summary>
    /// <exception cref="OverflowException">The result does not fit in a long.</exception>
    public long CeilingOfTimes(long scale) => -FloorOfTimes(-scale);

    /// <summary>A double within two units in the last place of the exact value; for display, never for a decision.</summary>
    public double ToDouble() => (double)Numerator / (double)Denominator;

    /// <inheritdoc/>
    public int CompareTo(Fraction other)
    {
        if (BitLength(Numerator) <= SafeBits && BitLength(Denominator) <= SafeBits
            && BitLength(other.Numerator) <= SafeBits && BitLength(other.Denominator) <= SafeBits)
        {
            return (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);
        }
        return ((BigInteger)Numerator * other.Denominator).CompareTo((BigInteger)other.Numerator * Denominator);
    }

    /// <inheritdoc/>
    public bool Equals(Fraction other) => CompareTo(other) == 0;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Fraction other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var divisor = BigInteger.GreatestCommonDivisor(Numerator, Denominator);
        return HashCode.Combine((BigInteger)Numerator / divisor, (BigInteger)Denominator / divisor);
    }

    /// <summary>The terms, for example <c>1/3</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");

    /// <summary>Whether the values are equal.</summary>
    public static bool operator ==(Fraction left, Fraction right) => left.Equals(right);

    /// <summary>Whether the values differ.</summary>
    public static bool operator !=(Fraction left, Fraction right) => !left.Equals(right);

    /// <summary>Whether the left value is less.</summary>
    public static bool operator <(Fraction left, Fraction right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left value is less or equal.</summary>
    public static bool operator <=(Fraction left, Fraction right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left value is greater.</summary>
    public static bool operator >(Fraction left, Fraction right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left value is greater or equal.</summary>
    public static bool operator >=(Fraction left, Fraction right) => left.CompareTo(right) >= 0;

    /// <summary>How many bits the magnitude of a number takes.</summary>
    internal static int BitLength(Int128 value) =>
        128 - (int)UInt128.LeadingZeroCount((UInt128)Int128.Abs(value));
}

/// <summary>An exact point between the grid's: both coordinates in units of 10⁻⁷ degree, over one denominator.</summary>
/// <param name="XNumerator">Unwrapped longitude times the denominator.</param>
/// <param name="YNumerator">Latitude times the denominator.</param>
/// <param name="Denominator">The denominator, above zero.</param>
public readonly record struct PlaneFraction(Int128 XNumerator, Int128 YNumerator, Int128 Denominator)
{
    /// <summary>The point at a parameter of the straight segment: 0 gives its start, 1 its end.</summary>
    public static PlaneFraction Along(PlanePoint start, PlanePoint end, Fraction parameter) =>
        new(start.X * parameter.Denominator + (end.X - start.X) * parameter.Numerator,
            start.Y * parameter.Denominator + (end.Y - start.Y) * parameter.Numerator,
            parameter.Denominator);

    /// <summary>The nearest point of the grid; halves go north and east.</summary>
    public PlanePoint Round() =>
        new((long)Floor(2 * XNumerator + Denominator, 2 * Denominator), (long)Floor(2 * YNumerator + Denominator, 2 * Denominator));

    /// <summary>The smallest box of the grid that holds the point.</summary>
    internal PlaneBox Box =>
        new((long)Floor(XNumerator, Denominator), (long)Floor(YNumerator, Denominator),
            (long)-Floor(-XNumerator, Denominator), (long)-Floor(-YNumerator, Denominator));

    private static Int128 Floor(Int128 numerator, Int128 denominator)
    {
        var quotient = numerator / denominator;
        return numerator < 0 && quotient * denominator != numerator ? quotient - 1 : quotient;
    }
}
