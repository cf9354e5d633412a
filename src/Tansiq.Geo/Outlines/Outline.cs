using System.Collections.Immutable;

namespace Tansiq.Geo.Outlines;

/// <summary>A simple polygon with holes on the integer grid of 10⁻⁷ degree; its edges belong to it.</summary>
public sealed class Outline
{
    internal Outline(ImmutableArray<PlanePoint> shell, ImmutableArray<ImmutableArray<PlanePoint>> holes, PlaneBox box)
    {
        Shell = shell;
        Holes = holes;
        Box = box;
    }

    /// <summary>The outer ring, counter-clockwise, first vertex not repeated, longitudes unwrapped.</summary>
    public ImmutableArray<PlanePoint> Shell { get; }

    /// <summary>The holes, clockwise, first vertices not repeated, in the same turn as the shell.</summary>
    public ImmutableArray<ImmutableArray<PlanePoint>> Holes { get; }

    /// <summary>The smallest box that holds the shell.</summary>
    public PlaneBox Box { get; }
}
