using System.Buffers.Binary;
using CsCheck;
using NodaTime;
using Tansiq.Feeds.Positions;
using Tansiq.Feeds.Positions.Asterix;
using Tansiq.Geo;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Tests.Positions.Asterix;

/// <summary>Records put together by hand, containers, clocks, and what is refused.</summary>
public sealed class AsterixReaderTests
{
    private static readonly Instant Noon = Instant.FromUtc(2020, 3, 14, 12, 0);

    [Fact]
    public void Read_AdsbReport_GivesAllThatItSays()
    {
        var position = Taken(Block(21, AdsbRecord()));
        position.Track.ShouldBe("abcdef");
        position.Position.Place.ShouldBe(GeoPoint.FromE7(450_000_000, 100_000_048));
        position.Position.At.ShouldBe(Instant.FromUtc(2020, 3, 14, 10, 0));
        position.Position.Height.ShouldBe(Height.FromFlightLevel(320));
        position.Position.HorizontalUncertaintyMetres.ShouldBe(30);
        position.GroundSpeedMetresPerSecond!.Value.ShouldBe(0.125 * 1852, 1e-9);
        position.Callsign.ShouldBe("ABC123");
        position.OnGround.ShouldBe(true);
    }

    [Theory]
    [InlineData(0x02, 0x00, AsterixRefusals.NotAnAircraft)]
    [InlineData(0x00, 0x20, AsterixRefusals.NotAnAircraft)]
    [InlineData(0x00, 0x10, AsterixRefusals.NotAnAircraft)]
    [InlineData(0x00, 0x02, AsterixRefusals.Suspect)]
    public void Read_AdsbReportThatIsNoneOfAnAircraft_IsRefused(int first, int second, string code) =>
        Refused(Block(21, AdsbRecord(first, second))).Code.ShouldBe(code);

    [Fact]
    public void Read_AnonymousAddress_IsMarked() => Taken(Block(21, AdsbRecord(first: 0x61))).Track.ShouldBe("~abcdef");

    [Fact]
    public void Read_HighResolution_IsTakenBeforeTheOther()
    {
        var record = Record((1, "0102"), (2, "00"), (5, "465000"), (6, "300000 300000"), (7, "10000001 038E38E4"), (11, "ABCDEF"));
        Taken(Block(21, record)).Position.Place.ShouldBe(GeoPoint.FromE7(450_000_002, 100_000_001));
    }

    [Fact]
    public void Read_RadarReport_IsPlacedByItsRadar()
    {
        // 64 NM due north at level 100; flight status: on the ground.
        var record = Record((1, "19C9"), (2, "465000"), (3, "A0"), (4, "4000 0000"), (6, "0190"), (11, "0123"), (13, "0800 0000"), (21, "0400"));
        var position = Taken(Block(48, record));
        position.Track.ShouldBe("25-201-291");
        position.Position.Place.LongitudeE7.ShouldBe(160_000_000);
        position.Position.Place.LatitudeDegrees.ShouldBe(46.066, 0.001);
        position.Position.Height.ShouldBe(Height.FromFlightLevel(100));
        position.OnGround.ShouldBe(true);
        position.GroundSpeedMetresPerSecond!.Value.ShouldBe(0.125 * 1852, 1e-9);
    }

    [Theory]
    [InlineData("4190", null)]
    [InlineData("8190", null)]
    [InlineData("3FFC", -4)]
    public void Read_LevelOfARadarReport_IsTakenWhereItIsValid(string level, int? quarterLevels)
    {
        var record = Record((1, "19C9"), (2, "465000"), (4, "4000 0000"), (6, level), (11, "0123"));
        Taken(Block(48, record)).Position.Height.ShouldBe(quarterLevels is { } quarters ? Height.FromFeet(quarters * 25, HeightReference.Pressure) : null);
    }

    [Theory]
    [InlineData("10", "00", AsterixRefusals.NotAnAircraft)]
    [InlineData("02", "00", AsterixRefusals.NotAnAircraft)]
    [InlineData("01 80", "00", AsterixRefusals.NotAnAircraft)]
    [InlineData("00", "01 40", AsterixRefusals.Suspect)]
    public void Read_RadarReportOfNoAircraft_IsRefused(string descriptor, string status, string code) =>
        Refused(Block(48, Record((1, "19C9"), (2, "465000"), (3, descriptor), (4, "4000 0000"), (11, "0123"), (14, status)))).Code.ShouldBe(code);

