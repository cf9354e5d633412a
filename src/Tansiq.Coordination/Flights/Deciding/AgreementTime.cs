using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination.Agreements;
using Tansiq.Geo;

namespace Tansiq.Coordination.Flights.Deciding;

/// <summary>Decides how a flight lies to the time of an agreement, all versions of it together (AGR-3, AGR-8).</summary>
internal static class AgreementTime
{
    /// <summary>Reasons where the agreement's time is not known, or the flight is not wholly in it.</summary>
    /// <param name="context">The decision.</param>
    /// <param name="versions">The signed versions of one agreement, the highest first.</param>
    public static IEnumerable<Reason> Decide(DecisionContext context, ImmutableArray<AgreementTerm> versions)
    {
        var speaking = versions.Where(term => !IsReplacedBefore(term, context.Flight.Notice.Start)).ToList();
        foreach (var term in speaking)
        {
            if (!term.IsDurationDefined) yield return Saying("agreement.duration-undefined", ReasonEffect.LeavesUnclear, [term]);
        }

        var timed = speaking.FindAll(term => term.Time is not null);
        if (timed.Count == 0) yield break;
        var inside = Total(timed.SelectMany(term => context.VolumesIn(term)).Select(each => each.Volume));
        if (inside == Duration.Zero) yield return Saying("agreement.not-in-force", ReasonEffect.Notes, timed);
        else if (inside < Total(context.Flight.Notice.Volumes)) yield return Saying("agreement.part-outside", ReasonEffect.Notes, timed);
    }

    private static bool IsReplacedBefore(AgreementTerm term, Instant flightStart) => term.ReplacedFrom is { } replaced && replaced <= flightStart;

    private static Duration Total(IEnumerable<Volume> volumes) => volumes.Aggregate(Duration.Zero, (sum, volume) => sum + volume.Time.Duration);

    /// <summary>A reason with the time for which the versions hold one after the other.</summary>
    private static Reason Saying(string code, ReasonEffect effect, List<AgreementTerm> versions) => new()
    {
        Code = code,
        Effect = effect,
        Agreement = versions[0].Agreement.Id,
        Clause = versions[0].Agreement.Duration.Id,
        From = versions.Min(term => term.Time is { HasStart: true } time ? time.Start : (Instant?)null),
        Until = versions.Exists(term => term.Time is not { HasEnd: true }) ? null : versions.Max(term => term.Time?.End),
    };
}
