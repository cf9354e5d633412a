using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using NodaTime;
using Tansiq.Cli.Replaying;
using Tansiq.Cli.Reporting;
using Tansiq.Cli.Scenarios;
using Tansiq.Coordination;
using Tansiq.Coordination.Monitoring;
using Tansiq.Coordination.Statements;
using Tansiq.Feeds.Positions;
using Tansiq.Geo.Text;
using RecordKind = Tansiq.Coordination.Parties.RecordKind;

namespace Tansiq.Cli.Commands;

/// <summary><c>tansiq replay TRACKS… --scenario DIR | --record DIR</c>: recorded traffic against the areas and notices of a scenario or record.</summary>
internal sealed class ReplayCommand
{
    private readonly Argument<string[]> _tracks = new("TRACKS") { Description = "Recorded positions; - for standard input.", Arity = ArgumentArity.OneOrMore };
    private readonly BasisOptions _basis = new();
    private readonly Option<string?> _knownAt = new("--known-at") { Description = "Known at: a size of the record, an instant, or an entry of the timeline." };
    private readonly Option<bool> _json = new("--json") { Description = "Write JSON Lines (docs/formats/replay.md)." };
    private readonly Option<string?> _out = new("--out") { Description = "Write the JSON Lines to this file, whole or not at all." };
    private readonly Option<string?> _report = new("--report") { Description = "Write a report that opens in a browser without a network to this HTML file, whole or not at all." };
    private readonly Option<double> _maximumGap = new("--max-gap")
    {
        Description = "Seconds between fixes within which a track is taken to move in a straight line.",
        DefaultValueFactory = _ => ReplaySettings.Default.MaximumGap.TotalSeconds,
    };

    private readonly Option<string> _language = Options.Language();
    private readonly FeedOptions _feeds = new();

    private ReplayCommand()
    {
    }

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var replay = new ReplayCommand();
        var command = new Command("replay", "Hold recorded traffic against the areas and notices of a scenario. Ctrl-C ends it with what was read so far, marked as partial (exit code 130, 143 after SIGTERM); a second one ends it at once.")
        {
            replay._tracks, replay._knownAt, replay._json, replay._out, replay._report, replay._maximumGap, replay._language,
        };
        replay._basis.AddTo(command);
        replay._feeds.AddTo(command);
        replay._maximumGap.Validators.Add(RequireGap);
        command.SetAction(replay.Run);
        return command;
    }

    private static void RequireGap(OptionResult option)
    {
        var seconds = option.GetValueOrDefault<double>();
        if (!(seconds >= 0.001 && seconds <= ReplaySettings.LongestGap.TotalSeconds)) option.AddError("--max-gap takes 0.001 to 3600 seconds.");
    }

    private int Run(ParseResult result)
    {
        var configuration = result.InvocationConfiguration;
        if (_basis.Open(result, result.GetValue(_knownAt), "tansiq replay") is not { } basis) return ExitCode.BadInput;
        var (scenario, situation) = (basis.Scenario, basis.Situation);
        var sources = result.GetRequiredValue(_tracks);
        if (sources.Length > OrderedPositions.MaximumSources)
        {
            return ExitCode.Refuse(configuration.Error, "tansiq replay", new("cli.too-many-inputs", "TRACKS", $"{sources.Length}", $"at most {OrderedPositions.MaximumSources}"));
        }

        if (!_feeds.Sources(result, sources).TryGet(out var feeds, out var refusal)) return ExitCode.Refuse(configuration.Error, "tansiq replay", refusal);
        var settings = ReplaySettings.Default with { MaximumGap = Duration.FromSeconds(result.GetValue(_maximumGap)) };
        var collected = result.GetValue(_report) is null ? null : new ReportCollector(settings.MaximumGap);
        using var run = new ReplayWork(configuration, Languages.Phrases(result.GetRequiredValue(_language)))
        {
            Picture = ReplayPictures.Of(situation, scenario.Declared, scenario.Attribution),
            Settings = settings,
            Input = new(feeds),
            Collected = collected,
            StreamsToOutput = result.GetValue(_json) && result.GetValue(_out) is null,
        };
        try
        {
            using var report = result.GetValue(_report) is { } page ? AtomicFile.Begin(page) : null;
            var outcome = Write(result, scenario, run);
            if (outcome.Fatal.Count == 0 && report is not null && collected is not null)
            {
                WriteReport(result, report, new()
                {
                    Scenario = scenario,
                    Situation = situation,
                    Picture = run.Picture,
                    Settings = settings,
                    Inputs = [.. sources],
                    Collected = collected,
                    Summary = outcome.Summary,
                });
            }

            return End(configuration.Error, outcome, run);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return ExitCode.Refuse(configuration.Error, string.Join(", ", new[] { result.GetValue(_out), result.GetValue(_report) }.OfType<string>().DefaultIfEmpty("standard output")), new("cli.cannot-write", "", JsonText.Shorten(exception.Message), "a place that can be written"));
        }
    }

    private ReplayOutcome Write(ParseResult result, Scenario scenario, ReplayWork run)
    {
        var path = result.GetValue(_out);
        if (path is null && !result.GetValue(_json)) return WriteText(result, scenario, run);
        using var lines = path is null ? EventLines.To(result.InvocationConfiguration.Output) : EventLines.To(AtomicFile.Begin(path));
        var outcome = run.Run(lines.Write);
        if (outcome.Fatal.Count > 0 && path is not null) return outcome;
        lines.Write(outcome.Summary);
        lines.Complete();
        return outcome;
    }

    private ReplayOutcome WriteText(ParseResult result, Scenario scenario, ReplayWork run)
    {
        var language = result.GetRequiredValue(_language);
        var phrases = Languages.Phrases(language);
        var output = DirectedLines.For(result.InvocationConfiguration.Output, phrases.IsRightToLeft);
        var names = Languages.Sentences(scenario, language).Names;
        output.WriteLine(phrases.Text(scenario.Founding.Kind == RecordKind.Exercise ? "banner.exercise" : "banner.real"));
        output.WriteLine(phrases.Fill(
            "replay.heading",
            KeyValuePair.Create("input", names.Values.Identifier(string.Join(' ', result.GetRequiredValue(_tracks)))),
            KeyValuePair.Create("scenario", names.Values.Name(scenario.Founding.Title))));
        var text = new ReplayText(output, phrases, names, run.BeforeLine);
        var outcome = run.Run(text.Write);
        text.Write(outcome.Summary);
        return outcome;
    }

    private void WriteReport(ParseResult result, AtomicFile file, ReportContent content)
    {
        using (var page = new StreamWriter(file.Stream, leaveOpen: true)) ReportPage.Write(page, content, result.GetRequiredValue(_language));
        file.Complete();
    }

    /// <summary>One line for each source that ended before its end; bad input if there is one.</summary>
    private static int End(TextWriter error, ReplayOutcome outcome, ReplayWork run)
    {
        foreach (var refusal in outcome.Fatal) error.WriteLine(ExitCode.OneLine(refusal.ToString()));
        return outcome.Fatal.Count > 0 ? ExitCode.BadInput : run.RequestedExitCode ?? ExitCode.Done;
    }
}
