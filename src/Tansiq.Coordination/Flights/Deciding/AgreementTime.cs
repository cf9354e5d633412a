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
    /// <param name="reasons">Where the reasons are added.</param>
    public static void Decide(DecisionContext context, ReadOnlySpan<AgreementTerm> versions, List<Reason> reasons)
    {
        var speaking = new List<AgreementTerm>(versions.Length);
        foreach (var term in versions)
        {
            if (!IsReplacedBefore(term, context.Flight.Notice.Start)) speaking.Add(term);
        }

        foreach (var term in speaking)
        {
            if (!term.IsDurationDefined) reasons.Add(Saying("agreement.duration-undefined", ReasonEffect.LeavesUnclear, [term]));
        }

        var timed = speaking.FindAll(term => term.Time is not null);
        if (timed.Count == 0) return;
        var inside = Duration.Zero;
        foreach (var term in timed)
        {
            foreach (var (_, volume) in context.VolumesIn(term)) inside += volume.Time.Duration;
        }

        if (inside == Duration.Zero) reasons.Add(Saying("agreement.not-in-force", ReasonEffect.Notes, timed));
        else if (inside < Total(context.Flight.Notice.Volumes)) reasons.Add(Saying("agreement.part-outside", ReasonEffect.Notes, timed));
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
