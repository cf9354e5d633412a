using System.Collections.Immutable;

namespace Tansiq.Geo.Outlines;

/// <summary>A straight edge of an outline in the plane of unwrapped longitude and latitude.</summary>
internal readonly record struct Edge(PlanePoint Start, PlanePoint End)
{
    public PlaneBox Box =>
        new(Math.Min(Start.X, End.X), Math.Min(Start.Y, End.Y), Math.Max(Start.X, End.X), Math.Max(Start.Y, End.Y));

    public Edge Turned(int turns) => new(Start.Turned(turns), End.Turned(turns));
}

/// <summary>Takes edges one by one, in ascending order of their numbers.</summary>
internal interface IEdgeVisitor
{
    /// <summary>Takes an edge; false ends the walk.</summary>
    bool Visit(int number, Edge edge);
}

/// <summary>
/// The edges of an outline, shell first and then the holes in order, under a tree of boxes over consecutive ones:
/// neighbours in a ring are neighbours in space, so nothing needs to be sorted and edges come in the order of the rings.
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
internal sealed class EdgeTree
{
    /// <summary>How many children a node has.</summary>
    public const int Fanout = 8;

    private readonly Edge[] _edges;
    private readonly PlaneBox[][] _levels;

    public EdgeTree(ImmutableArray<PlanePoint> shell, ImmutableArray<ImmutableArray<PlanePoint>> holes)
    {
        _edges = new Edge[shell.Length + holes.Sum(hole => hole.Length)];
        var next = AddRing(shell, 0);
        foreach (var hole in holes) next = AddRing(hole, next);
        _levels = BuildLevels();
    }

    /// <summary>The edges in order.</summary>
    public ReadOnlySpan<Edge> Edges => _edges;

    /// <summary>How many levels of boxes there are; level 0 holds groups of edges, the last one box.</summary>
    public int LevelCount => _levels.Length;

    /// <summary>How many nodes a level has.</summary>
    public int NodeCount(int level) => _levels[level].Length;

    /// <summary>Shows the edges whose boxes meet a box; false when the visitor ended the walk.</summary>
    public bool Walk<TVisitor>(PlaneBox box, ref TVisitor visitor)
        where TVisitor : struct, IEdgeVisitor => Walk(_levels.Length - 1, 0, box, ref visitor);

    private bool Walk<TVisitor>(int level, int node, PlaneBox box, ref TVisitor visitor)
        where TVisitor : struct, IEdgeVisitor
    {
        if (!_levels[level][node].Meets(box)) return true;
        var first = node * Fanout;
        var last = Math.Min(first + Fanout, level == 0 ? _edges.Length : _levels[level - 1].Length);
        for (var child = first; child < last; child++)
        {
            var goOn = level == 0
                ? !_edges[child].Box.Meets(box) || visitor.Visit(child, _edges[child])
                : Walk(level - 1, child, box, ref visitor);
            if (!goOn) return false;
        }
        return true;
    }

    private int AddRing(ImmutableArray<PlanePoint> ring, int next)
    {
        for (var i = 0; i < ring.Length; i++) _edges[next++] = new(ring[i], ring[i + 1 == ring.Length ? 0 : i + 1]);
        return next;
    }

    private PlaneBox[][] BuildLevels()
    {
        var levels = new List<PlaneBox[]> { Group(Array.ConvertAll(_edges, edge => edge.Box)) };
        while (levels[^1].Length > 1) levels.Add(Group(levels[^1]));
        return [.. levels];
    }

    private static PlaneBox[] Group(PlaneBox[] below)
    {
        var groups = new PlaneBox[(below.Length + Fanout - 1) / Fanout];
        for (var group = 0; group < groups.Length; group++)
        {
            var box = below[group * Fanout];
            for (var i = group * Fanout + 1; i < Math.Min((group + 1) * Fanout, below.Length); i++) box = Around(box, below[i]);
            groups[group] = box;
        }
        return groups;
    }

    private static PlaneBox Around(PlaneBox first, PlaneBox second) =>
        new(Math.Min(first.West, second.West), Math.Min(first.South, second.South),
            Math.Max(first.East, second.East), Math.Max(first.North, second.North));
}
