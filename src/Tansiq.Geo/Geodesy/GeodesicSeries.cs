namespace Tansiq.Geo.Geodesy;

/// <summary>The series of C. F. F. Karney, "Algorithms for geodesics", J. Geodesy 87 (2013), to sixth order.</summary>
/// <remarks>
/// Fourier coefficients are written to <c>c[1]</c> … <c>c[6]</c> (<c>c[0]</c> is not used). ε is the expansion parameter of
/// eq. (16); n, the third flattening of WGS 84, is folded in at start-up.
/// </remarks>
internal static class GeodesicSeries
{
    public const int Order = 6;

    private const double N = Wgs84.ThirdFlattening;

    private static readonly double[] A3Coefficients =
    [
        1,
        -(1.0 / 2 - N / 2),
        -(1.0 / 4 + N / 8 - 3 * N * N / 8),
        -(1.0 / 16 + 3 * N / 16 + N * N / 16),
        -(3.0 / 64 + N / 32),
        -3.0 / 128,
    ];

    // Row l, column j: the coefficient of ε^j in C3[l], eq. (25).
    private static readonly double[][] C3Coefficients =
    [
        [],
        [0, 1.0 / 4 - N / 4, 1.0 / 8 - N * N / 8, 3.0 / 64 + 3 * N / 64 - N * N / 64, 5.0 / 128 + N / 64, 3.0 / 128],
        [0, 0, 1.0 / 16 - 3 * N / 32 + N * N / 32, 3.0 / 64 - N / 32 - 3 * N * N / 64, 3.0 / 128 + N / 128, 5.0 / 256],
        [0, 0, 0, 5.0 / 192 - 3 * N / 64 + 5 * N * N / 192, 3.0 / 128 - 5 * N / 192, 7.0 / 512],
        [0, 0, 0, 0, 7.0 / 512 - 7 * N / 256, 7.0 / 512],
        [0, 0, 0, 0, 0, 21.0 / 2560],
    ];

    /// <summary>ε of eq. (16) for k = e′ cos α₀.</summary>
    public static double Epsilon(double cosAlpha0)
    {
        var kSquared = cosAlpha0 * cosAlpha0 * Wgs84.SecondEccentricitySquared;
        return kSquared / (2 * (1 + Math.Sqrt(1 + kSquared)) + kSquared);
    }

    /// <summary>A₁ − 1, eq. (17).</summary>
    public static double A1LessOne(double epsilon)
    {
        var square = epsilon * epsilon;
        var sum = square * (1.0 / 4 + square * (1.0 / 64 + square * (1.0 / 256)));
        return (sum + epsilon) / (1 - epsilon);
    }

    /// <summary>A₂ − 1, eq. (42).</summary>
    public static double A2LessOne(double epsilon)
    {
        var square = epsilon * epsilon;
        var sum = square * (1.0 / 4 + square * (9.0 / 64 + square * (25.0 / 256)));
        return sum * (1 - epsilon) - epsilon;
    }

    /// <summary>A₃, eq. (24).</summary>
    public static double A3(double epsilon)
    {
        var sum = 0.0;
        for (var power = A3Coefficients.Length - 1; power >= 0; power--)
            sum = sum * epsilon + A3Coefficients[power];
        return sum;
    }

    /// <summary>C₁, eq. (18).</summary>
    public static void C1(double epsilon, Span<double> c)
    {
        var square = epsilon * epsilon;
        var power = epsilon;
        c[1] = power * (-1.0 / 2 + square * (3.0 / 16 - square / 32));
        power *= epsilon;
        c[2] = power * (-1.0 / 16 + square * (1.0 / 32 - square * (9.0 / 2048)));
        power *= epsilon;
        c[3] = power * (-1.0 / 48 + square * (3.0 / 256));
        power *= epsilon;
        c[4] = power * (-5.0 / 512 + square * (3.0 / 512));
        power *= epsilon;
        c[5] = power * (-7.0 / 1280);
        power *= epsilon;
        c[6] = power * (-7.0 / 2048);
    }

    /// <summary>C₁′, the reversion of C₁, eq. (21).</summary>
    public static void C1Reverted(double epsilon, Span<double> c)
    {
        var square = epsilon * epsilon;
        var power = epsilon;
        c[1] = power * (1.0 / 2 + square * (-9.0 / 32 + square * (205.0 / 1536)));
        power *= epsilon;
        c[2] = power * (5.0 / 16 + square * (-37.0 / 96 + square * (1335.0 / 4096)));
        power *= epsilon;
        c[3] = power * (29.0 / 96 - square * (75.0 / 128));
        power *= epsilon;
        c[4] = power * (539.0 / 1536 - square * (2391.0 / 2560));
        power *= epsilon;
        c[5] = power * (3467.0 / 7680);
        power *= epsilon;
        c[6] = power * (38081.0 / 61440);
    }

    /// <summary>C₂, eq. (43).</summary>
    public static void C2(double epsilon, Span<double> c)
    {
        var square = epsilon * epsilon;
        var power = epsilon;
        c[1] = power * (1.0 / 2 + square * (1.0 / 16 + square / 32));
        power *= epsilon;
        c[2] = power * (3.0 / 16 + square * (1.0 / 32 + square * (35.0 / 2048)));
        power *= epsilon;
        c[3] = power * (5.0 / 48 + square * (5.0 / 256));
        power *= epsilon;
        c[4] = power * (35.0 / 512 + square * (7.0 / 512));
        power *= epsilon;
        c[5] = power * (63.0 / 1280);
        power *= epsilon;
        c[6] = power * (77.0 / 2048);
    }

    /// <summary>C₃, eq. (25); <c>c[6]</c> is zero.</summary>
    public static void C3(double epsilon, Span<double> c)
    {
        for (var row = 1; row < C3Coefficients.Length; row++)
        {
            var coefficients = C3Coefficients[row];
            var sum = 0.0;
            for (var power = coefficients.Length - 1; power >= 0; power--)
                sum = sum * epsilon + coefficients[power];
            c[row] = sum;
        }

        c[Order] = 0;
    }

    /// <summary>Σ c[l] sin 2lσ, by Clenshaw's recurrence.</summary>
    public static double SinSum(UnitAngle sigma, ReadOnlySpan<double> c)
    {
        var twoCos = 2 * (sigma.Cos - sigma.Sin) * (sigma.Cos + sigma.Sin);
        double current = 0, previous = 0;
        for (var l = Order; l >= 1; l--)
            (current, previous) = (twoCos * current - previous + c[l], current);
        return 2 * sigma.Sin * sigma.Cos * current;
    }
}
