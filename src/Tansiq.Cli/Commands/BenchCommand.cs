using System.CommandLine;
using Tansiq.Figures;
using Tansiq.Figures.Nodes;
using Tansiq.Figures.Records;

namespace Tansiq.Cli.Commands;

/// <summary>
/// <c>tansiq bench geo</c>, <c>bench record</c> and <c>bench nodes</c>: figures of the engine, the record and running nodes, side by side with their peers. <c>bench positions</c>: input for others.
/// </summary>
internal sealed class BenchCommand
{
    private const long MostPositions = 1_000_000_000;

    private readonly Option<int> _areas = Count("--areas", "How many areas.", 10_000, 1_000_000);
    private readonly Option<int> _points = Count("--points", "How many points.", 1_000_000, 10_000_000);
    private readonly Option<int> _probes = Count("--probes", "How many probe volumes.", 5_000, 1_000_000);
    private readonly Option<int> _seed = new("--seed") { Description = "The seed of the data.", DefaultValueFactory = _ => SpaceWorkload.PublishedSeed };

    private readonly Argument<long> _count = new("COUNT") { Description = "How many positions." };
    private readonly Option<PositionFormat> _format = new("--format") { Description = "csv, sbs or json.", DefaultValueFactory = _ => PositionFormat.Csv };

    private readonly Option<int> _statements = Count("--statements", "How many statements the record gets.", 200_000, 10_000_000);
    private readonly Option<int> _said = Count("--statements", "How many statements go to the office of each kind of run.", 40_000, 10_000_000);
    private readonly Option<string?> _folder = new("--folder") { Description = "A new folder on the disk that is meant; a temporary one if not given. It is deleted afterwards." };

    private BenchCommand()
    {
    }

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var bench = new BenchCommand();
        var geo = new Command("geo", "The engine beside PostGIS and NetTopologySuite (docs/benchmarks.md).") { bench._areas, bench._points, bench._probes, bench._seed };
        geo.SetAction(bench.RunGeo);
        var record = new Command("record", "The record beside bare verification, bare writing and a stub (docs/benchmarks.md).") { bench._statements, bench._folder };
        record.SetAction(bench.RunRecordAsync);
        var nodes = new Command("nodes", "An office and two centres over HTTP on this machine, beside a server that only verifies and writes (docs/benchmarks.md).") { bench._said, bench._folder };
        nodes.SetAction(bench.RunNodesAsync);
        var positions = new Command("positions", "Write made-up positions to standard output, to measure replay with.") { bench._count, bench._format };
        positions.SetAction(bench.WritePositions);
        bench._count.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<long>() is < 1 or > MostPositions) given.AddError(FormattableString.Invariant($"COUNT takes 1 to {MostPositions}."));
        });
        return new("bench", "Measure on this machine what docs/benchmarks.md says.") { geo, record, nodes, positions };
    }

    private int WritePositions(ParseResult result)
    {
        using var output = Console.OpenStandardOutput();
        new PositionStream().Write(output, result.GetRequiredValue(_format), result.GetRequiredValue(_count));
        return ExitCode.Done;
    }

    private int RunGeo(ParseResult result)
    {
        var workload = new SpaceWorkload(
            result.GetRequiredValue(_areas), result.GetRequiredValue(_points), result.GetRequiredValue(_probes), result.GetRequiredValue(_seed));
        var rows = new GeoFigures(workload, result.InvocationConfiguration.Output).Run(withChanges: true);
        return rows.All(row => row.Agrees) ? ExitCode.Done : ExitCode.Fault;
    }

    private Task<int> RunRecordAsync(ParseResult result, CancellationToken cancellationToken) => InFolderAsync(result, async folder =>
    {
        var settings = new RecordFigureSettings(folder, result.GetRequiredValue(_statements), [Environment.ProcessPath!, .. ProgramArguments()]);
        return await new RecordFigures(settings, result.InvocationConfiguration.Output).RunAsync().ConfigureAwait(false);
    });

    private Task<int> RunNodesAsync(ParseResult result, CancellationToken cancellationToken) => InFolderAsync(result, async folder =>
        await new NodeFigures(new(folder, result.GetRequiredValue(_said)), result.InvocationConfiguration.Output).RunAsync().ConfigureAwait(false));

    private async Task<int> InFolderAsync(ParseResult result, Func<string, Task<bool>> run)
    {
        var folder = result.GetValue(_folder) ?? Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        if (Path.Exists(folder)) return ExitCode.Refuse(result.InvocationConfiguration.Error, folder, new("cli.exists", "--folder", "something there", "a folder that is not there yet"));
        Directory.CreateDirectory(folder);
        try
        {
            return await run(folder).ConfigureAwait(false) ? ExitCode.Done : ExitCode.Fault;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The program's file where it runs inside of <c>dotnet</c>; nothing where it is started by itself.</summary>
    private static IEnumerable<string> ProgramArguments() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(BenchCommand).Assembly.Location] : [];

    private static Option<int> Count(string name, string description, int usual, int most)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => usual };
        option.Validators.Add(given =>
        {
            var count = given.GetValueOrDefault<int>();
            if (count < 1 || count > most) given.AddError(FormattableString.Invariant($"{name} takes 1 to {most}."));
        });
        return option;
    }
}
