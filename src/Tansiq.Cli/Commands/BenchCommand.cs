using System.CommandLine;
using Tansiq.Figures;

namespace Tansiq.Cli.Commands;

/// <summary><c>tansiq bench geo</c>: the engine's figures, side by side with its peers. <c>tansiq bench positions</c>: input for others.</summary>
internal sealed class BenchCommand
{
    private const long MostPositions = 1_000_000_000;

    private readonly Option<int> _areas = Count("--areas", "How many areas.", 10_000, 1_000_000);
    private readonly Option<int> _points = Count("--points", "How many points.", 1_000_000, 10_000_000);
    private readonly Option<int> _probes = Count("--probes", "How many probe volumes.", 5_000, 1_000_000);
    private readonly Option<int> _seed = new("--seed") { Description = "The seed of the data.", DefaultValueFactory = _ => SpaceWorkload.PublishedSeed };

    private readonly Argument<long> _count = new("COUNT") { Description = "How many positions." };
    private readonly Option<PositionFormat> _format = new("--format") { Description = "csv, sbs or json.", DefaultValueFactory = _ => PositionFormat.Csv };

    private BenchCommand()
    {
    }

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var bench = new BenchCommand();
        var geo = new Command("geo", "The engine beside PostGIS and NetTopologySuite (docs/benchmarks.md).") { bench._areas, bench._points, bench._probes, bench._seed };
        geo.SetAction(bench.RunGeo);
        var positions = new Command("positions", "Write made-up positions to standard output, to measure replay with.") { bench._count, bench._format };
        positions.SetAction(bench.WritePositions);
        bench._count.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<long>() is < 1 or > MostPositions) given.AddError(FormattableString.Invariant($"COUNT takes 1 to {MostPositions}."));
        });
        return new("bench", "Measure on this machine what docs/benchmarks.md says.") { geo, positions };
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
