using System.Collections.Immutable;
using System.Numerics;

namespace Tansiq.Geo.Outlines;

/// <summary>A straight edge of an outline in the plane of unwrapped longitude and latitude.</summary>
internal readonly record struct Edge(PlanePoint Start, PlanePoint End)
{
    public PlaneBox Box =>
        new(Math.Min(Start.X, End.X), Math.Min(Start.Y, End.Y), Math.Max(Start.X, End.X), Math.Max(Start.Y, End.Y));

    public Edge Turned(int turns) => new(Start.Turned(turns), End.Turned(turns));
}

/// <summary>Takes edges one by one, in the order of the rings.</summary>
internal interface IEdgeVisitor
{
    /// <summary>Takes an edge; false ends the walk.</summary>
    bool Visit(Edge edge);
}

/// <summary>
/// The edges of an outline, shell first and then the holes in order, sixteen to a block, under a tree of boxes over
/// consecutive blocks: neighbours in a ring are neighbours in space, so nothing needs to be sorted.
/// </summary>
/// <remarks>
/// Longitudes are kept relative to the middle of the widest box that could start at the western side, so that every one fits
/// 32 bits; an edge takes 16 bytes and four bits, and a sixteenth of 24 bytes above it. Immutable and thread-safe.
/// </remarks>
internal sealed class EdgeTree
{
    // So few blocks are looked at one after the other; more get a tree.
    private const int MaximumTopBlocks = 4;

    private readonly long _originX;
    private readonly int[] _blocks;
    // Sixteen bits: which edges run west; and sixteen above: which run south.
    private readonly uint[] _directions;
    private readonly ChainLevel[] _levels;

    public EdgeTree(ImmutableArray<PlanePoint> shell, ImmutableArray<ImmutableArray<PlanePoint>> holes)
    {
        Box = BoxOf(shell);
        _originX = Box.West - int.MinValue;
        var blockCount = BlocksOf(shell) + holes.Sum(BlocksOf);
        _blocks = new int[blockCount * BoxLanes.Stride];
        _directions = new uint[blockCount];
        var chains = new Chain[blockCount];
        var next = AddRing(shell, 0, chains);
        Count = shell.Length;
        foreach (var hole in holes)
        {
            next = AddRing(hole, next, chains);
            Count += hole.Length;
        }
        var levels = new List<ChainLevel>();
        for (; chains.Length > MaximumTopBlocks; chains = ChainLevel.Above(chains)) levels.Add(new(chains));
        _levels = [.. levels];
    }

    /// <summary>The smallest box that holds the shell.</summary>
    public PlaneBox Box { get; }

    /// <summary>How many edges there are.</summary>
    public int Count { get; }

    /// <summary>What the tree takes, bytes.</summary>
    public long MemoryBytes => (long)_blocks.Length * sizeof(int) + _directions.Length * sizeof(uint) + _levels.Sum(level => level.MemoryBytes);

    private int BlockCount => _directions.Length;

    private int TopCount => _levels.Length == 0 ? BlockCount : _levels[^1].GroupCount;

    /// <summary>The edges in order.</summary>
    public Enumerator GetEnumerator() => new(this);

    /// <summary>Shows the edges whose boxes meet a box; false when the visitor ended the walk.</summary>
    public bool Walk<TVisitor>(PlaneBox box, ref TVisitor visitor)
        where TVisitor : struct, IEdgeVisitor
    {
        if (!Box.Meets(box)) return true;
        var query = new BlockBox(ToBlockX(box.West), ToBlockY(box.South), ToBlockX(box.East), ToBlockY(box.North));
        for (var node = 0; node < TopCount; node++)
        {
            if (!Walk(_levels.Length, node, query, ref visitor)) return false;
        }
        return true;
    }

    /// <summary>Where a place lies, in whatever turn.</summary>
    public PointLocation Locate(GeoPoint place)
    {
        var east = place.LongitudeE7 - Box.West;
        while (east < 0) east += GeoPoint.TurnE7;
        while (east >= GeoPoint.TurnE7) east -= GeoPoint.TurnE7;
        return east > Box.East - Box.West || place.LatitudeE7 < Box.South || place.LatitudeE7 > Box.North
            ? PointLocation.Outside
            : LocateInBox((int)(east + int.MinValue), place.LatitudeE7);
    }

