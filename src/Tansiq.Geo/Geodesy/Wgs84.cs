namespace Tansiq.Geo.Geodesy;

/// <summary>The WGS 84 ellipsoid (NGA.STND.0036).</summary>
public static class Wgs84
{
    /// <summary>Equatorial radius, metres, exact by definition.</summary>
    public const double EquatorialRadiusMetres = 6_378_137;

    /// <summary>Flattening, exact by definition.</summary>
    public const double Flattening = 1 / 298.257223563;

    /// <summary>Polar radius, metres.</summary>
    public const double PolarRadiusMetres = EquatorialRadiusMetres * (1 - Flattening);

    /// <summary>Third flattening, (a − b) / (a + b).</summary>
    public const double ThirdFlattening = Flattening / (2 - Flattening);

    /// <summary>Square of the first eccentricity.</summary>
    public const double EccentricitySquared = Flattening * (2 - Flattening);

    /// <summary>Square of the second eccentricity.</summary>
    public const double SecondEccentricitySquared = EccentricitySquared / ((1 - Flattening) * (1 - Flattening));
}
