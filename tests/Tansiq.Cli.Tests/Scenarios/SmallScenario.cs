using System.Text;

namespace Tansiq.Cli.Tests.Scenarios;

/// <summary>A scenario folder with one of everything, written to a temporary folder and changed by a test before it is read.</summary>
internal sealed class SmallScenario : IDisposable
{
    public const string Founding = """
        {
          "format": "tansiq-scenario/1", "id": "small", "kind": "exercise", "title": {"en": "Small", "ru": "Малый"},
          "languages": ["en", "ru"], "translations": {"ru": "machine"}, "zone": "Asia/Damascus",
          "office": {"id": "office", "name": {"en": "Office", "ru": "Офис"}},
          "parties": [
            {"id": "a", "name": {"en": "A", "ru": "А"}, "centre": {"en": "Centre A", "ru": "Центр А"}},
            {"id": "b", "name": {"en": "B", "ru": "Б"}, "centre": {"en": "Centre B", "ru": "Центр Б"}}
          ],
          "observers": [{"id": "un", "name": {"en": "UN", "ru": "ООН"}}],
          "actors": [
            {"id": "a-air", "name": {"en": "A air", "ru": "А"}, "kind": "air", "party": "a"},
            {"id": "c-air", "name": {"en": "C air", "ru": "Ц"}, "kind": "air", "guarantor": "b"},
            {"id": "bands", "name": {"en": "Bands", "ru": "Банды"}, "kind": "ground"}
          ],
          "purposes": [
            {"id": "medevac", "category": "non-combat", "name": {"en": "Medevac", "ru": "Эвакуация"}},
            {"id": "escort", "category": "combat", "name": {"en": "Escort", "ru": "Сопровождение"}}
          ],
          "heights": {"geoidMetres": [14, 28], "groundMetres": [-220, 2814], "pressureSurfaceMetres": [-220, 220], "layerStretchPerMille": [-60, 110]},
          "operationFloorRadiusMetres": 5000
        }
        """;

    public const string Agreement = """
        {
          "format": "tansiq-agreement/1", "id": "deal", "version": 1, "title": {"en": "Deal", "ru": "Договор"},
          "chapters": [{"id": "1", "title": {"en": "One", "ru": "Один"}}],
          "areaClasses": [{"id": "mixed", "name": {"en": "Mixed", "ru": "Смешанный"}}],
          "clauses": [
            {"id": "1.1", "chapter": "1", "kind": "stand-down", "mode": "agree", "publication": "parties", "text": {"en": "t", "ru": "т"},
             "appliesTo": {"actors": ["c-air"]}, "areaClasses": ["mixed"], "exemptions": [
               {"id": "relief", "kind": "purpose", "purposes": ["medevac"]},
               {"id": "gain", "kind": "gained-ground", "holder": "bands", "as": "place", "mapMaximumAgeHours": 48},
               {"id": "either", "kind": "any-of", "exemptions": ["1.1/relief", "1.1/gain"]}]},
            {"id": "1.2", "chapter": "1", "kind": "prior-notice", "mode": "notify", "publication": "public", "text": {"en": "t", "ru": "т"},
             "appliesTo": {}, "periods": [{"purposes": ["medevac"], "hours": 0}, {"hours": "undefined"}]},
            {"id": "1.3", "chapter": "1", "kind": "joint-consent", "mode": "agree", "publication": "public", "text": {"en": "t", "ru": "т"},
             "appliesTo": {"categories": ["combat"]}, "consentOf": "signatories"},
            {"id": "1.4", "chapter": "1", "kind": "separation", "mode": "agree", "survives": true, "publication": "office", "text": {"en": "t", "ru": "т"},
             "appliesTo": {}, "between": "all", "lateralMetres": 9000, "verticalMetres": 600, "timeSeconds": 300},
            {"id": "1.5", "chapter": "1", "kind": "protection", "mode": "agree", "publication": "public", "text": {"en": "t", "ru": "т"},
             "appliesTo": {}, "categories": ["hospital"], "distanceMetres": 3000, "exemptions": [{"id": "relief", "kind": "any-of", "exemptions": ["1.1/relief"]}]},
            {"id": "1.6", "chapter": "1", "kind": "duration", "mode": "agree", "publication": "public", "text": {"en": "t", "ru": "т"},
             "start": {"local": "2016-07-25T00:00", "zone": "Asia/Damascus"}, "end": {"days": 30}},
            {"id": "1.7", "chapter": "1", "kind": "hotline", "mode": "agree", "publication": "public", "text": {"en": "t", "ru": "т"},
             "checkEveryHours": 6, "answerWithinSeconds": "undefined"},
            {"id": "1.8", "chapter": "1", "kind": "text", "mode": "agree", "publication": "public", "text": {"en": "t", "ru": "т"}}
          ]
        }
        """;

    public const string Areas = """
        {"type": "FeatureCollection", "features": [
          {"type": "Feature", "id": "north", "properties": {"name": {"en": "North", "ru": "Север"}, "class": "mixed",
             "floor": {"metres": 1000.5, "reference": "sea-level"}, "ceiling": {"flightLevel": 245}, "from": "2016-07-20T00:00:00Z"},
           "geometry": {"type": "Polygon", "coordinates": [[[37, 36], [38, 36], [38, 37], [37, 37], [37, 36]], [[37.4, 36.4], [37.6, 36.4], [37.6, 36.6], [37.4, 36.4]]]}}
        ]}
        """;

