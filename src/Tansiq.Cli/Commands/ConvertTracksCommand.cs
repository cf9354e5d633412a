using System.CommandLine;
using Tansiq.Feeds;
using Tansiq.Feeds.Positions;
using Tansiq.Feeds.Writing;
using Tansiq.Geo.Text;

namespace Tansiq.Cli.Commands;

/// <summary><c>tansiq convert tracks TRACKS… --to FORMAT --out FILE</c>: positions in the order of time, each once.</summary>
internal sealed class ConvertTracksCommand
{
    private readonly Argument<string[]> _tracks = new("TRACKS") { Description = "Recorded positions; - for standard input.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string> _to = ConvertCommand.To();
    private readonly Option<string> _out = ConvertCommand.Out();
    private readonly FeedOptions _feeds = new();

    private ConvertTracksCommand()
    {
    }

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var convert = new ConvertTracksCommand();
        var command = new Command("tracks", "Write recorded positions in another format.") { convert._tracks, convert._to, convert._out };
        convert._feeds.AddTo(command);
        command.SetAction(convert.Run);
        return command;
    }

    private int Run(ParseResult result)
    {
        var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
        var (sources, written) = (result.GetRequiredValue(_tracks), result.GetRequiredValue(_out));
        if (sources.Length > OrderedPositions.MaximumSources)
            return ExitCode.Refuse(error, "tansiq convert", new("cli.too-many-inputs", "TRACKS", $"{sources.Length}", $"at most {OrderedPositions.MaximumSources}"));
        if (!_feeds.Sources(result, sources).TryGet(out var feeds, out var refusal)) return ExitCode.Refuse(error, "tansiq convert", refusal);
        var positions = new OrderedPositions(feeds).Read();
        var outcome = new Outcome();
        try
        {
            using var file = AtomicFile.Begin(written);
            using (var writer = TrackWriter.To(file.Stream, ConvertCommand.Format(result.GetRequiredValue(_to))))
            {
                foreach (var position in positions) outcome.Take(position, writer);
                writer.Complete();
            }

            if (outcome.Fatal.Count == 0) file.Complete();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return ExitCode.Refuse(error, written, new("cli.cannot-write", "", JsonText.Shorten(exception.Message), "a place that can be written"));
        }

        foreach (var fatal in outcome.Fatal) error.WriteLine(ExitCode.OneLine(fatal.ToString()));
        if (outcome.Fatal.Count > 0) return ExitCode.BadInput;
        output.WriteLine(outcome.Summary(written));
        return ExitCode.Done;
    }

    /// <summary>What was written and what was refused, by code.</summary>
    private sealed class Outcome
    {
        private readonly SortedDictionary<string, long> _refused = new(StringComparer.Ordinal);
        private long _written;

        /// <summary>Why sources ended before their end.</summary>
        public List<Refusal> Fatal { get; } = [];

        public void Take(Parsed<Geo.ReportedPosition> read, TrackWriter writer)
        {
            if (read.TryGet(out var position, out var refusal))
            {
                writer.Write(position);
                _written++;
                return;
            }

            if (FeedRefusals.IsFatal(refusal)) Fatal.Add(refusal);
            else _refused[refusal.Code] = _refused.GetValueOrDefault(refusal.Code) + 1;
        }

        public string Summary(string path)
        {
            var codes = _refused.Count == 0 ? "" : $" ({string.Join(", ", _refused.Select(entry => FormattableString.Invariant($"{entry.Key} {entry.Value}")))})";
            return FormattableString.Invariant($"{ExitCode.OneLine(path)}: {_written} positions, {_refused.Values.Sum()} refused{codes}");
        }
    }
}
