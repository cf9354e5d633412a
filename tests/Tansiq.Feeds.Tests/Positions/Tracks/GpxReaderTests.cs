using System.Globalization;
using System.Text;
using NodaTime;
using Tansiq.Feeds.Positions;
using Tansiq.Feeds.Positions.Clocks;
using Tansiq.Feeds.Positions.Tracks;
using Tansiq.Feeds.Positions.Xml;
using Tansiq.Geo;

namespace Tansiq.Feeds.Tests.Positions.Tracks;

public sealed class GpxReaderTests
{
    private const string Point = "<trkpt lat=\"36.2\" lon=\"37.15\"><ele>1200.5</ele><time>2016-07-15T09:00:00Z</time></trkpt>";

    private const string Document = """
        <?xml version="1.0" encoding="UTF-8"?>
        <gpx xmlns="http://www.topografix.com/GPX/1/1" version="1.1" creator="x">
          <metadata><name>not a track</name><time>2000-01-01T00:00:00Z</time></metadata>
          <wpt lat="1" lon="2"><name>not either</name></wpt>
          <trk><name>Red Crescent 7</name><extensions><name>inner</name></extensions>
            <trkseg>
              <trkpt lat="36.2000001" lon="-37.15"><ele> 1200.5 </ele><time>2016-07-15T09:00:00.25Z</time><name>a point</name></trkpt>
              <trkpt lat="36.21" lon="37.16"><ele><![CDATA[1201]]></ele><time>2016-07-15T12:00:10+03:00</time><extensions><ele>9</ele></extensions></trkpt>
            </trkseg>
            <trkseg><trkpt lat="36.22" lon="37.17"><time>2016-07-15T09:00:20Z</time><speed>100</speed></trkpt></trkseg>
          </trk>
          <trk><trkseg><trkpt lat="0" lon="0"><time>2016-07-15T09:00:00Z</time></trkpt></trkseg></trk>
        </gpx>
        """;

    [Fact]
    [Trait("Requirement", "MON-1")]
    public void Read_TrackPoints_AreOnePositionEach()
    {
        var nine = Instant.FromUtc(2016, 7, 15, 9, 0);
        var records = Feed.Read(Document);
        var positions = records.Select(record => record.Content.Value).ToList();
        positions.Select(p => p.Track).ShouldBe(["red-crescent-7", "red-crescent-7", "red-crescent-7", "track-2"]);
        positions.Select(p => p.Callsign).ShouldBe(["Red Crescent 7", "Red Crescent 7", "Red Crescent 7", null]);
        positions.Select(p => p.GroundSpeedMetresPerSecond).ShouldBe([null, null, 100, null]);
        positions.Select(p => p.Position).ShouldBe([
            new(GeoPoint.FromE7(362_000_001, -371_500_000), 0, Height.FromUnits(12_005_000, HeightReference.SeaLevel), nine + Duration.FromMilliseconds(250)),
            new(GeoPoint.FromE7(362_100_000, 371_600_000), 0, Height.FromMetres(1201, HeightReference.SeaLevel), nine + Duration.FromSeconds(10)),
            new(GeoPoint.FromE7(362_200_000, 371_700_000), 0, null, nine + Duration.FromSeconds(20)),
            new(GeoPoint.FromE7(0, 0), 0, null, nine)]);
        records.Select(record => record.Place.Number).ShouldBe([1, 2, 3, 4]);
        Feed.Read(Feed.Gzip(Document)).ShouldBe(records);
        Feed.Read(Document.Replace("<gpx xmlns=\"", "<g:gpx xmlns:g=\"x\" xmlns=\"", StringComparison.Ordinal).Replace("</gpx>", "</g:gpx>", StringComparison.Ordinal)).ShouldBe(records);
        using var input = FeedInput.Over(new SlowStream(Encoding.UTF8.GetBytes(Document)), long.MaxValue);
        PositionFormats.Find(input.Peek())!.Read(input, new("slow", ClockRule.Default, Tansiq.Feeds.Positions.Asterix.RadarPlaces.None)).ShouldBe(records);
    }

    [Fact]
    public void Read_TimeWithoutZone_IsOfTheStatedClock()
    {
        var local = Gpx(Point.Replace("00Z", "00", StringComparison.Ordinal));
        Feed.Taken(local).ShouldBe(Feed.Taken(Gpx(Point)));
        var clock = new ClockRule { AheadOfUtc = Offset.FromHours(3) };
        Feed.Of(local).WithClock(clock).Read().Single().Content.Value.Position.At.ShouldBe(Instant.FromUtc(2016, 7, 15, 6, 0));
    }

