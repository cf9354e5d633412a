namespace Tansiq.Geo.Geodesy;

/// <summary>The inverse problem (Karney 2013, sections 3 to 5).</summary>
/// <remarks>
/// The points are put in a canonical order (the first farther from the equator and south, the second east of it), where
/// the azimuth at the first point is the one unknown. Newton's method finds it from the start of
/// <see cref="GeodesicStart"/>; a bracket kept beside it turns to bisection where a step would leave it.
/// </remarks>
internal static class GeodesicInverse
{
    private const double Ulp = 2.220446049250313e-16;

    // Newton's method needs a handful of steps; bisection halves the bracket to the last bit well within the rest.
    private const int MaximumNewtonSteps = 20;
    private const int MaximumSteps = MaximumNewtonSteps + 53 + 10;

    private const double BisectionTolerance = Ulp * 1.4901161193847656e-08;

    public static GeodesicPath Solve(double latitude1, double longitude1, double latitude2, double longitude2)
    {
        var (difference, rest) = LongitudeDifference(longitude1, longitude2);
        var eastward = difference >= 0;
        if (!eastward) (difference, rest) = (-difference, -rest);
        var swapped = Math.Abs(latitude1) < Math.Abs(latitude2);
        if (swapped) (latitude1, latitude2) = (latitude2, latitude1);
        var northern = latitude1 >= 0;
        if (northern) (latitude1, latitude2) = (-latitude1, -latitude2);

        var problem = new GeodesicProblem(latitude1, latitude2, difference, rest);
        var (distance, alpha1, alpha2) = SolveCanonical(problem);
        if (distance == 0) return new(0, 0, 0);

        if (swapped) (alpha1, alpha2) = (alpha2, alpha1);
        var sinSign = eastward ? 1 : -1;
        var cosSign = swapped != northern ? -1 : 1;
        return new(distance, Signed(alpha1, sinSign, cosSign), Signed(alpha2, sinSign, cosSign));
    }

    private static double Signed(UnitAngle alpha, int sinSign, int cosSign) =>
        new UnitAngle(sinSign * alpha.Sin, cosSign * alpha.Cos).AzimuthDegrees();

    // second − first in −180 … 180, and what rounding took from it.
    private static (double Difference, double Correction) LongitudeDifference(double first, double second)
    {
        first -= 360 * Math.Round(first / 360);
        second -= 360 * Math.Round(second / 360);
        var difference = second - first;
        var rest = Deterministic.Lost(second, -first, difference);
        var wrapped = difference > 180 || (difference == 180 && rest > 0) ? difference - 360
            : difference < -180 || (difference == -180 && rest <= 0) ? difference + 360
            : difference;
        var sum = wrapped + rest;
        return (sum, Deterministic.Lost(wrapped, rest, sum));
    }

    private static (double Distance, UnitAngle Alpha1, UnitAngle Alpha2) SolveCanonical(GeodesicProblem problem)
    {
        if (problem.IsMeridional) return AlongMeridian(problem);
        if (problem.IsEquatorial)
        {
            var east = new UnitAngle(1, 0);
            return (Wgs84.EquatorialRadiusMetres * problem.LambdaRadians, east, east);
        }

        var start = GeodesicStart.Of(problem);
        if (start.ShortArcRadians is { } arc)
            return (arc * Wgs84.PolarRadiusMetres * start.MeanFactor, start.Alpha1, start.Alpha2);
        var solution = Converge(problem, start.Alpha1);
        var lengths = GeodesicLengths.Of(problem, solution);
        return (lengths.DistanceOverB * Wgs84.PolarRadiusMetres, solution.Alpha1, solution.Alpha2);
    }

    private static (double Distance, UnitAngle Alpha1, UnitAngle Alpha2) AlongMeridian(GeodesicProblem problem)
    {
        var alpha1 = problem.Lambda;
        var alpha2 = new UnitAngle(0, 1);
        var sigma1 = new UnitAngle(problem.Beta1.Sin, alpha1.Cos * problem.Beta1.Cos);
        var sigma2 = problem.Beta2;
        var arc = sigma2.Minus(sigma1);
        var radians = new UnitAngle(Math.Max(0, arc.Sin), arc.Cos).Radians;
        if (radians < 3 * UnitAngle.Tiny) return (0, alpha1, alpha2);
        var trial = new GeodesicTrial(alpha1, alpha2, sigma1, sigma2, radians, GeodesicSeries.Epsilon(1), 0);
        return (GeodesicLengths.Of(problem, trial).DistanceOverB * Wgs84.PolarRadiusMetres, alpha1, alpha2);
    }

    private static GeodesicTrial Converge(GeodesicProblem problem, UnitAngle alpha1)
    {
        var low = new UnitAngle(UnitAngle.Tiny, 1);
        var high = new UnitAngle(UnitAngle.Tiny, -1);
        var nearlyThere = false;
        var bisectedOut = false;
        for (var step = 0; ; step++)
        {
            var trial = GeodesicTrial.Of(problem, alpha1);
            var error = trial.LongitudeErrorRadians;
            // !(≥) also ends the search where the error is NaN, which no argument in range gives.
            if (bisectedOut || !(Math.Abs(error) >= (nearlyThere ? 8 : 1) * Ulp) || step == MaximumSteps) return trial;

            // cot α₁ falls as α₁ grows: compare cotangents.
            if (error > 0 && (step > MaximumNewtonSteps || alpha1.Cos / alpha1.Sin > high.Cos / high.Sin)) high = alpha1;
            else if (error < 0 && (step > MaximumNewtonSteps || alpha1.Cos / alpha1.Sin < low.Cos / low.Sin)) low = alpha1;

            if (step < MaximumNewtonSteps && NewtonStep(problem, trial) is { } next)
            {
                alpha1 = next;
                nearlyThere = Math.Abs(error) <= 16 * Ulp;
                continue;
            }

            alpha1 = new UnitAngle((low.Sin + high.Sin) / 2, (low.Cos + high.Cos) / 2).Normalised();
            nearlyThere = false;
            bisectedOut = IsWithinTolerance(low, alpha1) || IsWithinTolerance(alpha1, high);
        }
    }

    private static bool IsWithinTolerance(UnitAngle smaller, UnitAngle larger) =>
        Math.Abs(smaller.Sin - larger.Sin) + (smaller.Cos - larger.Cos) < BisectionTolerance;

    private static UnitAngle? NewtonStep(GeodesicProblem problem, GeodesicTrial trial)
    {
        // dλ₁₂/dα₁ = m₁₂ / (a cos α₂ cos β₂), eq. (46); where α₂ is a right angle its limit.
        var slope = trial.Alpha2.Cos == 0
            ? -2 * (1 - Wgs84.Flattening) * problem.Factor1 / problem.Beta1.Sin
            : GeodesicLengths.Of(problem, trial).ReducedLengthOverB * (1 - Wgs84.Flattening) / (trial.Alpha2.Cos * problem.Beta2.Cos);
        if (!(slope > 0)) return null;
        var change = -trial.LongitudeErrorRadians / slope;
        if (!(Math.Abs(change) < Math.PI)) return null;
        var next = trial.Alpha1.Plus(UnitAngle.FromRadians(change));
        return next.Sin > 0 ? next.Normalised() : null;
    }
}
