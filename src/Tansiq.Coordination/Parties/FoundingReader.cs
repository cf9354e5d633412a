using System.Collections.Immutable;
using NodaTime.TimeZones;
using Tansiq.Coordination.Statements;
using Tansiq.Geo;
using Tansiq.Geo.Separation;
using Tansiq.Geo.Text;

namespace Tansiq.Coordination.Parties;

/// <summary>Reads who takes part and what all verdicts rest on (scenario.json of docs/formats/scenario.md).</summary>
public static class FoundingReader
{
    /// <summary>The most bytes of a founding.</summary>
    public const int MaximumBytes = 16 * 1024 * 1024;

    /// <summary>The most languages.</summary>
    public const int MaximumLanguages = 16;

    /// <summary>The most signatories.</summary>
    public const int MaximumParties = 64;

    /// <summary>The most observers and notifiers.</summary>
    public const int MaximumObservers = 256;

    /// <summary>The most actors.</summary>
    public const int MaximumActors = 1_000;

    /// <summary>The most purposes.</summary>
    public const int MaximumPurposes = 1_000;

    /// <summary>The greatest radius, in metres, of the agreed floor for the volume of an operation.</summary>
    public const int GreatestOperationFloorRadiusMetres = InscribedCircle.MaximumRadiusMetres;

    /// <summary>The farthest from zero that a bound of ground, geoid or pressure surface lies, metres.</summary>
    public const int GreatestBoundMetres = 20_000;

    /// <summary>The most that a bound of the layer's stretch differs from zero, per mille.</summary>
    public const int GreatestStretchPerMille = 900;

    /// <summary>Reads a founding.</summary>
    /// <returns>The founding, or why its text was not taken; unknown members are refused.</returns>
    public static Parsed<Founding> Read(ReadOnlyMemory<byte> utf8) =>
        JsonReading.Read(utf8, MaximumBytes, refusesUnknownMembers: true, Read);

    internal static StatementBody? ReadBody(JsonCursor body, AttachmentReader attachments) =>
        attachments.Read(body["founding"], Read) is { } founding ? SuccessionReader.Signed(body, founding) : null;

    private static Founding Read(JsonCursor root)
    {
        root.Only("format", "id", "kind", "title", "languages", "translations", "zone", "office", "parties", "observers", "actors",
            "purposes", "heights", "operationFloorRadiusMetres", "keys", "authority");
        _ = root["format"].OneOf(("tansiq-scenario/1", 0));
        _ = root["id"].Identifier();
        var languages = Languages(root["languages"]);
        var authors = new HashSet<Id<Party>>();
        var office = root["office"];
        office.Only("id", "name");
        var officeId = office.NewId(authors);
        var parties = ById(root["parties"].ItemsAtLeastOne(MaximumParties), item => Party(item, authors, languages), party => party.Id);
        var observers = ById(Optional(root["observers"], MaximumObservers), item => Observer(item, authors, languages), observer => observer.Id);
        var actorIds = new HashSet<Id<Actor>>();
        var purposeIds = new HashSet<Id<Purpose>>();
        return new()
        {
            Kind = root["kind"].OneOf(("exercise", RecordKind.Exercise), ("real", RecordKind.Real)),
            Title = root["title"].Words(languages),
            Languages = languages,
            Translations = Translations(root["translations"], languages),
            Zone = root["zone"].Zone(),
            Office = officeId,
            OfficeName = office["name"].Words(languages),
            Parties = parties,
            Observers = observers,
            Actors = ById(root["actors"].ItemsAtLeastOne(MaximumActors), item => Actor(item, actorIds, parties, languages), actor => actor.Id),
            Purposes = ById(root["purposes"].ItemsAtLeastOne(MaximumPurposes), item => Purpose(item, purposeIds, languages), purpose => purpose.Id),
            Heights = Heights(root["heights"]),
            OperationFloorRadiusMetres = (int)root["operationFloorRadiusMetres"].Integer(
                Founding.LeastOperationFloorRadiusMetres, GreatestOperationFloorRadiusMetres),
            Keys = FoundingKeysReader.Read(root["keys"], officeId, parties.Keys, observers.Keys),
            Authority = AuthorityReader.Read(root["authority"]),
        };
    }

    private static ImmutableArray<string> Languages(JsonCursor place)
    {
        var languages = ImmutableArray.CreateBuilder<string>();
        foreach (var item in place.ItemsAtLeastOne(MaximumLanguages))
        {
            var language = item.Identifier();
            if (languages.Contains(language)) item.Refuse("json.duplicate-value", "each language once");
            languages.Add(language);
        }

        return languages.ToImmutable();
    }

