using System.Text;
using System.Text.Json;
using CsCheck;
using NodaTime;
using Tansiq.Feeds.Positions;
using Tansiq.Geo;

namespace Tansiq.Feeds.Tests.Positions;

public sealed class CsvPositionReaderTests
{
    private const string Header = "timestamp,icao24,latitude,longitude,altitude,callsign,onground\n";

    [Fact]
    public void Read_IdentifierThatEndsWithZeroByte_IsNotTheOneBefore()
    {
        var records = Feed.Read("time,icao24,callsign,lat,lon\n1533101250,ab,AB,47,8\n1533101251,ab\0,AB,47,8\n1533101252,ab,AB\0,47,8\n1533101253,AB,ab,47,8\n");
        Feed.Refusals(records).ShouldBe(["line 3 feeds.wrong-type", "line 4 feeds.wrong-type"]);
        records.Where(r => r.Content.Refusal is null).Select(r => (r.Content.Value.Track, r.Content.Value.Callsign)).ShouldBe([("ab", "AB"), ("ab", "ab")]);
    }

    [Fact]
    public void Split_LinesOfEveryLength_GivesTheFieldsOfASimpleSplit()
    {
        Gen.OneOf(Gen.Const(','), Gen.Char['a', 'c']).Array[0, 120].Sample(characters =>
        {
            var fields = new CsvFields(1_000);
            var text = new string(characters);
            var line = Encoding.UTF8.GetBytes(text);
            fields.Split(line).ShouldBeTrue();
            Enumerable.Range(0, fields.Count).Select(index => Encoding.UTF8.GetString(fields.Of(line, index))).ShouldBe(text.Split(','));
        });
        var most = new CsvFields(1_000);
        most.Split(Encoding.UTF8.GetBytes(new string(',', CsvFields.MaximumFields - 1))).ShouldBeTrue();
        most.Split(Encoding.UTF8.GetBytes(new string(',', CsvFields.MaximumFields))).ShouldBeFalse();
    }

    [Fact]
    [Trait("Requirement", "MON-1")]
    public void Read_StateVectors_GivesMetresAndSeconds()
    {
        var position = Feed.Taken(Feed.StateHeader + "\r\n1533101250,3003AE,45.8189849854,9.22954559335,228.16,324.2,4.8,DLH8JW  ,False,False,False,1000,10660.38,10668.0,1533101249.9,1533101250.0\r\n");
        position.Track.ShouldBe("3003ae");
        position.Callsign.ShouldBe("DLH8JW");
        position.OnGround.ShouldBe(false);
        position.GroundSpeedMetresPerSecond.ShouldBe(228.16);
        position.Position.ShouldBe(new(GeoPoint.FromE7(458189850, 92295456), 0, Height.FromUnits(106_603_800, HeightReference.Pressure), Instant.FromUnixTimeSeconds(1533101250)));
    }

    [Fact]
    public void Read_TrafficRows_GivesFeetAndKnots()
    {
        var records = Feed.Read("\uFEFF\"timestamp\",icao24,latitude,longitude,geoaltitude,groundspeed,callsign,onground,track\n"
            + "2018-08-01 05:27:30+00:00,a1,1,2,1000,100,\"A,\"\"B\"\"\",1,\n\n1533101250000,a2,1,2,,,NULL,,");
        var first = records[0].Content.Value;
        first.Position.Height.ShouldBe(Height.FromFeet(1000, HeightReference.Ellipsoid));
        first.GroundSpeedMetresPerSecond.ShouldNotBeNull().ShouldBe(51.4444, 0.0001);
        first.Callsign.ShouldBe("A,\"B\"");
        first.OnGround.ShouldBe(true);
        var second = records[1].Content.Value;
        second.Position.At.ShouldBe(first.Position.At);
        (second.Position.Height, second.GroundSpeedMetresPerSecond, second.Callsign, second.OnGround).ShouldBe((null, null, null, null));
        records.Select(r => r.Place.ToString()).ShouldBe(["line 2", "line 4"]);
    }

    [Theory]
    [Trait("Requirement", "MON-4")]
    [InlineData("1533101250000,a,91,2,,,", FeedRefusals.LatitudeOutOfRange)]
    [InlineData("1533101250000,a,1,-180.1,,,", FeedRefusals.LongitudeOutOfRange)]
    [InlineData("1533101250000,a,nan,2,,,", FeedRefusals.NotFinite)]
    [InlineData("1533101250000,a,1,-Infinity,,,", FeedRefusals.NotFinite)]
    [InlineData("1533101250000,a,1,2,inf,,", FeedRefusals.NotFinite)]
    [InlineData("1533101250000,a,,2,,,", FeedRefusals.MissingPosition)]
    [InlineData("1533101250000,a,1,null,,,", FeedRefusals.MissingPosition)]
    [InlineData(",a,1,2,,,", FeedRefusals.MissingTime)]
    [InlineData("1533101250000,,1,2,,,", FeedRefusals.MissingTrack)]
    [InlineData("1533101250000,a,one,2,,,", FeedRefusals.WrongType)]
    [InlineData("1533101250000,a,1,2,,,perhaps", FeedRefusals.WrongType)]
    [InlineData("1533101250,a,1,2,,,", FeedRefusals.TimeOutOfRange)]
    [InlineData("1533101250000,a,1,2,,", FeedRefusals.MalformedLine)]
    [InlineData("1533101250000,a,1,2,,,,", FeedRefusals.MalformedLine)]
    [InlineData("1533101250000,a,1,2,,\"open,", FeedRefusals.MalformedLine)]
    [InlineData("1533101250000,a,1,2,,\"A\"B,", FeedRefusals.MalformedLine)]
    [InlineData("1533101250000,a,1,2,,A\"B,", FeedRefusals.MalformedLine)]
    public void Read_BadLine_IsRefusedAndTheNextLineRead(string line, string code)
    {
        var records = Feed.Read(Header + line + "\n1533101250000,good,1,2,,,\n");
        Feed.Refusals(records).ShouldBe([$"line 2 {code}"]);
        records[1].Content.Value.Track.ShouldBe("good");
    }

