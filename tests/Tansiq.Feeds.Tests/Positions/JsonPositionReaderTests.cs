using System.Text;
using NodaTime;
using Tansiq.Feeds.Positions;
using Tansiq.Geo;

namespace Tansiq.Feeds.Tests.Positions;

public sealed class JsonPositionReaderTests
{
    private const string Good = """{"timestamp":1533101250000,"icao24":"3003ae","latitude":45.8,"longitude":9.2}""";

    [Fact]
    [Trait("Requirement", "MON-1")]
    public void Read_TrafficItem_GivesFeetAndKnotsInMetres()
    {
        var position = Feed.Taken("""
            [{"timestamp":1533101250123,"altitude":34975.0,"geoaltitude":35000,"callsign":"DLH8JW  ","groundspeed":100,"icao24":" 3003AE ",
              "latitude":45.8189849854,"longitude":-9.22954559335,"onground":false,"track":324.2,"squawk":"1000","nested":[{"latitude":1}]}]
            """);
        position.Track.ShouldBe("3003ae");
        position.Callsign.ShouldBe("DLH8JW");
        position.OnGround.ShouldBe(false);
        position.Position.At.ShouldBe(Instant.FromUnixTimeMilliseconds(1533101250123));
        position.Position.Place.ShouldBe(GeoPoint.FromE7(458189850, -92295456));
        position.Position.Height.ShouldBe(Height.FromFeet(34975, HeightReference.Pressure));
        position.GroundSpeedMetresPerSecond.ShouldNotBeNull().ShouldBe(51.4444, 0.0001);
    }

    [Fact]
    public void Read_NoPressureAltitude_GivesGeometricAltitudeAboveTheEllipsoid() =>
        Feed.Taken("""[{"timestamp":1533101250000,"icao24":"a","latitude":1,"longitude":2,"altitude":null,"geoaltitude":1000}]""")
            .Position.Height.ShouldBe(Height.FromFeet(1000, HeightReference.Ellipsoid));

    [Fact]
    public void Read_StateVectorItem_GivesMetres()
    {
        var position = Feed.Taken("""[{"time":1533101250,"icao24":"a","lat":1.5,"lon":2,"baroaltitude":1000.25,"geoaltitude":1100,"velocity":50.5}]""");
        position.Position.Height.ShouldBe(Height.FromUnits(10_002_500, HeightReference.Pressure));
        position.GroundSpeedMetresPerSecond.ShouldBe(50.5);
        position.Position.At.ShouldBe(Instant.FromUnixTimeSeconds(1533101250));
    }

    [Theory]
    [InlineData("\"timestamp\":1533101250500", 1533101250_500)]
    [InlineData("\"timestamp\":1533101250500.0", 1533101250_500)]
    [InlineData("\"time\":1533101250.5", 1533101250_500)]
    [InlineData("\"timestamp\":\"2018-08-01T05:27:30.5Z\"", 1533101250_500)]
    [InlineData("\"timestamp\":\"2018-08-01 05:27:30.5Z\"", 1533101250_500)]
    [InlineData("\"time\":\"2018-08-01T07:27:30.5+02:00\"", 1533101250_500)]
    [InlineData("\"timestamp\":\"2018-08-01 05:27:30.5+00:00\"", 1533101250_500)]
    [InlineData("\"timestamp\":1533101250500,\"time\":1", null)]
    [InlineData("\"timestamp\":1533101250500,\"time\":999999999", 1533101250_500)]
    public void Read_Time_IsOfItsUnit(string time, long? milliseconds)
    {
        var record = Feed.Read($$"""[{{{time}},"icao24":"a","latitude":1,"longitude":2}]""").ShouldHaveSingleItem();
        if (milliseconds is { } expected) record.Content.Value.Position.At.ShouldBe(Instant.FromUnixTimeMilliseconds(expected));
        else record.Content.Refusal!.Code.ShouldBe(FeedRefusals.TimeOutOfRange);
    }