    private static ImmutableSortedDictionary<string, string> Translations(JsonCursor place, ImmutableArray<string> languages)
    {
        var statuses = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (!place.Exists) return statuses.ToImmutable();
        place.Only([.. languages]);
        foreach (var (language, value) in place.Members(MaximumLanguages))
        {
            var status = value.OneOf(("authentic", "authentic"), ("reviewed", "reviewed"), ("machine", "machine"));
            if (status != "authentic") statuses[language] = status;
        }

        return statuses.ToImmutable();
    }

    private static Party Party(JsonCursor item, ISet<Id<Party>> used, ImmutableArray<string> languages)
    {
        item.Only("id", "name", "centre");
        return new(item.NewId(used), item["name"].Words(languages), item["centre"].Words(languages));
    }

    private static Observer Observer(JsonCursor item, ISet<Id<Party>> used, ImmutableArray<string> languages)
    {
        item.Only("id", "name");
        return new(item.NewId(used), item["name"].Words(languages));
    }

    private static Actor Actor(
        JsonCursor item, ISet<Id<Actor>> used, ImmutableSortedDictionary<Id<Party>, Party> parties, ImmutableArray<string> languages)
    {
        item.Only("id", "name", "kind", "party", "guarantor");
        var (party, guarantor) = (item["party"], item["guarantor"]);
        if (party.Exists && guarantor.Exists) guarantor.Refuse("parties.party-and-guarantor", "a party or a guarantor, not both");
        var answerable = party.Exists ? party : guarantor;
        return new()
        {
            Id = item.NewId(used),
            Name = item["name"].Words(languages),
            Kind = item["kind"].OneOf(("air", ActorKind.Air), ("ground", ActorKind.Ground)),
            Binding = party.Exists ? Binding.Signatory : guarantor.Exists ? Binding.Guaranteed : Binding.Unbound,
            AnswerableParty = answerable.Exists ? answerable.KnownId<Party>(parties.ContainsKey, "parties.unknown-party", "a party of this record") : null,
        };
    }

    private static Purpose Purpose(JsonCursor item, ISet<Id<Purpose>> used, ImmutableArray<string> languages)
    {
        item.Only("id", "category", "name");
        return new(item.NewId(used), item["category"].Category(), item["name"].Words(languages));
    }

    private static HeightConversion Heights(JsonCursor place)
    {
        place.Only("geoidMetres", "groundMetres", "pressureSurfaceMetres", "layerStretchPerMille");
        var geoid = Bounds(place["geoidMetres"], GreatestBoundMetres);
        var ground = Bounds(place["groundMetres"], GreatestBoundMetres);
        var pressure = Bounds(place["pressureSurfaceMetres"], GreatestBoundMetres);
        var stretch = Bounds(place["layerStretchPerMille"], GreatestStretchPerMille);
        return new()
        {
            GeoidLowMetres = geoid.Low,
            GeoidHighMetres = geoid.High,
            GroundLowMetres = ground.Low,
            GroundHighMetres = ground.High,
            PressureSurfaceLowMetres = pressure.Low,
            PressureSurfaceHighMetres = pressure.High,
            LayerStretchLowPerMille = stretch.Low,
            LayerStretchHighPerMille = stretch.High,
        };
    }

    private static (int Low, int High) Bounds(JsonCursor place, int greatest)
    {
        var items = place.Items(2);
        if (items.Count != 2)
        {
            place.Refuse(place.Exists ? "json.wrong-type" : "json.missing", "[lowest, highest]");
            return default;
        }

        var (low, high) = ((int)items[0].Integer(-greatest, greatest), (int)items[1].Integer(-greatest, greatest));
        if (low > high) place.Refuse("geo.bounds-reversed", "[lowest, highest]");
        return (low, high);
    }

    private static IReadOnlyList<JsonCursor> Optional(JsonCursor place, int maximumCount) => place.Exists ? place.Items(maximumCount) : [];

    private static ImmutableSortedDictionary<Id<TKey>, T> ById<TKey, T>(
        IReadOnlyList<JsonCursor> items, Func<JsonCursor, T> read, Func<T, Id<TKey>> id)
    {
        var values = ImmutableSortedDictionary.CreateBuilder<Id<TKey>, T>();
        foreach (var item in items)
        {
            var value = read(item);
            values[id(value)] = value;
        }

        return values.ToImmutable();
    }
}

/// <summary>Reads words of the founding that other documents use too.</summary>
internal static class FoundingWords
{
    /// <summary>A category of purposes.</summary>
    public static PurposeCategory Category(this JsonCursor place) =>
        place.OneOf(("non-combat", PurposeCategory.NonCombat), ("combat", PurposeCategory.Combat));

    /// <summary>A time zone by its TZDB name; "" if refused.</summary>
    public static string Zone(this JsonCursor place)
    {
        var zone = place.Identifier();
        if (place.Reading.IsRefused || TzdbDateTimeZoneSource.Default.CanonicalIdMap.ContainsKey(zone)) return zone;
        place.Refuse("parties.unknown-zone", "a time zone of the TZDB, such as Asia/Damascus");
        return "";
    }
}
