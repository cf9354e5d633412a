namespace Tansiq.Geo.Geodesy;

/// <summary>Where Newton's method starts, or for a very short path the whole answer (Karney 2013, section 5).</summary>
/// <param name="Alpha1">Azimuth at the first point.</param>
/// <param name="Alpha2">Azimuth at the second point; only with <paramref name="ShortArcRadians"/>.</param>
/// <param name="ShortArcRadians">The arc, where the sphere of eq. (48) is right to the last bit; else null.</param>
/// <param name="MeanFactor">Radius of that sphere over the polar radius.</param>
internal readonly record struct GeodesicStart(UnitAngle Alpha1, UnitAngle Alpha2, double? ShortArcRadians, double MeanFactor)
{
    // Below about 0.2 m the error of the spherical answer, which falls with the square of the arc, is under an ulp.
    private const double ShortArc = 3.6e-8;

    private const double Ulp = 2.220446049250313e-16;
    private const double NearCut = 1000 * 1.4901161193847656e-08;

    public static GeodesicStart Of(GeodesicProblem problem)
    {
        var (beta1, beta2) = (problem.Beta1, problem.Beta2);
        var difference = beta2.Minus(beta1);
        var isShort = difference.Cos >= 0 && difference.Sin < 0.5 && beta2.Cos * problem.LambdaRadians < 0.5;
        var factor = 1.0;
        var omega = problem.Lambda;
        if (isShort)
        {
            factor = MeanFactorOf(beta1, beta2);
            omega = UnitAngle.FromRadians(problem.LambdaRadians / ((1 - Wgs84.Flattening) * factor));
        }

        var alpha1 = SphericalAzimuth(beta1, beta2, omega);
        var arc = new UnitAngle(
            Deterministic.Hypot(alpha1.Sin, alpha1.Cos), beta1.Sin * beta2.Sin + beta1.Cos * beta2.Cos * omega.Cos);
        if (isShort && arc.Sin < ShortArc)
        {
            var cosAlpha2 = difference.Sin - beta1.Cos * beta2.Sin * omega.Sin * omega.Sin / (1 + omega.Cos);
            var alpha2 = new UnitAngle(beta1.Cos * omega.Sin, cosAlpha2).Normalised();
            return new(Usable(alpha1), alpha2, arc.Radians, factor);
        }

        var isFarFromAntipode = arc.Cos >= 0 || arc.Sin >= 6 * Wgs84.ThirdFlattening * Math.PI * beta1.Cos * beta1.Cos;
        return new(Usable(isFarFromAntipode ? alpha1 : NearAntipode(problem)), default, null, factor);
    }

    private static double MeanFactorOf(UnitAngle beta1, UnitAngle beta2)
    {
        var sin = (beta1.Sin + beta2.Sin) * (beta1.Sin + beta2.Sin);
        var cos = (beta1.Cos + beta2.Cos) * (beta1.Cos + beta2.Cos);
        return Math.Sqrt(1 + Wgs84.SecondEccentricitySquared * (sin / (sin + cos)));
    }

    // Not normalised: its length is the sine of the arc.
    private static UnitAngle SphericalAzimuth(UnitAngle beta1, UnitAngle beta2, UnitAngle omega)
    {
        var turn = beta2.Cos * beta1.Sin * omega.Sin * omega.Sin;
        return new(
            beta2.Cos * omega.Sin,
            omega.Cos >= 0
                ? beta2.Minus(beta1).Sin + turn / (1 + omega.Cos)
                : beta2.Plus(beta1).Sin - turn / (1 - omega.Cos));
    }

    // In the plane of x, y scaled to the envelope of the geodesics about the antipode, eq. (53) to (57).
    private static UnitAngle NearAntipode(GeodesicProblem problem)
    {
        var (beta1, beta2) = (problem.Beta1, problem.Beta2);
        var longitudeScale = Wgs84.Flattening * beta1.Cos * GeodesicSeries.A3(GeodesicSeries.Epsilon(beta1.Sin)) * Math.PI;
        var latitudeScale = longitudeScale * beta1.Cos;
        var latitudeSum = beta2.Plus(beta1).Sin;
        var x = Deterministic.Atan2(-problem.Lambda.Sin, -problem.Lambda.Cos) / longitudeScale;
        var y = latitudeSum / latitudeScale;
        if (y > -200 * Ulp && x > -1 - NearCut)
        {
            var sin = Math.Min(1, -x);
            return new(sin, -Math.Sqrt(1 - sin * sin));
        }

        var k = AstroidRoot(x, y);
        var omega = UnitAngle.FromRadians(longitudeScale * -x * k / (1 + k));
        return new(beta2.Cos * omega.Sin, latitudeSum - beta2.Cos * beta1.Sin * omega.Sin * omega.Sin / (1 + omega.Cos));
    }

    private static UnitAngle Usable(UnitAngle alpha1) => alpha1.Sin > 0 ? alpha1.Normalised() : new(1, 0);

    /// <summary>The positive root of κ⁴ + 2κ³ − (x² + y² − 1)κ² − 2y²κ − y² = 0, eq. (55).</summary>
    private static double AstroidRoot(double x, double y)
    {
        var p = x * x;
        var q = y * y;
        var r = (p + q - 1) / 6;
        if (q == 0 && r <= 0) return 0;
        var s = p * q / 4;
        var rCubed = r * r * r;
        var discriminant = s * (s + 2 * rCubed);
        var u = r;
        if (discriminant >= 0)
        {
            var sum = s + rCubed;
            var t = Deterministic.Cbrt(sum + (sum < 0 ? -Math.Sqrt(discriminant) : Math.Sqrt(discriminant)));
            u += t + (t == 0 ? 0 : r * r / t);
        }
        else
        {
            u += 2 * r * Deterministic.Cos(Deterministic.Atan2(Math.Sqrt(-discriminant), -(s + rCubed)) / 3);
        }

        var v = Math.Sqrt(u * u + q);
        var sumOfBoth = u < 0 ? q / (v - u) : u + v;
        var w = (sumOfBoth - q) / (2 * v);
        return sumOfBoth / (Math.Sqrt(sumOfBoth + w * w) + w);
    }
}
