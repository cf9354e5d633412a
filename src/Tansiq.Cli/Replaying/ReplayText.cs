using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Languages;
using Tansiq.Coordination.Monitoring;
using Tansiq.Geo;

namespace Tansiq.Cli.Replaying;

/// <summary>Writes events and figures of a replay for a person at a terminal, in one language.</summary>
/// <param name="output">Where to.</param>
/// <param name="phrases">The language.</param>
/// <param name="names">Names in it.</param>
/// <param name="beforeLine">Called before the line of an event.</param>
internal sealed class ReplayText(TextWriter output, Phrasebook phrases, NameText names, Action? beforeLine = null)
{
    /// <summary>The most events that are shown, alerts among them; the rest is in the JSON.</summary>
    public const int MaximumEventsShown = 25;

    /// <summary>The most feeds whose blind time is shown.</summary>
    public const int MaximumFeedsShown = 10;

    private long _events;

    /// <summary>Shows an event, of the first <see cref="MaximumEventsShown"/>.</summary>
    public void Write(ReplayEvent happened)
    {
        _events++;
        if (_events > MaximumEventsShown) return;
        var parts = new List<string>
        {
            names.Values.Time(happened is ReplayAlert { From: var from } ? from : happened.At),
            names.Values.Identifier(happened.Track),
            phrases.Text("replay.event." + ReplayEventWriter.WordOf(happened.Kind)),
        };
        parts.AddRange(happened switch
        {
            AreaEvent area => [Subject(area.Area.Value, area.Clause?.Value), phrases.Term(area.Certainty), Cover(area.Covered)],
            ConflictEvent conflict => [.. Approached(conflict.Flight, conflict.Clause), phrases.Term(conflict.Certainty)],
            ReplayAlert alert => Course(alert),
            _ => [],
        });
        parts.Add(names.Place(happened.Place));
        beforeLine?.Invoke();
        output.WriteLine("- " + names.Values.List(parts));
    }

    private IEnumerable<string> Course(ReplayAlert alert)
    {
        yield return phrases.Text(alert.About switch
        {
            ReplayAlertKind.Presence => alert.Covered == Certainty.No ? "replay.purpose-unknown" : "replay.present",
            ReplayAlertKind.Nonconformance => "replay.event.nonconforming",
            ReplayAlertKind.Conflict => "replay.event.conflict",
            ReplayAlertKind.Jump => "replay.event.jump",
            _ => "replay.event.frozen",
        });
        if (alert.Area is { } area) yield return Subject(area.Value, alert.Clause?.Value);
        if (alert.Flight is { } flight)
        {
            foreach (var part in Approached(flight, alert.Clause)) yield return part;
        }

        yield return phrases.Term(alert.Certainty);
        yield return phrases.Fill("replay.begun", KeyValuePair.Create("count", names.Values.Count(alert.Entries)));
        yield return phrases.Fill("replay.longest-stay", KeyValuePair.Create("period", names.Values.Period((long)Math.Ceiling(alert.LongestStay.TotalMinutes))));
        yield return Whose(alert.Attribution);
    }

    private string Whose(TrackAttribution? attribution) => attribution switch
    {
        { Actor: { } actor } => names.Actor(actor),
        { State: { } state } => phrases.Fill("replay.registered-in", KeyValuePair.Create("state", names.Values.Identifier(state))),
        _ => phrases.Text("replay.unattributed"),
    };

    private IEnumerable<string> Approached(FlightReference flight, Id<Clause>? clause)
    {
        yield return names.Flight(flight);
        if (clause is not null) yield return names.Values.Identifier($"({clause})");
    }

    private string Subject(string name, string? clause) => names.Values.Identifier(clause is null ? name : $"{name} ({clause})");

    private string Cover(Certainty covered) => phrases.Text(covered == Certainty.No ? "replay.not-covered" : "replay.covered");

