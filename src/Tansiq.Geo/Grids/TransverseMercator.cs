using Tansiq.Geo.Geodesy;

namespace Tansiq.Geo.Grids;

/// <summary>Krüger's transverse Mercator projection of WGS 84 with scale 1 on the central meridian.</summary>
/// <remarks>
/// After C. F. F. Karney, "Transverse Mercator with an accuracy of a few nanometers", J. Geodesy 85 (2011), series to sixth
/// order: right to 5 nm within 3,900 km of the central meridian. Same bits on every machine; pure and thread-safe.
/// </remarks>
public static class TransverseMercator
{
    private const double N = Wgs84.ThirdFlattening;
    private const double N2 = N * N;
    private const double N3 = N2 * N;
    private const double N4 = N2 * N2;
    private const double N5 = N4 * N;
    private const double N6 = N3 * N3;

    // Radius of the circle as long as the meridian, eq. (14).
    private const double RectifyingRadiusMetres =
        Wgs84.EquatorialRadiusMetres / (1 + N) * (1 + N2 / 4 + N4 / 64 + N6 / 256);

    private static readonly double Eccentricity = Math.Sqrt(Wgs84.EccentricitySquared);

    // Eq. (35).
    private static readonly double[] Alpha =
    [
        0,
        1.0 / 2 * N - 2.0 / 3 * N2 + 5.0 / 16 * N3 + 41.0 / 180 * N4 - 127.0 / 288 * N5 + 7891.0 / 37800 * N6,
        13.0 / 48 * N2 - 3.0 / 5 * N3 + 557.0 / 1440 * N4 + 281.0 / 630 * N5 - 1983433.0 / 1935360 * N6,
        61.0 / 240 * N3 - 103.0 / 140 * N4 + 15061.0 / 26880 * N5 + 167603.0 / 181440 * N6,
        49561.0 / 161280 * N4 - 179.0 / 168 * N5 + 6601661.0 / 7257600 * N6,
        34729.0 / 80640 * N5 - 3418889.0 / 1995840 * N6,
        212378941.0 / 319334400 * N6,
    ];

    // Eq. (36), with the sign that adds.
    private static readonly double[] MinusBeta =
    [
        0,
        -(1.0 / 2 * N - 2.0 / 3 * N2 + 37.0 / 96 * N3 - 1.0 / 360 * N4 - 81.0 / 512 * N5 + 96199.0 / 604800 * N6),
        -(1.0 / 48 * N2 + 1.0 / 15 * N3 - 437.0 / 1440 * N4 + 46.0 / 105 * N5 - 1118711.0 / 3870720 * N6),
        -(17.0 / 480 * N3 - 37.0 / 840 * N4 - 209.0 / 4480 * N5 + 5569.0 / 90720 * N6),
        -(4397.0 / 161280 * N4 - 11.0 / 504 * N5 - 830251.0 / 7257600 * N6),
        -(4583.0 / 161280 * N5 - 108847.0 / 3991680 * N6),
        -(20648693.0 / 638668800 * N6),
    ];

    /// <summary>Projects a point.</summary>
    /// <param name="latitudeDegrees">Latitude, strictly between −90 and 90.</param>
    /// <param name="fromMeridianDegrees">Longitude east of the central meridian, strictly between −90 and 90.</param>
    /// <returns>Metres east of the central meridian and north of the equator.</returns>
    public static (double X, double Y) Forward(double latitudeDegrees, double fromMeridianDegrees)
    {
        var (sinPhi, cosPhi) = Deterministic.SinCosDegrees(latitudeDegrees);
        var (sinLambda, cosLambda) = Deterministic.SinCosDegrees(fromMeridianDegrees);
        var tau = ConformalTangent(sinPhi / cosPhi);
        var xi = Deterministic.Atan2(tau, cosLambda);
        var eta = Deterministic.Asinh(sinLambda / Deterministic.Hypot(tau, cosLambda));
        var (xiChange, etaChange) = Sum(Alpha, xi, eta);
        return (RectifyingRadiusMetres * (eta + etaChange), RectifyingRadiusMetres * (xi + xiChange));
    }

    /// <summary>The point that is projected to a place.</summary>
    /// <param name="x">Metres east of the central meridian, at most 4,000 km either way.</param>
    /// <param name="y">Metres north of the equator, less than a quarter of the meridian either way.</param>
    /// <returns>Latitude, and longitude east of the central meridian, degrees.</returns>
    public static (double LatitudeDegrees, double FromMeridianDegrees) Inverse(double x, double y)
    {
        var xi = y / RectifyingRadiusMetres;
        var eta = x / RectifyingRadiusMetres;
        var (xiChange, etaChange) = Sum(MinusBeta, xi, eta);
        var (sinXi, cosXi) = Deterministic.SinCos(xi + xiChange);
        var sinhEta = Deterministic.Sinh(eta + etaChange);
        var tau = GeographicTangent(sinXi / Deterministic.Hypot(sinhEta, cosXi));
        return (Deterministic.Atan2Degrees(tau, 1), Deterministic.Atan2Degrees(sinhEta, cosXi));
    }

    /// <summary>Tangent of the conformal latitude from that of the geographic one, eq. (7) to (9).</summary>
    private static double ConformalTangent(double tau)
    {
        var secant = Deterministic.Hypot(1, tau);
        var sigma = Deterministic.Sinh(Eccentricity * Deterministic.Atanh(Eccentricity * tau / secant));
        return tau * Deterministic.Hypot(1, sigma) - sigma * secant;
    }

    /// <summary>Tangent of the geographic latitude from that of the conformal one: Newton's method, eq. (19) to (21).</summary>
    private static double GeographicTangent(double conformalTangent)
    {
        // Two steps reach the last bit from this start everywhere; the third is for safety.
        const int steps = 3;
        const double complement = 1 - Wgs84.EccentricitySquared;
        var tau = conformalTangent / complement;
        for (var step = 0; step < steps; step++)
        {
            var reached = ConformalTangent(tau);
            tau += (conformalTangent - reached) / Math.Sqrt(1 + reached * reached)
                * (1 + complement * tau * tau) / (complement * Math.Sqrt(1 + tau * tau));
        }

        return tau;
    }

    /// <summary>Σ c[j] sin 2j(ξ + iη), by Clenshaw's recurrence in complex numbers.</summary>
    private static (double Real, double Imaginary) Sum(double[] c, double xi, double eta)
    {
        var (sin, cos) = Deterministic.SinCos(2 * xi);
        var (sinh, cosh) = (Deterministic.Sinh(2 * eta), Deterministic.Cosh(2 * eta));
        var (factor, factorImaginary) = (2 * cos * cosh, -2 * sin * sinh);
        double real = 0, imaginary = 0, previous = 0, previousImaginary = 0;
        for (var j = c.Length - 1; j >= 1; j--)
        {
            var next = factor * real - factorImaginary * imaginary - previous + c[j];
            var nextImaginary = factor * imaginary + factorImaginary * real - previousImaginary;
            (previous, previousImaginary) = (real, imaginary);
            (real, imaginary) = (next, nextImaginary);
        }

        var (last, lastImaginary) = (sin * cosh, cos * sinh);
        return (last * real - lastImaginary * imaginary, last * imaginary + lastImaginary * real);
    }
}
