using Tansiq.Geo.Outlines;

namespace Tansiq.Geo.Separation;

/// <summary>
/// The edges of an outline as curves on the ellipsoid (straight in longitude and latitude, not in space), under the
/// boxes of eight each.
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
internal sealed class EdgeCurves
{
    /// <summary>The most parts that a node has.</summary>
    public const int MaximumParts = 8;

    private readonly Edge[] _edges;
    private readonly SurfacePoint[] _starts;
    private readonly SurfacePoint[] _ends;
    private readonly SpaceBox[][] _levels;

    public EdgeCurves(EdgeTree tree)
    {
        var edges = new Edge[tree.Count];
        var next = 0;
        foreach (var edge in tree) edges[next++] = edge;
        _edges = edges;
        _starts = new SurfacePoint[edges.Length];
        _ends = new SurfacePoint[edges.Length];
        for (var i = 0; i < edges.Length; i++)
        {
            var goesOn = i > 0 && edges[i].Start == edges[i - 1].End;
            _starts[i] = goesOn ? _ends[i - 1] : SurfacePoint.At(edges[i].Start.X, edges[i].Start.Y);
            _ends[i] = SurfacePoint.At(edges[i].End.X, edges[i].End.Y);
        }
        _levels = BuildLevels();
    }

    /// <summary>All edges.</summary>
    public CurveNode Root => Group(_levels.Length - 1, 0);

    /// <summary>Writes the parts of a node, at least two but for a group of one edge.</summary>
    /// <returns>How many there are.</returns>
    public int WriteParts(in CurveNode node, Span<CurveNode> parts)
    {
        if (node.IsPiece)
        {
            (parts[0], parts[1]) = Halves(node);
            return 2;
        }
        var first = node.Number * MaximumParts;
        var below = node.Level == 0 ? _starts.Length : _levels[node.Level - 1].Length;
        var count = Math.Min(MaximumParts, below - first);
        for (var part = 0; part < count; part++) parts[part] = node.Level == 0 ? WholeEdge(first + part) : Group(node.Level - 1, first + part);
        return count;
    }

    private CurveNode Group(int level, int number) => new() { Level = level, Number = number, Box = _levels[level][number] };

    private CurveNode WholeEdge(int number) => Piece(number, 0, 1, _starts[number], _ends[number]);

    private (CurveNode First, CurveNode Second) Halves(in CurveNode piece)
    {
        var edge = _edges[piece.Number];
        var middle = (piece.From + piece.To) / 2;
        var point = SurfacePoint.At(
            edge.Start.X + middle * (edge.End.X - edge.Start.X), edge.Start.Y + middle * (edge.End.Y - edge.Start.Y));
        return (Piece(piece.Number, piece.From, middle, piece.Start, point), Piece(piece.Number, middle, piece.To, point, piece.End));
    }

    private CurveNode Piece(int number, double from, double to, SurfacePoint start, SurfacePoint end)
    {
        var edge = _edges[number];
        var deviation = CurveNode.DeviationMetres(edge, to - from);
        return new()
        {
            Level = CurveNode.PieceLevel,
            Number = number,
            From = from,
            To = to,
            Start = start,
            End = end,
            Deviation = deviation,
            Box = SpaceBox.Around(start, end, deviation),
        };
    }

    private SpaceBox[][] BuildLevels()
    {
        var edges = new SpaceBox[_edges.Length];
        for (var i = 0; i < edges.Length; i++) edges[i] = WholeEdge(i).Box;
        var levels = new List<SpaceBox[]> { Around(edges) };
        while (levels[^1].Length > 1) levels.Add(Around(levels[^1]));
        return [.. levels];
    }

    private static SpaceBox[] Around(SpaceBox[] below)
    {
        var groups = new SpaceBox[(below.Length + MaximumParts - 1) / MaximumParts];
        for (var child = 0; child < below.Length; child++)
        {
            ref var group = ref groups[child / MaximumParts];
            group = child % MaximumParts == 0 ? below[child] : group.With(below[child]);
        }
        return groups;
    }
}

/// <summary>A group of edges, or a piece of one edge.</summary>
internal readonly record struct CurveNode
{
    /// <summary>The level of a piece of an edge; groups have levels from 0.</summary>
    public const int PieceLevel = -1;

    // The largest length of the second derivative of a surface point along an edge, per square of the edge's change of
    // latitude and longitude in radians: the terms are at most M √(1 + 0.0101²), M and N cos φ, all below 6,401 km; the
    // rest up to 6,500 km makes up for segments that are taken as parallel (ChordDistance).
    private const double CurvatureMetres = 6_500_000;

    private const double RadiansPerUnit = Math.PI / GeoPoint.HalfTurnE7;

    public int Level { get; init; }

    public int Number { get; init; }

    public double From { get; init; }

    public double To { get; init; }

    public SurfacePoint Start { get; init; }

    public SurfacePoint End { get; init; }

    /// <summary>How far the piece leaves the straight segment from its start to its end at most, metres.</summary>
    public double Deviation { get; init; }

    public SpaceBox Box { get; init; }

    public bool IsPiece => Level == PieceLevel;

    /// <summary>
    /// How far a piece of an edge leaves its chord at most: an eighth of the second derivative's bound (the error of
    /// linear interpolation).
    /// </summary>
    public static double DeviationMetres(Edge edge, double part)
    {
        var change = (Math.Abs(edge.End.X - edge.Start.X) + Math.Abs(edge.End.Y - edge.Start.Y)) * RadiansPerUnit * part;
        return CurvatureMetres * change * change / 8;
    }
}