    [Fact]
    public void Read_TrackWithSpeedHeightsAndAccuracy_TakesTheMeasuredLevelAndTwiceTheDeviation()
    {
        var record = Record(
            (1, "0102"), (4, "465000"), (5, "00800000 01000000"), (7, "0004 0003"), (12, "1234"), (13, "00"), (17, "0500"), (18, "1000"), (19, "8320"), (27, "80 0006 0008"));
        var position = Taken(Block(62, record));
        position.Track.ShouldBe("1-2-4660");
        position.Position.Place.ShouldBe(GeoPoint.FromE7(450_000_000, 900_000_000));
        position.Position.Height.ShouldBe(Height.FromFlightLevel(320));
        position.Position.HorizontalUncertaintyMetres.ShouldBe(10);
        position.GroundSpeedMetresPerSecond.ShouldBe(1.25);
        position.OnGround.ShouldBeNull();
    }

    [Theory]
    [InlineData(19, "0040", HeightReference.Pressure, 1_600)]
    [InlineData(19, "8040", HeightReference.SeaLevel, 1_600)]
    [InlineData(19, "7FF8", HeightReference.Pressure, -200)]
    [InlineData(18, "FFFC", HeightReference.Ellipsoid, -25)]
    public void Read_OtherHeights_SayWhatTheyAreMeasuredFrom(int item, string value, HeightReference reference, int feet) =>
        Taken(Block(62, Track((item, value)))).Position.Height.ShouldBe(Height.FromFeet(feet, reference));

    [Fact]
    public void Read_SimulatedTrack_IsRefused() => Refused(Block(62, Track((13, "01 80")))).Code.ShouldBe(AsterixRefusals.NotAnAircraft);

    [Theory]
    [InlineData("01000001 01000000")]
    [InlineData("FEFFFFFF 01000000")]
    [InlineData("00800000 02000001")]
    [InlineData("80000000 00000000")]
    public void Read_NoPlaceOnEarth_RefusesTheWholeBlock(string place)
    {
        Read(Block(62, [.. Track(), .. Track()])).Count.ShouldBe(2);
        Refused(Block(62, [.. Track(), .. Record((1, "0102"), (4, "465000"), (5, place), (12, "1234"))])).Code.ShouldBe(AsterixRefusals.MalformedBlock);
    }

    [Theory]
    [InlineData("01000000 02000000")]
    [InlineData("FF000000 FE000000")]
    public void Read_PoleAndAntimeridian_AreTaken(string place)
    {
        var taken = Taken(Block(62, Record((1, "0102"), (4, "465000"), (5, place), (12, "1234")))).Position.Place;
        (Math.Abs(taken.LatitudeE7), taken.LongitudeE7).ShouldBe((GeoPoint.MaximumLatitudeE7, -GeoPoint.HalfTurnE7));
    }

    [Theory]
    [InlineData("A8C07F", true)]
    [InlineData("A8C080", false)]
    public void Read_TimeOfDay_IsBelowADayAndALeapSecond(string time, bool isTaken) =>
        (Refusals(Block(62, Record((1, "0102"), (4, time), (5, "00800000 01000000"), (12, "1234")))).Count == 0).ShouldBe(isTaken);

    /// <summary>The second record is found only where every item of the first is passed over by its right length.</summary>
    [Fact]
    public void Read_EveryItemOfEveryCategory_IsPassedOverByItsLength()
    {
        string[] adsb = ["0102", "01 01 00", "0001", "00", .. Zeros(3, 6, 8, 3, 2, 2, 3, 3, 4, 3, 4, 2), "01 01 01 00", .. Zeros(1, 2, 2, 2, 2, 1, 2, 2, 4, 2, 3, 6, 1), "F0" + Zero(7), .. Zeros(2, 2), "C0 01 00 02" + Zero(30), .. Zeros(1, 1), "01 00", .. Zeros(1), "02" + Zero(16), .. Zeros(7, 1), "FF FF FF C0" + Zero(23)];
        string[] radar = ["0102", .. Zeros(3), "01 01 00", .. Zeros(4, 2, 2), "FE" + Zero(7), .. Zeros(3, 6), "02" + Zero(16), .. Zeros(2, 4, 4), "01 00", .. Zeros(4), "01 00", .. Zeros(2, 4, 2), "C0" + Zero(2) + "01" + Zero(6), .. Zeros(2, 7, 1, 2, 1, 2), "03 00 00", "01"];
        string[] track = ["0102", "", .. Zeros(1, 3, 8, 6, 4, 2, 2, 7), "FF FF FF FE" + Zero(19) + "01 00 01" + Zero(15) + Zero(2 + 2 + 7 + 2 + 2 + 2 + 2 + 2 + 2 + 1 + 8 + 1 + 6 + 2 + 1) + "01" + Zero(8) + Zero(6), .. Zeros(2), "01 00", "FF E0" + Zero(11), .. Zeros(1), "FF FF FF FF E0" + Zero(31), .. Zeros(2, 2, 2, 2), "FF FF F0" + Zero(2 + 7 + 4 + 1 + 4 + 1 + 4 + 4 + 3 + 2 + 2) + "01" + Zero(4 + 6 + 1 + 7 + 7 + 2 + 7), "01 00", .. Zeros(1), "FE" + Zero(17), .. Zeros(2), "000001 000000", "FF 80" + Zero(17), "FC" + Zero(13)];
        foreach (var (category, items) in new[] { (21, adsb), (48, radar), (62, track) })
        {
            var record = Record([.. items.Select((item, index) => (index + 1, item)).Where(item => item.item.Length > 0)]);
            Read(Block((byte)category, [.. record, .. record])).Select(r => r.Content.Refusal?.Code).ShouldNotContain(AsterixRefusals.MalformedBlock);
            Refusals(Block((byte)category, [.. record, .. record[..^1]])).ShouldBe(["block 1 asterix.malformed-block"]);
        }
    }

