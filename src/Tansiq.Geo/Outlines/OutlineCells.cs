using System.Numerics;
using System.Runtime.CompilerServices;

namespace Tansiq.Geo.Outlines;

/// <summary>What a cell says of the places in it.</summary>
internal enum PlaceInCells
{
    /// <summary>They lie outside.</summary>
    Outside = 0,

    /// <summary>They lie inside.</summary>
    Inside = 1,

    /// <summary>An edge comes to the cell: it depends.</summary>
    Cut = 2,
}

/// <summary>
/// An outline's box cut into cells, at most sixteen by sixteen: a cell that no edge comes to lies inside or outside as a
/// whole, so that only places in the others are held against edges.
/// </summary>
/// <remarks>Immutable and thread-safe. It answers what <see cref="EdgeTree.Locate(int, int)"/> answers, with two lines of memory in place of many.</remarks>
internal sealed class OutlineCells
{
    /// <summary>How many words the cells take: two bits for each.</summary>
    public const int WordCount = 8;

    /// <summary>A word of cells that all lie inside.</summary>
    public const ulong AllInside = 0x5555_5555_5555_5555;

    /// <summary>A word of cells to each of which an edge comes.</summary>
    public const ulong AllCut = 2 * AllInside;

    private const int Side = 16;
    private const int CellsPerWord = 32;

    private readonly Outline _outline;
    private EdgeTree? _edges;
    private readonly long _west;
    private readonly long _width;
    private readonly int _south;
    private readonly int _height;
    private readonly int _columnShift;
    private readonly int _rowShift;
    private readonly Words8 _words;

    /// <param name="outline">The outline, whose edges and box are known.</param>
    public OutlineCells(Outline outline)
        : this(outline, [])
    {
        Span<ushort> cut = stackalloc ushort[Side];
        Span<ushort> inside = stackalloc ushort[Side];
        foreach (var edge in outline.Edges) Cut(cut, edge);
        FindInside(cut, inside);
        for (var cell = 0; cell < Side * Side; cell++)
        {
            var (row, column) = (cell / Side, cell % Side);
            var says = (cut[row] >> column & 1) * (int)PlaceInCells.Cut | (inside[row] >> column & 1) * (int)PlaceInCells.Inside;
            _words[cell / CellsPerWord] |= (ulong)says << (2 * (cell % CellsPerWord));
        }
    }

    /// <param name="outline">The outline, whose box is known.</param>
    /// <param name="words">What the cells say, as <see cref="Words"/> gave it; or none.</param>
    public OutlineCells(Outline outline, ReadOnlySpan<ulong> words)
    {
        _outline = outline;
        Start = outline.Shell[0];
        var box = outline.Box;
        (_west, _south) = (box.West, (int)box.South);
        (_width, _height) = (box.East - _west, (int)(box.North - _south));
        (_columnShift, _rowShift) = (ShiftOf((uint)_width), ShiftOf((uint)_height));
        words.CopyTo(_words);
    }

    /// <summary>The edges.</summary>
    public EdgeTree Edges => _edges ??= _outline.Edges;

    /// <summary>The smallest box that holds the shell.</summary>
    public PlaneBox Box => new(_west, _south, _west + _width, _south + _height);

    /// <summary>The first vertex of the shell.</summary>
    public PlanePoint Start { get; }

    /// <summary>What the cells say, sixteen rows of sixteen from the south-western one.</summary>
    public ReadOnlySpan<ulong> Words => _words;

    /// <summary>What the cell of a place says.</summary>
    /// <param name="words">The cells of an outline.</param>
    /// <param name="east">From the western side of the outline's box to the place, not beyond the eastern.</param>
    /// <param name="north">From the southern side to the place, not beyond the northern.</param>
    /// <param name="width">Width of the box.</param>
    /// <param name="height">Height of the box.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PlaceInCells Look(ref ulong words, uint east, uint north, uint width, uint height)
    {
        var (row, column) = (north >> ShiftOf(height), east >> ShiftOf(width));
        return (PlaceInCells)(Unsafe.Add(ref words, row / (CellsPerWord / Side)) >> (int)(row % (CellsPerWord / Side) * 2 * Side + 2 * column) & 3);
    }