    /// <summary>Shows the figures.</summary>
    public void Write(ReplaySummary summary)
    {
        if (_events > MaximumEventsShown)
        {
            output.WriteLine(phrases.Fill(
                "replay.more-events",
                KeyValuePair.Create("count", names.Values.Count(_events - MaximumEventsShown)),
                KeyValuePair.Create("option", names.Values.Identifier("--json"))));
        }

        output.WriteLine();
        if (summary.IsPartial) output.WriteLine(phrases.Text("replay.partial"));
        Line("replay.positions-read", names.Values.Count(summary.PositionsRead));
        Line("replay.positions-accepted", names.Values.Count(summary.PositionsAccepted));
        Line("replay.positions-rejected", names.Values.Count(summary.Rejected.Sum(kind => kind.Count)));
        foreach (var kind in summary.Rejected)
        {
            output.WriteLine("  " + names.Values.Identifier(FormattableString.Invariant($"{kind.Kind}: {kind.Count}; {kind.Examples.FirstOrDefault()}")));
        }

        Line("replay.tracks", names.Values.Count(summary.Tracks));
        output.WriteLine(phrases.Text("replay.events") + ":");
        foreach (var (kind, count) in summary.Events)
        {
            output.Write("  ");
            Line("replay.event." + ReplayEventWriter.WordOf(kind), names.Values.Count(count));
        }

        WriteAlerts(summary.Alerts);
        WriteAttribution(summary.Attribution);
        WriteCoverage(summary.Coverage);
        WriteFeeds(summary.Feeds);
        output.WriteLine(phrases.Text("boundary.observation"));
    }

    private void WriteAlerts(AlertTotals alerts)
    {
        Line("replay.alerts", names.Values.Count(alerts.Total));
        output.Write("  ");
        Line("replay.alerts-open", names.Values.Count(alerts.Open));
        output.Write("  ");
        Line("replay.purpose-unknown", names.Values.Count(alerts.ByArea.Sum(area => area.Uncovered)));
        foreach (var count in alerts.ByActor) WriteCount(count.Subject is { } actor ? names.Actor(actor) : phrases.Text("replay.unattributed"), names.Values.Count(count.Alerts));
    }

    private void WriteAttribution(AttributionTotals attribution)
    {
        Line("replay.tracks-unattributed", names.Values.Count(attribution.Unattributed));
        foreach (var (actor, tracks) in attribution.ByActor) WriteCount(names.Actor(actor), names.Values.Count(tracks));
    }

    private void WriteFeeds(ImmutableArray<FeedCoverage> feeds)
    {
        if (feeds.Length < 2) return;
        output.WriteLine(phrases.Text("replay.blind-feeds") + ":");
        foreach (var feed in feeds.Take(MaximumFeedsShown))
            WriteCount(names.Values.Identifier(feed.Source), names.Values.Period((long)Math.Ceiling(feed.Blind.TotalMinutes)));
    }

    private void WriteCount(string label, string value) =>
        output.WriteLine("  " + phrases.Fill("label.line", KeyValuePair.Create("label", label), KeyValuePair.Create("value", value)));

    private void WriteCoverage(ReplayCoverage coverage)
    {
        if (coverage is { From: { } from, Until: { } until })
        {
            Line("replay.coverage", phrases.Fill("replay.coverage-period", KeyValuePair.Create("from", names.Values.Time(from)), KeyValuePair.Create("until", names.Values.Time(until))));
        }

        Line("replay.gaps", names.Values.Count(coverage.Gaps));
        Line("replay.longest-silence", names.Values.Period((long)Math.Ceiling(coverage.LongestSilence.TotalMinutes)));
        Line("replay.without-height", names.Values.Count(coverage.PositionsWithoutHeight));
    }

    private void Line(string label, string value) =>
        output.WriteLine(phrases.Fill("label.line", KeyValuePair.Create("label", phrases.Text(label)), KeyValuePair.Create("value", value)));
}