    [Theory]
    [Trait("Requirement", "MON-4")]
    [InlineData("latitude", "90.0000001", FeedRefusals.LatitudeOutOfRange)]
    [InlineData("latitude", "-91", FeedRefusals.LatitudeOutOfRange)]
    [InlineData("longitude", "180.0000001", FeedRefusals.LongitudeOutOfRange)]
    [InlineData("longitude", "1e9", FeedRefusals.LongitudeOutOfRange)]
    [InlineData("latitude", "1e400", FeedRefusals.WrongType)]
    [InlineData("latitude", "\"47\"", FeedRefusals.WrongType)]
    [InlineData("latitude", "true", FeedRefusals.WrongType)]
    [InlineData("latitude", "[47]", FeedRefusals.WrongType)]
    [InlineData("latitude", "null", FeedRefusals.MissingPosition)]
    [InlineData("longitude", "null", FeedRefusals.MissingPosition)]
    [InlineData("latitude", "NaN", FeedRefusals.NotFinite)]
    [InlineData("longitude", "-Infinity", FeedRefusals.NotFinite)]
    [InlineData("altitude", "NaN", FeedRefusals.NotFinite)]
    [InlineData("altitude", "328084", FeedRefusals.HeightOutOfRange)]
    [InlineData("altitude", "-26247", FeedRefusals.HeightOutOfRange)]
    [InlineData("groundspeed", "-1", FeedRefusals.SpeedOutOfRange)]
    [InlineData("timestamp", "null", FeedRefusals.MissingTime)]
    [InlineData("timestamp", "true", FeedRefusals.WrongType)]
    [InlineData("timestamp", "\"2018-08-01T05:27:30\"", FeedRefusals.WrongType)]
    [InlineData("timestamp", "\"yesterday\"", FeedRefusals.WrongType)]
    [InlineData("timestamp", "1533101250", FeedRefusals.TimeOutOfRange)]
    [InlineData("timestamp", "4102444800000", FeedRefusals.TimeOutOfRange)]
    [InlineData("timestamp", "-1", FeedRefusals.WrongType)]
    [InlineData("icao24", "null", FeedRefusals.MissingTrack)]
    [InlineData("icao24", "\" \"", FeedRefusals.MissingTrack)]
    [InlineData("icao24", "4", FeedRefusals.WrongType)]
    [InlineData("icao24", "\"a b\"", FeedRefusals.WrongType)]
    [InlineData("onground", "1", FeedRefusals.WrongType)]
    [InlineData("callsign", "\"\\ud800\"", FeedRefusals.InvalidUtf8)]
    [InlineData("lat", "1", FeedRefusals.ContradictoryNames)]
    [InlineData("latitude\":1,\"latitude", "1", FeedRefusals.DuplicateName)]
    [InlineData("latitude", "01", FeedRefusals.MalformedItem)]
    public void Read_BadValue_IsRefusedAndTheNextItemRead(string name, string value, string code)
    {
        var bad = Good.Replace($"\"{name}\":", "\"was\":", StringComparison.Ordinal).Replace("}", $",\"{name}\":{value}}}", StringComparison.Ordinal);
        var records = Feed.Read(Feed.Array(bad, Good));
        Feed.Refusals(records).ShouldBe([$"item 1 {code}"]);
        records.Count.ShouldBe(2);
        records[1].Place.ToString().ShouldBe("item 2");
        records[1].Content.Value.Track.ShouldBe("3003ae");
    }

    [Theory]
    [InlineData("90", "180")]
    [InlineData("-90", "-180")]
    public void Read_LastValueOfTheRange_IsTaken(string latitude, string longitude) =>
        Feed.Taken($$"""[{"timestamp":1533101250000,"icao24":"a","latitude":{{latitude}},"longitude":{{longitude}}}]""").ShouldNotBeNull();

