using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Tansiq.Geo.Outlines;

/// <summary>
/// Sixteen boxes side by side, as four runs of sixteen whole numbers: least x, greatest x, least y, greatest y. Answers come
/// as sixteen bits, the lowest for the first box.
/// </summary>
/// <remarks>Vectors of 512 bits where the machine has them; the platform takes narrower ones elsewhere, with the same answers.</remarks>
internal static class BoxLanes
{
    /// <summary>How many boxes lie side by side.</summary>
    public const int Count = 16;

    /// <summary>How many numbers a block takes.</summary>
    public const int Stride = 4 * Count;

    public const int LeastX = 0;
    public const int GreatestX = Count;
    public const int LeastY = 2 * Count;
    public const int GreatestY = 3 * Count;

    /// <summary>Writes a box to a lane of a block.</summary>
    public static void Write(Span<int> block, int lane, int leastX, int greatestX, int leastY, int greatestY)
    {
        block[LeastX + lane] = leastX;
        block[GreatestX + lane] = greatestX;
        block[LeastY + lane] = leastY;
        block[GreatestY + lane] = greatestY;
    }

    /// <summary>Writes what holds nothing and meets nothing to a lane of a block.</summary>
    public static void Clear(Span<int> block, int lane) => Write(block, lane, int.MaxValue, int.MinValue, int.MaxValue, int.MinValue);

    /// <summary>Which boxes share a point with a box.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Meeting(ref int block, int west, int south, int east, int north) =>
        (uint)(Vector512.LessThanOrEqual(Vector512.LoadUnsafe(ref block, LeastX), Vector512.Create(east))
            & Vector512.GreaterThanOrEqual(Vector512.LoadUnsafe(ref block, GreatestX), Vector512.Create(west))
            & Vector512.LessThanOrEqual(Vector512.LoadUnsafe(ref block, LeastY), Vector512.Create(north))
            & Vector512.GreaterThanOrEqual(Vector512.LoadUnsafe(ref block, GreatestY), Vector512.Create(south))).ExtractMostSignificantBits();

    /// <summary>Which boxes hold a point, and which lie to the east of it and reach from its height or below to above it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (uint Holding, uint EastOf) Around(ref int block, int x, int y)
    {
        var pointX = Vector512.Create(x);
        var pointY = Vector512.Create(y);
        var greatestY = Vector512.LoadUnsafe(ref block, GreatestY);
        var reaches = Vector512.LessThanOrEqual(Vector512.LoadUnsafe(ref block, LeastY), pointY);
        var begins = Vector512.LessThanOrEqual(Vector512.LoadUnsafe(ref block, LeastX), pointX);
        var goesOn = Vector512.GreaterThanOrEqual(Vector512.LoadUnsafe(ref block, GreatestX), pointX);
        var holding = reaches & begins & goesOn & Vector512.GreaterThanOrEqual(greatestY, pointY);
        var eastOf = reaches & ~begins & Vector512.GreaterThan(greatestY, pointY);
        return ((uint)holding.ExtractMostSignificantBits(), (uint)eastOf.ExtractMostSignificantBits());
    }

    /// <summary>Of sixteen numbers, which are above a limit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Above(ref int numbers, int limit) =>
        (uint)Vector512.GreaterThan(Vector512.LoadUnsafe(ref numbers), Vector512.Create(limit)).ExtractMostSignificantBits();
}
