using System.Collections.Immutable;
using Tansiq.Geo;
using Tansiq.Geo.Outlines;

namespace Tansiq.Feeds.Airspaces;

/// <summary>One airspace as a file describes it, drawn on the grid of WGS 84. Immutable and thread-safe.</summary>
public sealed class Airspace
{
    internal Airspace(
        string name,
        string airspaceClass,
        string? type,
        HeightBand heights,
        ImmutableArray<Outline> outlines,
        int firstLine,
        ImmutableArray<AirspaceRemark> remarks)
    {
        Name = name;
        Class = airspaceClass;
        Type = type;
        Heights = heights;
        Outlines = outlines;
        FirstLine = firstLine;
        Remarks = remarks;
    }

    /// <summary>The name (<c>AN</c>), 1 to 200 characters.</summary>
    public string Name { get; }

    /// <summary>The class or kind (<c>AC</c>) in upper case, for example <c>D</c>, <c>CTR</c>, <c>R</c>, <c>Q</c> (danger).</summary>
    public string Class { get; }

    /// <summary>The type (<c>AY</c>, version 2 of the format), for example <c>TMA</c>, or null.</summary>
    public string? Type { get; }

    /// <summary>From floor to ceiling.</summary>
    public HeightBand Heights { get; }

    /// <summary>
    /// The outlines, which together are the airspace: geodesic edges, circles and arcs to within 1 m. One, or more where a line
    /// that crosses or touches itself was split; those meet at most in single points.
    /// </summary>
    public ImmutableArray<Outline> Outlines { get; }

    /// <summary>The line of its <c>AC</c>, from 1.</summary>
    public int FirstLine { get; }

    /// <summary>Where the outlines differ from what the file draws, and why.</summary>
    public ImmutableArray<AirspaceRemark> Remarks { get; }
}

/// <summary>What was mended in an airspace by a stated rule (docs/formats/feeds.md).</summary>
/// <param name="Kind">Which rule.</param>
/// <param name="Line">The line where it applied, from 1.</param>
public sealed record AirspaceRemark(AirspaceRemarkKind Kind, int Line);

/// <summary>The rules by which an airspace is mended.</summary>
public enum AirspaceRemarkKind
{
    /// <summary>The outline ran to a point and straight back: the point was left out.</summary>
    SpikeRemoved = 0,

    /// <summary>Two points only (a cable): drawn as a strip that reaches <see cref="OpenAirReader.LineReachMetres"/> to each side.</summary>
    LineWidened = 1,

    /// <summary>
    /// The line crosses or touches itself (its line is that of the point after which it first does): split there into simple
    /// outlines; what the line winds around is the airspace.
    /// </summary>
    SelfCrossingSplit = 2,
}