    [Theory]
    [InlineData(62, 2)]
    [InlineData(62, 29)]
    [InlineData(48, 29)]
    [InlineData(21, 43)]
    public void Read_AnItemThatIsNotDefined_RefusesTheBlock(byte category, int item) =>
        Refusals(Block(category, Record((1, "0102"), (item, "00")))).ShouldBe(["block 1 asterix.malformed-block"]);

    [Fact]
    public void Read_OverMidnight_RunsOn()
    {
        static byte[] At(int seconds) => Record((1, "0102"), (4, FormattableString.Invariant($"{seconds * 128:X6}")), (5, "00800000 01000000"), (12, "1234"));
        var records = Read([.. Block(62, At(86_399)), .. Block(62, At(1))], Instant.FromUtc(2020, 3, 14, 20, 0));
        records.Select(r => r.Content.Value.Position.At).ShouldBe([Instant.FromUtc(2020, 3, 14, 23, 59, 59), Instant.FromUtc(2020, 3, 15, 0, 0, 1)]);
    }

    [Fact]
    public void Read_DateInTheName_IsTaken() =>
        PositionFile.Of("/feeds/2019-07-01.ast", Block(21, AdsbRecord())).Read().ShouldHaveSingleItem().Content.Value.Position.At
            .ShouldBe(Instant.FromUtc(2019, 7, 1, 10, 0));

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public void Read_Pcap_TakesTheDayFromThePacket(bool isLittleEndian, bool isNanoseconds)
    {
        var packet = Ethernet(Udp(Block(21, AdsbRecord())));
        // A second after midnight: the report is of the day before.
        var late = Instant.FromUtc(2020, 3, 14, 10, 0, 1).PlusNanoseconds(1_000);
        var capture = Pcap(isLittleEndian, isNanoseconds, 1, (late, packet), (late, Ethernet([0x60, 0, 0])));
        var records = PositionFile.Of("capture", capture).Read().ToList();
        records[0].Content.Value.Position.At.ShouldBe(Instant.FromUtc(2020, 3, 14, 10, 0));
        Feed.Refusals(records).ShouldBe(["block 2 asterix.not-a-datagram"]);
    }

    [Fact]
    public void Read_TagsIpv6AndSeveralBlocksInADatagram_AreRead()
    {
        byte[] payload = [.. Block(34, [1, 2, 3]), .. Block(21, AdsbRecord()), .. Block(21, AdsbRecord())];
        byte[] udp = [0, 1, 0, 2, .. Short(payload.Length + 8), 0, 0, .. payload];
        byte[] ip = [0x60, 0, 0, 0, .. Short(udp.Length), 17, 1, .. new byte[32], .. udp];
        byte[] packet = [.. new byte[12], 0x81, 0x00, 0, 5, 0x86, 0xdd, .. ip];
        var records = PositionFile.Of("capture", Pcap(true, false, 1, (Noon, packet))).Read().ToList();
        records.Select(r => r.Content.Refusal?.Code).ShouldBe([AsterixRefusals.CategoryNotRead, null, null]);
    }

