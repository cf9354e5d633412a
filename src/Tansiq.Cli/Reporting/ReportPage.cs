using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using NodaTime;
using Tansiq.Coordination;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;

namespace Tansiq.Cli.Reporting;

/// <summary>
/// Writes a replay's report as one page that opens without a network: everything is in it, and its content security policy
/// lets nothing else load or run.
/// </summary>
internal sealed class ReportPage
{
    private static readonly string[] Sections = ["map", "timeline", "alerts", "events", "counts", "attribution", "coverage", "rejected", "limits"];
    private static readonly JsonWriterOptions DataOptions = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private readonly TextWriter _output;
    private readonly ReportContent _content;
    private readonly ReportLanguages _languages;
    private readonly HtmlWriter _html;

    private ReportPage(TextWriter output, ReportContent content, string language)
    {
        _output = output;
        _content = content;
        _languages = new(content.Scenario, language);
        _html = new(output, _languages);
    }

    private bool IsExercise => _content.Scenario.Founding.Kind == RecordKind.Exercise;

    private string BannerKey => IsExercise ? "banner.exercise" : "banner.real";

    /// <summary>Writes the page.</summary>
    /// <param name="output">Where to; UTF-8.</param>
    /// <param name="content">What it shows.</param>
    /// <param name="language">The language that it opens in.</param>
    public static void Write(TextWriter output, ReportContent content, string language) => new ReportPage(output, content, language).Write();