    public const string Sites = """
        {"type": "FeatureCollection", "features": [
          {"type": "Feature", "id": "clinic", "properties": {"name": {"en": "Clinic", "ru": "Клиника"}, "category": "hospital", "notifier": "un",
             "uncertaintyMetres": 500, "verification": "verified", "until": "2016-12-01T00:00:00Z"},
           "geometry": {"type": "Point", "coordinates": [37.12345675, 36.5]}}
        ]}
        """;

    public const string Map = """
        {"type": "FeatureCollection", "id": "m1", "asOf": "2016-07-14T00:00:00Z", "features": [
          {"type": "Feature", "id": "p1", "properties": {"holder": "bands", "gained": true},
           "geometry": {"type": "MultiPolygon", "coordinates": [[[[37, 36], [38, 36], [38, 37], [37, 36]]]]}}
        ]}
        """;

    public const string Notice = """
        {"id": "n1", "party": "a", "actor": "a-air", "class": "fixed-wing", "purpose": "escort", "contact": "watch", "claims": ["1.1/gain"],
         "operation": {"answerBy": "2016-07-28T06:00:00Z"},
         "volumes": [
           {"outline": {"circle": {"centre": [37.1, 36.2], "radiusMetres": 6000}}, "floor": {"flightLevel": 200}, "ceiling": {"flightLevel": 240},
            "from": "2016-07-29T06:00:00Z", "until": "2016-07-29T08:00:00Z"},
           {"outline": {"polygon": [[[37, 36], [38, 36], [38, 37], [37, 36]]]}, "floor": {"feet": 0.5, "reference": "ground"},
            "from": "2016-07-29T08:00:00Z", "until": "2016-07-29T09:00:00Z"}]}
        """;

    public const string Timeline = """
        {"format": "tansiq-timeline/1", "entries": [
          {"at": "2016-07-15T08:00:00Z", "party": "a", "id": "p1", "type": "agreements.proposal", "body": {}},
          {"at": "2016-07-15T08:00:00Z", "party": "a", "id": "s1", "type": "agreements.signature", "body": {"cites": "p1"}},
          {"at": "2016-07-16T08:00:00Z", "party": "un", "id": "c1", "type": "flights.site", "body": {"site": "clinic"}},
          {"at": "2016-07-16T09:00:00Z", "party": "b", "id": "m", "type": "agreements.control-map", "body": {"map": "m1"}},
          {"at": "2016-07-20T06:00:00Z", "notice": "n1"},
          {"at": "2016-07-20T07:00:00Z", "party": "b", "id": "o1", "type": "flights.other-date", "body": {"cites": "n1", "from": "2016-07-30T06:00:00Z"}},
          {"at": "2016-07-20T08:00:00Z", "party": "b", "id": "x1", "type": "agreements.suspension", "body": {"scope": {"clause": "1.1"}}},
          {"at": "2016-07-21T08:00:00Z", "party": "office", "id": "t1", "type": "record.time"}
        ]}
        """;

    public const string Expected = """
        {"format": "tansiq-expected/1", "verdicts": [
          {"notice": "n1", "knownAt": "o1", "validAt": "2016-07-20T07:30:00Z", "verdict": "needs-consent", "reasons": ["joint-consent.other-date"],
           "clauses": ["1.3"], "areas": ["north"], "sites": ["clinic"], "flights": [], "consentOf": ["b"]}
        ]}
        """;

    public static readonly IReadOnlyDictionary<string, string> Texts = new Dictionary<string, string>
    {
        ["scenario.json"] = Founding,
        ["agreement.json"] = Agreement,
        ["areas.geojson"] = Areas,
        ["sites.geojson"] = Sites,
        ["control/m1.geojson"] = Map,
        ["notices/n1.json"] = Notice,
        ["timeline.json"] = Timeline,
        ["expected.json"] = Expected,
    };

    public SmallScenario()
    {
        Folder = Directory.CreateTempSubdirectory("tansiq-scenario-").FullName;
        Directory.CreateDirectory(Path.Combine(Folder, "control"));
        Directory.CreateDirectory(Path.Combine(Folder, "notices"));
        foreach (var (name, text) in Texts) Write(name, text);
    }

    public string Folder { get; }

    public void Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public void Write(string name, byte[] bytes) => File.WriteAllBytes(Path.Combine(Folder, name), bytes);

    /// <summary>Replaces a text that must be there: a test that changes nothing shows nothing.</summary>
    public void Replace(string name, string old, string replacement)
    {
        Texts[name].ShouldContain(old);
        Write(name, Texts[name].Replace(old, replacement, StringComparison.Ordinal));
    }

    public (int Exit, string Output, string Error) Check()
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var exit = CommandLine.Run(["check", Folder], output, error);
        return (exit, output.ToString(), error.ToString());
    }

    /// <summary>Checks the folder: exit 2, nothing on the output, one line that names the place and the code.</summary>
    public void ShouldBeRefused(string where, string code)
    {
        var (exit, output, error) = Check();
        error.ShouldEndWith($"[{code}]\n");
        error.ShouldStartWith($"{Folder}: {where}: found ");
        error.Count(character => character == '\n').ShouldBe(1, error);
        output.ShouldBeEmpty();
        exit.ShouldBe(2);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