    [Theory]
    [Trait("Requirement", "MON-4")]
    [InlineData("<trkpt lat='36' lon='37'/>", FeedRefusals.MissingTime)]
    [InlineData("<trkpt lon='37'><time>2016-07-15T09:00:00Z</time></trkpt>", FeedRefusals.MissingPosition)]
    [InlineData("<trkpt lat='96' lon='37'><time>2016-07-15T09:00:00Z</time></trkpt>", FeedRefusals.LatitudeOutOfRange)]
    [InlineData("<trkpt lat='36' lon='37'><time>yesterday</time></trkpt>", FeedRefusals.WrongType)]
    [InlineData("<trkpt lat='36' lon='37'><time>1980-07-15T09:00:00Z</time></trkpt>", FeedRefusals.TimeOutOfRange)]
    [InlineData("<trkpt lat='36' lon='37'><ele>inf</ele><time>2016-07-15T09:00:00Z</time></trkpt>", FeedRefusals.NotFinite)]
    public void Read_BadPoint_IsRefusedAndTheNextRead(string point, string code)
    {
        var records = Feed.Read(Gpx(point + Point));
        Feed.Refusals(records).ShouldBe(["item 1 " + code]);
        records.Count.ShouldBe(2);
    }

    [Fact]
    public void Read_DocumentThatIsNotWellFormed_EndsAfterWhatWasRead()
    {
        foreach (var document in new[] { Gpx(Point + "<trkpt"), Gpx(Point + "&whose;"), Gpx(Point + "<trkpt lat='1' lon='2'><ele>5\u0001</ele>"), Gpx(Point + "</trkseg><name>5&#1;</name>"), Gpx(Point)[..^8], Gpx(Point + Deep(XmlSafety.MaximumDepth + 1)) })
        {
            var records = Feed.Read(document);
            records[0].Content.Refusal.ShouldBeNull();
            records.Count.ShouldBe(2, document);
            records[1].Content.Refusal.ShouldNotBeNull().Code.ShouldBe(FeedRefusals.MalformedDocument);
        }

        Feed.Read(Gpx(Point + Deep(XmlSafety.MaximumDepth - 4))).ShouldHaveSingleItem();
        Feed.Refused("<!DOCTYPE gpx [<!ENTITY a 'b'>]>" + Gpx(Point)).Code.ShouldBe(FeedRefusals.UnknownFormat);
        Feed.Refused("<html></html>").Code.ShouldBe(FeedRefusals.UnknownFormat);
    }

    [Fact]
    public void Read_EndlessTag_IsGivenUpEarly()
    {
        using var endless = new EndlessStream("<gpx><trk><name>", 'x');
        using var input = FeedInput.Over(endless, long.MaxValue);
        PositionFormats.Find(input.Peek())!.Read(input, new("endless", ClockRule.Default, Tansiq.Feeds.Positions.Asterix.RadarPlaces.None)).ToList().ShouldHaveSingleItem().Content.Refusal.ShouldNotBeNull().Code.ShouldBe(FeedRefusals.ItemTooLong);
        endless.BytesGiven.ShouldBeLessThan(2 * GpxReader.MaximumMarkupBytes);
    }

    /// <summary>A recorded trace as ogr2ogr writes it, and as ogr2ogr reads what was written: the same places, heights and times.</summary>
    [Theory]
    [InlineData("GPX", "track_points", "ele")]
    [InlineData("GeoJSON", "", "")]
    public void Read_WhatOgrWrites_GivesTheRecordedPositions(string driver, string layer, string height)
    {
        var recorded = PositionFile.At(SharedData.PathOf("tracks/readsb/trace_full_ac671b.json")).Read().Take(500).Select(record => record.Content.Value).ToList();
        var folder = Directory.CreateTempSubdirectory("tansiq-ogr");
        try
        {
            var table = Path.Combine(folder.FullName, "points.csv");
            var rows = recorded.Select(p => FormattableString.Invariant(
                $"POINT({p.Position.Place.LongitudeE7 / 1e7m} {p.Position.Place.LatitudeE7 / 1e7m}),{p.Position.At.ToString("uuuu/MM/dd HH:mm:ss.fff", CultureInfo.InvariantCulture)}+00,1200.5,abc123,0,0"));
            File.WriteAllLines(table, ["WKT,time,ele,icao24,track_fid,track_seg_id", .. rows]);
            File.WriteAllText(table + "t", "WKT,DateTime,Real,String,Integer,Integer\n");
            var written = Path.Combine(folder.FullName, "written");
            string[] options = layer.Length == 0 ? [] : ["-nln", layer, "-nlt", "POINT", "-dsco", "GPX_USE_EXTENSIONS=YES"];
            SharedData.RunOgr(["-f", driver, written, table, .. options]);
            var read = PositionFile.At(written).Read().Select(record => record.Content.Value).ToList();
            read.Select(p => p.Position.Place).ShouldBe(recorded.Select(p => p.Position.Place));
            read.Select(p => p.Position.At.ToUnixTimeMilliseconds()).ShouldBe(recorded.Select(p => p.Position.At.ToUnixTimeMilliseconds()));
            if (height.Length > 0) read.ShouldAllBe(p => p.Position.Height == Height.FromUnits(12_005_000, HeightReference.SeaLevel));
            else read.ShouldAllBe(p => p.Track == "abc123");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Gpx(string points) => $"<gpx version='1.1'><trk><trkseg>{points}</trkseg></trk></gpx>";

    private static string Deep(int depth) => string.Concat(Enumerable.Repeat("<a>", depth)) + string.Concat(Enumerable.Repeat("</a>", depth));
}
