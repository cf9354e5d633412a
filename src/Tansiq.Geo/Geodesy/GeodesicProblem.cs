namespace Tansiq.Geo.Geodesy;

/// <summary>Two points in canonical order: φ₁ ≤ 0, |φ₂| ≤ |φ₁|, 0 ≤ λ₁₂ ≤ π (Karney 2013, eq. 44).</summary>
internal readonly struct GeodesicProblem
{
    public GeodesicProblem(double latitude1Degrees, double latitude2Degrees, double longitudeDegrees, double longitudeRestDegrees)
    {
        var beta1 = UnitAngle.ReducedLatitude(latitude1Degrees);
        var beta2 = UnitAngle.ReducedLatitude(latitude2Degrees);
        // Latitudes that are equal in size have to be so to the last bit after rounding too.
        if (beta1.Cos < -beta1.Sin)
        {
            if (beta2.Cos == beta1.Cos) beta2 = beta2 with { Sin = Math.CopySign(beta1.Sin, beta2.Sin) };
        }
        else if (Math.Abs(beta2.Sin) == -beta1.Sin)
        {
            beta2 = beta2 with { Cos = beta1.Cos };
        }

        Beta1 = beta1;
        Beta2 = beta2;
        Factor1 = Math.Sqrt(1 + Wgs84.SecondEccentricitySquared * beta1.Sin * beta1.Sin);
        Factor2 = Math.Sqrt(1 + Wgs84.SecondEccentricitySquared * beta2.Sin * beta2.Sin);
        var (sin, cos) = Deterministic.SinCosDegrees(longitudeDegrees, longitudeRestDegrees);
        Lambda = new(sin, cos);
        LambdaRadians = longitudeDegrees * Deterministic.RadiansPerDegree;
        IsMeridional = latitude1Degrees == -90 || sin == 0;
        // The equator is the shortest path up to λ₁₂ = (1 − f) π.
        IsEquatorial = beta1.Sin == 0 && 180 - longitudeDegrees - longitudeRestDegrees >= Wgs84.Flattening * 180;
    }

    /// <summary>Reduced latitude of the first point.</summary>
    public UnitAngle Beta1 { get; }

    /// <summary>Reduced latitude of the second point.</summary>
    public UnitAngle Beta2 { get; }

    /// <summary>√(1 + e′² sin² β₁).</summary>
    public double Factor1 { get; }

    /// <summary>√(1 + e′² sin² β₂).</summary>
    public double Factor2 { get; }

    /// <summary>Difference of longitude.</summary>
    public UnitAngle Lambda { get; }

    /// <summary>Difference of longitude, radians.</summary>
    public double LambdaRadians { get; }

    /// <summary>Whether the shortest path is a meridian.</summary>
    public bool IsMeridional { get; }

    /// <summary>Whether the shortest path is the equator.</summary>
    public bool IsEquatorial { get; }
}

