using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination.Flights.Deciding;
using Tansiq.Coordination.Parties;
using Tansiq.Geo.Separation;

namespace Tansiq.Coordination.Agreements;

/// <summary>The proposed agreements of a situation, and what follows from them alone, reckoned once.</summary>
/// <remarks>Immutable and thread-safe: every thread that comes first reckons the same.</remarks>
internal sealed class ProposedAgreements(ImmutableList<ProposedAgreement> all)
{
    private AgreementTerm[]? _terms;
    private Reaches? _reaches;

    private sealed record Reaches(SeparationMinima? Separation, long? ProtectionMetres);

    public static ProposedAgreements None { get; } = new([]);

    /// <summary>The agreements, in the order of the record.</summary>
    public ImmutableList<ProposedAgreement> All => all;

    /// <summary>
    /// Minima that no separation clause of any of the agreements goes beyond, in none of the three; null where there is no
    /// such clause.
    /// </summary>
    public SeparationMinima? GreatestSeparation => (_reaches ??= ReachesOf(all)).Separation;

    /// <summary>The greatest distance of a protection clause of any of the agreements, metres; null where there is no such clause.</summary>
    public long? GreatestProtectionMetres => (_reaches ??= ReachesOf(all)).ProtectionMetres;

    /// <summary>The terms that hold at a moment (<see cref="AgreementTerm.Of"/>).</summary>
    public AgreementTerm[] TermsAt(Situation situation, Founding founding, Instant validAt)
    {
        foreach (var agreement in all)
        {
            foreach (var (_, place) in agreement.Signatures)
            {
                if (!situation.Permits(place, validAt)) return AgreementTerm.Of(situation, founding, validAt);
            }

            foreach (var renewal in agreement.Renewals)
            {
                if (!situation.Permits(renewal.Place, validAt)) return AgreementTerm.Of(situation, founding, validAt);
            }
        }

        // Every signature and renewal has its effect: then the terms are the same for every moment and size.
        return _terms ??= AgreementTerm.Of(situation, founding, validAt);
    }

    private static Reaches ReachesOf(ImmutableList<ProposedAgreement> all)
    {
        SeparationMinima? separation = null;
        long? protection = null;
        foreach (var agreement in all)
        {
            foreach (var clause in agreement.Agreement.Clauses)
            {
                if (clause is SeparationClause separate) separation = Greater(separation ?? default, FlightSeparation.MinimaOf(separate));
                if (clause is ProtectionClause protect) protection = Math.Max(protection ?? 0, protect.DistanceMetres.Value);
            }
        }

        return new(separation, protection);
    }

    private static SeparationMinima Greater(SeparationMinima first, SeparationMinima second) => SeparationMinima.Create(
        Math.Max(first.LateralMetres, second.LateralMetres), Math.Max(first.VerticalUnits, second.VerticalUnits), Duration.Max(first.Time, second.Time));
}
