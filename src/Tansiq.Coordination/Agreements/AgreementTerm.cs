using NodaTime;
using NodaTime.TimeZones;
using Tansiq.Coordination.Parties;
using Tansiq.Geo.Separation;

namespace Tansiq.Coordination.Agreements;

/// <summary>An agreement signed by all, with the time for which it holds.</summary>
/// <param name="Agreement">The agreement.</param>
/// <param name="Areas">Its areas, to be asked what meets them.</param>
/// <param name="Time">From its start to its end, or to the start of the version that replaces it; null where the start is undefined.</param>
/// <param name="IsDurationDefined">Whether both start and end are defined.</param>
/// <param name="ReplacedFrom">When a higher version takes its place, or null.</param>
internal sealed record AgreementTerm(Agreement Agreement, AreaIndex Areas, Interval? Time, bool IsDurationDefined, Instant? ReplacedFrom = null)
{
    /// <summary>
    /// The terms that hold at a moment: every version that all signatories have signed by then; of each agreement the highest
    /// first, their times apart from each other.
    /// </summary>
    public static AgreementTerm[] Of(Situation situation, Founding founding, Instant validAt)
    {
        var terms = new List<AgreementTerm>();
        foreach (var versions in Signed(situation, founding, validAt).GroupBy(signed => signed.Agreement.Id).OrderBy(group => group.Key))
        {
            Instant? replacedFrom = null;
            foreach (var signed in versions.OrderByDescending(signed => signed.Agreement.Version))
            {
                var term = signed.Term with { ReplacedFrom = replacedFrom };
                if (replacedFrom is { } replaced && term.Time is { } time)
                {
                    term = term with { Time = VolumeSeparation.CommonTime(time, new(null, replaced)) ?? new Interval(replaced, replaced) };
                }

                terms.Add(term);
                if (term.Time is { HasStart: true } own && (replacedFrom is null || own.Start < replacedFrom)) replacedFrom = own.Start;
            }
        }

        return [.. terms];
    }

    /// <summary>The term of one version, no other looked at; null where not all signatories have signed it by a moment.</summary>
    /// <param name="situation">The situation.</param>
    /// <param name="founding">Whose signatories.</param>
    /// <param name="proposed">The version.</param>
    /// <param name="validAt">The moment.</param>
    public static AgreementTerm? OfVersion(Situation situation, Founding founding, ProposedAgreement proposed, Instant validAt)
    {
        var last = Instant.MinValue;
        foreach (var party in founding.Parties.Keys)
        {
            if (!proposed.Signatures.TryGetValue(party, out var place) || !situation.Permits(place, validAt)) return null;
            last = Instant.Max(last, place.At);
        }

        var term = Resolve(proposed, last);
        return term.Time is { HasEnd: true } time
            ? term with { Time = new Interval(time.Start, Renewals.EndOf(situation, founding, proposed, time.End, validAt)) }
            : term;
    }

    private sealed record SignedVersion(Agreement Agreement, AgreementTerm Term);

    private static IEnumerable<SignedVersion> Signed(Situation situation, Founding founding, Instant validAt)
    {
        foreach (var proposed in situation.Agreements)
        {
            if (OfVersion(situation, founding, proposed, validAt) is { } term) yield return new(proposed.Agreement, term);
        }
    }

    private static AgreementTerm Resolve(ProposedAgreement proposed, Instant lastSignature)
    {
        var (agreement, areas) = (proposed.Agreement, proposed.Areas);
        var start = Resolve(agreement.Duration.Start, lastSignature, start: null);
        if (start is not { } from) return new(agreement, areas, Time: null, IsDurationDefined: false);
        var end = Resolve(agreement.Duration.End, lastSignature, from);
        return end is { } until
            ? new(agreement, areas, new Interval(from, Instant.Max(from, until)), IsDurationDefined: true)
            : new(agreement, areas, new Interval(from, null), IsDurationDefined: false);
    }

    private static Instant? Resolve(Moment moment, Instant lastSignature, Instant? start) => moment switch
    {
        Moment.At at => at.Instant,
        Moment.Local local => InZone(local.DateAndTime, local.Zone),
        Moment.DayPlus plus => InZone(lastSignature.InZone(Zone(plus.Zone)).Date.PlusDays(plus.Days).At(plus.Time), plus.Zone),
        Moment.AfterStart after => start?.Plus(Duration.FromDays(after.Days)),
        _ => null,
    };

    /// <summary>Skipped local times are taken as late as they are skipped, repeated ones as the earlier (docs/formats/scenario.md).</summary>
    private static Instant InZone(LocalDateTime local, string zone) =>
        Zone(zone).ResolveLocal(local, Resolvers.LenientResolver).ToInstant();

    private static DateTimeZone Zone(string zone) => DateTimeZoneProviders.Tzdb[zone];
}