    [Theory]
    [InlineData("7")]
    [InlineData("\"text, ] }\"")]
    [InlineData("null")]
    [InlineData("[[1],2]")]
    public void Read_ItemThatIsNoObject_IsRefusedAndTheNextItemRead(string item)
    {
        var records = Feed.Read($"[{item} , {Good}]");
        Feed.Refusals(records).ShouldBe(["item 1 feeds.wrong-type"]);
        records.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("[", FeedRefusals.Truncated)]
    [InlineData("[{\"icao24\":\"a", FeedRefusals.Truncated)]
    [InlineData("[{},", FeedRefusals.Truncated)]
    [InlineData("[{}", FeedRefusals.Truncated)]
    [InlineData("[{},]", FeedRefusals.MalformedArray)]
    [InlineData("[,{}]", FeedRefusals.MalformedArray)]
    [InlineData("[{} {}]", FeedRefusals.MalformedArray)]
    [InlineData("[{}] x", FeedRefusals.MalformedArray)]
    [InlineData("[] []", FeedRefusals.MalformedArray)]
    [InlineData("{}", FeedRefusals.UnknownFormat)]
    [InlineData("", FeedRefusals.UnknownFormat)]
    [InlineData("\u0000\u0001\u0002 ELF", FeedRefusals.UnknownFormat)]
    public void Read_BrokenContainer_EndsWithOneFatalRefusal(string text, string code)
    {
        var last = Feed.Read(text)[^1].Content.Refusal.ShouldNotBeNull();
        last.Code.ShouldBe(code);
        FeedRefusals.IsFatal(last).ShouldBeTrue();
    }

    [Theory]
    [InlineData("[]")]
    [InlineData(" \r\n[ \t]\n ")]
    [InlineData("\uFEFF[]")]
    public void Read_EmptyArray_GivesNothing(string text) => Feed.Read(text).ShouldBeEmpty();

    [Fact]
    public void Read_InvalidUtf8InAnItem_RefusesThatItem()
    {
        var bytes = Encoding.UTF8.GetBytes(Feed.Array(Good.Replace("3003ae", "#", StringComparison.Ordinal), Good));
        bytes[Array.IndexOf(bytes, (byte)'#')] = 0xff;
        Feed.Refusals(Feed.Read(bytes)).ShouldBe(["item 1 feeds.invalid-utf8"]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Read_ItemAtItsLimit_IsTakenAndOneLongerEndsTheSource(int beyond)
    {
        var padding = new string(' ', PositionFile.MaximumItemBytes + beyond - Good.Length);
        var records = Feed.Read(Feed.Array(Good, Good.Replace("}", padding + "}", StringComparison.Ordinal), Good));
        if (beyond == 0) records.Count(r => r.Content.Refusal is null).ShouldBe(3);
        else Feed.Refusals(records).ShouldBe(["item 2 feeds.item-too-long"]);
    }

    [Fact]
    public void Read_DeepNesting_RefusesThatItem()
    {
        var deep = Good.Replace("}", ",\"x\":" + new string('[', 20_000) + new string(']', 20_000) + "}", StringComparison.Ordinal);
        Feed.Refusals(Feed.Read(Feed.Array(deep, Good))).ShouldBe(["item 1 feeds.malformed-item"]);
    }

    [Theory]
    [InlineData('a')]
    [InlineData(' ')]
    [InlineData('[')]
    public void Read_EndlessItem_IsGivenUpEarly(char filler)
    {
        using var endless = new EndlessStream("[{\"x\":\"a\"},{\"icao24\":" + (filler == 'a' ? "\"" : ""), filler);
        using var input = FeedInput.Over(endless, long.MaxValue);
        var records = new JsonPositionReader(input).Read().ToList();
        Feed.Refusals(records)[^1].ShouldBe("item 2 feeds.item-too-long");
        endless.BytesGiven.ShouldBeLessThan(1024 * 1024);
    }

    [Fact]
    public void Read_EndlessSpaceBetweenItems_IsGivenUpEarly()
    {
        using var endless = new EndlessStream("[{}", ' ');
        using var input = FeedInput.Over(endless, long.MaxValue);
        Feed.Refusals(new JsonPositionReader(input).Read())[^1].ShouldBe("item 1 feeds.malformed-array");
        endless.BytesGiven.ShouldBeLessThan(1024 * 1024);
    }

    [Fact]
    public void Read_StreamThatGivesOneByteAtATime_ReadsTheSame()
    {
        var text = "\uFEFF" + Feed.Array(Good, "7", Good.Replace("3003ae", "\\u0033\\\"", StringComparison.Ordinal), "\"a\\\\\"", Good);
        using var input = FeedInput.Over(new SlowStream(Encoding.UTF8.GetBytes(text)), long.MaxValue);
        new JsonPositionReader(input).Read().ShouldBe(Feed.Read(text));
    }
}
