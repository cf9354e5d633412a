using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights.Deciding;
using Tansiq.Geo;
using Tansiq.Geo.Geodesy;
using Tansiq.Geo.Indexing;
using Tansiq.Geo.Separation;

namespace Tansiq.Coordination.Flights;

/// <summary>An area of an agreement in force that holds a place.</summary>
/// <param name="Agreement">The agreement.</param>
/// <param name="Area">The area.</param>
/// <param name="Certainty">How sure the height makes it.</param>
public sealed record AreaOverPlace(Agreement Agreement, DesignatedArea Area, Certainty Certainty);

/// <summary>A volume of a standing notice that holds a place.</summary>
/// <param name="Notice">The notice.</param>
/// <param name="Volume">The number of the volume, from 0.</param>
/// <param name="Certainty">How sure the height makes it.</param>
public sealed record FlightOverPlace(FiledNotice Notice, int Volume, Certainty Certainty);

/// <summary>A protected site on the record that may be at a place.</summary>
/// <param name="Site">The site.</param>
/// <param name="Distance">How far the place is from where the site may be.</param>
public sealed record SiteNearPlace(RecordedSite Site, DistanceBounds Distance);

/// <summary>What the record says about one place at one moment. Pure: the same on every machine.</summary>
/// <param name="Areas">Areas of agreements in force, by agreement and in their order.</param>
/// <param name="Flights">Volumes of notices that stand, by index on the record.</param>
/// <param name="Sites">Sites that may be nearer than asked, by index on the record.</param>
public sealed record WhatApplies(ImmutableArray<AreaOverPlace> Areas, ImmutableArray<FlightOverPlace> Flights, ImmutableArray<SiteNearPlace> Sites)
{
    /// <summary>Asks.</summary>
    /// <param name="situation">What is known.</param>
    /// <param name="place">The place.</param>
    /// <param name="height">The height; an unknown one (null) possibly lies in every band that has a bound.</param>
    /// <param name="at">The moment: what holds then, of what was said by then.</param>
    /// <param name="sitesWithinMetres">How near a site has to be possible, metres, 0 to <see cref="Site.MaximumUncertaintyMetres"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The distance is outside its range.</exception>
    public static WhatApplies At(Situation situation, GeoPoint place, Height? height, Instant at, int sitesWithinMetres)
    {
        ArgumentNullException.ThrowIfNull(situation);
        ArgumentOutOfRangeException.ThrowIfNegative(sitesWithinMetres);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sitesWithinMetres, Site.MaximumUncertaintyMetres);
        return new(AreasAt(situation, place, height, at), FlightsAt(situation, place, height, at), SitesAt(situation, place, at, sitesWithinMetres));
    }

    private static ImmutableArray<AreaOverPlace> AreasAt(Situation situation, GeoPoint place, Height? height, Instant at)
    {
        var found = ImmutableArray.CreateBuilder<AreaOverPlace>();
        var areas = new List<(int Area, Certainty Certainty)>();
        foreach (var standing in AgreementStanding.Of(situation, at))
        {
            if (standing.State != AgreementState.InForce) continue;
            areas.Clear();
            standing.Proposed.Areas.Holding(place, height, at, areas);
            var agreement = standing.Proposed.Agreement;
            foreach (var (area, certainty) in areas) found.Add(new(agreement, agreement.Areas[area], certainty));
        }

        return found.ToImmutable();
    }

    private static ImmutableArray<FlightOverPlace> FlightsAt(Situation situation, GeoPoint place, Height? height, Instant at)
    {
        var found = ImmutableArray.CreateBuilder<FlightOverPlace>();
        var hits = new List<IndexHit>();
        var volumes = situation.Lineage.NoticeVolumes;
        volumes.Holding(place, height, at, situation.Extent.Admitted, hits);
        foreach (var hit in hits)
        {
            var notice = situation.Notice((int)volumes.KeyOf(hit.Entry));
            if (Situation.Restricts(notice.Filed, at) && !NoticeStanding.HasEnded(notice, at) && !NoticeStanding.IsOutOfTheWay(situation, notice, at))
                found.Add(new(notice, hit.Entry - notice.FirstEntry, hit.Certainty));
        }

        return found.ToImmutable();
    }

    private static ImmutableArray<SiteNearPlace> SitesAt(Situation situation, GeoPoint place, Instant at, int withinMetres)
    {
        var found = ImmutableArray.CreateBuilder<SiteNearPlace>();
        var point = place.ToPlane();
        var entries = new List<int>();
        var places = situation.Lineage.SitePlaces;
        places.Near(LateralReach.Around(new(point.X, point.Y, point.X, point.Y), Math.Max(1, withinMetres)), at, at + Duration.Epsilon, situation.Extent.Admitted, entries);
        foreach (var number in entries.Select(entry => (int)places.KeyOf(entry)).Distinct())
        {
            var site = situation.Site(number);
            var isWithdrawn = site.Withdrawn is { } withdrawn && Situation.Restricts(withdrawn, at);
            if (isWithdrawn || !Situation.Restricts(site.Notified, at) || !site.Site.Validity.Contains(at)) continue;
            var distance = DistanceTo(site.Site, place, withinMetres);
            if (distance.LowerMetres <= withinMetres) found.Add(new(site, distance));
        }

        return found.ToImmutable();
    }

    private static DistanceBounds DistanceTo(Site site, GeoPoint place, int withinMetres)
    {
        var within = withinMetres + site.UncertaintyMetres + 1.0;
        var nearest = site.Point is { } point
            ? Between(place, point)
            : site.Outlines.Select(part => OutlineDistance.Between(place, part, within)).MinBy(each => each.LowerMetres);
        return new(Math.Max(0, nearest.LowerMetres - site.UncertaintyMetres), nearest.UpperMetres + site.UncertaintyMetres);
    }

    // The geodesic is right to a few nanometres; the bounds say a centimetre.
    private static DistanceBounds Between(GeoPoint first, GeoPoint second)
    {
        const double errorMetres = 0.01;
        var metres = Geodesic.Inverse(first, second).DistanceMetres;
        return new(Math.Max(0, metres - errorMetres), metres + errorMetres);
    }
}
