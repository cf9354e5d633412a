using System.Collections.Immutable;
using System.Globalization;
using Tansiq.Coordination;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Monitoring;
using Tansiq.Geo;

namespace Tansiq.Cli.Reporting;

/// <summary>Writes the tables of alerts and events. All rows stand in the page; its script filters, sorts and turns leaves.</summary>
internal sealed class ReportTables(HtmlWriter html, ReportContent content)
{
    private readonly ReportCells _cells = new(html, content);
    private readonly Dictionary<string, string?> _callsigns = content.Collected.Tracks().ToDictionary(track => track.Track, track => track.Callsign, StringComparer.Ordinal);

    /// <summary>Writes the alerts.</summary>
    public void WriteAlerts()
    {
        var alerts = content.Collected.Alerts;
        LeftOut(content.Collected.AlertsLeftOut);
        if (alerts.Count == 0)
        {
            html.Phrase("p", "report.no-alerts");
            return;
        }

        html.Phrase("p", "report.rows-remark", ("class", "remark"));
        Begin("alerts", "report.alerts", "report.column.first", "report.column.last", "report.column.track", "report.column.what", "report.column.where", "report.column.notice", "report.column.whose", "report.column.time-within");
        foreach (var alert in Occurrences.Of(alerts)) WriteAlert(alert.Event, alert.Clauses);
        End();
    }

    /// <summary>Writes the events.</summary>
    public void WriteEvents()
    {
        LeftOut(content.Collected.EventsLeftOut);
        if (!content.Collected.Events.Any())
        {
            html.Phrase("p", "report.no-events");
            return;
        }

        Begin("events", "report.events", "report.column.time", "report.column.track", "report.column.what", "report.column.where", "report.column.notice", "report.column.whose", "report.column.place");
        var index = 0;
        foreach (var happened in content.Occurrences) WriteEvent(happened.Event, happened.Clauses, index++);
        End();
    }

    private void WriteAlert(ReplayAlert alert, ImmutableArray<Id<Clause>> clauses)
    {
        Row(ReportCells.AboutKey(alert.About), alert.Area?.Value, index: null);
        TimeCell(() => _cells.Time(alert.From), ReportTime.Sortable(alert.From));
        TimeCell(() => _cells.Time(alert.Until), ReportTime.Sortable(alert.Until));
        Track(alert.Track);
        html.Open("td", ("class", "what")).Phrase("span", ReportCells.AboutKey(alert.About));
        html.Said("small", language => language.Names.Values.List([language.Phrases.Term(alert.Certainty), language.Phrases.Text(alert.IsOpen ? "report.state.open" : "report.state.ended")]));
        html.Close("td").Open("td");
        if (alert.Area is { } area) _cells.AreaAndClauses(area, clauses);
        else if (alert.Flight is { } flight) _cells.FlightAndClauses(flight, clauses);
        else _cells.Place(alert.FromPlace, height: null);
        html.Close("td").Open("td");
        if (alert.Covered is { } covered) _cells.Covered(covered, alert.Flights);
        else _cells.Flights(alert.Flights);
        html.Close("td").Open("td");
        _cells.Attribution(alert.Attribution);
        html.Close("td").Open("td", ("data-s", alert.TotalStay.TotalMilliseconds.ToString("F0", CultureInfo.InvariantCulture)));
        html.Run(ReportTime.Length(alert.TotalStay));
        html.Said("small", language => language.Phrases.Fill("replay.begun", KeyValuePair.Create("count", language.Names.Values.Count(alert.Entries))));
        html.Close("td").CloseLine("tr");
    }

    private void WriteEvent(ReplayEvent happened, ImmutableArray<Id<Clause>> clauses, int index)
    {
        var key = "replay.event." + ReplayEventWriter.WordOf(happened.Kind);
        Row(key, (happened as AreaEvent)?.Area.Value, index);
        TimeCell(() => _cells.Time(happened.At), ReportTime.Sortable(happened.At));
        Track(happened.Track);
        html.Open("td", ("class", "what")).Phrase("span", key);
        html.Said("small", language => language.Names.Values.List([language.Phrases.Term(happened.Certainty), .. CauseOf(happened) is { } cause ? [language.Phrases.Text(cause)] : Array.Empty<string>()]));
        html.Close("td").Open("td");
        if (happened is AreaEvent inArea) _cells.AreaAndClauses(inArea.Area, clauses);
        if (happened is ConflictEvent conflict) _cells.FlightAndClauses(conflict.Flight, clauses);
        html.Close("td").Open("td");
        if (happened is AreaEvent present) WriteCovered(present);
        if (happened is ConformanceEvent conformance) _cells.Flights(conformance.Flights);
        html.Close("td").Open("td");
        _cells.Attribution(happened.Attribution);
        html.Close("td").Open("td", ("class", "place"));
        _cells.Place(happened.Place, happened.Height);
        html.Close("td").CloseLine("tr");
    }

    private void WriteCovered(AreaEvent happened)
    {
        var isBeginning = happened.Kind is ReplayEventKind.Appeared or ReplayEventKind.Enter;
        if (isBeginning || happened.Covered != Certainty.No) _cells.Covered(happened.Covered, happened.Flights);
        else html.Phrase("span", "replay.not-covered");
    }

    private void LeftOut(long count)
    {
        if (count > 0) html.Said("p", language => language.Phrases.Fill("report.left-out", KeyValuePair.Create("count", language.Names.Values.Count(count))), ("class", "remark"));
    }

    private void Begin(string id, string title, params ReadOnlySpan<string> columns)
    {
        html.Open("div", ("class", "table-frame"), ("data-table", id)).Open("table", ("id", id));
        html.Phrase("caption", title).Open("thead").Open("tr");
        foreach (var column in columns) html.Phrase("th", column, ("scope", "col"));
        html.Close("tr").Close("thead").Open("tbody").Own("\n");
    }

    private void End() => html.Close("tbody").Close("table").CloseLine("div");

    private void Row(string kind, string? area, int? index)
    {
        if (index is { } number) html.Open("tr", ("data-k", kind), ("data-a", area ?? ""), ("data-event", number.ToString(CultureInfo.InvariantCulture)));
        else html.Open("tr", ("data-k", kind), ("data-a", area ?? ""));
    }

    private void TimeCell(Action write, string sortable)
    {
        html.Open("td", ("class", "when"), ("data-s", sortable));
        write();
        html.Close("td");
    }

    /// <summary>The track heads its row.</summary>
    private void Track(string track)
    {
        html.Open("th", ("scope", "row"), ("data-track", track));
        _cells.Track(track, _callsigns.GetValueOrDefault(track));
        html.Close("th");
    }

    private static string? CauseOf(ReplayEvent happened)
    {
        var cause = (happened as AreaEvent)?.Cause ?? (happened as ConflictEvent)?.Cause;
        return cause switch
        {
            ReplayCause.First => "report.cause.first",
            ReplayCause.Gap => "report.cause.gap",
            ReplayCause.Jump => "report.cause.jump",
            ReplayCause.Frozen => "report.cause.frozen",
            ReplayCause.End => "report.cause.end",
            _ => null,
        };
    }
}
