using System.Text;
using System.Xml.Linq;
using NodaTime;
using Tansiq.Feeds.Positions;
using Tansiq.Feeds.Positions.CursorOnTarget;
using Tansiq.Feeds.Positions.Xml;
using Tansiq.Geo;

namespace Tansiq.Feeds.Tests.Positions.CursorOnTarget;

public sealed class EventReaderTests
{
    private const string Times = "time=\"2016-07-15T09:00:00.5Z\" start=\"2016-07-15T09:00:00Z\" stale=\"2016-07-15T09:05:00Z\"";
    private static readonly string Plane = Event("a-f-A-C-F", "ICAO-ABC123");

    [Fact]
    [Trait("Requirement", "MON-1")]
    public void Read_EventInTheAir_TakesPlaceAndTime()
    {
        var reported = Feed.Taken("<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n" + Plane);
        (reported.Track, reported.Callsign, reported.GroundSpeedMetresPerSecond, reported.OnGround).ShouldBe(("abc123", "RESCUE 7", 120.5, null));
        reported.Position.ShouldBe(new(
            GeoPoint.FromE7(362_000_000, 371_500_000), 16, Height.FromUnits(12_003_000, HeightReference.Ellipsoid), Instant.FromUtc(2016, 7, 15, 9, 0) + Duration.FromMilliseconds(500)));
    }

    [Fact]
    public void Read_WhoseItIsSaidToBe_MakesNoDifference()
    {
        var records = "pufansrjkho".Select(whose => Feed.Read(Event($"a-{whose}-A", "x")).ShouldHaveSingleItem());
        records.Distinct().ShouldHaveSingleItem().Content.Refusal.ShouldBeNull();
    }

    [Theory]
    [InlineData("9999999", "9999999.0")]
    [InlineData("999999.0", "999999")]
    public void Read_NinesInPlaceOfMetres_AreUnknown(string radius, string height)
    {
        var position = Feed.Taken($"<event type='a-u-A' uid='x' {Times}><point lat='1' lon='2' hae='{height}' ce='{radius}' le='1'/></event>").Position;
        (position.HorizontalUncertaintyMetres, position.Height).ShouldBe((0, null));
    }

    [Fact]
    public void Read_EventsInAnyWrapping_AreTheSame()
    {
        var two = Plane + Event("a-n-A", "UAS 1/2");
        var expected = Feed.Read(two);
        expected.Select(record => record.Content.Value.Track).ShouldBe(["abc123", Tansiq.Feeds.Positions.Tracks.TrackName.Of("UAS 1/2")]);
        Feed.Read($"\uFEFF<?xml version='1.0'?><!-- <event> of the morning -->\n<events>{Plane}\n\n{two[Plane.Length..]}</events>").ShouldBe(expected);
        Feed.Read(Feed.Gzip(two)).ShouldBe(expected);
        using var input = FeedInput.Over(new SlowStream(Encoding.UTF8.GetBytes("<?xml version='1.0'?>" + Plane + "<?xml version='1.0'?>" + two[Plane.Length..])), long.MaxValue);
        new EventReader(input).Read().ShouldBe(expected);
    }

    [Theory]
    [Trait("Requirement", "MON-4")]
    [InlineData("<event type='a-f-G' uid='x' time='2016-07-15T09:00:00Z'><point lat='1' lon='2'/></event>", FeedRefusals.NotAircraft)]
    [InlineData("<event uid='x' time='2016-07-15T09:00:00Z'><point lat='1' lon='2'/></event>", FeedRefusals.NotAircraft)]
    [InlineData("<event type='a-f-A' uid='x'><point lat='1' lon='2'/></event>", FeedRefusals.MissingTime)]
    [InlineData("<event type='a-f-A' uid='x' time='2016-07-15T09:00:00'><point lat='1' lon='2'/></event>", FeedRefusals.WrongType)]
    [InlineData("<event type='a-f-A' time='2016-07-15T09:00:00Z'><point lat='1' lon='2'/></event>", FeedRefusals.MissingTrack)]
    [InlineData("<event type='a-f-A' uid='x' time='2016-07-15T09:00:00Z'/>", FeedRefusals.MissingPosition)]
    [InlineData("<event type='a-f-A' uid='x' time='2016-07-15T09:00:00Z'><point lat='NaN' lon='2'/></event>", FeedRefusals.NotFinite)]
    [InlineData("<event type='a-f-A' uid='x' time='2016-07-15T09:00:00Z'><point lat='1' lon='181'/></event>", FeedRefusals.LongitudeOutOfRange)]
    [InlineData("<event type='a-f-A' uid='x' time='2016-07-15T09:00:00Z'><point lat='1' lon='2' hae='200000'/></event>", FeedRefusals.HeightOutOfRange)]
    [InlineData("<event type='a-f-A' uid='x' time='2016-07-15T09:00:00Z'><point lat='1' lon='2' ce='-1'/></event>", FeedRefusals.WrongType)]
    [InlineData("<event type='a-f-A' uid='x' time='2016-07-15T09:00:00Z'><point lat='1' lon='2'></event>", FeedRefusals.MalformedItem)]
    [InlineData("<event type='a-f-A' uid='&whose;' time='2016-07-15T09:00:00Z'><point lat='1' lon='2'/></event>", FeedRefusals.MalformedItem)]
    [InlineData("<event type='a-f-A' uid='x' time='2016-07-15T", FeedRefusals.MalformedItem)]
    [InlineData("<event type='a-f-A' uid='x' time='2016-07-15T09:00:00Z'><point lat='1'", FeedRefusals.MalformedItem)]
    public void Read_BadEvent_IsRefusedAndTheNextRead(string bad, string code)
    {
        var records = Feed.Read(Plane + bad + Plane);
        Feed.Refusals(records)[0].ShouldBe("item 2 " + code);
        records[^1].Content.Value.Track.ShouldBe("abc123");
    }

