namespace Tansiq.Geo.Separation;

/// <summary>Bounds of a geodesic distance on WGS 84: the true distance lies between them.</summary>
/// <param name="LowerMetres">Never above the true distance; zero or more.</param>
/// <param name="UpperMetres">Never below it; infinite where only "at least so far" was asked for.</param>
public readonly record struct DistanceBounds(double LowerMetres, double UpperMetres)
{
    /// <summary>The distance of what meets.</summary>
    public static DistanceBounds Zero => default;

    /// <summary>Whether the distance is less than a separation; what is exactly as far as it is not.</summary>
    /// <param name="separationMetres">The separation, above zero.</param>
    public Certainty IsLessThan(double separationMetres)
    {
        if (UpperMetres < separationMetres) return Certainty.Certain;
        return LowerMetres < separationMetres ? Certainty.Possible : Certainty.No;
    }
}
