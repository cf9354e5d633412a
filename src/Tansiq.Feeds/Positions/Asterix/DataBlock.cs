using System.Buffers;

namespace Tansiq.Feeds.Positions.Asterix;

/// <summary>The start of a data block: its category and its length in octets, which counts itself.</summary>
internal static class DataBlock
{
    /// <summary>The octets of the header.</summary>
    public const int HeaderOctets = 3;

    /// <summary>The octets of the smallest block.</summary>
    public const int SmallestOctets = HeaderOctets + 1;

    // The categories in use (EUROCONTROL's list of ASTERIX categories), by which octets are told to be blocks.
    private static readonly SearchValues<byte> KnownCategories = SearchValues.Create(
        [1, 2, 3, 4, 7, 8, 9, 10, 11, 15, 16, 17, 18, 19, 20, 21, 23, 25, 30, 31, 32, 34, 48, 62, 63, 65, 129, 150, 205, 238, 240, 247, 252]);

    private static readonly SearchValues<byte> ControlCharacters = SearchValues.Create([0, 1, 2, 3, 4, 5, 6, 7, 8, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25]);

    /// <summary>Whether blocks of a category are in use.</summary>
    public static bool IsKnownCategory(byte category) => KnownCategories.Contains(category);

    /// <summary>Whether octets hold a control character that stands in no text.</summary>
    public static bool IsNoText(ReadOnlySpan<byte> octets) => octets.ContainsAny(ControlCharacters);

    /// <summary>The length that a header says.</summary>
    public static int LengthOf(ReadOnlySpan<byte> header) => AsterixValues.UInt16(header[1..]);
}