    [Theory]
    [InlineData(XmlSafety.MaximumDepth, null)]
    [InlineData(XmlSafety.MaximumDepth + 1, FeedRefusals.MalformedItem)]
    public void Read_DepthAtItsLimit_IsTakenAndOneDeeperRefused(int depth, string? code)
    {
        var deep = string.Concat(Enumerable.Repeat("<a>", depth)) + string.Concat(Enumerable.Repeat("</a>", depth));
        Feed.Read(Plane.Replace("</event>", deep + "</event>", StringComparison.Ordinal)).ShouldHaveSingleItem().Content.Refusal?.Code.ShouldBe(code);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, FeedRefusals.ItemTooLong)]
    public void Read_EventAtItsLimit_IsTakenAndOneLongerEndsTheSource(int beyond, string? code)
    {
        var missing = EventReader.MaximumEventBytes + beyond - Plane.Length;
        var record = Feed.Read(Plane.Replace("</event>", new string(' ', missing) + "</event>", StringComparison.Ordinal)).ShouldHaveSingleItem();
        record.Content.Refusal?.Code.ShouldBe(code);
    }

    [Theory]
    [InlineData("<events><!DOCTYPE x [<!ENTITY whose 'x'>]>", FeedRefusals.MalformedDocument)]
    [InlineData("<!DOCTYPE event SYSTEM 'http://somewhere/x'>", FeedRefusals.UnknownFormat)]
    public void Read_DocumentType_EndsTheSource(string before, string code) =>
        Feed.Read(before + Plane).ShouldHaveSingleItem().Content.Refusal.ShouldNotBeNull().Code.ShouldBe(code);

    [Theory]
    [InlineData("<event>", ' ', FeedRefusals.ItemTooLong)]
    [InlineData("<events>", ' ', FeedRefusals.MalformedDocument)]
    [InlineData("<event x='", '>', FeedRefusals.ItemTooLong)]
    public void Read_EndlessStream_IsGivenUpEarly(string start, char filler, string code)
    {
        using var endless = new EndlessStream(start, filler);
        using var input = FeedInput.Over(endless, long.MaxValue);
        new EventReader(input).Read().ShouldHaveSingleItem().Content.Refusal.ShouldNotBeNull().Code.ShouldBe(code);
        endless.BytesGiven.ShouldBeLessThan(3 * 1024 * 1024);
    }

    [Fact]
    public void IsAir_TableOfTypes_IsTrueOfAirAlone()
    {
        // The table names some types with more after the path, separated by a blank or another mark.
        var types = XDocument.Load(SharedData.PathOf("cot/CoTtypes.xml")).Descendants("cot").Select(type => type.Attribute("cot")!.Value).Distinct().ToList();
        types.Count(type => EventType.IsAir(Encoding.UTF8.GetBytes(type))).ShouldBe(types.Count(type => type == "a-.-A" || type.StartsWith("a-.-A-", StringComparison.Ordinal)));
        types.Count(type => EventType.IsAir(Encoding.UTF8.GetBytes(type))).ShouldBeGreaterThan(50);
    }

    [Fact]
    public void Read_RecordedMessages_AreNoAircraft()
    {
        var files = Directory.GetFiles(SharedData.PathOf("cot"), "*.xml").Where(file => !file.EndsWith("CoTtypes.xml", StringComparison.Ordinal)).ToList();
        files.Count.ShouldBe(7);
        files.SelectMany(file => PositionFile.At(file).Read()).Select(record => record.Content.Refusal?.Code).ShouldBe(Enumerable.Repeat(FeedRefusals.NotAircraft, 7));
    }

    private static string Event(string type, string identifier) =>
        $"""<event version="2.0" uid="{identifier}" type="{type}" how="m-g" {Times}><point lat="36.2" lon="37.15" hae="1200.3" ce="15.2" le="30"/><detail><contact callsign="RESCUE 7"/><track course="90" speed="120.5"/></detail></event>""";
}
