using System.Collections.Immutable;
using System.Text.Json;

namespace Tansiq.Coordination.Monitoring;

/// <summary>Writes the figures of a replay as one object.</summary>
internal static class ReplaySummaryWriter
{
    public static void Write(Utf8JsonWriter json, ReplaySummary summary)
    {
        json.WriteStartObject();
        json.WriteString("event", "summary");
        WritePositions(json, summary);
        json.WriteNumber("tracks", summary.Tracks);
        json.WriteBoolean("tracksIsLowerBound", summary.TracksIsLowerBound);
        json.WriteStartObject("events");
        foreach (var (kind, count) in summary.Events) json.WriteNumber(ReplayJson.WordOf(kind), count);
        json.WriteEndObject();
        WriteCoverage(json, summary.Coverage);
        WriteAttribution(json, summary.Attribution);
        WriteAlerts(json, summary.Alerts);
        json.WriteStartArray("feeds");
        foreach (var feed in summary.Feeds) WriteFeed(json, feed);
        json.WriteEndArray();
        json.WriteBoolean("partial", summary.IsPartial);
        json.WriteEndObject();
    }

    private static void WritePositions(Utf8JsonWriter json, ReplaySummary summary)
    {
        json.WriteStartObject("positions");
        json.WriteNumber("read", summary.PositionsRead);
        json.WriteNumber("accepted", summary.PositionsAccepted);
        json.WriteNumber("afterJump", summary.PositionsAfterJump);
        json.WriteNumber("stale", summary.PositionsStale);
        json.WriteStartArray("rejected");
        foreach (var rejected in summary.Rejected)
        {
            json.WriteStartObject();
            json.WriteString("kind", rejected.Kind);
            json.WriteNumber("count", rejected.Count);
            json.WriteStartArray("examples");
            foreach (var example in rejected.Examples) json.WriteStringValue(example);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteCoverage(Utf8JsonWriter json, ReplayCoverage coverage)
    {
        json.WriteStartObject("coverage");
        ReplayJson.WriteMoment(json, "from", coverage.From);
        ReplayJson.WriteMoment(json, "until", coverage.Until);
        json.WriteNumber("gaps", coverage.Gaps);
        json.WriteNumber("gapSeconds", ReplayJson.Seconds(coverage.GapTime));
        json.WriteNumber("positionsWithoutHeight", coverage.PositionsWithoutHeight);
        json.WriteNumber("longestSilenceSeconds", ReplayJson.Seconds(coverage.LongestSilence));
        ReplayJson.WriteMoment(json, "longestSilenceFrom", coverage.LongestSilenceFrom);
        json.WriteStartArray("limits");
        foreach (var limit in ReplayCoverage.Limits) json.WriteStringValue(limit);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteAttribution(Utf8JsonWriter json, AttributionTotals totals)
    {
        json.WriteStartObject("attribution");
        json.WriteStartObject("tracks");
        foreach (var (basis, tracks) in totals.ByBasis) json.WriteNumber(ReplayJson.WordOf(basis), tracks);
        json.WriteNumber("none", totals.Unattributed);
        json.WriteEndObject();
        json.WriteStartArray("byActor");
        foreach (var (actor, tracks) in totals.ByActor) WriteTracks(json, "actor", actor.Value, tracks);
        json.WriteEndArray();
        json.WriteStartArray("byState");
        foreach (var (state, tracks) in totals.ByState) WriteTracks(json, "state", state, tracks);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTracks(Utf8JsonWriter json, string name, string subject, long tracks)
    {
        json.WriteStartObject();
        json.WriteString(name, subject);
        json.WriteNumber("tracks", tracks);
        json.WriteEndObject();
    }

    private static void WriteAlerts(Utf8JsonWriter json, AlertTotals totals)
    {
        json.WriteStartObject("alerts");
        json.WriteNumber("total", totals.Total);
        json.WriteNumber("open", totals.Open);
        json.WriteNumber("closedEarly", totals.ClosedEarly);
        json.WriteStartObject("byKind");
        foreach (var (kind, count) in totals.ByKind) json.WriteNumber(ReplayJson.WordOf(kind), count);
        json.WriteEndObject();
        WriteCounts(json, "byArea", "area", totals.ByArea, area => area.Value);
        WriteCounts(json, "byClause", "clause", totals.ByClause, clause => clause.Value);
        WriteCounts(json, "byActor", "actor", totals.ByActor, actor => actor.Value);
        WriteCounts(json, "byState", "state", totals.ByState, state => state);
        json.WriteEndObject();
    }

    private static void WriteCounts<TSubject>(
        Utf8JsonWriter json, string name, string member, ImmutableArray<AlertCount<TSubject>> counts, Func<TSubject, string> text)
        where TSubject : class
    {
        json.WriteStartArray(name);
        foreach (var count in counts)
        {
            json.WriteStartObject();
            json.WriteString(member, count.Subject is { } subject ? text(subject) : null);
            json.WriteNumber("alerts", count.Alerts);
            json.WriteNumber("uncovered", count.Uncovered);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteFeed(Utf8JsonWriter json, FeedCoverage feed)
    {
        json.WriteStartObject();
        json.WriteString("source", feed.Source);
        json.WriteNumber("positions", feed.Positions);
        json.WriteNumber("tracks", feed.Tracks);
        json.WriteBoolean("tracksIsLowerBound", feed.TracksIsLowerBound);
        json.WriteStartArray("windows");
        foreach (var window in feed.Windows)
        {
            json.WriteStartObject();
            ReplayJson.WriteMoment(json, "from", window.From);
            ReplayJson.WriteMoment(json, "until", window.Until);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("windowsJoined", feed.WindowsJoined);
        json.WriteNumber("blindSeconds", ReplayJson.Seconds(feed.Blind));
        json.WriteEndObject();
    }
}
