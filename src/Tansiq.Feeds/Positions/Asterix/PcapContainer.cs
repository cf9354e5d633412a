using System.Buffers.Binary;
using NodaTime;

namespace Tansiq.Feeds.Positions.Asterix;

/// <summary>A capture in the pcap format (draft-ietf-opsawg-pcap), of either byte order, in microseconds or nanoseconds.</summary>
internal sealed class PcapContainer(OctetWindow window) : AsterixContainer(window)
{
    /// <summary>The octets of the header of the file.</summary>
    public const int HeaderOctets = 24;

    /// <summary>The largest packet, as captured.</summary>
    public const int MaximumPacketOctets = 256 * 1024;

    private const int PacketHeaderOctets = 16;
    private const uint Microseconds = 0xa1b2c3d4;
    private const uint Nanoseconds = 0xa1b23c4d;
    private const int NanosecondsPerMicrosecond = 1_000;

    private bool _isStarted;
    private bool _isLittleEndian;
    private int _nanosecondsOfUnit;
    private LinkType _link;

    /// <inheritdoc/>
    public override bool HasTimes => true;

    /// <summary>Whether octets begin such a file.</summary>
    public static bool IsStart(ReadOnlySpan<byte> start) =>
        start.Length >= HeaderOctets
        && (BinaryPrimitives.ReadUInt32BigEndian(start) is Microseconds or Nanoseconds || BinaryPrimitives.ReadUInt32LittleEndian(start) is Microseconds or Nanoseconds);

    /// <inheritdoc/>
    protected override AsterixFrame? Take()
    {
        if (!_isStarted && !Start()) return Fail(AsterixRefusals.LinkNotRead, FeedRefusals.Invariant($"link type {(int)_link}"), Datagram.LinksRead);
        var header = Window.Peek(PacketHeaderOctets);
        if (header.IsEmpty) return null;
        if (header.Length < PacketHeaderOctets) return FailAtEnd();
        var length = Number(header[8..]);
        if (length > MaximumPacketOctets)
            return Fail(AsterixRefusals.MalformedContainer, FeedRefusals.Invariant($"a packet of {length} octets"), FeedRefusals.Invariant($"at most {MaximumPacketOctets}"));
        var receivedAt = Instant.FromUnixTimeSeconds(Number(header)).PlusNanoseconds((long)Number(header[4..]) * _nanosecondsOfUnit);
        var whole = PacketHeaderOctets + (int)length;
        return Window.Peek(whole).Length < whole ? FailAtEnd() : Datagram.In(_link, Window.Take(whole)[PacketHeaderOctets..], receivedAt);
    }

    private bool Start()
    {
        var header = Window.Peek(HeaderOctets);
        _isStarted = true;
        _isLittleEndian = BinaryPrimitives.ReadUInt32LittleEndian(header) is Microseconds or Nanoseconds;
        _nanosecondsOfUnit = Number(header) == Nanoseconds ? 1 : NanosecondsPerMicrosecond;
        // The upper bits hold the length of a frame check sequence.
        _link = (LinkType)(Number(header[20..]) & 0xffff);
        Window.Take(HeaderOctets);
        return Datagram.IsRead(_link);
    }

    private uint Number(ReadOnlySpan<byte> octets) =>
        _isLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(octets) : BinaryPrimitives.ReadUInt32BigEndian(octets);
}
