using System.Text;
using NodaTime;
using Tansiq.Feeds.Positions;
using Tansiq.Feeds.Positions.Json;
using Tansiq.Geo;

namespace Tansiq.Feeds.Tests.Positions.Readsb;

public sealed class AircraftListTests
{
    private const string Plane = """{"hex":"~ABC123","flight":"RES CUE ","lat":36.2,"lon":37.15,"alt_baro":1000,"alt_geom":1200,"gs":100,"seen_pos":1.5,"nic":8,"rc":186.2,"mlat":["lat"]}""";
    private static readonly Instant Now = Instant.FromUnixTimeSeconds(1_468_575_000);

    [Fact]
    [Trait("Requirement", "MON-1")]
    public void Read_Aircraft_TimeIsThatOfItsPosition()
    {
        var reported = Feed.Taken("""{ "now" : 1468575000.25, "messages":1, "aircraft" : [""" + Plane + "] }");
        reported.Track.ShouldBe("~abc123");
        reported.Callsign.ShouldBe("RES CUE");
        reported.OnGround.ShouldBe(false);
        reported.GroundSpeedMetresPerSecond.ShouldNotBeNull().ShouldBe(51.4444, 0.0001);
        reported.Position.ShouldBe(new(GeoPoint.FromE7(362_000_000, 371_500_000), 187, Height.FromFeet(1000, HeightReference.Pressure), Now - Duration.FromMilliseconds(1250)));
    }

    [Theory]
    [InlineData("\"nic\":8", 186)]
    [InlineData("\"nic\":11,\"rc\":0", 8)]
    [InlineData("\"nic\":0,\"rc\":0", 0)]
    [InlineData("\"nic\":99", 0)]
    [InlineData("\"rc\":25,\"nic\":8", 25)]
    [InlineData("\"rc\":1e10", PositionDraft.MaximumUncertaintyMetres)]
    [InlineData("\"type\":\"mlat\"", 0)]
    public void Read_RadiusOrCategory_BecomesUncertainty(string quality, int metres) =>
        Feed.Taken("""{"now":1468575000,"aircraft":[{"hex":"abc123","lat":1,"lon":2,""" + quality + "}]}").Position.HorizontalUncertaintyMetres.ShouldBe(metres);

    [Fact]
    public void Read_OnGround_HasNoPressureAltitude()
    {
        var reported = Feed.Taken("""{"now":1468575000000,"aircraft":[{"hex":"abc123","lat":1,"lon":2,"alt_baro":"ground","alt_geom":50}]}""");
        reported.OnGround.ShouldBe(true);
        (reported.Position.Height, reported.Position.At).ShouldBe((Height.FromFeet(50, HeightReference.Ellipsoid), Now));
    }

    [Fact]
    public void Read_TimeAfterTheAircraft_IsWaitedFor()
    {
        var after = """{"aircraft":[""" + Plane + "," + Plane + """],"now":1468575000.25}""";
        var before = """{"now":1468575000.25,"aircraft":[""" + Plane + "," + Plane + "]}";
        Feed.Read(after).ShouldBe(Feed.Read(before));
        var trace = """[[0.5,36.2,37.1,"ground",null,null,0,null,null]]""";
        Feed.Taken("""{"trace":""" + trace + ""","timestamp":1468575000,"icao":"ABC123"}""").ShouldBe(Feed.Taken("""{"icao":"abc123","timestamp":1468575000,"trace":""" + trace + "}"));
        Feed.Read("""{"aircraft":[""" + Plane + "]}").ShouldHaveSingleItem().Content.Refusal.ShouldNotBeNull().Code.ShouldBe(FeedRefusals.MissingTime);
    }

    [Fact]
    public void Read_TraceRows_CarryCallsignAndRadiusToTheNextLeg()
    {
        var records = Feed.Read("""
            {"icao":"abc123","timestamp":1468575000,"trace":[
            [0,1,2,30000,400,0,1,0,{"flight":"ONE     ","rc":75},"adsb_icao",30500],
            [1,1,2,30000,400,0,8,0,null,"adsb_icao",30500],
            [2,1,2,null,null,null,2,0,null,"adsb_icao",30500],
            [3,1,2,null,null,null,0,0,null]]}
            """);
        var positions = records.Select(record => record.Content.Value).ToList();
        positions.Select(p => p.Callsign).ShouldBe(["ONE", "ONE", null, null]);
        positions.Select(p => p.Position.HorizontalUncertaintyMetres).ShouldBe([75, 75, 0, 0]);
        positions.Select(p => p.Position.Height?.Reference).ShouldBe([HeightReference.Pressure, HeightReference.Ellipsoid, HeightReference.Ellipsoid, null]);
        positions.Select(p => p.Position.At).ShouldBe(Enumerable.Range(0, 4).Select(second => Now + Duration.FromSeconds(second)));
    }

    [Fact]
    public void Read_SeveralDocuments_AreOneFeed()
    {
        var snapshots = "\uFEFF{\"now\":1468575000,\"aircraft\":[" + Plane + "]}\n\u001e{\"now\":1468575010,\"aircraft\":[]}\n{\"hex\":\"b\",\"now\":1468575011,\"lat\":1,\"lon\":2}";
        var records = Feed.Read(snapshots);
        records.Select(record => record.Place.ToString()).ShouldBe(["item 1", "item 2"]);
        records[1].Content.Value.Position.At.ShouldBe(Now + Duration.FromSeconds(11));
        Feed.Read(Feed.Gzip(snapshots)).ShouldBe(records);
        using var input = FeedInput.Over(new SlowStream(Encoding.UTF8.GetBytes(snapshots)), long.MaxValue);
        new JsonDocumentReader(input).Read().ShouldBe(records);
    }

