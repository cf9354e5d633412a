using NodaTime;
using NodaTime.Text;
using Tansiq.Feeds.Positions;
using Tansiq.Feeds.Positions.Clocks;
using Tansiq.Feeds.Positions.Sbs;
using Tansiq.Geo;

namespace Tansiq.Feeds.Tests.Positions.Sbs;

public sealed class SbsReaderTests
{
    private const string Place = "MSG,3,1,1,ABC123,1,2016/07/15,09:00:00.250,2016/07/15,09:00:01.000,,35000,,,36.2,37.15,,,0,0,0,0";
    private static readonly Instant Nine = Instant.FromUtc(2016, 7, 15, 9, 0);

    [Fact]
    [Trait("Requirement", "MON-1")]
    public void Read_Position_TakesTheTimeAtWhichItWasReceived()
    {
        var reported = Feed.Taken(Place + "\r\n");
        (reported.Track, reported.Callsign, reported.GroundSpeedMetresPerSecond, reported.OnGround).ShouldBe(("abc123", null, null, false));
        reported.Position.ShouldBe(new(GeoPoint.FromE7(362_000_000, 371_500_000), 0, Height.FromFeet(35_000, HeightReference.Pressure), Nine + Duration.FromMilliseconds(250)));
        Feed.Taken(Place.Replace("2016/07/15,09:00:00.250", ",", StringComparison.Ordinal)).Position.At.ShouldBe(Nine + Duration.FromSeconds(1));
    }

    [Fact]
    public void Read_ReceiverWithAZone_IsBroughtToUtc()
    {
        var clock = new ClockRule { AheadOfUtc = Offset.FromHours(3) };
        Feed.Of(Place).WithClock(clock).Read().ShouldHaveSingleItem().Content.Value.Position.At.ShouldBe(Nine + Duration.FromMilliseconds(250) - Duration.FromHours(3));
    }

    [Fact]
    public void Read_CallsignAndSpeedOfOtherMessages_HoldForATime()
    {
        static string Line(int type, Duration after, string fields) =>
            $"MSG,{type},1,1,abc123,1,{InstantPattern.CreateWithInvariantCulture("uuuu/MM/dd,HH:mm:ss.fff").Format(Nine + after)},,,{fields}\n";

        var epsilon = Duration.FromMilliseconds(1);
        var records = Feed.Read(
            Line(1, Duration.Zero, "RESCUE  ,,,,,,,,,,,")
            + Line(4, Duration.Zero, ",,100,90,,,0,,,,,")
            + Line(3, SbsAircraft.SpeedHolds, ",1000,,,36,37,,,,,,")
            + Line(3, SbsAircraft.SpeedHolds + epsilon, ",1000,,,36,37,,,,,,")
            + Line(3, SbsAircraft.CallsignHolds, ",1000,,,36,37,,,,,,")
            + Line(3, SbsAircraft.CallsignHolds + epsilon, ",1000,,,36,37,,,,,,")
            + Line(2, SbsAircraft.CallsignHolds + epsilon, ",,10,90,36,37,,,,,,-1"));
        var positions = records.Select(record => record.Content.Value).ToList();
        positions.Select(p => p.Callsign).ShouldBe(["RESCUE", "RESCUE", "RESCUE", null, null]);
        positions.Select(p => p.GroundSpeedMetresPerSecond is { } speed ? (int)Math.Round(speed * 3600 / 1852) : -1).ShouldBe([100, -1, -1, -1, 10]);
        positions.Select(p => p.OnGround).ShouldBe([null, null, null, null, true]);
        records.Select(record => record.Place.ToString()).ShouldBe(["line 3", "line 4", "line 5", "line 6", "line 7"]);
    }

