using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Geo;

namespace Tansiq.Coordination.Languages;

/// <summary>Writes what a verdict speaks of by its name in one language, with its identifier; without a name, by that alone.</summary>
/// <param name="phrases">The language.</param>
/// <param name="names">The names of the record.</param>
public sealed class NameText(Phrasebook phrases, RecordNames names)
{
    /// <summary>Numbers, times and places in the same language.</summary>
    public ValueText Values { get; } = new(phrases, names.Zone);

    /// <summary>A signatory, an observer or the office.</summary>
    public string Party(Id<Party> party) =>
        names.Parties.TryGetValue(party, out var name) ? Values.Name(name) : Values.Identifier(party.Value);

    /// <summary>Parties, in the order given.</summary>
    public string Parties(IEnumerable<Id<Party>> parties) => Values.List(parties.Select(Party));

    /// <summary>An actor.</summary>
    public string Actor(Id<Actor> actor) =>
        names.Actors.TryGetValue(actor, out var name) ? Values.Name(name) : Values.Identifier(actor.Value);

    /// <summary>A purpose of flight.</summary>
    public string Purpose(Id<Purpose> purpose) => Named(names.Purposes.GetValueOrDefault(purpose), purpose.Value);

    /// <summary>An agreement.</summary>
    public string Agreement(Id<Agreement> agreement) => Named(names.Agreements.GetValueOrDefault(agreement), agreement.Value);

    /// <summary>A clause with the chapter that it stands in.</summary>
    public string Clause(Id<Agreement> agreement, Id<Clause> clause)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal) { ["id"] = Values.Identifier(clause.Value) };
        if (names.Clauses.TryGetValue((agreement, clause), out var name))
        {
            values.Add("chapter", Values.Identifier(name.Chapter.Value));
            if (name.ChapterTitle is { } title) values.Add("title", Values.Name(title));
        }

        return phrases.Fill("value.clause", values);
    }

    /// <summary>A designated area.</summary>
    public string Area(Id<Agreement> agreement, Id<DesignatedArea> area) =>
        Named(names.Areas.GetValueOrDefault((agreement, area)), area.Value);

    /// <summary>A protected site.</summary>
    public string Site(Id<Site> site) => Named(names.Sites.GetValueOrDefault(site), site.Value);

    /// <summary>A control map with the moment that it shows.</summary>
    public string Map(Id<ControlMap> map)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal) { ["id"] = Values.Identifier(map.Value) };
        if (names.Maps.TryGetValue(map, out var asOf)) values.Add("asOf", Values.Time(asOf));
        return phrases.Fill("value.map", values);
    }

    /// <summary>Another flight, with who filed it.</summary>
    public string Flight(FlightReference flight)
    {
        ArgumentNullException.ThrowIfNull(flight);
        return phrases.Fill(
            "value.flight",
            KeyValuePair.Create("id", Values.Identifier(flight.Id.Value)),
            KeyValuePair.Create("party", Party(flight.Party)));
    }

    /// <summary>A place, with the record's grid reference where it has one.</summary>
    public string Place(GeoPoint place) => Values.Place(place, names.GridReference?.Invoke(place));

    private string Named(Words? name, string identifier) =>
        name is null
            ? Values.Identifier(identifier)
            : phrases.Fill(
                "value.named",
                KeyValuePair.Create("name", Values.Name(name)),
                KeyValuePair.Create("id", Values.Identifier(identifier)));
}
