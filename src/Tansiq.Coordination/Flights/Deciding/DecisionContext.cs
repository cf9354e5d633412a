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
    private readonly (int Number, Volume Volume)[]?[] _volumes;
    private readonly List<AreaVisit>?[] _visits;
    private readonly List<GainedGround> _gained = [];
    private bool _isMapKnown;
    private ControlMap? _map;

    public DecisionContext(Situation situation, Founding founding, FlightInQuestion flight, Instant validAt)
    {
        Situation = situation;
        Founding = founding;
        Flight = flight;
        ValidAt = validAt;
        Purpose = founding.Purposes[flight.Notice.Purpose];
        Terms = situation.Proposed.TermsAt(situation, founding, validAt);
        _volumes = new (int, Volume)[]?[Terms.Length];
        _visits = new List<AreaVisit>?[Terms.Length];
    }

    public Situation Situation { get; }

    public Founding Founding { get; }

    public FlightInQuestion Flight { get; }

    public Instant ValidAt { get; }

    public Purpose Purpose { get; }

    public AgreementTerm[] Terms { get; }

    public HeightConversion Heights => Founding.Heights;

    /// <summary>The signatories other than the filer.</summary>
    public IEnumerable<Id<Party>> OtherSignatories => Founding.Parties.Keys.Where(party => party != Flight.Filer);

    /// <summary>Of the control maps that count at the moment the latest, or null (<see cref="ControlMaps.LatestAccepted"/>).</summary>
    public ControlMap? Map
    {
        get
        {
            if (!_isMapKnown) (_map, _isMapKnown) = (ControlMaps.LatestAccepted(Situation, Founding, ValidAt), true);
            return _map;
        }
    }

    /// <summary>The volumes as far as they lie in an agreement's time, with their numbers.</summary>
    public (int Number, Volume Volume)[] VolumesIn(AgreementTerm term)
    {
        ref var known = ref _volumes[NumberOf(term)];
        if (known is not null) return known;
        var volumes = new List<(int Number, Volume Volume)>();
        for (var number = 0; number < Flight.Notice.Volumes.Length; number++)
        {
            var volume = Flight.Notice.Volumes[number];
            if (term.Time is not { } time || VolumeSeparation.CommonTime(volume.Time, time) is not { } common) continue;
            volumes.Add((number, common == volume.Time ? volume : volume with { Time = common }));
        }

        return known = [.. volumes];
    }

    /// <summary>The stays in an agreement's areas of some classes, in the order of the areas and then of time.</summary>
    public IEnumerable<AreaVisit> VisitsIn(AgreementTerm term, ImmutableSortedSet<Id<AreaClass>> classes)
    {
        foreach (var visit in _visits[NumberOf(term)] ??= AreaVisits.Of(this, term))
        {
            if (classes.Contains(visit.Area.Class)) yield return visit;
        }
    }

    /// <summary>The ground that an organisation gained by a map.</summary>
    public GainedGround Gained(ControlMap map, Id<Actor> holder)
    {
        var known = _gained.Find(ground => ground.Holder == holder);
        if (known is null) _gained.Add(known = new(map, holder, Flight.Notice.Volumes.Length));
        return known;
    }

    /// <summary>Of some parties, those whose word to this flight is not given.</summary>
    public ImmutableSortedSet<Id<Party>> NotConsented(IEnumerable<Id<Party>> parties) =>
        parties.Where(party => !NoticeStanding.HasConsented(Situation, Flight.Filed, party, ValidAt)).ToImmutableSortedSet();

    /// <summary>The suspension under which a clause is at the moment, or null; the earliest where there are several (AGR-9).</summary>
    public MadeSuspension? SuspensionOf(Clause clause) => AgreementStanding.SuspensionOf(Situation, clause, ValidAt);

    private int NumberOf(AgreementTerm term) => Array.FindIndex(Terms, each => ReferenceEquals(each, term));

    /// <summary>A reason of a clause; in mode notify its effect goes no further than <see cref="ReasonEffect.DoesNotObject"/> (FLT-9).</summary>
    public static Reason Reason(AgreementTerm term, Clause clause, string code, ReasonEffect effect) => new()
    {
        Code = code,
        Effect = clause.Mode == ClauseMode.Notify && effect > ReasonEffect.DoesNotObject ? ReasonEffect.DoesNotObject : effect,
        Agreement = term.Agreement.Id,
        Clause = clause.Id,
    };
}
