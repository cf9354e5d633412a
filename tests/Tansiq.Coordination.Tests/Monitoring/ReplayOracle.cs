using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using NodaTime;
using Tansiq.Coordination.Monitoring;
using Tansiq.Geo;

namespace Tansiq.Coordination.Tests.Monitoring;

/// <summary>The brute-force replay in Python (tests/oracles/replay.py), one process for many worlds.</summary>
internal static class ReplayOracle
{
    private const string Python = "/usr/bin/python3";

    /// <summary>Gives the event lines of each world; skips the test where Python and NumPy are not installed.</summary>
    public static string[][] Ask(IReadOnlyCollection<ReplayWorld> worlds)
    {
        if (!File.Exists(Python) || !Directory.Exists("/usr/lib/python3/dist-packages/numpy"))
            Assert.Skip("Python with NumPy is not installed (Debian package python3-numpy).");
        var start = new ProcessStartInfo(Python, [Path.Combine(RepositoryRoot.Path, "tests", "oracles", "replay.py"), "--worlds"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        foreach (var world in worlds) process.StandardInput.WriteLine(JsonSerializer.Serialize(Picture(world)));
        process.StandardInput.Close();
        var answers = output.GetAwaiter().GetResult().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        answers.Length.ShouldBe(worlds.Count, "the oracle failed; see its standard error");
        return Array.ConvertAll(answers, answer => JsonSerializer.Deserialize<string[]>(answer)!);
    }

    private static Dictionary<string, object?> Picture(ReplayWorld world) =>
        new()
        {
            ["settings"] = Settings(world.Settings),
            ["heights"] = Heights(world.Picture.Heights),
            ["areas"] = world.Picture.Areas.Select(area => new Dictionary<string, object?>
            {
                ["id"] = area.Area.Value,
                ["clauses"] = area.Clauses.Select(clause => clause.Value),
                ["volumes"] = area.Outlines.Select(outline => Describe(new Volume(outline, area.Heights, area.Validity))),
            }),
            ["notices"] = world.Picture.Notices.Select(notice => new Dictionary<string, object?>
            {
                ["flight"] = $"{notice.Flight.Party.Value} {notice.Flight.Id.Value}",
                ["actor"] = notice.Notice.Actor.Value,
                ["tracks"] = notice.Tracks,
                ["volumes"] = notice.Notice.Volumes.Select(Describe),
                ["separations"] = notice.Separations.Select(Separation),
            }),
            ["attribution"] = world.Picture.Attribution.Rules.Select(Rule),
            ["positions"] = world.Positions.Select(Row),
        };

    private static Dictionary<string, object?> Settings(ReplaySettings settings) =>
        new()
        {
            ["gapMs"] = Whole(settings.MaximumGap),
            ["maxSpeed"] = settings.MaximumSpeedMetresPerSecond,
            ["resolutionMs"] = Whole(settings.TimeResolution),
            ["acceptFixes"] = settings.FixesToAcceptJump,
            ["movingSpeed"] = settings.MovingSpeedMetresPerSecond,
            ["frozenAfterMs"] = Whole(settings.FrozenAfter),
            ["frozenFixes"] = settings.FrozenFixes,
            ["foldMs"] = Whole(settings.AlertFoldTime),
        };

    private static Dictionary<string, object?> Separation(WatchedSeparation separation) =>
        new()
        {
            ["clause"] = separation.Clause.Value,
            ["lateral"] = separation.LateralMetres,
            ["vertical"] = separation.VerticalUnits,
            ["from"] = separation.InForce.HasStart ? separation.InForce.Start.ToUnixTimeMilliseconds() : null,
            ["until"] = separation.InForce.HasEnd ? separation.InForce.End.ToUnixTimeMilliseconds() : null,
        };

    private static Dictionary<string, object?> Rule(AttributionRule rule) =>
        new()
        {
            ["tracks"] = rule.Tracks,
            ["callsigns"] = rule.Callsigns,
            ["blocks"] = rule.Blocks.Select(block => new[] { block.First, block.Last }),
            ["actor"] = rule.Actor.Value,
            ["basis"] = ReplayEventWriter.WordOf(rule.Basis),
            ["confidence"] = ReplayEventWriter.WordOf(rule.Confidence),
        };

    private static int[] Heights(HeightConversion heights) =>
    [
        heights.GeoidLowMetres, heights.GeoidHighMetres, heights.GroundLowMetres, heights.GroundHighMetres,
        heights.PressureSurfaceLowMetres, heights.PressureSurfaceHighMetres,
        heights.LayerStretchLowPerMille, heights.LayerStretchHighPerMille,
    ];

    private static Dictionary<string, object?> Describe(Volume volume) =>
        new()
        {
            ["rings"] = volume.Outline.Holes.Prepend(volume.Outline.Shell).Select(ring => ring.Select(point => new[] { point.X, point.Y })),
            ["floor"] = Bound(volume.Heights.Floor),
            ["ceiling"] = Bound(volume.Heights.Ceiling),
            ["from"] = volume.Time.HasStart ? volume.Time.Start.ToUnixTimeMilliseconds() : null,
            ["until"] = volume.Time.HasEnd ? volume.Time.End.ToUnixTimeMilliseconds() : null,
        };

    private static object?[] Row(ReportedPosition reported) =>
    [
        reported.Track, reported.Position.At.ToUnixTimeMilliseconds(),
        reported.Position.Place.LongitudeE7, reported.Position.Place.LatitudeE7,
        reported.Position.Height?.Units, reported.Position.Height is { } height ? WordOf(height.Reference) : null,
        reported.GroundSpeedMetresPerSecond, reported.OnGround is { } onGround ? onGround ? 1 : 0 : null,
        reported.Position.HorizontalUncertaintyMetres, reported.Callsign,
    ];

    private static object?[]? Bound(Height? bound) => bound is { } known ? [known.Units, WordOf(known.Reference)] : null;

    private static string WordOf(HeightReference reference) =>
        reference == HeightReference.SeaLevel ? "sea-level" : reference.ToString().ToLower(CultureInfo.InvariantCulture);

    private static long Whole(Duration duration) => (long)duration.TotalMilliseconds;
}