    [Theory]
    [InlineData("1468573200", "2016-07-15T09:00:00Z")]
    [InlineData("1468573200.5", "2016-07-15T09:00:00.5Z")]
    [InlineData("1468573200500", "2016-07-15T09:00:00.5Z")]
    [InlineData("1468573200500000", "2016-07-15T09:00:00.5Z")]
    [InlineData("1468573200500000000", "2016-07-15T09:00:00.5Z")]
    [InlineData("2016-07-15T12:00:00+03:00", "2016-07-15T09:00:00Z")]
    public void Read_TimeBeforeTheMessage_GoesBeforeItsOwn(string leading, string expected) =>
        Feed.Taken($"{leading},{Place}\n").Position.At.ShouldBe(InstantPattern.ExtendedIso.Parse(expected).Value);

    [Fact]
    public void Read_TimesAfterAStart_CountNanosecondsFromIt()
    {
        var records = Feed.Read($"START,Fri Jul 15 09:00:00 +0000 UTC 2016\n1500000000,{Place}\n99,MSG,3,,,ABCSTART,Fri Jul 15 13:00:00 +0300 AST 2016\n0,{Place}\nSTART,soon\n0,{Place}\n");
        Feed.Refusals(records).ShouldBe(["line 3 feeds.malformed-line", "line 5 feeds.malformed-line"]);
        records.Where(record => record.Content.Refusal is null).Select(record => record.Content.Value.Position.At - Nine)
            .ShouldBe([Duration.FromMilliseconds(1500), Duration.FromHours(1), Duration.FromHours(1)]);
    }

