using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tansiq.Feeds.Positions;

/// <summary>Finds the commas of a line, 32 bytes at a time.</summary>
internal static class Commas
{
    /// <summary>Gives the places of the first commas.</summary>
    /// <param name="line">The line.</param>
    /// <param name="places">Takes as many as there is room for.</param>
    /// <returns>How many there are, or were taken.</returns>
    public static int Find(ReadOnlySpan<byte> line, Span<int> places)
    {
        var count = 0;
        var position = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            var comma = Vector256.Create((byte)',');
            ref var first = ref MemoryMarshal.GetReference(line);
            for (; position + Vector256<byte>.Count <= line.Length; position += Vector256<byte>.Count)
            {
                var found = Vector256.Equals(Vector256.LoadUnsafe(ref first, (nuint)position), comma).ExtractMostSignificantBits();
                for (; found != 0; found &= found - 1)
                {
                    if (count == places.Length) return count;
                    places[count++] = position + BitOperations.TrailingZeroCount(found);
                }
            }
        }

        for (; position < line.Length && count < places.Length; position++)
        {
            if (line[position] == (byte)',') places[count++] = position;
        }

        return count;
    }
}
