using System.Diagnostics;
using System.Text.Json;

namespace Tansiq.Geo.Tests.Outlines;

/// <summary>Shapely of Debian's Python, one process for many questions (tests/oracles/shapely_outlines.py).</summary>
internal static class ShapelyOracle
{
    private const string Python = "/usr/bin/python3";

    /// <summary>Asks every question and returns one answer each; skips the test where Shapely is not installed.</summary>
    public static JsonElement[] Ask(IReadOnlyCollection<object[]> questions)
    {
        if (!File.Exists(Python) || !Directory.Exists("/usr/lib/python3/dist-packages/shapely"))
            Assert.Skip("Shapely is not installed (Debian package python3-shapely).");
        var script = Path.Combine(GeometryFiles.RepositoryRoot, "tests", "oracles", "shapely_outlines.py");
        var start = new ProcessStartInfo(Python, [script]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        foreach (var question in questions) process.StandardInput.WriteLine(JsonSerializer.Serialize(question));
        process.StandardInput.Close();
        var answers = output.GetAwaiter().GetResult().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        answers.Length.ShouldBe(questions.Count);
        return Array.ConvertAll(answers, answer => JsonDocument.Parse(answer).RootElement);
    }

    /// <summary>A polygon as the script reads it.</summary>
    public static long[][][] Polygon(IEnumerable<IEnumerable<PlanePoint>> rings) =>
        [.. rings.Select(ring => ring.Select(point => new[] { point.X, point.Y }).ToArray())];

    /// <summary>An outline as the script reads it.</summary>
    public static long[][][] Polygon(Geo.Outlines.Outline outline) => Polygon([outline.Shell, .. outline.Holes.Select(hole => hole)]);
}
