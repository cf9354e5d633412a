using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Tansiq.Cli.Reporting;

namespace Tansiq.Cli.Tests.Reporting;

/// <summary>A report opened in Chromium as an officer opens it: from a file, without a network, in each language, light and dark, and printed.</summary>
public sealed partial class ReportInChromiumTests : IDisposable
{
    private const string Chromium = "/usr/bin/chromium";

    /// <summary>How the log of the network names requests that no page made: the browser's own for its updates.</summary>
    private const string Browser = "not an origin";

    private const int Starts = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(75);
    private readonly ReportFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("en", "ltr", "dark")]
    [InlineData("ar", "rtl", "light")]
    [InlineData("ru", "ltr", "dark")]
    [Trait("Requirement", "MON-2")]
    [Trait("Requirement", "MON-4")]
    public async Task Report_Opened_RunsItsScriptWithoutNetworkAndPrints(string language, string direction, string theme)
    {
        if (!File.Exists(Chromium)) Assert.Skip("Chromium is not installed.");
        var traffic = _files.Write("traffic.csv", ReportFiles.Header + ReportFiles.Rows("abc123", "RCH42", 300) + ReportFiles.Rows("def456", "\"<script>alert(1)</script>\"", 300));
        var report = _files.Report(traffic);
        var (page, log) = await Open($"file://{report}?lang={language}&theme={theme}");

        page.ShouldContain($"lang=\"{language}\" dir=\"{direction}\" data-theme=\"{theme}\"");
        var said = Languages.Phrases(language);
        Table(page, "events").ShouldContain(said.Text("replay.event.enter"));
        Rows().Count(Table(page, "events")).ShouldBeGreaterThan(1);
        page.ShouldContain(said.Text("report.search"));
        page.ShouldContain("°00′E");
        log.ShouldNotContain("CONSOLE");
        Initiators().Matches(File.ReadAllText(_files.PathOf("net.json"))).Select(request => request.Groups["origin"].Value).ShouldAllBe(origin => origin == Browser);
        new FileInfo(_files.PathOf("report.pdf")).Length.ShouldBeGreaterThan(10_000);
        new FileInfo(_files.PathOf("report.png")).Length.ShouldBeGreaterThan(10_000);
    }

    [Fact]
    public async Task Report_SwitchedSortedFilteredAndEnlarged_ShowsWhatWasAskedFor()
    {
        if (!File.Exists(Chromium)) Assert.Skip("Chromium is not installed.");
        var traffic = _files.Write("traffic.csv", ReportFiles.Header + ReportFiles.Rows("abc123", "RCH42", 300) + ReportFiles.Rows("def456", "RCH43", 300));
        var original = await File.ReadAllTextAsync(_files.Report(traffic), TestContext.Current.CancellationToken);

        // A page whose policy lets the steps of this test run; everything else is as it was written.
        var stepped = Policy().Replace(original, "").Replace("</body>", "<script>" + Steps + "</script></body>", StringComparison.Ordinal);
        var (page, log) = await Open("file://" + _files.Write("stepped.html", stepped));
        log.ShouldNotContain("CONSOLE");
        var seen = JsonDocument.Parse(WebUtility.HtmlDecode(Seen().Match(page).Groups["seen"].Value)).RootElement;

        seen.GetProperty("heading").GetString().ShouldBe(Languages.Phrases("ru").Text("report.events"));
        seen.GetProperty("found").GetInt32().ShouldBeInRange(1, seen.GetProperty("all").GetInt32() - 1);
        seen.GetProperty("foundOthers").GetInt32().ShouldBe(0);
        seen.GetProperty("firstAscending").GetString().ShouldBe("abc123");
        seen.GetProperty("firstDescending").GetString().ShouldBe("def456");
        seen.GetProperty("kinds").GetInt32().ShouldBe(1);
        seen.GetProperty("enlarged").GetDouble().ShouldBeLessThan(MapProjection.Width);
        seen.GetProperty("whole").GetDouble().ShouldBe(MapProjection.Width);
        seen.GetProperty("backInEnglish").GetString().ShouldBe(Languages.Phrases("en").Text("report.events"));
    }

    /// <summary>What an officer does, step by step; what is then to be seen stands in an attribute of the page.</summary>
    private const string Steps =
        """
        (() => {
          const one = selector => document.querySelector(selector);
          const rows = () => [...one('#events tbody').rows];
          const tools = one('#section-events .tools');
          const [kinds] = tools.querySelectorAll('select');
          const search = tools.querySelector('input');
          const set = (element, value, event) => { element.value = value; element.dispatchEvent(new Event(event)); };
          const tracks = () => rows().map(row => row.querySelector('th').dataset.track);
          const seen = { all: rows().length };
          one('[data-language="ru"]').click();
          seen.heading = one('#heading-events').textContent;
          set(search, 'rch43', 'input');
          seen.found = rows().length;
          seen.foundOthers = tracks().filter(track => track !== 'def456').length;
          set(search, '', 'input');
          one('#events thead th:nth-child(2) button').click();
          seen.firstAscending = tracks()[0];
          one('#events thead th:nth-child(2) button').click();
          seen.firstDescending = tracks()[0];
          set(kinds, kinds.options[1].value, 'change');
          seen.kinds = new Set(rows().map(row => row.dataset.k)).size;
          const width = () => Number(one('#map').getAttribute('viewBox').split(' ')[2]);
          one('.show').click();
          one('#map').dispatchEvent(new KeyboardEvent('keydown', { key: '+' }));
          seen.enlarged = width();
          one('[data-map="whole"]').click();
          seen.whole = width();
          one('[data-language="en"]').click();
          seen.backInEnglish = one('#heading-events').textContent;
          document.body.dataset.seen = JSON.stringify(seen);
        })();
        """;

    /// <summary>Opens a page. A headless Chromium now and then never ends on a busy machine: it is then started again, with another profile.</summary>
    private async Task<(string Page, string Log)> Open(string address)
    {
        for (var start = 1; ; start++)
        {
            try
            {
                return await Open(address, "profile" + start);
            }
            catch (OperationCanceledException) when (start < Starts)
            {
                TestContext.Current.TestOutputHelper?.WriteLine($"Chromium did not end within {Patience.TotalSeconds:F0} s, start {start} of {Starts}.");
            }
        }
    }

    private async Task<(string Page, string Log)> Open(string address, string profile)
    {
        string[] arguments =
        [
            "--headless=new", "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--host-resolver-rules=MAP * ~NOTFOUND", "--enable-logging=stderr", "--hide-scrollbars",
            "--window-size=1280,1600", "--virtual-time-budget=3000", "--user-data-dir=" + _files.PathOf(profile), "--log-net-log=" + _files.PathOf("net.json"),
            "--print-to-pdf=" + _files.PathOf("report.pdf"), "--screenshot=" + _files.PathOf("report.png"), "--dump-dom", address,
        ];
        using var limit = new CancellationTokenSource(Patience);
        using var chromium = Process.Start(new ProcessStartInfo(Chromium, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        try
        {
            var (page, log) = (chromium.StandardOutput.ReadToEndAsync(limit.Token), chromium.StandardError.ReadToEndAsync(limit.Token));
            await chromium.WaitForExitAsync(limit.Token);
            return (await page, await log);
        }
        finally
        {
            if (!chromium.HasExited) chromium.Kill(entireProcessTree: true);
        }
    }

    private static string Table(string page, string id)
    {
        var start = page.IndexOf($"<table id=\"{id}\">", StringComparison.Ordinal);
        start.ShouldBeGreaterThanOrEqualTo(0, id);
        return page[start..page.IndexOf("</table>", start, StringComparison.Ordinal)];
    }

    [GeneratedRegex("\"initiator\":\"(?<origin>[^\"]*)\"", RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex Initiators();

    [GeneratedRegex("<meta http-equiv=\"Content-Security-Policy\"[^>]*>", RegexOptions.None, 5_000)]
    private static partial Regex Policy();

    [GeneratedRegex("data-seen=\"(?<seen>[^\"]*)\"", RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex Seen();

    [GeneratedRegex("<tr ", RegexOptions.None, 5_000)]
    private static partial Regex Rows();
}
