using NodaTime;
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
    /// <summary>The most events that are shown; the rest is in the JSON.</summary>
    public const int MaximumEventsShown = 25;

    private long _events;

    /// <summary>Shows an event, of the first <see cref="MaximumEventsShown"/>.</summary>
    public void Write(ReplayEvent happened)
    {
        _events++;
        if (_events > MaximumEventsShown) return;
        var parts = new List<string>
        {
            names.Values.Time(happened.At),
            names.Values.Identifier(happened.Track),
            phrases.Text("replay.event." + ReplayEventWriter.WordOf(happened.Kind)),
        };
        if (happened is AreaEvent inArea)
        {
            parts.Add(names.Values.Identifier(inArea.Clause is { } clause ? $"{inArea.Area} ({clause})" : inArea.Area.Value));
            parts.Add(phrases.Term(happened.Certainty));
            parts.Add(phrases.Text(inArea.Covered == Certainty.No ? "replay.not-covered" : "replay.covered"));
        }

        parts.Add(names.Place(happened.Place));
        beforeLine?.Invoke();
        output.WriteLine("- " + names.Values.List(parts));
    }

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

        WriteCoverage(summary.Coverage);
        output.WriteLine(phrases.Text("boundary.observation"));
    }

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
