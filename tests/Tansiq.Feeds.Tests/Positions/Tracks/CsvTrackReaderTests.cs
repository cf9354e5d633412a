using NodaTime;
using Tansiq.Feeds.Positions;
using Tansiq.Feeds.Positions.Clocks;
using Tansiq.Geo;

namespace Tansiq.Feeds.Tests.Positions.Tracks;

public sealed class CsvTrackReaderTests
{
    private static readonly Instant Nine = Instant.FromUtc(2016, 7, 15, 9, 0);

    [Theory]
    [Trait("Requirement", "MON-1")]
    [InlineData("ID,Lat,Lng,DateTime", "2016-07-15 09:00:00")]
    [InlineData("\uFEFFname,latitude,long,timestamp", "1468573200")]
    [InlineData("\"hex\", lat ,lon,time", "1468573200000")]
    [InlineData("icao24,lat,lon,utc", "2016-07-15T12:00:00+03:00")]
    public void Read_OtherNames_GivesTheSame(string header, string time)
    {
        var reported = Feed.Taken($"{header}\r\nABC123,36.2,37.15,{time}\r\n");
        (reported.Track, reported.Position).ShouldBe(("abc123", new(GeoPoint.FromE7(362_000_000, 371_500_000), 0, null, Nine)));
    }

    [Theory]
    [InlineData("alt_baro", "1000", "P 3048000")]
    [InlineData("altitude_ft", "1000", "P 3048000")]
    [InlineData("baro_altitude", "1000", "P 10000000")]
    [InlineData("alt_geom", "1000", "E 3048000")]
    [InlineData("hae", "1000", "E 10000000")]
    [InlineData("ele", "1000", "S 10000000")]
    [InlineData("alt", "1000", " ")]
    [InlineData("altitude_m", "1000", " ")]
    [InlineData("altitude", "1000", " ")]
    [InlineData("speed", "-5", " ")]
    public void Read_HeightWhoseNameSaysUnitAndReference_IsTaken(string name, string value, string height)
    {
        var fields = PositionLines.Of(Feed.Read($"id,lat,lon,time,{name}\na,1,2,1468573200,{value}\n"))[0].Split('|');
        $"{fields[5]} {fields[4]}".ShouldBe(height);
    }

    [Fact]
    public void Read_FurtherColumns_AreTaken()
    {
        var reported = Feed.Taken("id,callsign,lat,lon,time,gs,on_ground,accuracy_m,alt_baro,note\nRed Crescent 7,RC7,1,2,1468573200,100,1,15.2,ground,\n");
        (reported.Track, reported.Callsign, reported.OnGround, reported.Position.HorizontalUncertaintyMetres).ShouldBe(("red-crescent-7", "RC7", true, 16));
        reported.GroundSpeedMetresPerSecond.ShouldNotBeNull().ShouldBe(51.4444, 0.0001);
        var clock = new ClockRule { AheadOfUtc = Offset.FromHours(3) };
        Feed.Of("id,lat,lon,time\na,1,2,2016-07-15T12:00:00\n").WithClock(clock).Read().Single().Content.Value.Position.At.ShouldBe(Nine);
    }

    [Theory]
    [Trait("Requirement", "MON-4")]
    [InlineData("a,1,2,,5", FeedRefusals.MissingTime)]
    [InlineData("a,1,2,noon,5", FeedRefusals.WrongType)]
    [InlineData(",1,2,1468573200,5", FeedRefusals.MissingTrack)]
    [InlineData("a,nan,2,1468573200,5", FeedRefusals.NotFinite)]
    [InlineData("a,1,,1468573200,5", FeedRefusals.MissingPosition)]
    [InlineData("a,1,2,14685732,5", FeedRefusals.TimeOutOfRange)]
    [InlineData("a,1,2,1468573200", FeedRefusals.MalformedLine)]
    [InlineData("a,1,2,1468573200,high", FeedRefusals.WrongType)]
    public void Read_BadLine_IsRefusedAndTheNextRead(string line, string code)
    {
        var records = Feed.Read($"id,lat,lon,time,ele\n{line}\na,1,2,1468573200,\n");
        Feed.Refusals(records).ShouldBe(["line 2 " + code]);
        records.Count.ShouldBe(2);
        Feed.Read(Feed.Gzip("id,lat,lon,time,ele\na,1,2,1468573200,\n")).ShouldHaveSingleItem();
    }

    [Fact]
    public void Read_RecordedTable_AgreesWithPythonInEveryRecord()
    {
        const string oracle = """
            import csv, datetime, sys
            from decimal import Decimal
            for row in csv.DictReader(open(sys.argv[1])):
                at = int(datetime.datetime.strptime(row['event_time'], '%Y-%m-%dT%H:%M:%SZ').replace(tzinfo=datetime.timezone.utc).timestamp())
                print('|'.join([row['flight_id'], str(round(Decimal(row['latitude']) * 10**7)), str(round(Decimal(row['longitude']) * 10**7)), f'{at}000000',
                    str(int(row['altitude']) * 3048) if row['altitude'] else '', 'P' if row['altitude'] else '', '', '0', row['on_ground'], '']))
            """;
        var path = SharedData.PathOf("tracks/eurocontrol/egll-positions-fr24.csv");
        var records = PositionFile.At(path).Read().ToList();
        PositionLines.Of(records).ShouldBe(SharedData.RunPython(oracle, path).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        records.Count.ShouldBeGreaterThan(10_000);
    }
}
