using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Tansiq.Geo.Indexing;

/// <summary>
/// Nodes of sixteen boxes of place, height and time, side by side: sixteen of each bound, 512 bytes a node.
/// </summary>
internal static class PackedNodes
{
    /// <summary>How many boxes a node has.</summary>
    public const int Fanout = 16;

    /// <summary>How many numbers a node takes.</summary>
    public const int Stride = 8 * Fanout;

    private const int West = 0;
    private const int East = Fanout;
    private const int South = 2 * Fanout;
    private const int North = 3 * Fanout;
    private const int From = 4 * Fanout;
    private const int Until = 5 * Fanout;
    private const int Low = 6 * Fanout;
    private const int High = 7 * Fanout;

    // Meets nothing: its bounds are the wrong way round.
    private static readonly SearchBox Nothing = new()
    {
        West = int.MaxValue,
        South = int.MaxValue,
        East = int.MinValue,
        North = int.MinValue,
        Low = int.MaxValue,
        High = int.MinValue,
        From = int.MaxValue,
        Until = int.MinValue,
    };

    /// <summary>The box in a slot; slots are numbered through the nodes.</summary>
    public static SearchBox Read(int[] nodes, int slot)
    {
        var lanes = nodes.AsSpan(slot / Fanout * Stride, Stride)[(slot % Fanout)..];
        return new()
        {
            West = lanes[West],
            South = lanes[South],
            East = lanes[East],
            North = lanes[North],
            Low = lanes[Low],
            High = lanes[High],
            From = lanes[From],
            Until = lanes[Until],
        };
    }

    /// <summary>Where a box lies, and how wide and high it is.</summary>
    /// <param name="lane">The first number of the box's lane in its node.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (int West, int South, uint Width, uint Height) Place(ref int lane)
    {
        int west = Unsafe.Add(ref lane, West), south = Unsafe.Add(ref lane, South);
        return (west, south, unchecked((uint)(Unsafe.Add(ref lane, East) - west)), unchecked((uint)(Unsafe.Add(ref lane, North) - south)));
    }

    /// <summary>Writes a box to a slot.</summary>
    public static void Write(int[] nodes, int slot, in SearchBox box)
    {
        var lanes = nodes.AsSpan(slot / Fanout * Stride, Stride)[(slot % Fanout)..];
        lanes[West] = box.West;
        lanes[South] = box.South;
        lanes[East] = box.East;
        lanes[North] = box.North;
        lanes[Low] = box.Low;
        lanes[High] = box.High;
        lanes[From] = box.From;
        lanes[Until] = box.Until;
    }

    /// <summary>Writes to a slot what meets nothing.</summary>
    public static void Clear(int[] nodes, int slot) => Write(nodes, slot, Nothing);

    /// <summary>The box around all of a node's.</summary>
    public static SearchBox Around(int[] nodes, int node)
    {
        var box = Read(nodes, node * Fanout);
        for (var slot = node * Fanout + 1; slot < (node + 1) * Fanout; slot++) box = box.With(Read(nodes, slot));
        return box;
    }

    /// <summary>Which of a node's boxes meet a box, the lowest bit for the first.</summary>
    /// <param name="node">The first number of the node.</param>
    /// <param name="box">The box.</param>
    /// <param name="isOfPlaceAlone">Whether <see cref="SearchBox.IsOfPlaceAlone"/>: then half of the node is not read.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Meeting(ref int node, in SearchBox box, bool isOfPlaceAlone)
    {
        var place = Vector512.LessThanOrEqual(Vector512.LoadUnsafe(ref node, West), Vector512.Create(box.East))
            & Vector512.GreaterThanOrEqual(Vector512.LoadUnsafe(ref node, East), Vector512.Create(box.West))
            & Vector512.LessThanOrEqual(Vector512.LoadUnsafe(ref node, South), Vector512.Create(box.North))
            & Vector512.GreaterThanOrEqual(Vector512.LoadUnsafe(ref node, North), Vector512.Create(box.South));
        if (isOfPlaceAlone) return (uint)place.ExtractMostSignificantBits();
        if (place == Vector512<int>.Zero) return 0;
        var rest = Vector512.LessThanOrEqual(Vector512.LoadUnsafe(ref node, From), Vector512.Create(box.Until))
            & Vector512.GreaterThanOrEqual(Vector512.LoadUnsafe(ref node, Until), Vector512.Create(box.From))
            & Vector512.LessThanOrEqual(Vector512.LoadUnsafe(ref node, Low), Vector512.Create(box.High))
            & Vector512.GreaterThanOrEqual(Vector512.LoadUnsafe(ref node, High), Vector512.Create(box.Low));
        return (uint)(place & rest).ExtractMostSignificantBits();
    }
}
