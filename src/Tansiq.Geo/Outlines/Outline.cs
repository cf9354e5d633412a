using System.Collections.Immutable;
using Tansiq.Geo.Separation;
using Tansiq.Geo.Text;

namespace Tansiq.Geo.Outlines;

/// <summary>A simple polygon with holes on the integer grid of 10⁻⁷ degree; its edges belong to it.</summary>
/// <remarks>
/// Edges are straight in the plane of longitude and latitude (who wants geodesics densifies first). An outline is less
/// than 360° wide, may cross the antimeridian, and neither holds nor touches a pole. Holes are open sets: their edges
/// belong to the outline. A hole may touch the shell or another hole in single points as long as the outline's inside
/// stays in one piece. Every relation is exact and considers whole turns. Immutable and thread-safe.
/// </remarks>
public sealed class Outline : IEquatable<Outline>
{
    /// <summary>The most vertices an outline has, shell and holes together, after repeated ones are dropped.</summary>
    public const int MaximumVertices = 100_000;

    /// <summary>The most holes an outline has.</summary>
    public const int MaximumHoles = 1_000;

    /// <summary>
    /// How often a box around an edge meets one, each edge with each and with itself. A drawing of places stays far below;
    /// a comb of thousands of long slanting teeth does not, and would take hours to check.
    /// </summary>
    public const int MaximumMeetingBoxes = 2_000_000;

    private EdgeTree? _edges;
    private EdgeCurves? _curves;

    internal Outline(ImmutableArray<PlanePoint> shell, ImmutableArray<ImmutableArray<PlanePoint>> holes)
    {
        Shell = shell;
        Holes = holes;
        _edges = new(shell, holes);
        Box = _edges.Box;
        Cells = new(this);
    }

    /// <summary>An outline that was one before, and whose cells were kept; its edges are put in order when they are first asked.</summary>
    internal Outline(
        ImmutableArray<PlanePoint> shell, ImmutableArray<ImmutableArray<PlanePoint>> holes, PlaneBox box, ReadOnlySpan<ulong> cells)
    {
        Shell = shell;
        Holes = holes;
        Box = box;
        Cells = new(this, cells);
    }

    /// <summary>The outer ring, counter-clockwise, first vertex not repeated, longitudes unwrapped.</summary>
    public ImmutableArray<PlanePoint> Shell { get; }

    /// <summary>The holes, clockwise, first vertices not repeated, in the same turn as the shell.</summary>
    public ImmutableArray<ImmutableArray<PlanePoint>> Holes { get; }

    /// <summary>The smallest box that holds the shell.</summary>
    public PlaneBox Box { get; }

    // As with the curves: whichever is kept does.
    internal EdgeTree Edges => _edges ??= new(Shell, Holes);

    /// <summary>The edges, or null where nobody has asked them yet.</summary>
    internal EdgeTree? EdgesIfAsked => _edges;

    internal OutlineCells Cells { get; }

    // Every thread that comes first computes the same immutable value; whichever is kept does.
    internal EdgeCurves Curves => _curves ??= new(Edges);

    /// <summary>Creates an outline from rings as they are drawn, or refuses them.</summary>
    /// <remarks>
    /// Each step from vertex to vertex goes the short way round. Rings may repeat their first vertex at the end or not,
    /// and run either way; equal neighbours are dropped. The shell's first vertex stays the first, in −180° to 180°.
    /// </remarks>
    /// <param name="shell">The outer ring.</param>
    /// <param name="holes">The holes.</param>
    /// <returns>
    /// The outline, or a refusal whose place is <c>ring 0 vertex 17</c> (ring 0 is the shell; numbers are those of the
    /// input), with one of the codes <c>geo.outline-</c><c>too-few-vertices</c>, <c>too-many-vertices</c>,
    /// <c>too-many-holes</c>, <c>half-turn-edge</c>, <c>touches-pole</c>, <c>encloses-pole</c>, <c>too-wide</c>, <c>too-dense</c>,
    /// <c>zero-area</c>, <c>crosses-itself</c>, <c>touches-itself</c>, <c>hole-outside</c>, <c>holes-overlap</c>,
    /// <c>in-pieces</c>.
    /// </returns>
    public static Parsed<Outline> Create(IReadOnlyList<GeoPoint> shell, IReadOnlyList<IReadOnlyList<GeoPoint>> holes) =>
        OutlineCreation.Create(shell, holes);

