using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Parties;
using Tansiq.Geo;
using Tansiq.Geo.Separation;

namespace Tansiq.Coordination.Flights.Deciding;

/// <summary>What every clause is given to decide a flight: the situation, the flight, and the moment asked for.</summary>
/// <remarks>Of one decision; not safe for use from several threads.</remarks>
internal sealed class DecisionContext
{
    private readonly Dictionary<AgreementTerm, (int Number, Volume Volume)[]> _volumesByTerm = new(ReferenceEqualityComparer.Instance);

    public DecisionContext(Situation situation, Founding founding, FlightInQuestion flight, Instant validAt)
    {
        Situation = situation;
        Founding = founding;
        Flight = flight;
        ValidAt = validAt;
        Purpose = founding.Purposes[flight.Notice.Purpose];
        Terms = AgreementTerm.Of(situation, founding, validAt);
    }

    public Situation Situation { get; }

    public Founding Founding { get; }

    public FlightInQuestion Flight { get; }

    public Instant ValidAt { get; }

    public Purpose Purpose { get; }

    public IReadOnlyList<AgreementTerm> Terms { get; }

    public HeightConversion Heights => Founding.Heights;

    /// <summary>The signatories other than the filer.</summary>
    public IEnumerable<Id<Party>> OtherSignatories => Founding.Parties.Keys.Where(party => party != Flight.Filer);

    /// <summary>The volumes as far as they lie in an agreement's time, with their numbers.</summary>
    public (int Number, Volume Volume)[] VolumesIn(AgreementTerm term)
    {
        if (_volumesByTerm.TryGetValue(term, out var known)) return known;
        var volumes = new List<(int Number, Volume Volume)>();
        for (var number = 0; number < Flight.Notice.Volumes.Length; number++)
        {
            var volume = Flight.Notice.Volumes[number];
            if (term.Time is { } time && VolumeSeparation.CommonTime(volume.Time, time) is { } common) volumes.Add((number, volume with { Time = common }));
        }

        return _volumesByTerm[term] = [.. volumes];
    }

    /// <summary>Of some parties, those whose word to this flight is not given.</summary>
    public ImmutableSortedSet<Id<Party>> NotConsented(IEnumerable<Id<Party>> parties) =>
        parties.Where(party => !NoticeStanding.HasConsented(Situation, Flight.Filed, party, ValidAt)).ToImmutableSortedSet();

    /// <summary>The suspension under which a clause is at the moment, or null; the earliest where there are several (AGR-9).</summary>
    public MadeSuspension? SuspensionOf(Clause clause)
    {
        if (clause.Survives) return null;
        foreach (var suspension in Situation.Suspensions)
        {
            if (!Situation.Restricts(suspension.Since, ValidAt)) continue;
            if (suspension.Resumed is { } resumed && Situation.Permits(resumed, ValidAt)) continue;
            if (suspension.Scope.Means(clause)) return suspension;
        }

        return null;
    }

    /// <summary>A reason of a clause; in mode notify its effect goes no further than <see cref="ReasonEffect.DoesNotObject"/> (FLT-9).</summary>
    public static Reason Reason(AgreementTerm term, Clause clause, string code, ReasonEffect effect) => new()
    {
        Code = code,
        Effect = clause.Mode == ClauseMode.Notify && effect > ReasonEffect.DoesNotObject ? ReasonEffect.DoesNotObject : effect,
        Agreement = term.Agreement.Id,
        Clause = clause.Id,
    };
}
