using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Flights.Deciding;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Geo;
using Tansiq.Geo.Separation;

namespace Tansiq.Coordination.Monitoring;

/// <summary>What tracks are held against in a situation: the areas of the stand-down clauses in force, and the standing notices.</summary>
public static class ReplayPictures
{
    /// <summary>The picture that a situation gives.</summary>
    /// <param name="situation">What is known: a situation that has its founding and a time.</param>
    /// <param name="declared">The tracks that are declared to fly a notice, by the notice's identifier.</param>
    /// <param name="attribution">What was declared or assessed of whose aircraft tracks are; null: nothing.</param>
    /// <exception cref="ArgumentException">The situation has no founding or no time yet.</exception>
    public static ReplayPicture Of(
        Situation situation, IReadOnlyDictionary<Id<Statement>, ImmutableSortedSet<string>> declared, AttributionRules? attribution = null)
    {
        ArgumentNullException.ThrowIfNull(situation);
        ArgumentNullException.ThrowIfNull(declared);
        if (situation.Founding is not { } founding || situation.Time is not { } now)
        {
            throw new ArgumentException("A replay needs a record with its founding and a time.", nameof(situation));
        }

        var terms = AgreementTerm.Of(situation, founding, now);
        return new()
        {
            Areas = [.. terms.SelectMany(term => AreasOf(situation, term))],
            Notices = [.. NoticesOf(situation, now, declared).Select(notice => notice with { Separations = [.. SeparationsOf(situation, founding, terms, notice.Notice)] })],
            Heights = founding.Heights,
            Attribution = attribution ?? AttributionRules.None,
        };
    }

    /// <summary>Each area once for each clause over it and each stretch of time in which that clause is in force.</summary>
    private static IEnumerable<WatchedArea> AreasOf(Situation situation, AgreementTerm term)
    {
        foreach (var area in term.Agreement.Areas)
        {
            foreach (var clause in term.Agreement.Clauses.OfType<StandDownClause>())
            {
                if (!clause.AreaClasses.Contains(area.Class)) continue;
                foreach (var time in InForce(situation, term, clause))
                {
                    if (VolumeSeparation.CommonTime(time, area.Validity) is not { } validity) continue;
                    yield return new() { Area = area.Id, Clauses = [clause.Id], Outlines = area.Outlines, Heights = area.Heights, Validity = validity };
                }
            }
        }
    }

    /// <summary>Each separation clause that speaks of a notice once for each stretch of time in which it is in force; undefined minima are zero.</summary>
    private static IEnumerable<WatchedSeparation> SeparationsOf(
        Situation situation, Founding founding, IReadOnlyList<AgreementTerm> terms, Notice notice)
    {
        foreach (var term in terms)
        {
            foreach (var clause in term.Agreement.Clauses.OfType<SeparationClause>())
            {
                if (!clause.AppliesTo.Holds(notice.Actor, founding.Purposes[notice.Purpose])) continue;
                foreach (var time in InForce(situation, term, clause))
                    yield return new(clause.Id, (int)clause.LateralMetres.Value, clause.VerticalMetres.Value * Height.UnitsPerMetre, time);
            }
        }
    }

    /// <summary>The agreement's time without the suspensions of a clause.</summary>
    private static List<Interval> InForce(Situation situation, AgreementTerm term, Clause clause)
    {
        var stretches = new List<Interval>();
        if (term.Time is { } whole) stretches.Add(whole);
        if (clause.Survives) return stretches;
        foreach (var suspension in situation.Suspensions)
        {
            if (!suspension.Scope.Means(clause)) continue;
            Instant? until = suspension.Resumed is { } resumed && resumed.Index < situation.JointSize ? resumed.At : null;
            stretches = [.. stretches.SelectMany(stretch => Without(stretch, suspension.Since.At, until))];
        }

        return stretches;
    }

    private static IEnumerable<Interval> Without(Interval stretch, Instant from, Instant? until)
    {
        if (VolumeSeparation.CommonTime(stretch, new(null, from)) is { } before) yield return before;
        if (until is { } end && VolumeSeparation.CommonTime(stretch, new(end, null)) is { } after) yield return after;
    }

    private static IEnumerable<WatchedNotice> NoticesOf(
        Situation situation, Instant now, IReadOnlyDictionary<Id<Statement>, ImmutableSortedSet<string>> declared)
    {
        foreach (var filed in situation.Notices.Values)
        {
            if (NoticeStanding.HasEnded(filed, now) || NoticeStanding.IsLapsed(situation, filed, now)) continue;
            yield return new()
            {
                Flight = filed.Reference,
                Notice = filed.Notice,
                Tracks = declared.TryGetValue(filed.Reference.Id, out var tracks) ? tracks : [],
            };
        }
    }
}
