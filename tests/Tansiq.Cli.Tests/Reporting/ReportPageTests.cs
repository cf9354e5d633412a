using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Tansiq.Cli.Reporting;
using Tansiq.Coordination.Monitoring;
using Tansiq.Geo;

namespace Tansiq.Cli.Tests.Reporting;

/// <summary>A report is one page that needs nothing else, says everything in every language, and lets no input become markup.</summary>
public sealed partial class ReportPageTests : IDisposable
{
    private readonly ReportFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"onload=\"alert(1)")]
    [InlineData("</script><img src=x>")]
    [InlineData("&amp;<svg/onload=x>")]
    public void Report_CallsignThatIsMarkup_IsShownAndNotRun(string callsign)
    {
        var page = ReadReport("\"" + callsign.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"");
        page.ShouldNotContain(callsign);
        Tags().Matches(page).Select(match => match.Groups["name"].Value.ToLowerInvariant()).Distinct().ShouldBeSubsetOf(
        [
            "html", "head", "meta", "title", "style", "body", "header", "footer", "main", "nav", "section", "figure", "figcaption", "div", "span", "p", "h1", "h2", "ul", "li", "a",
            "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tr", "th", "td", "small", "strong", "bdi", "button", "script", "svg", "g", "path", "rect", "line", "circle",
            "text", "use", "defs",
        ]);
        Regex.Count(page, "<script", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(5)).ShouldBe(2);
    }

    [Fact]
    public void Report_Page_RefersToNothingOutsideItself()
    {
        var page = ReadReport("RCH42");
        Regex.Matches(page, "(?:href|src|action|data|url)=\"(?<to>[^\"]*)\"|url\\((?<to>[^)]*)\\)|@import", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5))
            .Select(match => match.Groups["to"].Value).ShouldAllBe(target => target.StartsWith('#'));
        page.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal).ShouldNotContain("//www");
        page.ShouldNotContain("https:");
    }

    [Fact]
    public void Report_SecurityPolicy_NamesExactlyItsStyleAndScript()
    {
        var page = ReadReport("RCH42");
        var policy = Regex.Match(page, "Content-Security-Policy\" content=\"(?<policy>[^\"]*)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)).Groups["policy"].Value;
        policy = policy.Replace("&#x27;", "'", StringComparison.Ordinal).Replace("&#x2B;", "+", StringComparison.Ordinal);
        policy.ShouldBe($"default-src 'none'; style-src '{HashOf(Between(page, "<style>", "</style>"))}'; script-src '{HashOf(Between(page, "<script>", "</script>"))}'; base-uri 'none'; form-action 'none'");
        page.ShouldNotContain(" style=\"");
        page.ShouldNotContain(" onclick");
    }

    [Theory]
    [InlineData("en", "ltr", "EXERCISE")]
    [InlineData("ar", "rtl", "تمرين")]
    [InlineData("ru", "ltr", "УЧЕНИЕ")]
    [Trait("Requirement", "BND-4")]
    [Trait("Requirement", "BND-3")]
    public void Report_OpensInALanguage_WithItsDirectionBannerAndLimits(string language, string direction, string banner)
    {
        var page = ReadReport("RCH42", "--language", language);
        page.ShouldContain($"<html lang=\"{language}\" dir=\"{direction}\"");
        Between(page, "<div class=\"banner\"", "</div>").ShouldContain(banner);
        var said = Languages.Phrases(language);
        Between(page, "<ul class=\"limits\">", "</ul>").ShouldContain(said.Text("boundary.observation"));
        page.ShouldContain(said.Text("replay.purpose-unknown"));
    }

    [Fact]
    [Trait("Requirement", "AGR-1")]
    public void Report_EveryText_IsThereInEveryLanguage()
    {
        var page = ReadReport("RCH42");
        var data = JsonDocument.Parse(Between(page, "<script type=\"application/json\" id=\"data\">", "</script>")).RootElement;
        var texts = data.GetProperty("texts").EnumerateArray().ToList();
        data.GetProperty("languages").GetArrayLength().ShouldBe(3);
        foreach (Match number in Regex.Matches(page, " data-[tl]=\"(?<number>[0-9]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)))
            int.Parse(number.Groups["number"].Value, System.Globalization.CultureInfo.InvariantCulture).ShouldBeLessThan(texts.Count);
        texts.ShouldAllBe(text => text.GetArrayLength() == 3);
    }

    [Fact]
    public void Report_OfTheSameInput_IsTheSameByteForByte()
    {
        var traffic = _files.Write("traffic.csv", ReportFiles.Header + ReportFiles.Rows("abc123", "RCH42", 200));
        var first = File.ReadAllBytes(_files.Report(traffic));
        File.ReadAllBytes(_files.Report(traffic)).ShouldBe(first);
    }

    [Fact]
    public void Report_WithoutPositions_SaysSo()
    {
        var page = File.ReadAllText(_files.Report(_files.Write("traffic.csv", ReportFiles.Header)));
        page.ShouldContain(Languages.Phrases("en").Text("report.no-positions"));
        page.ShouldContain(Languages.Phrases("en").Text("report.no-alerts"));
    }

    [Fact]
    public void Report_OfInputThatEndsEarly_IsNotWritten()
    {
        var page = _files.PathOf("report.html");
        var (exit, _, error) = ReportFiles.Run("replay", _files.Write("traffic.json", "[{\"icao24\":"), "--scenario", ReportFiles.Scenario, "--report", page);
        exit.ShouldBe(2, error);
        File.Exists(page).ShouldBeFalse();
        Directory.GetFiles(Path.GetDirectoryName(page)!).ShouldHaveSingleItem();
    }

    [Fact]
    public void Report_PlaceThatCannotBeWritten_IsRefusedInOneLine()
    {
        var traffic = _files.Write("traffic.csv", ReportFiles.Header + ReportFiles.Rows("abc123", "RCH42", 2));
        var (exit, _, error) = ReportFiles.Run("replay", traffic, "--scenario", ReportFiles.Scenario, "--report", _files.PathOf("absent/report.html"));
        exit.ShouldBe(2);
        error.TrimEnd('\n').Split('\n').ShouldHaveSingleItem().ShouldContain("cli.cannot-write");
    }

    [Theory]
    [InlineData("en")]
    [InlineData("ar")]
    [InlineData("ru")]
    public void Report_EveryKindThatThereIs_HasItsWordsAndItsMark(string language)
    {
        var phrases = Languages.Phrases(language);
        foreach (var about in Enum.GetValues<ReplayAlertKind>()) phrases.Has(ReportCells.AboutKey(about)).ShouldBeTrue();
        foreach (var basis in Enum.GetValues<AttributionBasis>()) phrases.Has(ReportCells.BasisKey(basis)).ShouldBeTrue();
        foreach (var confidence in Enum.GetValues<AttributionConfidence>()) phrases.Has(ReportCells.ConfidenceKey(confidence)).ShouldBeTrue();
        foreach (var reference in Enum.GetValues<HeightReference>()) phrases.Has(ReportCells.HeightKey(reference)).ShouldBeTrue();
        foreach (var kind in Enum.GetValues<ReplayEventKind>().Where(kind => kind != ReplayEventKind.Alert))
        {
            phrases.Has("replay.event." + ReplayEventWriter.WordOf(kind)).ShouldBeTrue();
            MapMarks.Definitions.ShouldContain($"id=\"{MapMarks.IdOf(kind)}\"");
            MapMarks.Kinds.ShouldContain(kind);
        }
    }

    private string ReadReport(string callsign, params string[] options) =>
        File.ReadAllText(_files.Report(_files.Write("traffic.csv", ReportFiles.Header + ReportFiles.Rows("abc123", callsign, 200)), options));

    private static string Between(string text, string from, string until)
    {
        var start = text.IndexOf(from, StringComparison.Ordinal);
        start.ShouldBeGreaterThanOrEqualTo(0, from);
        start += from.Length;
        return text[start..text.IndexOf(until, start, StringComparison.Ordinal)];
    }

    private static string HashOf(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    [GeneratedRegex("<(?<name>[a-zA-Z][a-zA-Z0-9]*)[ />]", RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex Tags();
}
