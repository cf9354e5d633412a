using Tansiq.Cli.Replaying;
using Tansiq.Cli.Scenarios;
using Tansiq.Coordination.Monitoring;
using Tansiq.Feeds.Positions;

namespace Tansiq.Cli.Exercise;

/// <summary>Replays a scenario's exercise traffic in memory.</summary>
internal static class ExerciseReplay
{
    /// <summary>Makes the traffic and holds it against all that the scenario's record knows.</summary>
    /// <param name="record">The scenario, played.</param>
    /// <param name="plan">What the traffic is made from.</param>
    /// <returns>The events in order, and the figures. What is replayed is what <c>tansiq traffic</c> writes, byte for byte.</returns>
    public static (IReadOnlyList<ReplayEvent> Events, ReplaySummary Summary) Run(ScenarioRecord record, TrafficPlan plan)
    {
        using var rows = new MemoryStream();
        TrafficCsv.Write(rows, TrafficGenerator.Generate(record.Scenario, plan));
        var positions = new OrderedPositions([PositionFile.Of("traffic", rows.ToArray())]).Read();
        var events = new List<ReplayEvent>();
        var outcome = ReplayRun.Run(positions, ReplayPictures.Of(record.Record.Latest, record.Scenario.Declared, record.Scenario.Attribution), ReplaySettings.Default, events.Add);
        return (events, outcome.Summary);
    }
}