    [Theory]
    [Trait("Requirement", "MON-4")]
    [InlineData("""{"hex":"a","lat":91,"lon":2}""", FeedRefusals.LatitudeOutOfRange)]
    [InlineData("""{"hex":"a","lat":1}""", FeedRefusals.MissingPosition)]
    [InlineData("""{"hex":"a","lastPosition":{"lat":1,"lon":2}}""", FeedRefusals.MissingPosition)]
    [InlineData("""{"lat":1,"lon":2}""", FeedRefusals.MissingTrack)]
    [InlineData("""{"hex":"a b","lat":1,"lon":2}""", FeedRefusals.WrongType)]
    [InlineData("""{"hex":7,"lat":1,"lon":2}""", FeedRefusals.WrongType)]
    [InlineData("""{"hex":"a","lat":NaN,"lon":2}""", FeedRefusals.NotFinite)]
    [InlineData("""{"hex":"a","lat":"1","lon":2}""", FeedRefusals.WrongType)]
    [InlineData("""{"hex":"a","lat":1,"lon":2,"alt_baro":400000}""", FeedRefusals.HeightOutOfRange)]
    [InlineData("""{"hex":"a","lat":1,"lon":2,"alt_baro":1e11}""", FeedRefusals.WrongType)]
    [InlineData("""{"hex":"a","lat":1,"lon":2,"gs":-1}""", FeedRefusals.SpeedOutOfRange)]
    [InlineData("""{"hex":"a","lat":1,"lon":2,"seen_pos":86401}""", FeedRefusals.TimeOutOfRange)]
    [InlineData("""{"icao24":"a","lat":1,"lon":2,"time_position":1468575000000}""", FeedRefusals.TimeOutOfRange)]
    [InlineData("""{"hex":"a","lat":1,"lon":2,}""", FeedRefusals.MalformedItem)]
    [InlineData("""{"hex":"\ud800","lat":1,"lon":2}""", FeedRefusals.InvalidUtf8)]
    [InlineData("7", FeedRefusals.WrongType)]
    [InlineData("null", FeedRefusals.WrongType)]
    public void Read_BadAircraft_IsRefusedAndTheNextRead(string item, string code)
    {
        var records = Feed.Read("""{"now":1468575000,"aircraft":[""" + item + "," + Plane + "]}");
        Feed.Refusals(records).ShouldBe(["item 1 " + code]);
        records.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("""{"now":1468575000,"aircraft":[{"hex":"a"}""", FeedRefusals.Truncated)]
    [InlineData("""{"now":1468575000,"aircraft":[{"hex":"a"} {}]}""", FeedRefusals.MalformedDocument)]
    [InlineData("""{"now":1468575000 "aircraft":[]}""", FeedRefusals.MalformedDocument)]
    [InlineData("""{now:1468575000}""", FeedRefusals.MalformedDocument)]
    [InlineData("""{"now":1468575000,"aircraft":[]} x""", FeedRefusals.MalformedDocument)]
    [InlineData("""{"now":}""", FeedRefusals.MalformedDocument)]
    [InlineData("""{"version":"3"}""", FeedRefusals.UnknownFormat)]
    [InlineData("{}", FeedRefusals.UnknownFormat)]
    public void Read_DocumentThatCannotBeTakenApart_EndsTheSource(string document, string code)
    {
        var last = Feed.Read(document)[^1].Content.Refusal.ShouldNotBeNull();
        last.Code.ShouldBe(code);
        FeedRefusals.IsFatal(last).ShouldBeTrue();
    }

    [Fact]
    public void Read_TimeSaidTwice_IsRefusedAndTheFirstCounts()
    {
        var records = Feed.Read("""{"now":1468575000,"now":1468575099,"aircraft":[{"hex":"a","lat":1,"lon":2}]}""");
        records[0].Content.Refusal.ShouldNotBeNull().Code.ShouldBe(FeedRefusals.DuplicateName);
        records[1].Content.Value.Position.At.ShouldBe(Now);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, FeedRefusals.ItemTooLong)]
    public void Read_ItemAtItsLimit_IsTakenAndOneLongerEndsTheSource(int beyond, string? code)
    {
        const string start = """{"hex":"a","lat":1,"lon":2,"x":""";
        var item = start + "\"" + new string('x', JsonDocumentReader.MaximumItemBytes + beyond - start.Length - 3) + "\"}";
        Feed.Read("""{"now":1468575000,"aircraft":[""" + item + "]}").ShouldHaveSingleItem().Content.Refusal?.Code.ShouldBe(code);
    }

    [Fact]
    public void Read_HeldItems_AreBounded()
    {
        using var endless = new EndlessStream("""{"aircraft":[""", '[');
        using var nested = FeedInput.Over(endless, long.MaxValue);
        new JsonDocumentReader(nested).Read().Last().Content.Refusal.ShouldNotBeNull().Code.ShouldBe(FeedRefusals.ItemTooLong);
        endless.BytesGiven.ShouldBeLessThan(3 * JsonDocumentReader.MaximumItemBytes);
        var held = new HeldItems(5);
        var items = new Tansiq.Feeds.Positions.Tracks.PointItems(new());
        held.TryAdd(items, "12345"u8, default).ShouldBeTrue();
        held.TryAdd(items, "1"u8, default).ShouldBeFalse();
    }
}