    private void Write()
    {
        var style = Resource("report.css") + Margins();
        var script = Resource("report.js");
        var opens = _languages.OpensIn;
        _output.Write("<!DOCTYPE html>\n");
        _html.Open("html", ("lang", opens.Tag), ("dir", opens.Direction), ("data-theme", "system"), ("class", IsExercise ? "exercise" : "real"));
        _html.Open("head").Open("meta", ("charset", "utf-8"));
        _html.Open("meta", ("http-equiv", "Content-Security-Policy"), ("content", $"default-src 'none'; style-src '{HashOf(style)}'; script-src '{HashOf(script)}'; base-uri 'none'; form-action 'none'"));
        _html.Open("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
        _html.Open("meta", ("name", "referrer"), ("content", "no-referrer"));
        _html.Said("title", language => $"{language.Phrases.Text(BannerKey)} · {language.Phrases.Text("report.title")} · {language.Names.Values.Name(_content.Scenario.Founding.Title)}");
        _html.Open("style").Own(style).CloseLine("style").CloseLine("head").Open("body");
        WriteHeader();
        WriteMain();
        _html.Phrase("footer", BannerKey, ("class", "banner"));
        _html.Own("\n").Open("script", ("type", "application/json"), ("id", "data")).Own(Data()).CloseLine("script");
        _html.Open("script").Own(script).CloseLine("script").Close("body").CloseLine("html");
    }

    private void WriteHeader()
    {
        _html.Open("header").Phrase("div", BannerKey, ("class", "banner"));
        _html.Open("div", ("class", "bar")).Phrase("p", "report.title", ("class", "product"));
        _html.OpenNamed("div", "report.language", ("class", "switch"), ("id", "languages"), ("role", "group"));
        foreach (var language in _languages.All)
            _html.Open("button", ("type", "button"), ("data-language", language.Tag), ("lang", language.Tag), ("aria-pressed", language == _languages.OpensIn ? "true" : "false")).Text(language.Phrases.Text("report.this-language")).Close("button");
        _html.Close("div").OpenNamed("div", "report.appearance", ("class", "switch"), ("id", "themes"), ("role", "group"));
        foreach (var theme in new[] { "system", "light", "dark" })
            _html.Phrase("button", "report.theme." + theme, ("type", "button"), ("data-theme", theme), ("aria-pressed", theme == "system" ? "true" : "false"));
        _html.Close("div").Close("div").CloseLine("header");
    }

    private void WriteMain()
    {
        _html.Open("main", ("id", "main"));
        _html.Said("h1", language => language.Names.Values.Name(_content.Scenario.Founding.Title));
        _html.Said("p", language => language.Phrases.Status == "original" ? "" : language.Phrases.Text("banner.machine-translation"), ("class", "remark translation"));
        WritePartial();
        WriteFacts();
        var figures = new ReportFigures(_html, _content);
        figures.WriteGlance();
        _html.OpenNamed("nav", "report.contents").Open("ul");
        foreach (var section in Sections) _html.Open("li").Phrase("a", "report." + section, ("href", "#section-" + section)).Close("li");
        _html.Close("ul").CloseLine("nav");
        var tables = new ReportTables(_html, _content);
        Section("map", WriteMap);
        Section("timeline", WriteTimeline);
        Section("alerts", tables.WriteAlerts);
        Section("events", tables.WriteEvents);
        Section("counts", figures.WriteCounts);
        Section("attribution", figures.WriteAttribution);
        Section("coverage", figures.WriteCoverage);
        Section("rejected", figures.WriteRejected);
        Section("limits", figures.WriteLimits);
        _html.CloseLine("main");
    }

    private void WritePartial()
    {
        if (_content.Summary.IsPartial) _html.Phrase("p", "report.partial", ("class", "warning"), ("role", "note"));
    }

    private void WriteFacts()
    {
        var situation = _content.Situation;
        var coverage = _content.Summary.Coverage;
        _html.Open("dl", ("class", "facts heading"));
        Fact("report.input", () => _html.Run(string.Join(", ", _content.Inputs)));
        Fact("report.time", () =>
        {
            if (coverage is { From: { } from, Until: { } until }) WritePeriod(from, until);
            else _html.Phrase("span", "report.no-positions");
        });
        Fact("label.known-at", () => WriteKnownAt(situation));
        Fact("label.valid-at", () => _html.Phrase("span", "report.valid-at-each"));
        Fact("label.agreement", () => _html.Said("span", language => language.Names.Agreement(_content.Scenario.Agreement.Id)));
        Fact("report.rules", () => _html.Said("span", Rules));
        _html.CloseLine("dl");
    }

    private void WritePeriod(Instant from, Instant until)
    {
        _html.Run($"{ReportTime.Exact(from)} – {ReportTime.Exact(until)}");
        if (_content.Zone is { } zone) _html.Open("small").Run($"{ReportTime.Local(from, zone)} – {ReportTime.Local(until, zone)} {zone.Id}").Close("small");
    }

    private void WriteKnownAt(Situation situation)
    {
        _html.Said("span", language => KnownAt(language, situation));
        if (situation.Time is not { } at) return;
        _html.Open("small").Run(ReportTime.Exact(at) + (_content.Zone is { } zone ? $" ({ReportTime.Local(at, zone)} {zone.Id})" : "")).Close("small");
    }

    private static string KnownAt(ReportLanguage language, Situation situation)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal) { ["size"] = language.Names.Values.Count(situation.Size) };
        var joint = situation.JointSize == situation.Size
            ? language.Phrases.Text("decide.joint")
            : language.Phrases.Fill("decide.not-yet-joint", KeyValuePair.Create("size", language.Names.Values.Count(situation.JointSize)));
        return language.Names.Values.List([language.Phrases.Fill("decide.known-at", values), joint]);
    }

    private string Rules(ReportLanguage language)
    {
        var (values, settings) = (language.Names.Values, _content.Settings);
        return language.Phrases.Fill(
            "report.rules-text",
            KeyValuePair.Create("version", values.Count(Decide.RulesVersion)),
            KeyValuePair.Create("gap", values.Identifier(ReportTime.Length(settings.MaximumGap))),
            KeyValuePair.Create("speed", values.Count(settings.MaximumSpeedMetresPerSecond)),
            KeyValuePair.Create("frozen", values.Identifier(ReportTime.Length(settings.FrozenAfter))));
    }

    private void WriteMap()
    {
        var drawing = new MapDrawing(_html, _content);
        _html.Open("figure");
        _html.Open("div", ("class", "map-frame"));
        drawing.Write();
        _html.OpenNamed("div", "report.map-controls", ("class", "map-controls"), ("role", "group"));
        foreach (var (action, sign) in new[] { ("in", "+"), ("out", "−"), ("whole", "⤢") })
            _html.OpenNamed("button", "report.map-" + action, ("type", "button"), ("data-map", action)).Text(sign).Close("button");
        _html.Close("div").CloseLine("div");
        new MapLegend(_html, _content).Write();
        _html.CloseLine("figure");
    }

    private void WriteTimeline()
    {
        if (_content.Summary.Coverage is not { From: { } from, Until: { } until })
        {
            _html.Phrase("p", "report.no-positions");
            return;
        }

        var shown = new Interval(from, until > from ? until : from + Duration.FromSeconds(1));
        var tracks = Math.Min(_content.Collected.Tracks().Length, TimelineDrawing.MaximumTracks);
        _html.Open("figure").Open("div", ("class", "timeline-frame"));
        new TimelineDrawing(_html, _content, shown).Write();
        _html.Close("div").Open("figcaption").Said("span", language => language.Phrases.Fill(
            "report.timeline-caption",
            KeyValuePair.Create("tracks", language.Names.Values.Count(tracks)),
            KeyValuePair.Create("all", language.Names.Values.Count(_content.Summary.Tracks)),
            KeyValuePair.Create("notices", language.Names.Values.Count(Math.Min(TimelineDrawing.NoticesOf(_content, shown).Count(), TimelineDrawing.MaximumNotices)))));
        _html.Close("figcaption").CloseLine("figure");
    }

    private void Section(string id, Action write)
    {
        _html.Open("section", ("id", "section-" + id), ("aria-labelledby", "heading-" + id)).Phrase("h2", "report." + id, ("id", "heading-" + id)).Own("\n");
        write();
        _html.CloseLine("section");
    }

    private void Fact(string label, Action value)
    {
        _html.Open("div").Phrase("dt", label).Open("dd");
        value();
        _html.Close("dd").Close("div");
    }

    /// <summary>Each printed page says in its margins whether the record is an exercise or real, in the language shown (BND-4).</summary>
    private string Margins()
    {
        var margins = new StringBuilder();
        foreach (var language in _languages.All)
        {
            margins.Append(CultureInfo.InvariantCulture, $"html[lang={language.Tag}] body{{page:{language.Tag}}}\n")
                .Append(CultureInfo.InvariantCulture, $"@page {language.Tag}{{@top-center{{content:\"{language.Phrases.Text(BannerKey)}\"}}@bottom-center{{content:\"\u2066\" counter(page) \" / \" counter(pages) \"\u2069\"}}}}\n");
        }

        return margins.ToString();
    }

    /// <summary>What the script needs: the languages and every text in each. No character in it ends the element.</summary>
    private string Data()
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, DataOptions))
        {
            json.WriteStartObject();
            json.WriteStartArray("languages");
            foreach (var language in _languages.All)
            {
                json.WriteStartObject();
                json.WriteString("tag", language.Tag);
                json.WriteString("direction", language.Direction);
                foreach (var (name, key) in ScriptWords) json.WriteString(name, language.Phrases.Template(key).Fill(Placeholders, ""));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("texts");
            foreach (var text in _languages.Texts)
            {
                json.WriteStartArray();
                foreach (var each in text) json.WriteStringValue(each);
                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static readonly (string Name, string Key)[] ScriptWords =
    [
        ("rows", "report.rows-shown"), ("search", "report.search"), ("allKinds", "report.all-kinds"), ("allAreas", "report.all-areas"),
        ("allRows", "report.all-rows"), ("previous", "report.previous"), ("next", "report.next"), ("kilometres", "value.kilometres"),
        ("show", "report.show-on-map"),
    ];

    private static readonly Dictionary<string, string> Placeholders = new[] { "from", "until", "count", "number" }.ToDictionary(name => name, name => "{" + name + "}");

    private static string HashOf(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Resource(string name)
    {
        using var stream = typeof(ReportPage).Assembly.GetManifestResourceStream("Tansiq.Cli.Reporting." + name)
            ?? throw new InvalidOperationException("Nothing is built in under " + name);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
