using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tansiq.Feeds.Airspaces;
using Tansiq.Geo;

namespace Tansiq.Cli.Importing;

/// <summary>
/// The texts of a scenario of imported airspace: an exercise, two parties without qualities, one stand-down of every flight in
/// every area, for as long as times are read.
/// </summary>
internal sealed class AirspaceScenarioTexts
{
    /// <summary>The languages of the scenario.</summary>
    public static readonly IReadOnlyList<string> Languages = ["en", "ar", "ru"];

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly AirspaceImport _import;
    private readonly Dictionary<string, string> _classIds;

    public AirspaceScenarioTexts(AirspaceImport import)
    {
        _import = import;
        var ids = new ReadableIds();
        _classIds = import.Airspaces.Select(airspace => airspace.Class).Distinct().ToDictionary(name => name, name => ids.Next(name, "class"));
    }

    /// <summary>The identifier of each class of airspace.</summary>
    public IReadOnlyDictionary<string, string> ClassIds => _classIds;

    /// <summary>scenario.json.</summary>
    public string Founding
    {
        get
        {
            var bounds = HeightConversion.Worldwide;
            return $$"""
                {
                  "format": "tansiq-scenario/1",
                  "id": "imported-airspace",
                  "kind": "exercise",
                  "title": {{Titles}},
                  "languages": ["en", "ar", "ru"],
                  "translations": {"ar": "machine", "ru": "machine"},
                  "zone": "UTC",
                  "office": {"id": "office", "name": {"en": "Office", "ar": "المكتب", "ru": "Бюро"} },
                  "parties": [
                    {"id": "a", "name": {"en": "Party A", "ar": "الطرف أ", "ru": "Сторона А"}, "centre": {"en": "Centre of party A", "ar": "مركز الطرف أ", "ru": "Центр стороны А"} },
                    {"id": "b", "name": {"en": "Party B", "ar": "الطرف ب", "ru": "Сторона Б"}, "centre": {"en": "Centre of party B", "ar": "مركز الطرف ب", "ru": "Центр стороны Б"} }
                  ],
                  "actors": [
                    {"id": "a-air", "name": {"en": "Aviation of party A", "ar": "طيران الطرف أ", "ru": "Авиация стороны А"}, "kind": "air", "party": "a"},
                    {"id": "b-air", "name": {"en": "Aviation of party B", "ar": "طيران الطرف ب", "ru": "Авиация стороны Б"}, "kind": "air", "party": "b"}
                  ],
                  "purposes": [
                    {"id": "flight", "category": "non-combat", "name": {"en": "flight", "ar": "رحلة جوية", "ru": "полёт"} }
                  ],
                  "heights": {
                    "geoidMetres": [{{Number(bounds.GeoidLowMetres)}}, {{Number(bounds.GeoidHighMetres)}}],
                    "groundMetres": [{{Number(bounds.GroundLowMetres)}}, {{Number(bounds.GroundHighMetres)}}],
                    "pressureSurfaceMetres": [{{Number(bounds.PressureSurfaceLowMetres)}}, {{Number(bounds.PressureSurfaceHighMetres)}}],
                    "layerStretchPerMille": [{{Number(bounds.LayerStretchLowPerMille)}}, {{Number(bounds.LayerStretchHighPerMille)}}]
                  },
                  "operationFloorRadiusMetres": 5000
                }

                """;
        }
    }

    /// <summary>agreement.json.</summary>
    public string Agreement =>
        $$"""
        {
          "format": "tansiq-agreement/1",
          "id": "imported-airspace",
          "version": 1,
          "title": {{Titles}},
          "chapters": [{"id": "1", "title": {"en": "Stand-down", "ar": "الامتناع عن الطيران", "ru": "Воздержание от полётов"} }],
          "areaClasses": [
            {{AreaClasses}}
          ],
          "clauses": [
            {
              "id": "1", "chapter": "1", "kind": "stand-down", "mode": "agree", "publication": "public",
              "text": {
                "en": "Every flight stays out of the imported areas.",
                "ar": "تمتنع جميع الرحلات عن المناطق المستوردة.",
                "ru": "Все полёты воздерживаются от входа в импортированные районы."
              },
              "appliesTo": {},
              "areaClasses": [{{AreaClassIds}}],
              "exemptions": []
            },
            {
              "id": "2", "chapter": "1", "kind": "duration", "mode": "agree", "publication": "public",
              "text": {
                "en": "From 2 January 1900 to 30 December 2199.",
                "ar": "من 2 كانون الثاني/يناير 1900 إلى 30 كانون الأول/ديسمبر 2199.",
                "ru": "Со 2 января 1900 года по 30 декабря 2199 года."
              },
              "start": {"instant": "1900-01-02T00:00:00Z"},
              "end": {"instant": "2199-12-30T00:00:00Z"}
            }
          ]
        }

        """;

