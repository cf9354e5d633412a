using NodaTime;

namespace Tansiq.Feeds.Positions.Asterix;

/// <summary>What a captured packet begins with (https://www.tcpdump.org/linktypes.html).</summary>
internal enum LinkType
{
    /// <summary>A family of protocols in four octets of the capturing machine's order.</summary>
    Loopback = 0,

    /// <summary>Ethernet.</summary>
    Ethernet = 1,

    /// <summary>An IP packet.</summary>
    Ip = 101,

    /// <summary>Linux "cooked" capture, version 1.</summary>
    LinuxCooked = 113,

    /// <summary>An IPv4 packet.</summary>
    Ipv4 = 228,

    /// <summary>An IPv6 packet.</summary>
    Ipv6 = 229,

    /// <summary>Linux "cooked" capture, version 2.</summary>
    LinuxCooked2 = 276,
}

/// <summary>Finds what a UDP datagram carries in a captured packet: IPv4 or IPv6 without extension headers, not in fragments.</summary>
internal static class Datagram
{
    /// <summary>The links that are read, in words.</summary>
    public const string LinksRead = "Ethernet, IP, loopback or Linux cooked capture";

    private const int UdpProtocol = 17;
    private const int UdpHeaderOctets = 8;
    private const int Ipv4Type = 0x0800;
    private const int Ipv6Type = 0x86dd;
    private const int SmallestIpv4HeaderOctets = 20;
    private const int Ipv6HeaderOctets = 40;

    /// <summary>Whether packets of a link are read.</summary>
    public static bool IsRead(LinkType link) => Enum.IsDefined(link);

    /// <summary>The frame of a packet: what its datagram carries, or a refusal.</summary>
    public static AsterixFrame In(LinkType link, ReadOnlyMemory<byte> packet, Instant receivedAt)
    {
        var start = NetworkStart(link, packet.Span);
        if (start >= 0 && Payload(packet.Span[start..]) is { } payload) return new(packet[start..][payload], receivedAt, null);
        return new(default, receivedAt, new(AsterixRefusals.NotADatagram, "", "another packet", "a whole UDP datagram"));
    }

    /// <summary>Where the IP packet begins; −1 where there is none.</summary>
    private static int NetworkStart(LinkType link, ReadOnlySpan<byte> packet)
    {
        var start = link switch
        {
            LinkType.Ethernet => EthernetStart(packet),
            LinkType.Loopback => 4,
            LinkType.LinuxCooked => packet.Length >= 16 && IsIp(packet[14..]) ? 16 : -1,
            LinkType.LinuxCooked2 => packet.Length >= 20 && IsIp(packet) ? 20 : -1,
            _ => 0,
        };
        return start < packet.Length ? start : -1;
    }

    private static int EthernetStart(ReadOnlySpan<byte> packet)
    {
        const int tagOctets = 4;
        const int mostTags = 2;
        var at = 12;
        for (var tags = 0; tags <= mostTags && packet.Length >= at + 2; tags++, at += tagOctets)
        {
            if (IsIp(packet[at..])) return at + 2;
            if (AsterixValues.UInt16(packet[at..]) is not (0x8100 or 0x88a8 or 0x9100)) return -1;
        }

        return -1;
    }

    private static bool IsIp(ReadOnlySpan<byte> type) => AsterixValues.UInt16(type) is Ipv4Type or Ipv6Type;

    private static Range? Payload(ReadOnlySpan<byte> ip)
    {
        var (header, end) = (ip[0] >> 4) switch
        {
            4 => Ipv4(ip),
            6 => Ipv6(ip),
            _ => default,
        };
        if (header == 0 || end > ip.Length || end - header < UdpHeaderOctets) return null;
        var length = AsterixValues.UInt16(ip[(header + 4)..]);
        return length >= UdpHeaderOctets && length <= end - header ? (header + UdpHeaderOctets)..(header + length) : null;
    }

    private static (int Header, int End) Ipv4(ReadOnlySpan<byte> ip)
    {
        if (ip.Length < SmallestIpv4HeaderOctets || ip[9] != UdpProtocol) return default;
        // More fragments, or an offset.
        if ((AsterixValues.UInt16(ip[6..]) & 0x3fff) != 0) return default;
        var header = (ip[0] & 0xf) * 4;
        return header < SmallestIpv4HeaderOctets ? default : (header, AsterixValues.UInt16(ip[2..]));
    }

    private static (int Header, int End) Ipv6(ReadOnlySpan<byte> ip) =>
        ip.Length < Ipv6HeaderOctets || ip[6] != UdpProtocol ? default : (Ipv6HeaderOctets, Ipv6HeaderOctets + AsterixValues.UInt16(ip[4..]));
}
