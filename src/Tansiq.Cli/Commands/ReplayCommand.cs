using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using NodaTime;
using Tansiq.Cli.Replaying;
using Tansiq.Cli.Scenarios;
using Tansiq.Coordination;
using Tansiq.Coordination.Monitoring;
using Tansiq.Coordination.Statements;
using Tansiq.Feeds.Positions;
using Tansiq.Geo.Text;
using RecordKind = Tansiq.Coordination.Parties.RecordKind;

namespace Tansiq.Cli.Commands;

/// <summary><c>tansiq replay TRACKS… --scenario DIR</c>: recorded traffic against the areas and notices of a scenario.</summary>
internal sealed class ReplayCommand
{
    private readonly Argument<string[]> _tracks = new("TRACKS") { Description = "Recorded positions; - for standard input.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string> _scenario = new("--scenario") { Description = "The folder of the scenario.", Required = true };
    private readonly Option<string?> _knownAt = new("--known-at") { Description = "Known at: a size of the record, an instant, or an entry of the timeline." };
    private readonly Option<bool> _json = new("--json") { Description = "Write JSON Lines (docs/formats/replay.md)." };
    private readonly Option<string?> _out = new("--out") { Description = "Write the JSON Lines to this file, whole or not at all." };
    private readonly Option<double> _maximumGap = new("--max-gap")
    {
        Description = "Seconds between fixes within which a track is taken to move in a straight line.",
        DefaultValueFactory = _ => ReplaySettings.Default.MaximumGap.TotalSeconds,
    };

    private readonly Option<string> _language = Options.Language();

    private ReplayCommand()
    {
    }

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var replay = new ReplayCommand();
        var command = new Command("replay", "Hold recorded traffic against the areas and notices of a scenario.")
        {
            replay._tracks, replay._scenario, replay._knownAt, replay._json, replay._out, replay._maximumGap, replay._language,
        };
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
        var folder = result.GetRequiredValue(_scenario);
        if (!ScenarioFolder.LoadRecord(folder).TryGet(out var scenario, out var refusal)) return ExitCode.Refuse(configuration.Error, folder, refusal);
        var record = new ScenarioRecord(scenario);
        if (!KnownAt.Situation(record, result.GetValue(_knownAt)).TryGet(out var situation, out refusal)) return ExitCode.Refuse(configuration.Error, "tansiq replay", refusal);
        var sources = result.GetRequiredValue(_tracks);
        if (sources.Length > OrderedPositions.MaximumSources)
        {
            return ExitCode.Refuse(configuration.Error, "tansiq replay", new("cli.too-many-inputs", "TRACKS", $"{sources.Length}", $"at most {OrderedPositions.MaximumSources}"));
        }

        var picture = ReplayPictures.Of(situation, scenario.Declared);
        var positions = new OrderedPositions([.. sources.Select(PositionSource.At)]).Read();
        var settings = ReplaySettings.Default with { MaximumGap = Duration.FromSeconds(result.GetValue(_maximumGap)) };
        try
        {
            return Write(result, scenario, happened => ReplayRun.Run(positions, picture, settings, happened));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return ExitCode.Refuse(configuration.Error, result.GetValue(_out) ?? "standard output", new("cli.cannot-write", "", JsonText.Shorten(exception.Message), "a place that can be written"));
        }
    }

    private int Write(ParseResult result, Scenario scenario, Func<Action<ReplayEvent>, ReplayOutcome> run)
    {
        var configuration = result.InvocationConfiguration;
        var path = result.GetValue(_out);
        if (path is null && !result.GetValue(_json)) return WriteText(result, scenario, run);
        using var lines = path is null ? EventLines.To(configuration.Output) : EventLines.To(AtomicFile.Begin(path));
        var outcome = run(lines.Write);
        if (outcome.Fatal.Count > 0 && path is not null) return Refuse(configuration.Error, outcome);
        lines.Write(outcome.Summary);
        lines.Complete();
        return Refuse(configuration.Error, outcome);
    }

    private int WriteText(ParseResult result, Scenario scenario, Func<Action<ReplayEvent>, ReplayOutcome> run)
    {
        var configuration = result.InvocationConfiguration;
        var language = result.GetRequiredValue(_language);
        var phrases = Languages.Phrases(language);
        var output = DirectedLines.For(configuration.Output, phrases.IsRightToLeft);
        var names = Languages.Sentences(scenario, language).Names;
        output.WriteLine(phrases.Text(scenario.Founding.Kind == RecordKind.Exercise ? "banner.exercise" : "banner.real"));
        output.WriteLine(phrases.Fill(
            "replay.heading",
            KeyValuePair.Create("input", names.Values.Identifier(string.Join(' ', result.GetRequiredValue(_tracks)))),
            KeyValuePair.Create("scenario", names.Values.Name(scenario.Founding.Title))));
        var text = new ReplayText(output, phrases, names);
        var outcome = run(text.Write);
        text.Write(outcome.Summary);
        return Refuse(configuration.Error, outcome);
    }

    /// <summary>One line for each source that ended before its end; bad input if there is one.</summary>
    private static int Refuse(TextWriter error, ReplayOutcome outcome)
    {
        foreach (var refusal in outcome.Fatal) error.WriteLine(ExitCode.OneLine(refusal.ToString()));
        return outcome.Fatal.Count == 0 ? ExitCode.Done : ExitCode.BadInput;
    }
}
