namespace Tansiq.Feeds.Positions.Asterix;

/// <summary>Octets that say in seven bits each what follows; the eighth says that another such octet comes.</summary>
/// <remarks>The field specification of a record and the primary subfield of a compound item (EUROCONTROL-SPEC-0149, part 1).</remarks>
internal static class Presence
{
    private const int BitsOfOctet = 7;

    /// <summary>How many of the first octets are such; −1 where the data ends among them.</summary>
    public static int OctetsOf(ReadOnlySpan<byte> data)
    {
        for (var index = 0; index < data.Length; index++)
        {
            if ((data[index] & 1) == 0) return index + 1;
        }

        return -1;
    }

    /// <summary>Whether what has an index, from 0, follows.</summary>
    public static bool Has(ReadOnlySpan<byte> presence, int index) =>
        index / BitsOfOctet < presence.Length && (presence[index / BitsOfOctet] & 0x80 >> index % BitsOfOctet) != 0;

    /// <summary>Whether something follows that lies beyond a count.</summary>
    public static bool HasBeyond(ReadOnlySpan<byte> presence, int count)
    {
        for (var index = count; index < presence.Length * BitsOfOctet; index++)
        {
            if (Has(presence, index)) return true;
        }

        return false;
    }
}