    /// <summary>Where a point lies, in this turn.</summary>
    public PointLocation Locate(PlanePoint point) =>
        Box.Contains(point) ? LocateInBox((int)(point.X - _originX), (int)point.Y) : PointLocation.Outside;

    private PointLocation LocateInBox(int x, int y)
    {
        var crossings = 0;
        for (var node = 0; node < TopCount; node++)
        {
            if (IsOnEdge(_levels.Length, node, x, y, ref crossings)) return PointLocation.Boundary;
        }
        return (crossings & 1) == 0 ? PointLocation.Outside : PointLocation.Inside;
    }

    private bool IsOnEdge(int level, int node, int x, int y, ref int crossings)
    {
        if (level == 0) return IsOnEdge(node, x, y, ref crossings);
        var (lookedInto, odd) = _levels[level - 1].Around(node, x, y);
        crossings += BitOperations.PopCount(odd);
        for (; lookedInto != 0; lookedInto &= lookedInto - 1)
        {
            var child = node * BoxLanes.Count + BitOperations.TrailingZeroCount(lookedInto);
            if (IsOnEdge(level - 1, child, x, y, ref crossings)) return true;
        }
        return false;
    }

    // The one rule for edges: a point on one belongs to it; else an edge counts when a ray to the east crosses it, its lower
    // end included and its upper not, so that a vertex counts once.
    private bool IsOnEdge(int block, int x, int y, ref int crossings)
    {
        ref var first = ref _blocks[block * BoxLanes.Stride];
        var (holding, eastOf) = BoxLanes.Around(ref first, x, y);
        crossings += BitOperations.PopCount(eastOf);
        for (; holding != 0; holding &= holding - 1)
        {
            var lane = BitOperations.TrailingZeroCount(holding);
            var numbers = _blocks.AsSpan(block * BoxLanes.Stride, BoxLanes.Stride);
            long leastX = numbers[BoxLanes.LeastX + lane], leastY = numbers[BoxLanes.LeastY + lane];
            var width = numbers[BoxLanes.GreatestX + lane] - leastX;
            var height = numbers[BoxLanes.GreatestY + lane] - leastY;
            var up = y - leastY;
            // Below 3.6 × 10⁹ × 1.8 × 10⁹, which 63 bits hold.
            var edge = width * (IsRising(block, lane) ? up : height - up);
            var point = height * (x - leastX);
            if (edge == point) return true;
            if (edge > point && up < height) crossings++;
        }
        return false;
    }

    private bool Walk<TVisitor>(int level, int node, in BlockBox box, ref TVisitor visitor)
        where TVisitor : struct, IEdgeVisitor
    {
        ref var first = ref level == 0 ? ref _blocks[node * BoxLanes.Stride] : ref _levels[level - 1].Boxes(node);
        var meeting = BoxLanes.Meeting(ref first, box.West, box.South, box.East, box.North);
        for (; meeting != 0; meeting &= meeting - 1)
        {
            var lane = BitOperations.TrailingZeroCount(meeting);
            var goesOn = level == 0
                ? visitor.Visit(EdgeAt(node, lane))
                : Walk(level - 1, node * BoxLanes.Count + lane, box, ref visitor);
            if (!goesOn) return false;
        }
        return true;
    }

    private Edge EdgeAt(int block, int lane)
    {
        var numbers = _blocks.AsSpan(block * BoxLanes.Stride, BoxLanes.Stride);
        var west = numbers[BoxLanes.LeastX + lane] + _originX;
        var east = numbers[BoxLanes.GreatestX + lane] + _originX;
        long south = numbers[BoxLanes.LeastY + lane], north = numbers[BoxLanes.GreatestY + lane];
        var (runsWest, runsSouth) = ((_directions[block] >> lane & 1) != 0, (_directions[block] >> (BoxLanes.Count + lane) & 1) != 0);
        return new(new(runsWest ? east : west, runsSouth ? north : south), new(runsWest ? west : east, runsSouth ? south : north));
    }

