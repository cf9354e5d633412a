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
    [InlineData("issue-2627.geojson", "geo.outline-touches-itself")]
    public void Create_OfKinkedPolygons_IsRefusedWhereTheyCrossThemselves(string file, string code)
    {
        var rings = Polygon(Path.Combine(GeometryFiles.Folder("turf"), "turf-kinks", "test", "in", file));
        Outline.Create(rings[0], rings[1..]).Refusal.ShouldNotBeNull().Code.ShouldBe(code);
    }

    [Theory]
    [InlineData("short-linearring.geojson")]
    [InlineData("different-first-last.geojson")]
    public void Create_OfUnclosedRings_IsTakenBecauseFormatsThatRequireClosingCheckIt(string file)
    {
        var rings = Polygon(Path.Combine(GeometryFiles.Folder("geojsonhint"), "bad", file));
        Outline.Create(rings[0], rings[1..]).Refusal.ShouldBeNull();
    }

    private static GeoPoint[][] Polygon(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        var geometry = document.RootElement.TryGetProperty("geometry", out var inner) ? inner : document.RootElement;
        return
        [
            .. geometry.GetProperty("coordinates").EnumerateArray().Select(ring => ring.EnumerateArray().Select(pair => GeoPoint.FromDegrees(pair[1].GetDouble(), pair[0].GetDouble())).ToArray()),
        ];
    }
}
