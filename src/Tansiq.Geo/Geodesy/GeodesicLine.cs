namespace Tansiq.Geo.Geodesy;

/// <summary>A geodesic by start and direction, prepared for many distances (Karney 2013, section 2, direct problem).</summary>
internal sealed class GeodesicLine
{
    private readonly double _longitudeDegrees;
    private readonly double _sinAlpha0;
    private readonly double _cosAlpha0;
    private readonly UnitAngle _sigma1;
    private readonly UnitAngle _omega1;
    private readonly UnitAngle _tau1;
    private readonly double _b11;
    private readonly double _b31;
    private readonly double _metresPerTau;
    private readonly double _a3Factor;
    private readonly double[] _c1Reverted = new double[GeodesicSeries.Order + 1];
    private readonly double[] _c3 = new double[GeodesicSeries.Order + 1];

    public GeodesicLine(double latitudeDegrees, double longitudeDegrees, double azimuthDegrees)
    {
        _longitudeDegrees = longitudeDegrees;
        var alpha1 = UnitAngle.FromDegrees(azimuthDegrees);
        var beta1 = UnitAngle.ReducedLatitude(latitudeDegrees);
        _sinAlpha0 = alpha1.Sin * beta1.Cos;
        _cosAlpha0 = Deterministic.Hypot(alpha1.Cos, alpha1.Sin * beta1.Sin);
        // On the equator and along it every σ would do; 0 is taken.
        var cos1 = beta1.Sin == 0 && alpha1.Cos == 0 ? 1 : beta1.Cos * alpha1.Cos;
        _sigma1 = new UnitAngle(beta1.Sin, cos1).Normalised();
        _omega1 = new UnitAngle(_sinAlpha0 * beta1.Sin, cos1);

        var epsilon = GeodesicSeries.Epsilon(_cosAlpha0);
        Span<double> c1 = stackalloc double[GeodesicSeries.Order + 1];
        GeodesicSeries.C1(epsilon, c1);
        GeodesicSeries.C1Reverted(epsilon, _c1Reverted);
        GeodesicSeries.C3(epsilon, _c3);
        _b11 = GeodesicSeries.SinSum(_sigma1, c1);
        _b31 = GeodesicSeries.SinSum(_sigma1, _c3);
        _tau1 = _sigma1.Plus(UnitAngle.FromRadians(_b11));
        _metresPerTau = Wgs84.PolarRadiusMetres * (1 + GeodesicSeries.A1LessOne(epsilon));
        _a3Factor = Wgs84.Flattening * _sinAlpha0 * GeodesicSeries.A3(epsilon);
    }

    public GeodesicEnd At(double distanceMetres)
    {
        var tau12 = distanceMetres / _metresPerTau;
        var tau2 = _tau1.Plus(UnitAngle.FromRadians(tau12));
        var sigma12 = tau12 + (GeodesicSeries.SinSum(tau2, _c1Reverted) + _b11);
        var sigma2 = _sigma1.Plus(UnitAngle.FromRadians(sigma12));

        var cosBeta2 = Deterministic.Hypot(_sinAlpha0, _cosAlpha0 * sigma2.Cos);
        if (cosBeta2 == 0)
        {
            sigma2 = sigma2 with { Cos = UnitAngle.Tiny };
            cosBeta2 = UnitAngle.Tiny;
        }

        var omega12 = new UnitAngle(_sinAlpha0 * sigma2.Sin, sigma2.Cos).Minus(_omega1).Radians;
        var lambda12 = omega12 - _a3Factor * (sigma12 + (GeodesicSeries.SinSum(sigma2, _c3) - _b31));
        return new(
            Deterministic.Atan2Degrees(_cosAlpha0 * sigma2.Sin, (1 - Wgs84.Flattening) * cosBeta2),
            Wrapped(_longitudeDegrees, lambda12 * Deterministic.DegreesPerRadian),
            new UnitAngle(_sinAlpha0, _cosAlpha0 * sigma2.Cos).AzimuthDegrees());
    }

    private static double Wrapped(double startDegrees, double differenceDegrees)
    {
        var start = startDegrees - 360 * Math.Round(startDegrees / 360);
        var difference = differenceDegrees - 360 * Math.Round(differenceDegrees / 360);
        var longitude = start + difference;
        if (longitude < -180) longitude += 360;
        return longitude >= 180 ? longitude - 360 : longitude;
    }
}
