using NodaTime;
using Tansiq.Coordination.Agreements;
using Tansiq.Geo;
using Tansiq.Geo.Outlines;
using Tansiq.Geo.Separation;

namespace Tansiq.Coordination.Flights.Deciding;

/// <summary>Decides protection clauses (FLT-7): one reason for each site that a volume comes too near, at whatever height.</summary>
internal static class Protection
{
    public static void Decide(DecisionContext context, AgreementTerm term, ProtectionClause clause, List<Reason> reasons)
    {
        if (!clause.AppliesTo.Holds(context.Flight.Notice.Actor, context.Purpose)) return;
        var volumes = context.VolumesIn(term);
        var minima = SeparationMinima.Create((int)Math.Clamp(RequiredMetres(clause.DistanceMetres), 1, FlightSeparation.AnyLateralMetres), 0, Duration.Zero);
        var candidates = new Candidates(context.Situation.Lineage.SitePlaces, volumes, minima, context.Situation.Extent.Admitted);
        while (candidates.MoveNext())
        {
            var notified = context.Situation.Site((int)candidates.Key);
            if (!clause.Categories.Contains(notified.Site.Category) || !Stands(context, notified)) continue;
            if (Nearest(volumes, candidates.Pairs, notified.Site, clause.DistanceMetres) is { } nearest)
                reasons.Add(ToReason(context, term, clause, notified.Site, nearest));
        }
    }

    /// <summary>What a clause says of a flight for one site that is not on the record; null where it says nothing.</summary>
    public static Reason? Of(DecisionContext context, AgreementTerm term, ProtectionClause clause, Site site)
    {
        if (!clause.AppliesTo.Holds(context.Flight.Notice.Actor, context.Purpose) || !clause.Categories.Contains(site.Category)) return null;
        var volumes = context.VolumesIn(term);
        return Nearest(volumes, [.. Enumerable.Range(0, volumes.Length).Select(place => (place, 0))], site, clause.DistanceMetres) is { } nearest
            ? ToReason(context, term, clause, site, nearest)
            : null;
    }

    private sealed record Near(int Number, Volume Volume, Certainty Certainty, DistanceBounds Distance, bool IsValid);

    private static bool Stands(DecisionContext context, RecordedSite notified) =>
        Situation.Restricts(notified.Notified, context.ValidAt)
        && !(notified.Withdrawn is { } withdrawn && Situation.Restricts(withdrawn, context.ValidAt));

    /// <summary>The volume that comes nearest to where the site may be; one while the notification holds before one after.</summary>
    private static Near? Nearest((int Number, Volume Volume)[] volumes, List<(int Volume, int Entry)> pairs, Site site, Threshold distance)
    {
        Near? nearest = null;
        var measured = -1;
        foreach (var (place, _) in pairs)
        {
            // A site of several parts comes near by each of them.
            if (place == measured) continue;
            measured = place;
            var (number, volume) = volumes[place];
            var common = VolumeSeparation.CommonTime(volume.Time, site.Validity);
            var isExpired = site.Validity.HasEnd && volume.Time.End > site.Validity.End;
            if (common is null && !isExpired) continue;
            var near = Measure(number, common is { } time ? volume with { Time = time } : volume, site, distance, common is not null);
            if (near.Certainty == Certainty.No) continue;
            if (nearest is null || IsMore(near, nearest)) nearest = near;
        }

        return nearest;
    }

    private static bool IsMore(Near first, Near second) =>
        first.IsValid != second.IsValid ? first.IsValid : first.Distance.LowerMetres < second.Distance.LowerMetres;

    /// <summary>An undefined distance counts as none: then the volume has to meet the place where the site may be.</summary>
    private static long RequiredMetres(Threshold distance) => distance.IsDefined ? distance.Value : 0;

    private static Near Measure(int number, Volume volume, Site site, Threshold distance, bool isValid)
    {
        var required = RequiredMetres(distance);
        var stated = DistanceTo(site, volume.Outline, required + site.UncertaintyMetres + 1);
        var bounds = new DistanceBounds(Math.Max(0, stated.LowerMetres - site.UncertaintyMetres), stated.UpperMetres + site.UncertaintyMetres);
        var certainty = required > 0 ? bounds.IsLessThan(required)
            : bounds.UpperMetres <= 0 ? Certainty.Certain
            : bounds.LowerMetres <= 0 ? Certainty.Possible
            : Certainty.No;
        return new(number, volume, certainty, bounds, isValid);
    }

    private static DistanceBounds DistanceTo(Site site, Outline outline, double withinMetres)
    {
        if (site.Point is { } point) return OutlineDistance.Between(point, outline, withinMetres);
        var nearest = new DistanceBounds(double.PositiveInfinity, double.PositiveInfinity);
        foreach (var part in site.Outlines)
        {
            var distance = OutlineDistance.Between(part, outline, withinMetres);
            nearest = new(Math.Min(nearest.LowerMetres, distance.LowerMetres), Math.Min(nearest.UpperMetres, distance.UpperMetres));
        }

        return nearest;
    }

    private static Reason ToReason(DecisionContext context, AgreementTerm term, ProtectionClause clause, Site site, Near near)
    {
        var exemption = Exemptions.Ask(context, term, clause, clause.Exemptions, visit: null);
        var (code, effect) =
            !near.IsValid ? ("protection.notification-expired", ReasonEffect.Notes)
            : exemption is { Holds: true } ? ("protection." + exemption.Code, ReasonEffect.DoesNotObject)
            : clause.DistanceMetres.IsDefined ? ("protection.too-near", ReasonEffect.Refuses)
            : ("protection.distance-undefined", ReasonEffect.LeavesUnclear);
        var reason = DecisionContext.Reason(term, clause, code, effect) with
        {
            Exemption = near.IsValid ? exemption?.Exemption : null,
            Site = site.Id,
            Volume = near.Number,
            Certainty = near.Certainty,
            From = near.Volume.Time.Start,
            Until = near.Volume.Time.End,
            Numbers = [.. DistanceNumbers.Of(near.Distance)],
        };
        return clause.DistanceMetres.IsDefined
            ? reason with { Numbers = reason.Numbers.Add(new(ReasonNumbers.AgreedDistanceMetres, clause.DistanceMetres.Value)) }
            : reason;
    }
}
