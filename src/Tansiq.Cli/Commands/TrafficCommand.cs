using System.Collections.Immutable;
using System.CommandLine;
using System.IO.Compression;
using Tansiq.Cli.Exercise;
using Tansiq.Cli.Scenarios;
using Tansiq.Geo.Text;

namespace Tansiq.Cli.Commands;

/// <summary><c>tansiq traffic --scenario DIR --out FILE</c>: writes the exercise traffic of a scenario.</summary>
internal static class TrafficCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var scenario = new Option<string>("--scenario") { Description = "The folder of the scenario; its traffic.json says what flies.", Required = true };
        var path = new Option<string>("--out") { Description = "The CSV file to write, whole or not at all; compressed where its name ends in .gz.", Required = true };
        var command = new Command("traffic", "Write the exercise traffic of a scenario (docs/formats/traffic.md).") { scenario, path };
        command.SetAction(result =>
        {
            var configuration = result.InvocationConfiguration;
            var folder = result.GetRequiredValue(scenario);
            var file = result.GetRequiredValue(path);
            if (!ScenarioFolder.Load(folder).TryGet(out var loaded, out var refusal)) return ExitCode.Refuse(configuration.Error, folder, refusal);
            if (loaded.Traffic is not { } plan) return ExitCode.Refuse(configuration.Error, folder, new("scenario.missing-file", "traffic.json", "nothing", "a file"));
            var tracks = TrafficGenerator.Generate(loaded, plan);
            try
            {
                var count = Write(file, tracks);
                configuration.Output.WriteLine(FormattableString.Invariant($"{ExitCode.OneLine(file)}: exercise traffic: {tracks.Length} tracks, {count} positions, {plan.Time}"));
                return ExitCode.Done;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return ExitCode.Refuse(configuration.Error, file, new("cli.cannot-write", "", JsonText.Shorten(exception.Message), "a place that can be written"));
            }
        });
        return command;
    }

    private static int Write(string path, ImmutableArray<ExerciseTrack> tracks)
    {
        using var file = AtomicFile.Begin(path);
        var count = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? WriteCompressed(file.Stream, tracks) : TrafficCsv.Write(file.Stream, tracks);
        file.Complete();
        return count;
    }

    private static int WriteCompressed(Stream output, ImmutableArray<ExerciseTrack> tracks)
    {
        using var compressed = new GZipStream(output, CompressionLevel.Optimal, leaveOpen: true);
        return TrafficCsv.Write(compressed, tracks);
    }
}
