using NodaTime;
using Tansiq.Geo;
using Tansiq.Geo.Geodesy;
using Tansiq.Geo.Outlines;

namespace Tansiq.Coordination.Flights.Deciding;

/// <summary>Where and when a protected site may matter: boxes outside of which it certainly does not lie.</summary>
internal static class SiteReach
{
    // A degree of latitude is nowhere shorter than 110,574 m, so this many units of 10⁻⁷ degree cover a metre and more.
    private const double UnitsPerMetreOfLatitude = GeoPoint.UnitsPerDegree / 110_500.0;

    // Nearer to a pole than this a longitude says nothing about distance.
    private const long PolarLatitudeE7 = 85L * GeoPoint.UnitsPerDegree;

    // The lower bound of a distance, up to 550 km, is at most so much smaller: what may be found nearer has to be in reach too.
    private const long SlackMetres = 1;
    private const long SlackShare = 500;

    /// <summary>A box around each part of a site, as wide as its uncertainty.</summary>
    public static IEnumerable<PlaneBox> BoxesOf(Site site) => BoxesOf(site, 0);

    /// <summary>The same, so many metres wider.</summary>
    public static IEnumerable<PlaneBox> BoxesOf(Site site, long metres)
    {
        var statedMetres = site.UncertaintyMetres + metres;
        var reachMetres = statedMetres + statedMetres / SlackShare + SlackMetres;
        if (site.Point is { } point) return [Widened(new(point.LongitudeE7, point.LatitudeE7, point.LongitudeE7, point.LatitudeE7), reachMetres)];
        return site.Outlines.Select(part => Widened(part.Box, reachMetres));
    }

    /// <summary>From the start of the notification on: after its end a flight is still told of it.</summary>
    public static Interval TimeOf(Site site) => new(site.Validity.HasStart ? site.Validity.Start : null, null);

    private static PlaneBox Widened(PlaneBox box, long metres)
    {
        var latitude = (long)Math.Ceiling(metres * UnitsPerMetreOfLatitude);
        var (south, north) = (Math.Max(box.South - latitude, -GeoPoint.MaximumLatitudeE7), Math.Min(box.North + latitude, GeoPoint.MaximumLatitudeE7));
        var farthest = Math.Max(Math.Abs(south), Math.Abs(north));
        var longitude = farthest < PolarLatitudeE7
            ? (long)Math.Ceiling(latitude / Deterministic.Cos(farthest / (double)GeoPoint.UnitsPerDegree * (Math.PI / 180)))
            : GeoPoint.TurnE7;
        var (west, east) = (box.West - longitude, box.East + longitude);
        // No whole unit of longitude lies outside of this box, in one turn or another.
        return east - west < GeoPoint.TurnE7 - 1 && west >= -3L * GeoPoint.HalfTurnE7 && east <= 3L * GeoPoint.HalfTurnE7
            ? new(west, south, east, north)
            : new(-GeoPoint.HalfTurnE7, south, GeoPoint.HalfTurnE7 - 1, north);
    }
}
