using System.Collections.Immutable;
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
    public ImmutableDictionary<Id<Party>, Words> Parties { get; init; } = ImmutableDictionary<Id<Party>, Words>.Empty;

    /// <summary>Actors.</summary>
    public ImmutableDictionary<Id<Actor>, Words> Actors { get; init; } = ImmutableDictionary<Id<Actor>, Words>.Empty;

    /// <summary>Purposes of flight.</summary>
    public ImmutableDictionary<Id<Purpose>, Words> Purposes { get; init; } = ImmutableDictionary<Id<Purpose>, Words>.Empty;

    /// <summary>Agreements.</summary>
    public ImmutableDictionary<Id<Agreement>, Words> Agreements { get; init; } = ImmutableDictionary<Id<Agreement>, Words>.Empty;

    /// <summary>Clauses of each agreement.</summary>
    public ImmutableDictionary<(Id<Agreement> Agreement, Id<Clause> Clause), ClauseName> Clauses { get; init; } =
        ImmutableDictionary<(Id<Agreement>, Id<Clause>), ClauseName>.Empty;

    /// <summary>Designated areas of each agreement.</summary>
    public ImmutableDictionary<(Id<Agreement> Agreement, Id<DesignatedArea> Area), Words> Areas { get; init; } =
        ImmutableDictionary<(Id<Agreement>, Id<DesignatedArea>), Words>.Empty;

    /// <summary>Protected sites.</summary>
    public ImmutableDictionary<Id<Site>, Words> Sites { get; init; } = ImmutableDictionary<Id<Site>, Words>.Empty;

    /// <summary>The moment that each control map shows.</summary>
    public ImmutableDictionary<Id<ControlMap>, Instant> Maps { get; init; } = ImmutableDictionary<Id<ControlMap>, Instant>.Empty;

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
        var none = new RecordNames();
        return new()
        {
            Zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(founding.Zone),
            Parties = none.Parties
                .SetItems(founding.Observers.Values.Select(observer => KeyValuePair.Create(observer.Id, observer.Name)))
                .SetItem(founding.Office, founding.OfficeName)
                .SetItems(founding.Parties.Values.Select(party => KeyValuePair.Create(party.Id, party.Name))),
            Actors = none.Actors.SetItems(founding.Actors.Values.Select(actor => KeyValuePair.Create(actor.Id, actor.Name))),
            Purposes = none.Purposes.SetItems(founding.Purposes.Values.Select(purpose => KeyValuePair.Create(purpose.Id, purpose.Name))),
            Agreements = none.Agreements.SetItems(versions.Select(agreement => KeyValuePair.Create(agreement.Id, agreement.Title))),
            Clauses = none.Clauses.SetItems(versions.SelectMany(agreement =>
                agreement.Clauses.Append(agreement.Duration).Select(clause =>
                    KeyValuePair.Create((agreement.Id, clause.Id), ClauseName.Of(agreement, clause))))),
            Areas = none.Areas.SetItems(versions.SelectMany(agreement =>
                agreement.Areas.Select(area => KeyValuePair.Create((agreement.Id, area.Id), area.Name)))),
            Sites = none.Sites.SetItems(sites.Select(site => KeyValuePair.Create(site.Id, site.Name))),
            Maps = none.Maps.SetItems(maps.Select(map => KeyValuePair.Create(map.Id, map.AsOf))),
        };
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