/// <summary>The geodesic from the first point at azimuth α₁ to the second point's latitude, and by how much it misses its longitude.</summary>
internal readonly record struct GeodesicTrial(
    UnitAngle Alpha1, UnitAngle Alpha2, UnitAngle Sigma1, UnitAngle Sigma2, double ArcRadians, double Epsilon, double LongitudeErrorRadians)
{
    public static GeodesicTrial Of(GeodesicProblem problem, UnitAngle alpha1)
    {
        var (beta1, beta2) = (problem.Beta1, problem.Beta2);
        // On the equator and along it: break the tie towards the south, where the path to a nearly opposite point leaves.
        if (beta1.Sin == 0 && alpha1.Cos == 0) alpha1 = alpha1 with { Cos = -UnitAngle.Tiny };
        var sinAlpha0 = alpha1.Sin * beta1.Cos;
        var cosAlpha0 = Deterministic.Hypot(alpha1.Cos, alpha1.Sin * beta1.Sin);
        var alpha2 = AtSecondPoint(beta1, beta2, alpha1, sinAlpha0);

        var cos1 = alpha1.Cos * beta1.Cos;
        var cos2 = alpha2.Cos * beta2.Cos;
        var sigma1 = new UnitAngle(beta1.Sin, cos1).Normalised();
        var sigma2 = new UnitAngle(beta2.Sin, cos2).Normalised();
        var arc = NotNegative(sigma2.Minus(sigma1)).Radians;
        var omega12 = NotNegative(new UnitAngle(sinAlpha0 * beta2.Sin, cos2).Minus(new(sinAlpha0 * beta1.Sin, cos1)));

        var epsilon = GeodesicSeries.Epsilon(cosAlpha0);
        Span<double> c3 = stackalloc double[GeodesicSeries.Order + 1];
        GeodesicSeries.C3(epsilon, c3);
        var b312 = GeodesicSeries.SinSum(sigma2, c3) - GeodesicSeries.SinSum(sigma1, c3);
        var error = omega12.Minus(problem.Lambda).Radians - Wgs84.Flattening * GeodesicSeries.A3(epsilon) * sinAlpha0 * (arc + b312);
        return new(alpha1, alpha2, sigma1, sigma2, arc, epsilon, error);
    }

    private static UnitAngle NotNegative(UnitAngle angle) => angle with { Sin = Math.Max(0, angle.Sin) };

    // Clairaut's relation, eq. (5) and (45); of the two forms of cos² β₁ − cos² β₂ the one with less cancellation.
    private static UnitAngle AtSecondPoint(UnitAngle beta1, UnitAngle beta2, UnitAngle alpha1, double sinAlpha0)
    {
        var sameCosine = beta2.Cos == beta1.Cos;
        var sin = sameCosine ? alpha1.Sin : sinAlpha0 / beta2.Cos;
        if (sameCosine && Math.Abs(beta2.Sin) == -beta1.Sin) return new(sin, Math.Abs(alpha1.Cos));
        var cos1 = alpha1.Cos * beta1.Cos;
        var difference = beta1.Cos < -beta1.Sin
            ? (beta2.Cos - beta1.Cos) * (beta1.Cos + beta2.Cos)
            : (beta1.Sin - beta2.Sin) * (beta1.Sin + beta2.Sin);
        return new(sin, Math.Sqrt(cos1 * cos1 + difference) / beta2.Cos);
    }
}

/// <summary>Length and reduced length of a geodesic, in units of the polar radius (Karney 2013, eq. 7, 38 and 40).</summary>
internal readonly record struct GeodesicLengths(double DistanceOverB, double ReducedLengthOverB)
{
    public static GeodesicLengths Of(GeodesicProblem problem, GeodesicTrial trial)
    {
        Span<double> c = stackalloc double[GeodesicSeries.Order + 1];
        var a1LessOne = GeodesicSeries.A1LessOne(trial.Epsilon);
        GeodesicSeries.C1(trial.Epsilon, c);
        var b1 = GeodesicSeries.SinSum(trial.Sigma2, c) - GeodesicSeries.SinSum(trial.Sigma1, c);
        var a2LessOne = GeodesicSeries.A2LessOne(trial.Epsilon);
        GeodesicSeries.C2(trial.Epsilon, c);
        var b2 = GeodesicSeries.SinSum(trial.Sigma2, c) - GeodesicSeries.SinSum(trial.Sigma1, c);
        var j12 = (a1LessOne - a2LessOne) * trial.ArcRadians + ((1 + a1LessOne) * b1 - (1 + a2LessOne) * b2);
        var reduced = problem.Factor2 * (trial.Sigma1.Cos * trial.Sigma2.Sin)
            - problem.Factor1 * (trial.Sigma1.Sin * trial.Sigma2.Cos)
            - trial.Sigma1.Cos * trial.Sigma2.Cos * j12;
        return new((1 + a1LessOne) * (trial.ArcRadians + b1), reduced);
    }
}
