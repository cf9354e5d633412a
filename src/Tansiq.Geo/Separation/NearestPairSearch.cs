namespace Tansiq.Geo.Separation;

/// <summary>Narrows down the least straight distance between two curves. One for each thread, used again.</summary>
internal sealed class NearestPairSearch
{
    // What one search made larger than this is not kept.
    private const int MaximumKept = 1 << 14;

    [ThreadStatic]
    private static NearestPairSearch? _ofThread;

    private readonly PriorityQueue<(int First, int Second), double> _queue = new();
    private CurveNode[] _nodes = new CurveNode[256];
    private int _count;
    private double _upper;

    /// <summary>The calling thread's own, empty.</summary>
    public static NearestPairSearch Begin()
    {
        if (_ofThread is not { } search || search._nodes.Length > MaximumKept) search = _ofThread = new();
        search._queue.Clear();
        search._count = 0;
        search._upper = double.PositiveInfinity;
        return search;
    }

    /// <summary>Bounds of the distance, metres; from a distance on only the lower one counts, and the upper may be infinite.</summary>
    // Best first: when the nearest pair left is not nearer than what was found, less the tolerance, the search is over.
    public (double Lower, double Upper) ChordMetres(EdgeCurves first, EdgeCurves second, double withinMetres)
    {
        var roots = Room(2);
        (_nodes[roots], _nodes[roots + 1]) = (first.Root, second.Root);
        Enqueue(roots, roots + 1);
        while (_queue.TryDequeue(out var pair, out var lower))
        {
            if (lower >= _upper - OutlineDistance.ToleranceMetres || lower - OutlineDistance.RoundingMetres >= withinMetres) return (Math.Min(lower, _upper), _upper);
            var splitsFirst = SplitsFirst(_nodes[pair.First], _nodes[pair.Second]);
            var parts = Room(EdgeCurves.MaximumParts);
            var span = _nodes.AsSpan(parts, EdgeCurves.MaximumParts);
            var count = splitsFirst ? first.WriteParts(_nodes[pair.First], span) : second.WriteParts(_nodes[pair.Second], span);
            _count = parts + count;
            for (var part = parts; part < _count; part++)
            {
                if (splitsFirst) Enqueue(part, pair.Second);
                else Enqueue(pair.First, part);
            }
        }
        return (_upper, _upper);
    }

    private void Enqueue(int firstNumber, int secondNumber)
    {
        ref readonly var first = ref _nodes[firstNumber];
        ref readonly var second = ref _nodes[secondNumber];
        var lower = first.Box.DistanceMetres(second.Box);
        if (first.IsPiece && second.IsPiece)
        {
            var chord = ChordDistance.BetweenSegments(first.Start, first.End, second.Start, second.End);
            var deviation = first.Deviation + second.Deviation;
            lower = Math.Max(lower, chord - deviation);
            _upper = Math.Min(_upper, chord + deviation);
        }
        if (lower < _upper) _queue.Enqueue((firstNumber, secondNumber), lower);
    }

    private static bool SplitsFirst(in CurveNode first, in CurveNode second) =>
        first.IsPiece && second.IsPiece ? first.Deviation >= second.Deviation : first.Level >= second.Level;

    private int Room(int count)
    {
        if (_nodes.Length - _count < count) Array.Resize(ref _nodes, _nodes.Length * 2);
        var first = _count;
        _count += count;
        return first;
    }
}
