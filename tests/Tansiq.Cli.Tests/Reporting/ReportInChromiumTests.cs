using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Tansiq.Cli.Tests.Reporting;

/// <summary>A report opened in Chromium as an officer opens it: from a file, without a network, in each language, light and dark, and printed.</summary>
public sealed partial class ReportInChromiumTests : IDisposable
{
    private const string Chromium = "/usr/bin/chromium";

    /// <summary>How the log of the network names requests that no page made: the browser's own for its updates.</summary>
    private const string Browser = "not an origin";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
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

    private async Task<(string Page, string Log)> Open(string address)
    {
        string[] arguments =
        [
            "--headless=new", "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--host-resolver-rules=MAP * ~NOTFOUND", "--enable-logging=stderr", "--hide-scrollbars",
            "--window-size=1280,1600", "--virtual-time-budget=3000", "--user-data-dir=" + _files.PathOf("profile"), "--log-net-log=" + _files.PathOf("net.json"),
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

    [GeneratedRegex("<tr ", RegexOptions.None, 5_000)]
    private static partial Regex Rows();
}
