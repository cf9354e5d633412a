using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights.Deciding;
using Tansiq.Coordination.Parties;

namespace Tansiq.Coordination.Flights;

/// <summary>
/// Checks notices against protected sites that are not on the record, by the same clauses and the same geometry as those that are (FLT-7). What it finds becomes an
/// objection, which is a statement: verdicts stay functions of the record.
/// </summary>
public static class HeldSiteCheck
{
    /// <summary>Which notices come too near to one of some sites.</summary>
    /// <param name="situation">The situation, with its founding and a time.</param>
    /// <param name="self">Whose sites they are: a notice that this party has objected to already, or has answered otherwise since, is left out.</param>
    /// <param name="sites">The sites, as exactly as the check may know them.</param>
    /// <param name="fromNotice">The number of notices on the record that were checked before.</param>
    /// <returns>The notices, in the order of the record. Every notice is held against every site, whatever was found before: the time it takes tells nothing.</returns>
    public static ImmutableArray<FiledNotice> TooNear(Situation situation, Id<Party> self, IReadOnlyList<Site> sites, int fromNotice)
    {
        ArgumentNullException.ThrowIfNull(situation);
        ArgumentNullException.ThrowIfNull(sites);
        if (situation.Founding is not { } founding || situation.Time is not { } now) return [];
        var found = ImmutableArray.CreateBuilder<FiledNotice>();
        for (var number = fromNotice; number < situation.Notices.Count; number++)
        {
            var filed = situation.Notice(number);
            if (now >= filed.Notice.End || NoticeStanding.HasEnded(filed, now)) continue;
            var context = new DecisionContext(situation, founding, FlightInQuestion.OnRecord(filed), now);
            var isTooNear = false;
            foreach (var site in sites) isTooNear |= IsTooNear(context, site);
            if (isTooNear && !filed.Answers.Any(answer => answer.Party == self && answer.Kind == AnswerKind.Objection)) found.Add(filed);
        }

        return found.ToImmutable();
    }

    private static bool IsTooNear(DecisionContext context, Site site)
    {
        var isTooNear = false;
        foreach (var term in context.Terms)
        {
            foreach (var clause in term.Agreement.Clauses.OfType<ProtectionClause>())
            {
                var effect = context.SuspensionOf(clause) is null ? Protection.Of(context, term, clause, site)?.Effect : null;
                // A distance that was left undefined counts as none: then the flight meets the place where the site may be.
                isTooNear |= effect is ReasonEffect.Refuses or ReasonEffect.LeavesUnclear;
            }
        }

        return isTooNear;
    }
}
