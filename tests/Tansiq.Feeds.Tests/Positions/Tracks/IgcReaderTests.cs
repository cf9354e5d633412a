using NodaTime;
using Tansiq.Feeds.Positions;
using Tansiq.Feeds.Positions.Tracks;
using Tansiq.Geo;

namespace Tansiq.Feeds.Tests.Positions.Tracks;

public sealed class IgcReaderTests
{
    private const string Header = "AFLASIQ\r\nHFDTEDATE:180710,01\r\nHFGIDGliderID: D-KJLH \r\nI023638FXA3940SIU\r\n";

    [Fact]
    [Trait("Requirement", "MON-1")]
    public void Read_Fixes_AreOnePositionEachAlsoOverMidnight()
    {
        var records = Feed.Read(Header + "B2359595106070S00623988WA00760-008600210\r\nB0000005106070N00623988EA007600086000210\r\n");
        var first = records[0].Content.Value;
        (first.Track, first.Callsign).ShouldBe(("d-kjlh", "D-KJLH"));

        // 51° 06.070′ and 6° 23.988′, the accuracy in bytes 36 to 38.
        first.Position.ShouldBe(new(GeoPoint.FromE7(-511_011_667, -63_998_000), 2, Height.FromMetres(760, HeightReference.Pressure), Instant.FromUtc(2010, 7, 18, 23, 59, 59)));
        var second = records[1].Content.Value.Position;
        (second.Place, second.At).ShouldBe((GeoPoint.FromE7(511_011_667, 63_998_000), Instant.FromUtc(2010, 7, 19, 0, 0, 0)));
        Feed.Read(Feed.Gzip(Header + "B0000005106070N00623988EA007600086000210\n")).ShouldHaveSingleItem().Content.Value.Position.At.ShouldBe(Instant.FromUtc(2010, 7, 18, 0, 0, 0));
    }

    [Theory]
    [Trait("Requirement", "MON-4")]
    [InlineData("B0857055106070N00623988EV000760007600210", FeedRefusals.MissingPosition)]
    [InlineData("B0857055160000N00623988EA000760007600210", FeedRefusals.MalformedLine)]
    [InlineData("B0857059906070N00623988EA000760007600210", FeedRefusals.LatitudeOutOfRange)]
    [InlineData("B2460005106070N00623988EA000760007600210", FeedRefusals.MissingTime)]
    [InlineData("B0857055106070X00623988EA000760007600210", FeedRefusals.MalformedLine)]
    [InlineData("B0857055106070N00623988EAxxxxx0007600210", FeedRefusals.WrongType)]
    [InlineData("B0857055106070N00623988EA0007600", FeedRefusals.MalformedLine)]
    [InlineData("Z", FeedRefusals.MalformedLine)]
    [InlineData("HFDTE310299\nB0857055106070N00623988EA000760007600210", FeedRefusals.MissingTime)]
    public void Read_BadRecord_IsRefusedAndTheNextRead(string line, string code)
    {
        var records = Feed.Read(Header + line + "\nHFDTE180710\nB0857055106070N00623988EA000760007600210\n");
        records.Select(record => record.Content.Refusal?.Code).ShouldBe([code, null]);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    public void Read_LineAtItsLimit_IsTakenAndOneLongerPassedOver(int beyond, int refused) =>
        Feed.Refusals(Feed.Read(Header + "L".PadRight(IgcReader.MaximumLineBytes + beyond, 'x') + "\nB0857055106070N00623988EA000760007600210\n")).Count.ShouldBe(refused);

    [Fact]
    public void IsStart_OtherText_IsNot()
    {
        Feed.Refused("ABSTRACT OF IT\nwhat follows\n").Code.ShouldBe(FeedRefusals.UnknownFormat);
        Feed.Refused("ALTITUDE,NAME\n1,2\n").Code.ShouldBe(FeedRefusals.UnknownFormat);
    }

    [Theory]
    [InlineData("01lz1hq1.igc", 4_960)]
    [InlineData("apf-bug554.igc", 4_872)]
    public void Read_RecordedFlight_AgreesWithPythonInEveryFix(string file, int count)
    {
        const string oracle = """
            import datetime, re, sys
            from decimal import Decimal, ROUND_HALF_EVEN
            text = open(sys.argv[1], encoding='latin-1').read()
            day, month, year = re.search(r'^HFDTE(\d\d)(\d\d)(\d\d)', text, re.M).groups()
            start = datetime.datetime(2000 + int(year), int(month), int(day), tzinfo=datetime.timezone.utc).timestamp()
            glider = re.search(r'^HFGID[^:]*:(.*)$', text, re.M).group(1).strip()
            track = (glider or text[1:7]).lower()
            accuracy = next((slice(int(a) - 1, int(b)) for a, b, name in re.findall(r'(\d\d)(\d\d)([A-Z]{3})', re.search(r'^I\d\d(.*)$', text, re.M).group(1)) if name == 'FXA'), None)
            last = 0
            for line in re.findall(r'^B.*$', text, re.M):
                seconds = int(line[1:3]) * 3600 + int(line[3:5]) * 60 + int(line[5:7])
                if line[24] != 'A': print('-feeds.missing-position'); continue
                if seconds < last - 43200: start += 86400
                last = seconds
                angle = lambda degrees, minutes, sign: str(int(((int(degrees) + Decimal(minutes) / 60000) * 10**7).quantize(Decimal(1), ROUND_HALF_EVEN)) * sign)
                print('|'.join([track, angle(line[7:9], line[9:14], 1 if line[14] == 'N' else -1), angle(line[15:18], line[18:23], 1 if line[23] == 'E' else -1),
                    str(int(start + seconds) * 10**6), str(int(line[25:30]) * 10000), 'P', '', str(int(line[accuracy])) if accuracy else '0', '', glider]))
            """;
        var path = SharedData.PathOf("tracks/igc/" + file);
        var records = PositionFile.At(path).Read().ToList();
        PositionLines.Of(records).ShouldBe(SharedData.RunPython(oracle, path).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        records.Count.ShouldBe(count);
    }
}
