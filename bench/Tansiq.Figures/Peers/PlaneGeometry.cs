using NetTopologySuite.Geometries;
using Tansiq.Geo.Outlines;

namespace Tansiq.Figures.Peers;

/// <summary>Outlines as planar geometry in whole units of 10⁻⁷ degree, which doubles hold exactly.</summary>
internal static class PlaneGeometry
{
    private static readonly GeometryFactory Factory = new();

    public static Polygon Of(Outline outline)
    {
        var ring = outline.Shell.Append(outline.Shell[0]).Select(vertex => new Coordinate(vertex.X, vertex.Y));
        return Factory.CreatePolygon([.. ring]);
    }
}
