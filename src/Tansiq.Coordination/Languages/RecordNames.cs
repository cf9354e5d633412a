using NodaTime;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Geo;

namespace Tansiq.Coordination.Languages;

/// <summary>The names that a record gives to what its verdicts speak of. What is not named is shown by its identifier.</summary>
public sealed record RecordNames
{
    /// <summary>No names, times in universal time only.</summary>
    public static RecordNames None { get; } = new();

    /// <summary>The zone whose local time is shown beside universal time; null to show universal time only.</summary>
    public DateTimeZone? Zone { get; init; }

    /// <summary>Signatories, observers and the office.</summary>
    public IReadOnlyDictionary<Id<Party>, Words> Parties { get; init; } = new Dictionary<Id<Party>, Words>();

    /// <summary>Actors.</summary>
    public IReadOnlyDictionary<Id<Actor>, Words> Actors { get; init; } = new Dictionary<Id<Actor>, Words>();

    /// <summary>Purposes of flight.</summary>
    public IReadOnlyDictionary<Id<Purpose>, Words> Purposes { get; init; } = new Dictionary<Id<Purpose>, Words>();

    /// <summary>Agreements.</summary>
    public IReadOnlyDictionary<Id<Agreement>, Words> Agreements { get; init; } = new Dictionary<Id<Agreement>, Words>();

    /// <summary>Clauses of each agreement.</summary>
    public IReadOnlyDictionary<(Id<Agreement> Agreement, Id<Clause> Clause), ClauseName> Clauses { get; init; } = new Dictionary<(Id<Agreement> Agreement, Id<Clause> Clause), ClauseName>();

    /// <summary>Designated areas of each agreement.</summary>
    public IReadOnlyDictionary<(Id<Agreement> Agreement, Id<DesignatedArea> Area), Words> Areas { get; init; } = new Dictionary<(Id<Agreement> Agreement, Id<DesignatedArea> Area), Words>();

    /// <summary>Protected sites.</summary>
    public IReadOnlyDictionary<Id<Site>, Words> Sites { get; init; } = new Dictionary<Id<Site>, Words>();

    /// <summary>The moment that each control map shows.</summary>
    public IReadOnlyDictionary<Id<ControlMap>, Instant> Maps { get; init; } = new Dictionary<Id<ControlMap>, Instant>();

    /// <summary>Writes a place as a grid reference too (for example MGRS); null to write degrees only.</summary>
    public Func<GeoPoint, string>? GridReference { get; init; }

    /// <summary>The names that a founding, agreements, sites and control maps give.</summary>
    /// <param name="founding">Parties, actors, purposes and the zone; a zone that TZDB does not know is left out.</param>
    /// <param name="agreements">All versions; of one agreement's, the highest gives the names that several have.</param>
    /// <param name="sites">Sites; of several of one identifier the last counts.</param>
    /// <param name="maps">Control maps; of several of one identifier the last counts.</param>
    public static RecordNames Of(
        Founding founding,
        IEnumerable<Agreement> agreements,
        IEnumerable<Site> sites,
        IEnumerable<ControlMap> maps)
    {
        ArgumentNullException.ThrowIfNull(founding);
        var versions = agreements.OrderBy(agreement => agreement.Version).ToList();
        return new()
        {
            Zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(founding.Zone),
            Parties = PartiesOf(founding),
            Actors = ByKey(founding.Actors.Values, actor => actor.Id, actor => actor.Name),
            Purposes = ByKey(founding.Purposes.Values, purpose => purpose.Id, purpose => purpose.Name),
            Agreements = ByKey(versions, agreement => agreement.Id, agreement => agreement.Title),
            Clauses = ClausesOf(versions),
            Areas = AreasOf(versions),
            Sites = ByKey(sites, site => site.Id, site => site.Name),
            Maps = ByKey(maps, map => map.Id, map => map.AsOf),
        };
    }

    private static Dictionary<Id<Party>, Words> PartiesOf(Founding founding)
    {
        var names = ByKey(founding.Observers.Values, observer => observer.Id, observer => observer.Name);
        names[founding.Office] = founding.OfficeName;
        foreach (var party in founding.Parties.Values) names[party.Id] = party.Name;
        return names;
    }

    private static Dictionary<(Id<Agreement> Agreement, Id<Clause> Clause), ClauseName> ClausesOf(List<Agreement> versions)
    {
        var names = new Dictionary<(Id<Agreement> Agreement, Id<Clause> Clause), ClauseName>();
        foreach (var agreement in versions)
        {
            foreach (var clause in agreement.Clauses) names[(agreement.Id, clause.Id)] = ClauseName.Of(agreement, clause);
            names[(agreement.Id, agreement.Duration.Id)] = ClauseName.Of(agreement, agreement.Duration);
        }

        return names;
    }

    private static Dictionary<(Id<Agreement> Agreement, Id<DesignatedArea> Area), Words> AreasOf(List<Agreement> versions)
    {
        var names = new Dictionary<(Id<Agreement> Agreement, Id<DesignatedArea> Area), Words>();
        foreach (var agreement in versions)
        {
            foreach (var area in agreement.Areas) names[(agreement.Id, area.Id)] = area.Name;
        }

        return names;
    }

    /// <summary>Values by key; of several of one key the last counts.</summary>
    private static Dictionary<TKey, TValue> ByKey<TItem, TKey, TValue>(IEnumerable<TItem> items, Func<TItem, TKey> key, Func<TItem, TValue> value)
        where TKey : notnull
    {
        var byKey = new Dictionary<TKey, TValue>();
        foreach (var item in items) byKey[key(item)] = value(item);
        return byKey;
    }
}

/// <summary>Where a clause stands, and whether it only asks to be told.</summary>
/// <param name="Chapter">The chapter's identifier.</param>
/// <param name="ChapterTitle">The chapter's title, or null where the agreement names no such chapter.</param>
/// <param name="Mode">Notify only, or agree (FLT-9).</param>
public sealed record ClauseName(Id<Chapter> Chapter, Words? ChapterTitle, ClauseMode Mode)
{
    /// <summary>The name of a clause of an agreement.</summary>
    public static ClauseName Of(Agreement agreement, Clause clause)
    {
        ArgumentNullException.ThrowIfNull(agreement);
        ArgumentNullException.ThrowIfNull(clause);
        var title = agreement.Chapters.Where(chapter => chapter.Id == clause.Chapter).Select(chapter => chapter.Title).FirstOrDefault();
        return new(clause.Chapter, title, clause.Mode);
    }
}