    [Theory]
    [Trait("Requirement", "MON-4")]
    [InlineData("MSG,3,1,1,ABC123,1,2016/07/15,09:00:00,,,,1000,,,91,37,,,,,,", FeedRefusals.LatitudeOutOfRange)]
    [InlineData("MSG,3,1,1,ABC123,1,2016/07/15,09:00:00,,,,1000,,,36,,,,,,,", FeedRefusals.MissingPosition)]
    [InlineData("MSG,3,1,1,,1,2016/07/15,09:00:00,,,,1000,,,36,37,,,,,,", FeedRefusals.MissingTrack)]
    [InlineData("MSG,3,1,1,ABC 123,1,2016/07/15,09:00:00,,,,1000,,,36,37,,,,,,", FeedRefusals.WrongType)]
    [InlineData("MSG,3,1,1,ABC123,1,,,,,,1000,,,36,37,,,,,,", FeedRefusals.MissingTime)]
    [InlineData("MSG,3,1,1,ABC123,1,2016/02/30,09:00:00,,,,1000,,,36,37,,,,,,", FeedRefusals.MissingTime)]
    [InlineData("MSG,3,1,1,ABC123,1,2016/07/15,24:00:00,,,,1000,,,36,37,,,,,,", FeedRefusals.MissingTime)]
    [InlineData("MSG,3,1,1,ABC123,1,1970/01/01,09:00:00,,,,1000,,,36,37,,,,,,", FeedRefusals.TimeOutOfRange)]
    [InlineData("5,MSG,3,1,1,ABC123,1,2016/07/15,09:00:00,,,,1000,,,36,37,,,,,,", FeedRefusals.TimeOutOfRange)]
    [InlineData("99999999999999999999,MSG,3,1,1,ABC123,1,2016/07/15,09:00:00,,,,1000,,,36,37,,,,,,", FeedRefusals.MissingTime)]
    [InlineData("MSG,3,1,1,ABC123,1,2016/07/15,09:00:00,,,,high,,,36,37,,,,,,", FeedRefusals.WrongType)]
    [InlineData("MSG,3,1,1,ABC123,1,2016/07/15,09:00:00,,,,,,,nan,37,,,,,,", FeedRefusals.NotFinite)]
    [InlineData("MSG,9,1,1,ABC123,1,2016/07/15,09:00:00,,,,,,,1,37,,,,,,", FeedRefusals.MalformedLine)]
    [InlineData("MSG", FeedRefusals.MalformedLine)]
    [InlineData("what is this", FeedRefusals.MalformedLine)]
    public void Read_BadLine_IsRefusedAndTheNextRead(string line, string code)
    {
        var records = Feed.Read($"{Place}\n{line}\n{Place}\n");
        Feed.Refusals(records).ShouldBe(["line 2 " + code]);
        records.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("")]
    [InlineData("MSG,8,1,1,ABC123,1,2016/07/15,09:00:00.250,2016/07/15,09:00:01.000,,,,,,,,,,,,0")]
    [InlineData("MSG,3,1,1,ABC123,1,2016/07/15,09:00:00.250,2016/07/15,09:00:01.000,,35000,,,,,,,0,0,0,0")]
    [InlineData("AIR,,1,1,ABC123,1,2016/07/15,09:00:00.250,2016/07/15,09:00:01.000")]
    public void Read_LineWithoutAPlace_IsPassedOver(string line) => Feed.Read($"{line}\n{Place}\n").ShouldHaveSingleItem().Content.Refusal.ShouldBeNull();

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "line 2 feeds.line-too-long")]
    public void Read_LineAtItsLimit_IsTakenAndOneLongerPassedOver(int beyond, string refusal)
    {
        var records = Feed.Read($"{Place}\n{Place.PadRight(SbsReader.MaximumLineBytes + beyond, ',')}\n{Place}\n");
        string.Join(' ', Feed.Refusals(records)).ShouldBe(refusal);
        records.Count.ShouldBe(3);
        Feed.Read(Feed.Gzip($"{Place}\n{Place}\n")).ShouldBe(Feed.Read($"{Place}\n{Place}"));
    }

    /// <summary>All positions of the recorded log, read in Python by the same rule of the clock.</summary>
    [Fact]
    [Trait("Requirement", "MON-1")]
    public void Read_RecordedLog_AgreesWithPythonInEveryRecord()
    {
        const string oracle = """
            import datetime, re, sys
            from decimal import Decimal
            callsigns, speeds, start = {}, {}, None
            for line in open(sys.argv[1], encoding='latin-1').read().split('\n'):
                begun = re.search(r'START,\w+ (\w+ \d+ [\d:]+ [+]\d+) UTC (\d+)', line)
                if begun:
                    start = int(datetime.datetime.strptime(' '.join(begun.groups()), '%b %d %H:%M:%S %z %Y').timestamp()) * 10**9
                    if begun.start(): print('-feeds.malformed-line')
                    continue
                f = line.strip().split(',')
                if len(f) < 23 or f[1] != 'MSG': continue
                at, kind, track = start + int(f[0]), f[2], f[5].lower()
                if kind == '1' and f[11].strip(' @'): callsigns[track] = (at, f[11].strip(' @'))
                if kind == '4' and f[13]: speeds[track] = (at, Decimal(f[13]) * 1852 / Decimal('3.6'))
                if kind not in '23' or not f[15] and not f[16]: continue
                held = lambda kept, seconds: kept[track][1] if track in kept and abs(at - kept[track][0]) <= seconds * 10**9 else None
                speed, ground = held(speeds, 10), {'-1': '1', '1': '1', '0': '0'}.get(f[22], '')
                print('|'.join([track, str(round(Decimal(f[15]) * 10**7)), str(round(Decimal(f[16]) * 10**7)), str(at // 1000),
                    str(int(f[12]) * 3048) if f[12] else '', 'P' if f[12] else '', '' if speed is None else str(round(speed)), '0',
                    '1' if kind == '2' else ground, held(callsigns, 600) or '']))
            """;
        var path = SharedData.PathOf("tracks/sbs/cyoung-09062015-noproblem-stratux-es.log");
        var expected = SharedData.RunPython(oracle, path).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var records = PositionFile.At(path).Read().ToList();
        Feed.Refusals(records).ShouldBe(["line 20543 feeds.malformed-line", "line 43732 feeds.malformed-line"]);
        PositionLines.Of(records).ShouldBe(expected);
        records.Count.ShouldBe(2_106);
        expected.Count(line => line.Split('|') is [.., var callsign] && callsign.Length > 0).ShouldBeGreaterThan(500);
    }
}