    private bool IsRising(int block, int lane)
    {
        var directions = _directions[block] >> lane;
        return ((directions ^ directions >> BoxLanes.Count) & 1) == 0;
    }

    private int AddRing(ImmutableArray<PlanePoint> ring, int block, Chain[] chains)
    {
        for (var i = 0; i < ring.Length; i += BoxLanes.Count, block++)
        {
            var numbers = _blocks.AsSpan(block * BoxLanes.Stride, BoxLanes.Stride);
            var count = Math.Min(BoxLanes.Count, ring.Length - i);
            for (var lane = 0; lane < BoxLanes.Count; lane++)
            {
                if (lane < count) AddEdge(numbers, block, lane, ring[i + lane], ring[(i + lane + 1) % ring.Length]);
                else BoxLanes.Clear(numbers, lane);
            }
            chains[block] = ChainOf(numbers, ring[i], ring[(i + count) % ring.Length]) with { StartsRing = i == 0, EndsRing = i + count == ring.Length };
        }
        return block;
    }

    private void AddEdge(Span<int> numbers, int block, int lane, PlanePoint start, PlanePoint end)
    {
        int startX = ToBlockX(start.X), endX = ToBlockX(end.X), startY = ToBlockY(start.Y), endY = ToBlockY(end.Y);
        BoxLanes.Write(numbers, lane, Math.Min(startX, endX), Math.Max(startX, endX), Math.Min(startY, endY), Math.Max(startY, endY));
        if (startX > endX) _directions[block] |= 1u << lane;
        if (startY > endY) _directions[block] |= 1u << (BoxLanes.Count + lane);
    }

    private static Chain ChainOf(ReadOnlySpan<int> numbers, PlanePoint start, PlanePoint end) =>
        new()
        {
            LeastX = Least(numbers, BoxLanes.LeastX),
            GreatestX = Greatest(numbers, BoxLanes.GreatestX),
            LeastY = Least(numbers, BoxLanes.LeastY),
            GreatestY = Greatest(numbers, BoxLanes.GreatestY),
            StartY = (int)start.Y,
            EndY = (int)end.Y,
        };

    private static int Least(ReadOnlySpan<int> numbers, int first)
    {
        var least = int.MaxValue;
        foreach (var number in numbers.Slice(first, BoxLanes.Count)) least = Math.Min(least, number);
        return least;
    }

    private static int Greatest(ReadOnlySpan<int> numbers, int first)
    {
        var greatest = int.MinValue;
        foreach (var number in numbers.Slice(first, BoxLanes.Count)) greatest = Math.Max(greatest, number);
        return greatest;
    }

    // What lies beyond 32 bits lies beyond every edge.
    private int ToBlockX(long x) => (int)Math.Clamp(x - _originX, int.MinValue, int.MaxValue);

    private static int ToBlockY(long y) => (int)Math.Clamp(y, int.MinValue, int.MaxValue);

    private static int BlocksOf(ImmutableArray<PlanePoint> ring) => (ring.Length + BoxLanes.Count - 1) / BoxLanes.Count;

    private static PlaneBox BoxOf(ImmutableArray<PlanePoint> ring)
    {
        var box = new PlaneBox(ring[0].X, ring[0].Y, ring[0].X, ring[0].Y);
        foreach (var point in ring)
        {
            box = new(Math.Min(box.West, point.X), Math.Min(box.South, point.Y), Math.Max(box.East, point.X), Math.Max(box.North, point.Y));
        }
        return box;
    }

    private readonly record struct BlockBox(int West, int South, int East, int North);

    /// <summary>Walks along the edges.</summary>
    public struct Enumerator(EdgeTree tree)
    {
        private int _block;
        private int _lane = -1;

        public readonly Edge Current => tree.EdgeAt(_block, _lane);

        public bool MoveNext()
        {
            if (++_lane < BoxLanes.Count && !IsEmpty) return true;
            _lane = 0;
            return ++_block < tree.BlockCount;
        }

        private readonly bool IsEmpty
        {
            get
            {
                var first = _block * BoxLanes.Stride + _lane;
                return tree._blocks[first + BoxLanes.LeastX] > tree._blocks[first + BoxLanes.GreatestX];
            }
        }
    }
}
