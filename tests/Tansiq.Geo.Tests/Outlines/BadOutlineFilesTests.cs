using System.Text.Json;
using Tansiq.Geo.Outlines;

namespace Tansiq.Geo.Tests.Outlines;

/// <summary>Polygons that others recorded as bad.</summary>
public sealed class BadOutlineFilesTests
{
    [Theory]
    [InlineData("hourglass.geojson", "geo.outline-crosses-itself")]
    [InlineData("triple.geojson", "geo.outline-crosses-itself")]
    [InlineData("switzerlandKinked.geojson", "geo.outline-crosses-itself")]
    [InlineData("multi-polygon.geojson", "geo.outline-crosses-itself")]
    [InlineData("issue-2627.geojson", null)]
    public void Create_OfKinkedPolygons_IsRefusedWhereTheyCrossThemselves(string file, string? code)
    {
        var refusals = Polygons(Path.Combine(GeometryFiles.Folder("turf"), "turf-kinks", "test", "in", file))
            .Select(rings => Outline.Create(rings[0], rings[1..]).Refusal?.Code).ToList();
        refusals.ShouldNotBeEmpty();
        refusals.ShouldContain(code);
    }

    [Theory]
    [InlineData("short-linearring.geojson")]
    [InlineData("different-first-last.geojson")]
    public void Create_OfUnclosedRings_IsTakenBecauseFormatsThatRequireClosingCheckIt(string file)
    {
        var rings = Polygons(Path.Combine(GeometryFiles.Folder("geojsonhint"), "bad", file)).ShouldHaveSingleItem();
        Outline.Create(rings[0], rings[1..]).Refusal.ShouldBeNull();
    }

    private static List<GeoPoint[][]> Polygons(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        var geometry = document.RootElement.TryGetProperty("geometry", out var inner) ? inner : document.RootElement;
        var coordinates = geometry.GetProperty("coordinates");
        return geometry.GetProperty("type").GetString() == "MultiPolygon"
            ? [.. coordinates.EnumerateArray().Select(Rings)]
            : [Rings(coordinates)];
    }

    private static GeoPoint[][] Rings(JsonElement polygon) =>
        [.. polygon.EnumerateArray().Select(ring => ring.EnumerateArray().Select(pair => GeoPoint.FromDegrees(pair[1].GetDouble(), pair[0].GetDouble())).ToArray())];
}