    /// <summary>Whether a place lies in the outline or on its edge (a hole's edge too, not its inside).</summary>
    public bool Contains(GeoPoint place) => Cells.Locate(place) != PointLocation.Outside;

    /// <summary>Whether an exact point lies in the outline or on its edge; turns are not considered.</summary>
    public bool Contains(PlaneFraction point) => PointLocator.Locate(this, point) != PointLocation.Outside;

    /// <summary>Whether the outlines share a point; touching is enough.</summary>
    public bool Meets(Outline other) => OutlineMeeting.Meets(Cells, other.Cells);

    /// <summary>A place where the outlines meet, always the same for the same two, or null where they do not.</summary>
    /// <returns>
    /// The first vertex of this outline (shell, then holes) that lies in the other; else the first of the other that
    /// lies in this; else the crossing of edges that comes first in the order of this outline's edges and then of the
    /// other's, rounded to the grid (so it may lie just outside of both).
    /// </returns>
    public GeoPoint? MeetingPoint(Outline other) => OutlineMeeting.MeetingPoint(this, other);

    /// <summary>Whether every point of the other outline lies in this one (edges belong to both).</summary>
    public bool Covers(Outline other) => OutlineCover.Covers(this, other);

    /// <summary>The pieces of a straight segment that lie in the outline, this turn only.</summary>
    /// <param name="from">Start, parameter 0.</param>
    /// <param name="to">End, parameter 1.</param>
    /// <returns>
    /// Maximal closed intervals of the parameter, in order; a touch gives one of no length. A segment of no length that
    /// lies in the outline gives 0 to 1.
    /// </returns>
    public ImmutableArray<OutlineCrossing> Crossings(PlanePoint from, PlanePoint to)
    {
        var found = new List<OutlineCrossing>();
        OutlineCrossings.AddTo(found, this, from, to);
        return [.. found];
    }

    /// <summary>The pieces of the straight segment between two places that lie in the outline.</summary>
    /// <remarks>The segment goes the short way round; where both ways are 180°, through the longitudes between −180° and 180°.</remarks>
    /// <param name="from">Start, parameter 0.</param>
    /// <param name="to">End, parameter 1.</param>
    /// <returns>As <see cref="Crossings"/>, of every turn.</returns>
    public ImmutableArray<OutlineCrossing> CrossingsOf(GeoPoint from, GeoPoint to) => OutlineCrossings.OfTrack(this, from, to);

    /// <summary>Whether a circle of a radius fits in the outline.</summary>
    /// <remarks>
    /// True is certain up to <see cref="InscribedCircle.SlackMetres"/>: a circle smaller by that much lies in the outline.
    /// Wherever the full circle fits the answer is true, but for outlines so long and narrow that looking at
    /// <see cref="InscribedCircle.MaximumCells"/> places does not find where.
    /// </remarks>
    /// <param name="metres">
    /// Radius on the WGS 84 ellipsoid, metres, <see cref="InscribedCircle.MinimumRadiusMetres"/> to <see cref="InscribedCircle.MaximumRadiusMetres"/>.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The radius is outside its range.</exception>
    public bool InscribedRadiusAtLeast(int metres) => InscribedCircle.Fits(this, metres);

    /// <summary>Whether the rings are the same, vertex by vertex.</summary>
    public bool Equals(Outline? other) =>
        other is not null
        && Shell.AsSpan().SequenceEqual(other.Shell.AsSpan())
        && Holes.Length == other.Holes.Length
        && Holes.Zip(other.Holes).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second.AsSpan()));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Outline);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Box, Shell.Length, Holes.Length, Shell[0]);

    /// <summary>For a reader of logs, for example <c>outline of 5 vertices, 1 hole, from 36.0000000 37.0000000</c>.</summary>
    public override string ToString() =>
        $"outline of {Edges.Count} vertices, {Holes.Length} holes, from {Shell[0].ToGeoPoint()}";

    internal PointLocation Locate(PlanePoint point) => Cells.Locate(point);
}
