using System.CommandLine;
using Tansiq.Cli.Reporting;
using Tansiq.Coordination.Languages;
using Tansiq.Coordination.Monitoring;
using Tansiq.Feeds.Positions;

namespace Tansiq.Cli.Replaying;

/// <summary>One replay as the command runs it: with progress on a terminal, and ending with what there is when it is interrupted.</summary>
internal sealed class ReplayWork(InvocationConfiguration configuration, Phrasebook phrases) : IDisposable
{
    private readonly Interruption _interruption = Interruption.Listen();
    private ReplayProgress? _progress;

    /// <summary>What tracks are held against.</summary>
    public required ReplayPicture Picture { get; init; }

    /// <summary>The thresholds.</summary>
    public required ReplaySettings Settings { get; init; }

    /// <summary>The positions.</summary>
    public required OrderedPositions Input { get; init; }

    /// <summary>Gathers what a report shows; null where none is asked for.</summary>
    public required ReportCollector? Collected { get; init; }

    /// <summary>Whether events are written to standard output as they happen, so that progress has no place on the same terminal.</summary>
    public required bool StreamsToOutput { get; init; }

    /// <summary>The exit code that a signal asks for; null where none came.</summary>
    public int? RequestedExitCode => _interruption.RequestedExitCode;

    /// <summary>Takes progress off the terminal before something is written there.</summary>
    public void BeforeLine() => _progress?.Erase();

    /// <summary>Runs to the end or to the interruption.</summary>
    public ReplayOutcome Run(Action<ReplayEvent> onEvent)
    {
        using var progress = _progress = ReplayProgress.Where(configuration.Error, StreamsToOutput, phrases, Input);
        return ReplayRun.Run(
            Input,
            Picture,
            Settings,
            happened =>
            {
                Collected?.Take(happened);
                onEvent(happened);
            },
            position =>
            {
                Collected?.Take(position);
                progress?.Count();
            },
            _interruption.Token);
    }

    /// <inheritdoc />
    public void Dispose() => _interruption.Dispose();
}
