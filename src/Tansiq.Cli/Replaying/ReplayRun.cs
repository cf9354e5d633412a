using Tansiq.Coordination.Monitoring;
using Tansiq.Feeds;
using Tansiq.Feeds.Positions;
using Tansiq.Geo;
using Tansiq.Geo.Text;

namespace Tansiq.Cli.Replaying;

/// <summary>What a replay ended with.</summary>
/// <param name="Summary">The figures.</param>
/// <param name="Fatal">Refusals that ended a source before its end; empty where everything was read.</param>
internal sealed record ReplayOutcome(ReplaySummary Summary, IReadOnlyList<Refusal> Fatal);

/// <summary>Runs positions through a replay, event by event.</summary>
internal static class ReplayRun
{
    /// <summary>The most fatal refusals that are kept.</summary>
    private const int MaximumFatal = 100;

    /// <summary>Runs to the end of what sources give, or to where the run is interrupted: feeds that repeat another one are counted too.</summary>
    /// <inheritdoc cref="Run(IEnumerable{Parsed{ReportedPosition}}, ReplayPicture, ReplaySettings, Action{ReplayEvent}, Action{ReportedPosition}?, CancellationToken)"/>
    public static ReplayOutcome Run(
        OrderedPositions input,
        ReplayPicture picture,
        ReplaySettings settings,
        Action<ReplayEvent> onEvent,
        Action<ReportedPosition>? onPosition,
        CancellationToken interruption)
    {
        var replay = new Replay(picture, settings);
        return Run(replay, input.Read(replay.Hear, interruption), onEvent, onPosition, interruption);
    }

    /// <summary>Runs to the end of the positions, or to where the run is interrupted.</summary>
    /// <param name="positions">The positions in order of time, with what was refused in between.</param>
    /// <param name="picture">What they are held against.</param>
    /// <param name="settings">The thresholds.</param>
    /// <param name="onEvent">Called for each event, in order.</param>
    /// <param name="onPosition">Called for each position that was read, in order of time; null where nobody asks.</param>
    /// <param name="interruption">Ends the run where it is; its figures then say that they are of a part of the input.</param>
    public static ReplayOutcome Run(
        IEnumerable<Parsed<ReportedPosition>> positions,
        ReplayPicture picture,
        ReplaySettings settings,
        Action<ReplayEvent> onEvent,
        Action<ReportedPosition>? onPosition = null,
        CancellationToken interruption = default) =>
        Run(new Replay(picture, settings), positions, onEvent, onPosition, interruption);

    private static ReplayOutcome Run(
        Replay replay,
        IEnumerable<Parsed<ReportedPosition>> positions,
        Action<ReplayEvent> onEvent,
        Action<ReportedPosition>? onPosition,
        CancellationToken interruption)
    {
        var fatal = new List<Refusal>();
        foreach (var item in positions)
        {
            // What comes after an interruption may be refused only because its input was cut off there.
            if (interruption.IsCancellationRequested) break;
            if (item.TryGet(out var position, out var refusal))
            {
                onPosition?.Invoke(position);
                foreach (var happened in replay.Push(position)) onEvent(happened);
                continue;
            }

            if (!FeedRefusals.IsFatal(refusal)) replay.Reject(refusal);
            else if (fatal.Count < MaximumFatal) fatal.Add(refusal);
        }

        var end = replay.Finish(interruption.IsCancellationRequested);
        foreach (var happened in end.Events) onEvent(happened);
        return new(end.Summary, fatal);
    }
}
