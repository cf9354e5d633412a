using System.Diagnostics;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Tansiq.Cli.Tests.Replaying;

/// <summary>
/// Recorded traffic over recorded airspace, imported and replayed by the command, is event by event what a brute force in
/// Python finds that was written from docs/formats/replay.md alone (tests/oracles).
/// </summary>
public sealed class RecordedTrafficTests : IDisposable
{
    private const string Python = "/usr/bin/python3";
    private readonly string _folder = Directory.CreateTempSubdirectory("tansiq-replay-").FullName;

    /// <inheritdoc />
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("switzerland.json.gz", 139_098, 139_098, 842, 916)]
    [InlineData("zurich_airport.json.gz", 17_132, 14_834, 10, 3_075)]
    [Trait("Requirement", "MON-1")]
    [Trait("Requirement", "MON-2")]
    [Trait("Requirement", "MON-4")]
    public void Replay_OfRecordedTrafficOver334SwissAreas_EqualsTheBruteForce(string file, long read, long accepted, long tracks, int eventsAndAlerts)
    {
        var traffic = Shared("data/tracks/opensky/" + file);
        var scenario = Path.Combine(_folder, "swiss");
        Tansiq("import", "airspace", Shared("data/airspace/openair/Switzerland.txt"), "--out", scenario).ShouldContain("334 areas of 334 airspaces");
        var lines = Tansiq("replay", traffic, "--scenario", scenario, "--json").Split('\n', StringSplitOptions.RemoveEmptyEntries);

        lines[..^1].ShouldBe(BruteForce(scenario, traffic));
        lines.Length.ShouldBe(eventsAndAlerts + 1);
        var summary = JsonDocument.Parse(lines[^1]).RootElement;
        summary.GetProperty("event").GetString().ShouldBe("summary");
        summary.GetProperty("positions").GetProperty("read").GetInt64().ShouldBe(read);
        summary.GetProperty("positions").GetProperty("accepted").GetInt64().ShouldBe(accepted);
        summary.GetProperty("tracks").GetInt64().ShouldBe(tracks);
    }

    private string[] BruteForce(string scenario, string traffic)
    {
        var picture = Path.Combine(_folder, "picture.json");
        var positions = Path.Combine(_folder, "positions.csv");
        RunPython("scenario_world.py", scenario, traffic, picture, positions);
        return RunPython("replay.py", picture, positions).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string RunPython(string program, params string[] arguments)
    {
        if (!File.Exists(Python) || !Directory.Exists("/usr/lib/python3/dist-packages/numpy")) Assert.Skip("Debian's python3-numpy is not installed.");
        var start = new ProcessStartInfo(Python, [Repository.Path("tests/oracles/" + program), .. arguments]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0);
        return output;
    }

    private static string Tansiq(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter();
        CommandLine.Run(arguments, output, error).ShouldBe(0, error.ToString());
        return output.ToString();
    }

    private static string Shared(string relative)
    {
        var shared = Environment.GetEnvironmentVariable("TANSIQ_SHARED") ?? Path.Combine(Repository.Root, "..", "shared");
        var path = Path.GetFullPath(Path.Combine(shared, relative));
        if (!File.Exists(path)) Assert.Skip($"shared/{relative} is not there.");
        return path;
    }
}
