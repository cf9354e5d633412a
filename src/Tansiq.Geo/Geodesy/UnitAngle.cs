namespace Tansiq.Geo.Geodesy;

/// <summary>An angle as its sine and cosine, which keeps full precision near every multiple of a right angle.</summary>
internal readonly record struct UnitAngle(double Sin, double Cos)
{
    /// <summary>Stands in for zero where a quotient is to stay defined; its square is still a normal number.</summary>
    public const double Tiny = 1.4916681462400413e-154;

    public static UnitAngle FromDegrees(double degrees)
    {
        var (sin, cos) = Deterministic.SinCosDegrees(degrees);
        return new(sin, cos);
    }

    public static UnitAngle FromRadians(double radians)
    {
        var (sin, cos) = Deterministic.SinCos(radians);
        return new(sin, cos);
    }

    public double Radians => Deterministic.Atan2(Sin, Cos);

    /// <summary>The reduced latitude β of a geographic latitude: tan β = (1 − f) tan φ; its cosine is never zero.</summary>
    public static UnitAngle ReducedLatitude(double latitudeDegrees)
    {
        var (sin, cos) = Deterministic.SinCosDegrees(WithoutUnderflow(latitudeDegrees));
        var reduced = new UnitAngle((1 - Wgs84.Flattening) * sin, cos).Normalised();
        return reduced with { Cos = Math.Max(Tiny, reduced.Cos) };
    }

    public UnitAngle Normalised()
    {
        var length = Deterministic.Hypot(Sin, Cos);
        return new(Sin / length, Cos / length);
    }

    public UnitAngle Plus(UnitAngle other) => new(Sin * other.Cos + Cos * other.Sin, Cos * other.Cos - Sin * other.Sin);

    public UnitAngle Minus(UnitAngle other) => new(Sin * other.Cos - Cos * other.Sin, Cos * other.Cos + Sin * other.Sin);

    /// <summary>As an azimuth: degrees clockwise from north, 0 to below 360.</summary>
    public double AzimuthDegrees()
    {
        var degrees = Deterministic.Atan2Degrees(Sin, Cos);
        if (degrees < 0) degrees += 360;
        return degrees >= 360 ? 0 : degrees;
    }

    // Degrees below 1/16 in steps of 2⁻⁵⁷, so that squares of what is left of an angle cannot underflow.
    private static double WithoutUnderflow(double degrees)
    {
        const double sixteenth = 1.0 / 16;
        var size = Math.Abs(degrees);
        if (size < sixteenth) size = sixteenth - (sixteenth - size);
        return degrees < 0 ? -size : size;
    }
}