    /// <summary>Where a place lies, in whatever turn.</summary>
    public PointLocation Locate(GeoPoint place)
    {
        unchecked
        {
            return Locate(EastOf(place), (long)place.LatitudeE7 - _south);
        }
    }

    /// <summary>Where a point lies, in this turn.</summary>
    public PointLocation Locate(PlanePoint point) => Locate(point.X - _west, point.Y - _south);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long EastOf(GeoPoint place)
    {
        var east = place.LongitudeE7 - _west;
        while (east < 0) east += GeoPoint.TurnE7;
        while (east >= GeoPoint.TurnE7) east -= GeoPoint.TurnE7;
        return east;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private PointLocation Locate(long east, long north)
    {
        unchecked
        {
            if ((ulong)east > (ulong)_width || (ulong)north > (ulong)_height) return PointLocation.Outside;
            return Look(ref Unsafe.AsRef(in _words[0]), (uint)east, (uint)north, (uint)_width, (uint)_height) switch
            {
                PlaceInCells.Outside => PointLocation.Outside,
                PlaceInCells.Inside => PointLocation.Inside,
                _ => Edges.Locate((int)(east + int.MinValue), (int)north + _south),
            };
        }
    }

    // Cells are closed squares here, so that those side by side share their border: where no edge comes to either, both lie
    // on the same side of all.
    private void Cut(Span<ushort> cut, Edge edge)
    {
        var (low, high) = edge.Start.Y <= edge.End.Y ? (edge.Start, edge.End) : (edge.End, edge.Start);
        long lowX = low.X - _west, lowY = low.Y - _south, width = high.X - low.X, height = high.Y - low.Y;
        for (var row = FirstOf(lowY, _rowShift); row <= (lowY + height) >> _rowShift; row++)
        {
            var from = Math.Max((long)row << _rowShift, lowY) - lowY;
            var to = Math.Min((long)(row + 1) << _rowShift, lowY + height) - lowY;
            var (first, second) = height == 0 ? (0, width) : (width * from / height, width * to / height);
            // Division rounds towards zero, by less than one.
            var least = Math.Max(0, lowX + Math.Min(first, second) - 1);
            var greatest = Math.Min(_width, lowX + Math.Max(first, second) + 1);
            cut[row] |= (ushort)((2 << (int)(greatest >> _columnShift)) - (1 << FirstOf(least, _columnShift)));
        }
    }

    private void FindInside(ReadOnlySpan<ushort> cut, Span<ushort> inside)
    {
        var columns = (2 << (int)(_width >> _columnShift)) - 1;
        for (var row = 0; row <= _height >> _rowShift; row++)
        {
            for (var open = ~cut[row] & columns; open != 0;)
            {
                var first = BitOperations.TrailingZeroCount(open);
                var count = BitOperations.TrailingZeroCount(~(open >> first));
                var run = ((1 << count) - 1) << first;
                var below = row == 0 ? 0 : run & ~cut[row - 1];
                if (below == 0 ? IsInside(row, first) : (inside[row - 1] & below) != 0) inside[row] |= (ushort)run;
                open &= ~run;
            }
        }
    }

    private bool IsInside(int row, int column) =>
        Edges.Locate((int)(((long)column << _columnShift) + int.MinValue), (row << _rowShift) + _south) == PointLocation.Inside;

    private static int FirstOf(long offset, int shift) => (int)(Math.Max(0, offset - 1) >> shift);

    // The least shift that leaves less than sixteen.
    private static int ShiftOf(uint length) => Math.Max(0, BitOperations.Log2(length | 1) - 3);

    [InlineArray(WordCount)]
    private struct Words8
    {
        private ulong _first;
    }
}