    [Theory]
    [InlineData(IdentifierCache.MaximumLength, "")]
    [InlineData(IdentifierCache.MaximumLength + 1, "line 2 feeds.wrong-type")]
    public void Read_IdentifierAtItsLimit_IsTakenAndOneLongerRefused(int length, string refusal)
    {
        string.Join(' ', Feed.Refusals(Feed.Read($"{Header}1533101250000,{new string('a', length)},1,2,,,\n"))).ShouldBe(refusal);
        string.Join(' ', Feed.Refusals(Feed.Read($"{Header}1533101250000,a,1,2,,{new string('A', length)},\n"))).ShouldBe(refusal);
    }

    [Theory]
    [InlineData(CsvFields.MaximumFields, true)]
    [InlineData(CsvFields.MaximumFields + 1, false)]
    public void Split_FieldsAtTheirLimit_AreTakenAndOneMoreNot(int count, bool isTaken) =>
        new CsvFields(1024).Split(Encoding.UTF8.GetBytes(new string(',', count - 1))).ShouldBe(isTaken);

    [Fact]
    public void Read_InvalidUtf8_RefusesThatLine()
    {
        var bytes = Encoding.Latin1.GetBytes(Header + "1533101250000,a,1,2,,ZÜRI,\n1533101250000,a,1,2,,,\n");
        Feed.Refusals(Feed.Read(bytes)).ShouldBe(["line 2 feeds.invalid-utf8"]);
    }

    [Theory]
    [InlineData("time,icao24,lat,longitude\n", FeedRefusals.ContradictoryColumns)]
    [InlineData("time,icao24,latitude,longitude,baroaltitude\n", FeedRefusals.ContradictoryColumns)]
    [InlineData("time,icao24,latitude,longitude,latitude\n", FeedRefusals.ContradictoryColumns)]
    [InlineData("time;icao24;latitude;longitude\n", FeedRefusals.UnknownFormat)]
    [InlineData("1533101250000,a,1,2\n", FeedRefusals.UnknownFormat)]
    public void Read_HeaderThatSaysNoUnits_EndsTheSource(string header, string code)
    {
        var refusal = Feed.Refused(header + "1533101250,a,1,2,3\n");
        refusal.Code.ShouldBe(code);
        FeedRefusals.IsFatal(refusal).ShouldBeTrue();
    }

    [Theory]
    [InlineData(0, "\n", "")]
    [InlineData(0, "\r\n", "")]
    [InlineData(1, "\n", "line 2 feeds.line-too-long")]
    [InlineData(1, "\r\n", "line 2 feeds.line-too-long")]
    [InlineData(500_000, "\n", "line 2 feeds.line-too-long")]
    public void Read_LineAtItsLimit_IsTakenAndOneLongerPassedOver(int beyond, string end, string refusal)
    {
        const string start = "1533101250000,a,1,2,,,,";
        var line = start + new string('x', PositionFile.MaximumLineBytes + beyond - start.Length);
        var records = Feed.Read(Header.TrimEnd() + ",more\n" + line + end + "1533101250000,b,1,2,,,,\n");
        string.Join(' ', Feed.Refusals(records)).ShouldBe(refusal);
        records.Count.ShouldBe(2);
        records[1].Place.Number.ShouldBe(3);
        records[1].Content.Value.Track.ShouldBe("b");
    }

    [Fact]
    public void Read_EndlessLine_IsGivenUpEarly()
    {
        using var endless = new EndlessStream(Header + "1533101250000,a,1,2,,", 'x');
        using var input = FeedInput.Over(endless, long.MaxValue);
        var last = new CsvPositionReader(input).Read().Last().Content.Refusal.ShouldNotBeNull();
        $"{last.Where} {last.Code}".ShouldBe("line 2 feeds.endless-line");
        FeedRefusals.IsFatal(last).ShouldBeTrue();
        endless.BytesGiven.ShouldBeLessThan(2 * 1024 * 1024);
    }

    [Fact]
    public void Read_StreamThatGivesOneByteAtATime_ReadsTheSame()
    {
        var text = "\uFEFF" + Header + "\r\n1533101250000,a,1,2,,,\r\nbad\n" + new string('x', 70_000) + "\n1533101250000,b,1,2,,,";
        using var input = FeedInput.Over(new SlowStream(Encoding.UTF8.GetBytes(text)), long.MaxValue);
        new CsvPositionReader(input).Read().ShouldBe(Feed.Read(text));
    }

    [Fact]
    public void Split_LinesThatPythonWrites_GivesTheirFields()
    {
        const string program = """
            import csv, io, json, random
            random.seed(1)
            for _ in range(500):
                fields = [''.join(random.choice(' ,"a\u00e9\';\t') for _ in range(random.randint(0, 8))) for _ in range(random.randint(2, 6))]
                line = io.StringIO()
                csv.writer(line, lineterminator='').writerow(fields)
                print(json.dumps([line.getvalue()] + fields))
            """;
        foreach (var row in SharedData.RunPython(program).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<string[]>(line)!))
        {
            var fields = new CsvFields(256);
            var line = Encoding.UTF8.GetBytes(row[0]);
            fields.Split(line).ShouldBeTrue(row[0]);
            Enumerable.Range(0, fields.Count).Select(index => Encoding.UTF8.GetString(fields.Of(line, index))).ShouldBe(row.Skip(1));
        }
    }
}