    /// <summary>timeline.json.</summary>
    public static string Timeline =>
        """
        {"format": "tansiq-timeline/1", "entries": [
          {"at": "1900-01-01T00:00:00Z", "party": "a", "id": "proposal", "type": "agreements.proposal", "body": {}},
          {"at": "1900-01-01T00:00:00Z", "party": "a", "id": "signature-a", "type": "agreements.signature", "body": {"cites": "proposal"}},
          {"at": "1900-01-01T00:00:00Z", "party": "b", "id": "signature-b", "type": "agreements.signature", "body": {"cites": "proposal"}}
        ]}

        """;

    /// <summary>README.md: where the areas come from, and what is not as the file says.</summary>
    public string ReadMe
    {
        get
        {
            var text = new StringBuilder(Invariant(
                $"""
                # Airspace of {Code(_import.Source)}

                Made by `tansiq import airspace`: an exercise in which every area stands down everyone. Nobody agreed to it. The parties have
                no qualities, the bounds of ground, geoid and air pressure are those of the whole Earth (`heights` in scenario.json: narrower
                ones make more answers certain), and an airspace counts as active at all times unless its file says from when and until when.
                Rules of the import: docs/formats/airspace.md.

                {_import.Airspaces.Length} areas; {_import.Refusals.Length} airspaces refused.

                """));
            List(text, "Refused", _import.Refusals.Select(refusal => Code(refusal.ToString())));
            List(text, "Mended", _import.Airspaces.SelectMany(airspace => airspace.Remarks.Select(remark =>
                Invariant($"{remark.Place}: {Code(airspace.Name)}: {Words(remark.Kind)}"))));
            return text.ToString();
        }
    }

    private string Titles =>
        InLanguages($"Airspace of {_import.Source}", $"المجال الجوي من {_import.Source}", $"Воздушное пространство из {_import.Source}");

    private string AreaClasses => string.Join(
        ",\n    ",
        _classIds.Select(item => $"{{\"id\": {Quoted(item.Value)}, \"name\": {InLanguages(item.Key, item.Key, item.Key)}}}"));

    private string AreaClassIds => string.Join(", ", _classIds.Values.Select(Quoted));

    private static void List(StringBuilder text, string heading, IEnumerable<string> items)
    {
        var lines = items.Select(item => $"- {item}\n").ToList();
        if (lines.Count > 0) text.Append("\n## ").Append(heading).Append("\n\n").AppendJoin("", lines);
    }

    private static string Words(AirspaceRemarkKind kind) => kind switch
    {
        AirspaceRemarkKind.SpikeRemoved => "a point left out to which the outline runs straight out and back",
        AirspaceRemarkKind.LineWidened => "a line of two points, drawn as a strip",
        AirspaceRemarkKind.SelfCrossingSplit => "an outline that crosses or touches itself, split there",
        AirspaceRemarkKind.RingClosed => "a ring that does not end where it begins, closed by a straight edge",
        AirspaceRemarkKind.HeightsOpen => "no floor or no ceiling is given: open on that side",
        AirspaceRemarkKind.PartLeftOut => "a part without area in plan, or there twice, left out",
        AirspaceRemarkKind.PointHeightsPassedOver => "heights of single points, passed over",
        AirspaceRemarkKind.ShortWayTaken => "an edge of more than 180° of longitude, taken the short way over the antimeridian",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown remark."),
    };

    private static string InLanguages(string english, string arabic, string russian) =>
        $"{{\"en\": {Quoted(english)}, \"ar\": {Quoted(arabic)}, \"ru\": {Quoted(russian)}}}";

    private static string Quoted(string text) => JsonSerializer.Serialize(text, Relaxed);

    private static string Code(string text) => $"`{text.Replace('`', '\'')}`";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
