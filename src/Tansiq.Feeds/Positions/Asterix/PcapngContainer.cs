using System.Buffers.Binary;
using NodaTime;

namespace Tansiq.Feeds.Positions.Asterix;

/// <summary>A capture in the pcapng format (draft-ietf-opsawg-pcapng): its enhanced packet blocks. Other blocks are passed over.</summary>
internal sealed class PcapngContainer(OctetWindow window) : AsterixContainer(window)
{
    /// <summary>The most interfaces of a section.</summary>
    public const int MaximumInterfaces = 1_000;

    private const uint SectionHeader = 0x0a0d0d0a;
    private const uint InterfaceDescription = 1;
    private const uint EnhancedPacket = 6;
    private const uint ByteOrderMagic = 0x1a2b3c4d;
    private const int BlockHeaderOctets = 8;
    private const int SmallestBlockOctets = 12;
    private const int PacketHeaderOctets = 28;
    private const int InterfaceHeaderOctets = 16;
    private const int TimestampResolutionOption = 9;
    private const int TimestampOffsetOption = 14;

    private readonly List<Interface> _interfaces = [];
    private bool _isLittleEndian;

    /// <inheritdoc/>
    public override bool HasTimes => true;

    /// <summary>Whether octets begin such a file.</summary>
    public static bool IsStart(ReadOnlySpan<byte> start) =>
        start.Length >= SmallestBlockOctets
        && BinaryPrimitives.ReadUInt32BigEndian(start) == SectionHeader
        && (BinaryPrimitives.ReadUInt32LittleEndian(start[8..]) == ByteOrderMagic || BinaryPrimitives.ReadUInt32BigEndian(start[8..]) == ByteOrderMagic);

    /// <inheritdoc/>
    protected override AsterixFrame? Take()
    {
        while (Window.Peek(SmallestBlockOctets) is { IsEmpty: false } header)
        {
            if (header.Length < SmallestBlockOctets) return FailAtEnd();
            var isSection = IsStart(header);
            if (isSection) StartSection(header);
            var type = isSection ? SectionHeader : Number(header);
            var length = Number(header[4..]);
            if (length < SmallestBlockOctets || length > PcapContainer.MaximumPacketOctets + PacketHeaderOctets || length % 4 != 0) return Malformed(length);
            if (Window.Peek((int)length).Length < length) return FailAtEnd();
            var block = Window.Take((int)length);
            if (Number(block.Span[^4..]) != length) return Malformed(length);
            if (type == InterfaceDescription && !AddInterface(block.Span)) return Malformed(length);
            if (type == EnhancedPacket) return Packet(block);
        }

        return null;
    }

    private void StartSection(ReadOnlySpan<byte> header)
    {
        _isLittleEndian = BinaryPrimitives.ReadUInt32LittleEndian(header[8..]) == ByteOrderMagic;
        _interfaces.Clear();
    }

    private bool AddInterface(ReadOnlySpan<byte> block)
    {
        if (block.Length < InterfaceHeaderOctets + 4 || _interfaces.Count == MaximumInterfaces) return false;
        var options = block[InterfaceHeaderOctets..^4];
        var (unitsPerSecond, offsetSeconds) = (1_000_000L, 0L);
        while (options.Length >= 4)
        {
            var (code, length) = (Short(options), Short(options[2..]));
            var padded = (length + 3) / 4 * 4;
            if (code == 0 || options.Length < 4 + padded) break;
            if (code == TimestampResolutionOption && length == 1) unitsPerSecond = UnitsPerSecond(options[4]);
            if (code == TimestampOffsetOption && length == 8) offsetSeconds = Long(options[4..]);
            options = options[(4 + padded)..];
        }

        _interfaces.Add(new((LinkType)Short(block[BlockHeaderOctets..]), unitsPerSecond, offsetSeconds));
        return unitsPerSecond > 0;
    }

    private AsterixFrame? Packet(ReadOnlyMemory<byte> block)
    {
        var header = block.Span;
        if (header.Length < PacketHeaderOctets + 4) return Malformed((uint)header.Length);
        var number = Number(header[8..]);
        var captured = Number(header[20..]);
        if (number >= _interfaces.Count || captured > header.Length - PacketHeaderOctets - 4) return Malformed((uint)header.Length);
        var on = _interfaces[(int)number];
        if (!Datagram.IsRead(on.Link)) return Fail(AsterixRefusals.LinkNotRead, FeedRefusals.Invariant($"link type {(int)on.Link}"), Datagram.LinksRead);
        var receivedAt = on.At((ulong)Number(header[12..]) << 32 | Number(header[16..]));
        return Datagram.In(on.Link, block.Slice(PacketHeaderOctets, (int)captured), receivedAt);
    }

    private AsterixFrame? Malformed(uint length) =>
        Fail(AsterixRefusals.MalformedContainer, FeedRefusals.Invariant($"a pcapng block of {length} octets"), "a block that can be");

    /// <summary>2ⁿ where the first bit is set, else 10ⁿ; 0 where that is finer than nanoseconds.</summary>
    private static long UnitsPerSecond(byte resolution)
    {
        var (isBinary, exponent) = ((resolution & 0x80) != 0, resolution & 0x7f);
        if (exponent > (isBinary ? 30 : 9)) return 0;
        var units = 1L;
        for (var power = 0; power < exponent; power++) units *= isBinary ? 2 : 10;
        return units;
    }

    private int Short(ReadOnlySpan<byte> octets) =>
        _isLittleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(octets) : BinaryPrimitives.ReadUInt16BigEndian(octets);

    private uint Number(ReadOnlySpan<byte> octets) =>
        _isLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(octets) : BinaryPrimitives.ReadUInt32BigEndian(octets);

    private long Long(ReadOnlySpan<byte> octets) =>
        _isLittleEndian ? BinaryPrimitives.ReadInt64LittleEndian(octets) : BinaryPrimitives.ReadInt64BigEndian(octets);

    private readonly record struct Interface(LinkType Link, long UnitsPerSecond, long OffsetSeconds)
    {
        // Beyond the years that are taken a moment is only known to be so.
        private const ulong MaximumSeconds = 10_000_000_000;

        public Instant At(ulong units)
        {
            var seconds = units / (ulong)UnitsPerSecond;
            if (seconds > MaximumSeconds || OffsetSeconds is < 0 or > (long)MaximumSeconds) return NodaConstants.UnixEpoch;
            var nanoseconds = units % (ulong)UnitsPerSecond * NodaConstants.NanosecondsPerSecond / (ulong)UnitsPerSecond;
            return Instant.FromUnixTimeSeconds((long)seconds + OffsetSeconds).PlusNanoseconds((long)nanoseconds);
        }
    }
}
