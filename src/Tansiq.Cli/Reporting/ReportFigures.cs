using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Monitoring;

namespace Tansiq.Cli.Reporting;

/// <summary>Writes figures: at a glance, by area, clause and actor, coverage of feeds, attribution, what was not taken, and the limits of it all.</summary>
internal sealed class ReportFigures(HtmlWriter html, ReportContent content)
{
    /// <summary>The most rows of one table of figures.</summary>
    public const int MaximumRows = 500;

    /// <summary>The most windows of one feed that are written out.</summary>
    public const int MaximumWindows = 20;

    private readonly ReportCells _cells = new(html, content);

    /// <summary>The few figures that come first.</summary>
    public void WriteGlance()
    {
        var summary = content.Summary;
        html.Open("dl", ("class", "tiles"));
        Tile("report.alerts", summary.Alerts.Total);
        Tile("replay.purpose-unknown", summary.Alerts.ByArea.Sum(area => area.Uncovered));
        Tile("replay.events", Events().Sum(kind => kind.Count));
        Tile("replay.tracks", summary.Tracks);
        Tile("replay.positions-read", summary.PositionsRead);
        Tile("replay.areas", content.Areas.Length);
        Tile("replay.notices", content.Picture.Notices.Length);
        html.CloseLine("dl");
    }

    /// <summary>Counts by area and clause, by clause, by actor and by state of registration.</summary>
    public void WriteCounts()
    {
        var stays = content.Collected.Stays.Figures.Take(MaximumRows).ToList();
        if (stays.Count > 0)
        {
            Begin("report.by-area", "label.area", "report.column.entries", "report.column.not-covered", "replay.tracks", "report.column.time-within");
            foreach (var same in stays.GroupBy(figures => (figures.Area, figures.Stays, figures.NotCovered, figures.Tracks, figures.Time))) WriteArea([.. same]);
            End();
        }

        var alerts = content.Summary.Alerts;
        html.Open("div", ("class", "side-by-side"));
        Alerts("report.by-clause", "label.clause", alerts.ByClause, clause => html.Run(clause.Value), "value.none");
        Alerts("report.by-actor", "label.actor", alerts.ByActor, actor => html.Said("span", language => language.Names.Actor(actor)), "replay.unattributed");
        Alerts("report.by-state", "report.state-of-registration", alerts.ByState, state => html.Run(state), "report.unknown");
        Kinds();
        html.CloseLine("div");
    }

    /// <summary>Whose aircraft the tracks are taken to be, and on what basis.</summary>
    public void WriteAttribution()
    {
        var totals = content.Summary.Attribution;
        html.Phrase("p", "report.attribution-remark", ("class", "remark")).Open("div", ("class", "side-by-side"));
        Begin("report.by-basis", "report.basis", "replay.tracks");
        foreach (var (basis, tracks) in totals.ByBasis) Named(() => html.Phrase("span", ReportCells.BasisKey(basis)), tracks);
        Named(() => html.Phrase("span", "replay.unattributed"), totals.Unattributed);
        End();
        if (!totals.ByActor.IsEmpty)
        {
            Begin("report.tracks-by-actor", "label.actor", "replay.tracks");
            foreach (var (actor, tracks) in totals.ByActor.OrderByDescending(each => each.Tracks).Take(MaximumRows)) Named(() => html.Said("span", language => language.Names.Actor(actor)), tracks);
            End();
        }

        if (!totals.ByState.IsEmpty)
        {
            Begin("report.tracks-by-state", "report.state-of-registration", "replay.tracks");
            foreach (var (state, tracks) in totals.ByState.OrderByDescending(each => each.Tracks).Take(MaximumRows)) Named(() => html.Run(state), tracks);
            End();
        }

        html.CloseLine("div");
    }

    /// <summary>When each feed delivered and was blind, and what was not taken.</summary>
    public void WriteCoverage()
    {
        var coverage = content.Summary.Coverage;
        html.Open("dl", ("class", "facts"));
        Fact("replay.gaps", () => html.Said("span", language => language.Names.Values.Count(coverage.Gaps)));
        Fact("report.gap-time", () => html.Run(ReportTime.Length(coverage.GapTime)));
        Fact("replay.longest-silence", () => WriteSilence(coverage));
        Fact("replay.without-height", () => html.Said("span", language => language.Names.Values.Count(coverage.PositionsWithoutHeight)));
        html.CloseLine("dl");
        if (content.Summary.Feeds.IsEmpty) return;
        Begin("report.feeds", "report.column.feed", "report.column.positions", "replay.tracks", "report.column.windows", "report.column.blind");
        foreach (var feed in content.Summary.Feeds) WriteFeed(feed);
        End();
    }

    /// <summary>What was not taken, by kind.</summary>
    public void WriteRejected()
    {
        var summary = content.Summary;
        html.Open("dl", ("class", "facts"));
        Fact("replay.positions-accepted", () => html.Said("span", language => language.Names.Values.Count(summary.PositionsAccepted)));
        Fact("report.after-jump", () => html.Said("span", language => language.Names.Values.Count(summary.PositionsAfterJump)));
        Fact("report.stale", () => html.Said("span", language => language.Names.Values.Count(summary.PositionsStale)));
        Fact("replay.positions-rejected", () => html.Said("span", language => language.Names.Values.Count(summary.Rejected.Sum(kind => kind.Count))));
        html.CloseLine("dl");
        if (summary.Rejected.IsEmpty) return;
        Begin("replay.positions-rejected", "report.column.kind", "report.column.count", "report.column.example");
        foreach (var rejected in summary.Rejected)
        {
            html.Open("tr").Run("th", rejected.Kind, ("scope", "row"));
            Count(rejected.Count);
            html.Run("td", rejected.Examples.FirstOrDefault() ?? "", ("class", "example")).CloseLine("tr");
        }

        End();
    }

