using System.Diagnostics;
using System.Text.Json;
using Tansiq.Geo;

namespace Tansiq.Feeds.Tests;

/// <summary>Debian's ogr2ogr as a second reader; where it is absent the test is skipped.</summary>
internal static class Ogr
{
    private const string Program = "/usr/bin/ogr2ogr";

    /// <summary>The features of a file as ogr2ogr reads them, as GeoJSON. With seven places it would make 22.1999993 to 22.2.</summary>
    public static IReadOnlyList<JsonElement> Features(string path, params string[] options)
    {
        var geoJson = Run(["-f", "GeoJSON", "-lco", "COORDINATE_PRECISION=10", "/vsistdout/", path, .. options]);
        return [.. JsonDocument.Parse(geoJson).RootElement.GetProperty("features").EnumerateArray()];
    }

    /// <summary>The features of content that is put into a file of a name.</summary>
    public static IReadOnlyList<JsonElement> Features(byte[] content, string name, params string[] options)
    {
        var folder = Directory.CreateTempSubdirectory("tansiq-ogr-");
        try
        {
            var path = Path.Combine(folder.FullName, name);
            File.WriteAllBytes(path, content);
            return Features(path, options);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The rings of each polygon of a geometry, in order, the first place not repeated, nor equal neighbours.</summary>
    public static List<List<List<(long X, long Y)>>> Polygons(JsonElement geometry) => geometry.GetProperty("type").GetString() switch
    {
        "Polygon" => [Rings(geometry.GetProperty("coordinates"))],
        "MultiPolygon" => [.. geometry.GetProperty("coordinates").EnumerateArray().Select(Rings)],
        "GeometryCollection" => [.. geometry.GetProperty("geometries").EnumerateArray().SelectMany(Polygons)],
        _ => [],
    };

    /// <summary>Units of 10⁻⁷ degree.</summary>
    public static long UnitsE7(JsonElement degrees) => (long)Math.Round(degrees.GetDecimal() * GeoPoint.UnitsPerDegree, MidpointRounding.ToEven);

    private static List<List<(long X, long Y)>> Rings(JsonElement polygon) => [.. polygon.EnumerateArray().Select(ring =>
    {
        var places = new List<(long X, long Y)>();
        foreach (var position in ring.EnumerateArray())
        {
            var place = (UnitsE7(position[0]), UnitsE7(position[1]));
            if (places.Count == 0 || places[^1] != place) places.Add(place);
        }

        if (places.Count > 1 && places[0] == places[^1]) places.RemoveAt(places.Count - 1);
        return places;
    })];

    private static string Run(string[] arguments)
    {
        if (!File.Exists(Program)) Assert.Skip("Debian's ogr2ogr is not there");
        var start = new ProcessStartInfo(Program) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, errors.Result);
        return output;
    }
}
