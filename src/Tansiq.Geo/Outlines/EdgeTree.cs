using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.CompilerServices;

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
/// 32 bits; an edge takes 16 bytes and two bits, and a sixteenth of 24 bytes above it. Immutable and thread-safe.
/// </remarks>
internal sealed class EdgeTree
{
    // A block ends with the directions of its edges: sixteen bits for those that run west, sixteen above for those that run south.
    private const int Directions = BoxLanes.Stride;
    private const int BlockStride = Directions + 1;

    private const int NumbersBroughtAtATime = 16;

    // So few blocks are looked at one after the other; more get a tree.
    private const int MaximumTopBlocks = 4;

    private readonly long _originX;
    private readonly int[] _blocks;
    private readonly ChainLevel[] _levels;

    public EdgeTree(ImmutableArray<PlanePoint> shell, ImmutableArray<ImmutableArray<PlanePoint>> holes)
    {
        Box = BoxOf(shell);
        _originX = Box.West - int.MinValue;
        var blockCount = BlocksOf(shell) + holes.Sum(BlocksOf);
        _blocks = new int[blockCount * BlockStride];
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
    public long MemoryBytes => (long)_blocks.Length * sizeof(int) + _levels.Sum(level => level.MemoryBytes);

    private int BlockCount => _blocks.Length / BlockStride;

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

    /// <summary>The blocks of an outline of so few edges that no tree stands above them, for <see cref="Locate(int[], int, int)"/>; else null.</summary>
    public int[]? OnlyBlocks => _levels.Length == 0 ? _blocks : null;

    /// <summary>Reads the first block, so that memory brings it; the result means nothing.</summary>
    public int Touch() => _blocks[0];

    /// <summary>Reads a number of each piece that memory brings at a time of <see cref="OnlyBlocks"/>; the result means nothing.</summary>
    public static int Touch(int[] blocks)
    {
        var touched = 0;
        for (var number = 0; number < blocks.Length; number += NumbersBroughtAtATime) touched ^= blocks[number];
        return touched;
    }

    /// <summary>Where a point lies to the edges of <see cref="OnlyBlocks"/>; the point as of <see cref="Locate(int, int)"/>.</summary>
    public static PointLocation Locate(int[] blocks, int x, int y)
    {
        var crossings = 0;
        for (var block = 0; block < blocks.Length; block += BlockStride)
        {
            if (IsOnEdge(ref blocks[block], x, y, ref crossings)) return PointLocation.Boundary;
        }
        return (crossings & 1) == 0 ? PointLocation.Outside : PointLocation.Inside;
    }

    /// <summary>Where a point lies.</summary>
    /// <param name="x">Longitude in 10⁻⁷ degree from the box's western side, less 2³¹; not beyond the eastern side.</param>
    /// <param name="y">Latitude in 10⁻⁷ degree, in the box.</param>
    public PointLocation Locate(int x, int y)
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
        if (level == 0) return IsOnEdge(ref _blocks[node * BlockStride], x, y, ref crossings);
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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsOnEdge(ref int block, int x, int y, ref int crossings)
    {
        var (holding, eastOf) = BoxLanes.Around(ref block, x, y);
        crossings += BitOperations.PopCount(eastOf);
        for (; holding != 0; holding &= holding - 1)
        {
            unchecked
            {
                var lane = BitOperations.TrailingZeroCount(holding);
                long leastX = Unsafe.Add(ref block, BoxLanes.LeastX + lane), leastY = Unsafe.Add(ref block, BoxLanes.LeastY + lane);
                var width = Unsafe.Add(ref block, BoxLanes.GreatestX + lane) - leastX;
                var height = Unsafe.Add(ref block, BoxLanes.GreatestY + lane) - leastY;
                var up = y - leastY;
                // Below 3.6 × 10⁹ × 1.8 × 10⁹, which 63 bits hold.
                var edge = width * (IsRising(Unsafe.Add(ref block, Directions), lane) ? up : height - up);
                var point = height * (x - leastX);
                if (edge == point) return true;
                if (edge > point && up < height) crossings++;
            }
        }
        return false;
    }

    private bool Walk<TVisitor>(int level, int node, in BlockBox box, ref TVisitor visitor)
        where TVisitor : struct, IEdgeVisitor
    {
        ref var first = ref level == 0 ? ref _blocks[node * BlockStride] : ref _levels[level - 1].Boxes(node);
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
        var numbers = _blocks.AsSpan(block * BlockStride, BlockStride);
        var west = numbers[BoxLanes.LeastX + lane] + _originX;
        var east = numbers[BoxLanes.GreatestX + lane] + _originX;
        long south = numbers[BoxLanes.LeastY + lane], north = numbers[BoxLanes.GreatestY + lane];
        var (runsWest, runsSouth) = ((numbers[Directions] >> lane & 1) != 0, (numbers[Directions] >> (BoxLanes.Count + lane) & 1) != 0);
        return new(new(runsWest ? east : west, runsSouth ? north : south), new(runsWest ? west : east, runsSouth ? south : north));
    }

    private static bool IsRising(int directions, int lane) => (((directions ^ directions >> BoxLanes.Count) >> lane) & 1) == 0;

    private int AddRing(ImmutableArray<PlanePoint> ring, int block, Chain[] chains)
    {
        for (var i = 0; i < ring.Length; i += BoxLanes.Count, block++)
        {
            var numbers = _blocks.AsSpan(block * BlockStride, BlockStride);
            var count = Math.Min(BoxLanes.Count, ring.Length - i);
            for (var lane = 0; lane < BoxLanes.Count; lane++)
            {
                if (lane < count) AddEdge(numbers, lane, ring[i + lane], ring[(i + lane + 1) % ring.Length]);
                else BoxLanes.Clear(numbers, lane);
            }
            chains[block] = ChainOf(numbers, ring[i], ring[(i + count) % ring.Length]) with { StartsRing = i == 0, EndsRing = i + count == ring.Length };
        }
        return block;
    }

    private void AddEdge(Span<int> numbers, int lane, PlanePoint start, PlanePoint end)
    {
        int startX = ToBlockX(start.X), endX = ToBlockX(end.X), startY = ToBlockY(start.Y), endY = ToBlockY(end.Y);
        BoxLanes.Write(numbers, lane, Math.Min(startX, endX), Math.Max(startX, endX), Math.Min(startY, endY), Math.Max(startY, endY));
        if (startX > endX) numbers[Directions] |= 1 << lane;
        if (startY > endY) numbers[Directions] |= 1 << (BoxLanes.Count + lane);
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
                var first = _block * BlockStride + _lane;
                return tree._blocks[first + BoxLanes.LeastX] > tree._blocks[first + BoxLanes.GreatestX];
            }
        }
    }
}
