using Tansiq.Geo;
using Tansiq.Geo.Geodesy;

namespace Tansiq.Feeds.Positions.Asterix;

/// <summary>The place of an aircraft from its distance and azimuth at a radar and its height.</summary>
/// <remarks>
/// The point is found in space, on the ellipsoid, so that its distance to the antenna, its azimuth in the horizon of the
/// antenna and its height above the ellipsoid are those given; the remaining error in height is below 1 mm. A pressure
/// altitude is taken for the height above the ellipsoid: off by 300 m, it moves an aircraft at 10 km height by 60 m at 50 km
/// and 30 m at 100 km.
/// </remarks>
internal static class SlantRange
{
    /// <summary>The height that is reckoned with at most where none is known, metres.</summary>
    public const double MaximumUnknownHeightMetres = 20_000;

    private const int Steps = 4;

    /// <summary>Finds the place.</summary>
    /// <param name="radar">The radar.</param>
    /// <param name="rangeMetres">Slant range, metres, not negative.</param>
    /// <param name="azimuthDegrees">Azimuth from north, degrees clockwise.</param>
    /// <param name="heightMetres">
    /// Height, metres; where it is null, the place is in the middle of those from 0 m to 20,000 m, and the uncertainty holds them.
    /// </param>
    /// <returns>The place and the radius in which it lies, which is 0 where the height is known and can be at that range.</returns>
    public static (GeoPoint Place, int UncertaintyMetres) Place(RadarPlace radar, double rangeMetres, double azimuthDegrees, double? heightMetres)
    {
        if (heightMetres is { } height)
        {
            // An aircraft higher above the antenna than it is away is about overhead: its height or its range is off.
            return Math.Abs(height - radar.HeightMetres) > rangeMetres
                ? (radar.Place, (int)Math.Ceiling(rangeMetres))
                : (AtHeight(radar, rangeMetres, azimuthDegrees, height), 0);
        }

        var far = AtHeight(radar, rangeMetres, azimuthDegrees, FarthestHeight(radar, rangeMetres));
        var near = AtHeight(radar, rangeMetres, azimuthDegrees, MaximumUnknownHeightMetres);
        var between = Geodesic.Inverse(far, near);
        var middle = Geodesic.Direct(far, between.StartAzimuthDegrees, between.DistanceMetres / 2);
        return (middle, (int)Math.Ceiling(between.DistanceMetres / 2));
    }

    /// <summary>The height at which the range reaches farthest over the ground, not below 0 m.</summary>
    private static double FarthestHeight(RadarPlace radar, double rangeMetres)
    {
        var radius = Wgs84.EquatorialRadiusMetres + radar.HeightMetres;
        return Math.Max(0, Math.Sqrt(radius * radius - rangeMetres * rangeMetres) - Wgs84.EquatorialRadiusMetres);
    }

    private static GeoPoint AtHeight(RadarPlace radar, double rangeMetres, double azimuthDegrees, double heightMetres)
    {
        if (rangeMetres == 0) return radar.Place;
        var horizon = new Horizon(radar.Place.LatitudeDegrees, radar.Place.LongitudeDegrees, radar.HeightMetres);
        var radius = Wgs84.EquatorialRadiusMetres + radar.HeightMetres;
        var wanted = heightMetres;
        var found = default((double Latitude, double Longitude, double Height));
        for (var step = 0; step < Steps; step++)
        {
            // On a sphere first; then the height that the ellipsoid gives is brought to the one wanted.
            var aircraftRadius = Wgs84.EquatorialRadiusMetres + wanted;
            var sine = (aircraftRadius * aircraftRadius - radius * radius - rangeMetres * rangeMetres) / (2 * radius * rangeMetres);
            found = horizon.At(rangeMetres, azimuthDegrees, Math.Clamp(sine, -1, 1));
            wanted += heightMetres - found.Height;
        }

        return GeoPoint.FromDegrees(found.Latitude, found.Longitude);
    }

    /// <summary>The horizon of a place: directions in it as coordinates of the ellipsoid.</summary>
    private readonly struct Horizon
    {
        private readonly (double Sin, double Cos) _latitude;
        private readonly (double Sin, double Cos) _longitude;
        private readonly double _x;
        private readonly double _y;
        private readonly double _z;

        public Horizon(double latitudeDegrees, double longitudeDegrees, double heightMetres)
        {
            _latitude = Deterministic.SinCosDegrees(latitudeDegrees);
            _longitude = Deterministic.SinCosDegrees(longitudeDegrees);
            var normal = Wgs84.EquatorialRadiusMetres / Math.Sqrt(1 - Wgs84.EccentricitySquared * _latitude.Sin * _latitude.Sin);
            _x = (normal + heightMetres) * _latitude.Cos * _longitude.Cos;
            _y = (normal + heightMetres) * _latitude.Cos * _longitude.Sin;
            _z = (normal * (1 - Wgs84.EccentricitySquared) + heightMetres) * _latitude.Sin;
        }

        /// <summary>Latitude and longitude, degrees, and height, metres, of what is seen at a distance, an azimuth and the sine of an elevation.</summary>
        public (double Latitude, double Longitude, double Height) At(double distanceMetres, double azimuthDegrees, double sineOfElevation)
        {
            var (sinAzimuth, cosAzimuth) = Deterministic.SinCosDegrees(azimuthDegrees);
            var level = distanceMetres * Math.Sqrt(1 - sineOfElevation * sineOfElevation);
            var (east, north, up) = (level * sinAzimuth, level * cosAzimuth, distanceMetres * sineOfElevation);
            var outward = up * _latitude.Cos - north * _latitude.Sin;
            return Geodetic(
                _x + outward * _longitude.Cos - east * _longitude.Sin,
                _y + outward * _longitude.Sin + east * _longitude.Cos,
                _z + north * _latitude.Cos + up * _latitude.Sin);
        }

        // B. R. Bowring, "Transformation from spatial to geographical coordinates", Survey Review 23 (1976): one step is
        // right to far less than a unit of the grid at the heights of aircraft.
        private static (double Latitude, double Longitude, double Height) Geodetic(double x, double y, double z)
        {
            var axis = Deterministic.Hypot(x, y);
            var parametric = Deterministic.Atan2(z * Wgs84.EquatorialRadiusMetres, axis * Wgs84.PolarRadiusMetres);
            var (sin, cos) = Deterministic.SinCos(parametric);
            var northward = z + Wgs84.SecondEccentricitySquared * Wgs84.PolarRadiusMetres * sin * sin * sin;
            var outward = axis - Wgs84.EccentricitySquared * Wgs84.EquatorialRadiusMetres * cos * cos * cos;
            var length = Deterministic.Hypot(northward, outward);
            var (sinLatitude, cosLatitude) = (northward / length, outward / length);
            var height = axis * cosLatitude + z * sinLatitude
                - Wgs84.EquatorialRadiusMetres * Math.Sqrt(1 - Wgs84.EccentricitySquared * sinLatitude * sinLatitude);
            return (Deterministic.Atan2Degrees(northward, outward), Deterministic.Atan2Degrees(y, x), height);
        }
    }
}
