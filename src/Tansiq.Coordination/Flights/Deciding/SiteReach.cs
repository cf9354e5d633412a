using NodaTime;
using Tansiq.Geo;
using Tansiq.Geo.Separation;

namespace Tansiq.Coordination.Flights.Deciding;

/// <summary>Where and when a protected site may matter: boxes outside of which it certainly does not lie.</summary>
internal static class SiteReach
{
    // Half of the equator and more: farther no two places are apart.
    private const long GreatestMetres = 20_037_509;

    // The bounds of a distance of zero may leave half a metre open: reach at least as far.
    private const long LeastMetres = 1;

    /// <summary>A box around each part of a site, as wide as its uncertainty.</summary>
    public static IEnumerable<PlaneBox> BoxesOf(Site site) => BoxesOf(site, 0);

    /// <summary>The same, so many metres wider.</summary>
    public static IEnumerable<PlaneBox> BoxesOf(Site site, long metres)
    {
        var reachMetres = (int)Math.Clamp(site.UncertaintyMetres + metres, LeastMetres, GreatestMetres);
        if (site.Point is { } point) return [Widened(new(point.LongitudeE7, point.LatitudeE7, point.LongitudeE7, point.LatitudeE7), reachMetres)];
        return site.Outlines.Select(part => Widened(part.Box, reachMetres));
    }

    /// <summary>From the start of the notification on: after its end a flight is still told of it.</summary>
    public static Interval TimeOf(Site site) => new(site.Validity.HasStart ? site.Validity.Start : null, null);

    private static PlaneBox Widened(PlaneBox box, int metres)
    {
        var reach = LateralReach.Around(box, metres);
        var (south, north) = (Math.Max(reach.South, -GeoPoint.MaximumLatitudeE7), Math.Min(reach.North, GeoPoint.MaximumLatitudeE7));
        // No whole unit of longitude lies outside of the whole box, in one turn or another.
        return reach.East - reach.West < GeoPoint.TurnE7 - 1 && reach.West >= -3L * GeoPoint.HalfTurnE7 && reach.East <= 3L * GeoPoint.HalfTurnE7
            ? new(reach.West, south, reach.East, north)
            : new(-GeoPoint.HalfTurnE7, south, GeoPoint.HalfTurnE7 - 1, north);
    }
}