    [Fact]
    public void Read_Pcapng_TakesPacketsOfItsInterfaces()
    {
        var packet = Ethernet(Udp(Block(21, AdsbRecord())));
        var units = (ulong)Noon.ToUnixTimeMilliseconds();
        byte[] capture =
        [
            .. PcapngBlock(0x0a0d0d0a, [0x4d, 0x3c, 0x2b, 0x1a, 1, 0, 0, 0, .. Enumerable.Repeat((byte)0xff, 8)]),
            .. PcapngBlock(1, [1, 0, 0, 0, 0, 0, 4, 0, 9, 0, 1, 0, 3, 0, 0, 0, 0, 0, 0, 0]),
            .. PcapngBlock(5, [1, 2, 3, 4]),
            .. PcapngBlock(6, [0, 0, 0, 0, .. Little((uint)(units >> 32)), .. Little((uint)(units & uint.MaxValue)), .. Little((uint)packet.Length), .. Little((uint)packet.Length), .. packet, .. new byte[(4 - packet.Length % 4) % 4]]),
        ];
        PositionFile.Of("capture", capture).Read().ShouldHaveSingleItem().Content.Value.Position.At.ShouldBe(Instant.FromUtc(2020, 3, 14, 10, 0));
    }

    [Theory]
    [InlineData(AsterixRefusals.LinkNotRead, 127, 0)]
    [InlineData(FeedRefusals.Truncated, 1, 1)]
    public void Read_CaptureThatCannotBeRead_EndsTheSource(string code, uint link, int missing)
    {
        var capture = Pcap(true, false, link, (Noon, Ethernet(Udp(Block(21, AdsbRecord())))));
        var refusal = PositionFile.Of("capture", capture[..^missing]).Read().ShouldHaveSingleItem().Content.Refusal!;
        refusal.Code.ShouldBe(code);
        FeedRefusals.IsFatal(refusal).ShouldBeTrue();
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, AsterixRefusals.MalformedContainer)]
    public void Read_Final_EndsEachFrameInItsMark(int changed, string? code)
    {
        var block = Block(21, AdsbRecord());
        byte[] frame = [.. Short(block.Length + 12), 0, 0, 0, 1, 2, 3, .. block, 0xa5, 0xa5, 0xa5, (byte)(0xa5 - changed)];
        Read([.. frame]).ShouldHaveSingleItem().Content.Refusal?.Code.ShouldBe(code);
        if (code is null) Read([.. frame, .. frame]).Count(r => r.Content.Refusal is null).ShouldBe(2);
    }

    [Fact]
    public void Read_PacketTooLarge_EndsTheSource()
    {
        var capture = Pcap(true, false, 1, (Noon, new byte[PcapContainer.MaximumPacketOctets]));
        PositionFile.Of("capture", capture).Read().ShouldHaveSingleItem().Content.Refusal!.Code.ShouldBe(AsterixRefusals.NotADatagram);
        capture = Pcap(true, false, 1, (Noon, new byte[PcapContainer.MaximumPacketOctets + 1]));
        PositionFile.Of("capture", capture).Read().ShouldHaveSingleItem().Content.Refusal!.Code.ShouldBe(AsterixRefusals.MalformedContainer);
    }

    [Fact]
    public void Read_Gzipped_IsTheSame() =>
        PositionFile.Of("x", Gzip(Block(21, AdsbRecord()))).WithClock(new() { Reference = Noon }).Read().ShouldHaveSingleItem().Content.Value.Track.ShouldBe("abcdef");

    [Fact]
    public void Read_MutatedRecordings_NeverThrows()
    {
        var packets = Pcap(false, true, 1, (Noon, Ethernet(Udp([.. Block(21, AdsbRecord()), .. Block(62, AdsbRecord())]))), (Noon, Ethernet(Udp(Block(48, AdsbRecord())))));
        byte[] blocks = [.. Block(21, AdsbRecord()), .. Block(48, AdsbRecord()), .. Block(62, AdsbRecord())];
        Mutate(packets);
        Mutate(blocks);
        foreach (var name in new[] { "cat_034_048.pcap", "cat_062_065.pcap", "final_frame_062_one_packet_sample2.FF", "cat062cat065.raw" })
            Mutate(File.ReadAllBytes(SharedData.PathOf("asterix/" + name)));
    }

    private static void Mutate(byte[] original)
    {
        var mutation = Gen.Select(Gen.Int[0, original.Length - 1], Gen.Byte, Gen.Int[0, 2]);
        Gen.Select(mutation.Array[1, 6], Gen.Int[original.Length / 2, original.Length * 2]).Sample(
            (mutations, end) =>
            {
                var bytes = original.ToList();
                foreach (var (at, value, kind) in mutations)
                {
                    if (kind == 0) bytes[Math.Min(at, bytes.Count - 1)] = value;
                    else if (kind == 1) bytes.Insert(Math.Min(at, bytes.Count), value);
                    else bytes.RemoveAt(Math.Min(at, bytes.Count - 1));
                }

                var records = Read([.. bytes.Take(end)]);
                records.Count.ShouldBeLessThanOrEqualTo(original.Length + 10);
                records.SkipLast(1).Any(r => r.Content.Refusal is { } refusal && FeedRefusals.IsFatal(refusal)).ShouldBeFalse();
            },
            iter: original.Length > 1_000 ? 300 : 1_500);
    }

    private static List<PositionRecord> Read(byte[] content, Instant? reference = null) =>
    [
        .. PositionFile.Of("x", content).WithClock(new() { Reference = reference ?? Noon })
            .WithRadars(RadarPlaces.Read("25,201,45,16,100"u8).Value).Read(),
    ];

    private static ReportedPosition Taken(byte[] content) => Read(content).ShouldHaveSingleItem().Content.Value;

    private static Refusal Refused(byte[] content) => Read(content).ShouldHaveSingleItem().Content.Refusal.ShouldNotBeNull();

    private static List<string> Refusals(byte[] content) => Feed.Refusals(Read(content));

    private static byte[] AdsbRecord(int first = 0x01, int second = 0x40) => Record(
        (1, "0102"), (2, FormattableString.Invariant($"{first | 1:X2}{second:X2}")), (5, "465000"), (6, "200000 071C72"), (11, "ABCDEF"), (12, "465080"), (16, "0FA0"),
        (17, "01 12"), (21, "0500"), (26, "0800 0000"), (29, "0420F1CB3820"));

    private static byte[] Track(params (int Reference, string Item)[] more) =>
        Record([(1, "0102"), (4, "465000"), (5, "00800000 01000000"), (12, "1234"), .. more]);

    /// <summary>A record of items by field reference number, in their order.</summary>
    private static byte[] Record(params (int Reference, string Item)[] items)
    {
        var presence = new byte[(items[^1].Reference + 6) / 7];
        foreach (var (reference, _) in items) presence[(reference - 1) / 7] |= (byte)(0x80 >> (reference - 1) % 7);
        for (var index = 0; index + 1 < presence.Length; index++) presence[index] |= 1;
        return [.. presence, .. items.SelectMany(item => Bytes(item.Item))];
    }

    private static string Zero(int octets) => new('0', octets * 2);

    private static IEnumerable<string> Zeros(params int[] octets) => octets.Select(Zero);

    private static byte[] Block(byte category, byte[] records) => [category, .. Short(records.Length + 3), .. records];

    private static byte[] Udp(byte[] payload)
    {
        byte[] udp = [0, 1, 0, 2, .. Short(payload.Length + 8), 0, 0, .. payload];
        return [0x45, 0, .. Short(udp.Length + 20), 0, 0, 0x40, 0, 1, 17, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2, .. udp];
    }

    private static byte[] Ethernet(byte[] ip) => [.. new byte[12], 0x08, 0x00, .. ip];

    private static byte[] Pcap(bool isLittleEndian, bool isNanoseconds, uint link, params (Instant At, byte[] Packet)[] packets)
    {
        var capture = new List<byte>();
        foreach (var number in (uint[])[isNanoseconds ? 0xa1b23c4d : 0xa1b2c3d4, 0, 0, 0, 65_535, link]) capture.AddRange(Number(number));
        foreach (var (at, packet) in packets)
        {
            var nanoseconds = (uint)(at - Instant.FromUnixTimeSeconds(at.ToUnixTimeSeconds())).SubsecondNanoseconds;
            foreach (var number in (uint[])[(uint)at.ToUnixTimeSeconds(), isNanoseconds ? nanoseconds : nanoseconds / 1_000, (uint)packet.Length, (uint)packet.Length]) capture.AddRange(Number(number));
            capture.AddRange(packet);
        }

        return [.. capture];

        byte[] Number(uint value) => isLittleEndian ? Little(value) : [.. Little(value).Reverse()];
    }

    private static byte[] PcapngBlock(uint type, byte[] content) =>
        [.. Little(type), .. Little((uint)content.Length + 12), .. content, .. Little((uint)content.Length + 12)];

    private static byte[] Little(uint value)
    {
        var octets = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(octets, value);
        return octets;
    }

    private static byte[] Short(int value) => [(byte)(value >> 8), (byte)(value & 0xff)];

    private static byte[] Bytes(string hexadecimal) => Convert.FromHexString(hexadecimal.Replace(" ", "", StringComparison.Ordinal));

    private static byte[] Gzip(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(compressed, System.IO.Compression.CompressionLevel.Fastest)) gzip.Write(content);
        return compressed.ToArray();
    }
}
