using System.Numerics;

namespace Tansiq.Geo.Indexing;

/// <summary>
/// The order in which entries are packed: by size, so that large boxes do not blow up the nodes of small ones, and then
/// along the Hilbert curve through the boxes' middles.
/// </summary>
internal static class PackingKey
{
    // Up to 700 m, up to 180 km, and larger; finer classes would only make more nodes overlap. They take the highest bits.
    private const int BitsPerClass = 8;
    private const int CurveBits = 30;

    /// <summary>The key of a box.</summary>
    public static ulong Of(in SearchBox box)
    {
        var sizeE7 = (uint)Math.Max((long)box.East - box.West, (long)box.North - box.South);
        var sizeClass = (ulong)BitOperations.Log2(sizeE7 | 1) / BitsPerClass;
        var x = (uint)(((long)box.West + box.East - 2L * int.MinValue) >> (33 - CurveBits));
        var y = (uint)(((long)box.South + box.North - 2L * int.MinValue) >> (33 - CurveBits));
        return (sizeClass << (2 * CurveBits)) | OnCurve(x, y);
    }

    // D. Hilbert's curve, from the largest square to the smallest: the quadrant gives two bits, and turns what is below.
    private static ulong OnCurve(uint x, uint y)
    {
        ulong along = 0;
        for (var bit = CurveBits - 1; bit >= 0; bit--)
        {
            uint right = x >> bit & 1, upper = y >> bit & 1;
            along = along << 2 | (3 * right ^ upper);
            if (upper != 0) continue;
            if (right != 0) (x, y) = (~x, ~y);
            (x, y) = (y, x);
        }
        return along;
    }
}