    /// <summary>What holds of every figure.</summary>
    public void WriteLimits()
    {
        html.Open("ul", ("class", "limits"));
        html.Phrase("li", "boundary.observation");
        html.Phrase("li", "report.evidence");
        html.Phrase("li", "boundary.verdict");
        html.CloseLine("ul");
    }

    /// <summary>Events by kind, without the alerts that fold them.</summary>
    private IEnumerable<(ReplayEventKind Kind, long Count)> Events() => content.Summary.Events.Where(kind => kind.Kind != ReplayEventKind.Alert);

    /// <summary>One row for clauses that say the same of an area.</summary>
    private void WriteArea(ImmutableArray<AreaFigures> sameFigures)
    {
        var figures = sameFigures[0];
        html.Open("tr").Open("th", ("scope", "row"));
        _cells.AreaAndClauses(figures.Area, [.. sameFigures.Select(each => each.Clause).OfType<Id<Clause>>()]);
        html.Close("th");
        Count(figures.Stays);
        Count(figures.NotCovered);
        Count(figures.Tracks, figures.TracksIsLowerBound);
        html.Run("td", ReportTime.Length(figures.Time), ("class", "number")).CloseLine("tr");
    }

    private void WriteSilence(ReplayCoverage coverage)
    {
        html.Run(ReportTime.Length(coverage.LongestSilence));
        if (coverage.LongestSilenceFrom is { } from)
            html.Said("small", language => language.Phrases.Fill("report.since", KeyValuePair.Create("from", language.Names.Values.Identifier(ReportTime.Exact(from)))));
    }

    private void WriteFeed(FeedCoverage feed)
    {
        html.Open("tr").Open("th", ("scope", "row"));
        if (feed.Source.Length == 0) html.Phrase("span", "report.only-feed");
        else html.Run(feed.Source);
        html.Close("th");
        Count(feed.Positions);
        Count(feed.Tracks, feed.TracksIsLowerBound);
        html.Open("td");
        foreach (var window in feed.Windows.Take(MaximumWindows)) html.Open("div").Run($"{ReportTime.Exact(window.From)} – {ReportTime.Exact(window.Until)}").Close("div");
        var more = feed.Windows.Length - MaximumWindows + feed.WindowsJoined;
        if (feed.Windows.Length > MaximumWindows || feed.WindowsJoined > 0)
            html.Said("small", language => language.Phrases.Fill("report.more-windows", KeyValuePair.Create("count", language.Names.Values.Count(Math.Max(more, feed.WindowsJoined)))));
        html.Close("td").Run("td", ReportTime.Length(feed.Blind), ("class", "number")).CloseLine("tr");
    }

    private void Kinds()
    {
        Begin("report.by-kind", "report.column.what", "report.column.count");
        foreach (var (kind, count) in content.Summary.Alerts.ByKind) Named(() => html.Phrase("span", ReportCells.AboutKey(kind)), count);
        foreach (var (kind, count) in Events()) Named(() => html.Phrase("span", "replay.event." + ReplayEventWriter.WordOf(kind)), count);
        End();
    }

    private void Alerts<TSubject>(string title, string heading, ImmutableArray<AlertCount<TSubject>> counts, Action<TSubject> name, string none)
        where TSubject : class
    {
        if (counts.IsEmpty) return;
        Begin(title, heading, "report.alerts", "replay.purpose-unknown");
        foreach (var count in counts.OrderByDescending(each => each.Alerts).Take(MaximumRows))
        {
            html.Open("tr").Open("th", ("scope", "row"));
            if (count.Subject is { } subject) name(subject);
            else html.Phrase("span", none);
            html.Close("th");
            Count(count.Alerts);
            Count(count.Uncovered);
            html.CloseLine("tr");
        }

        End();
    }

    private void Named(Action name, long count)
    {
        html.Open("tr").Open("th", ("scope", "row"));
        name();
        html.Close("th");
        Count(count);
        html.CloseLine("tr");
    }

    private void Tile(string label, long value)
    {
        html.Open("div").Phrase("dt", label).Open("dd").Said("span", language => language.Names.Values.Count(value)).Close("dd").Close("div");
    }

    private void Fact(string label, Action value)
    {
        html.Open("div").Phrase("dt", label).Open("dd");
        value();
        html.Close("dd").Close("div");
    }

    private void Count(long value, bool isLowerBound = false) =>
        html.Open("td", ("class", "number")).Said("span", language => (isLowerBound ? "≥ " : "") + language.Names.Values.Count(value)).Close("td");

    private void Begin(string title, params ReadOnlySpan<string> columns)
    {
        html.Open("div", ("class", "table-frame")).Open("table", ("class", "figures")).Phrase("caption", title).Open("thead").Open("tr");
        foreach (var column in columns) html.Phrase("th", column, ("scope", "col"));
        html.Close("tr").Close("thead").Open("tbody").Own("\n");
    }

    private void End() => html.Close("tbody").Close("table").CloseLine("div");
}
