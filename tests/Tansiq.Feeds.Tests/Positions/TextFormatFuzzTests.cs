using System.Text;
using CsCheck;
using Tansiq.Feeds.Positions;

namespace Tansiq.Feeds.Tests.Positions;

/// <summary>Each text format, mutated: no exception, places that go forward, at most one fatal refusal and that the last.</summary>
public sealed class TextFormatFuzzTests
{
    private static readonly Dictionary<string, string> Originals = new(StringComparer.Ordinal)
    {
        ["aircraft"] = """{"now":1468575000.2,"messages":1,"aircraft":[{"hex":"~abc123","flight":"R \u0041","lat":36.2,"lon":37.15,"alt_baro":"ground","alt_geom":1200,"gs":1e2,"seen_pos":1.5,"nic":8,"rc":186.2,"mlat":["lat"]},{"hex":"b","lat":1,"lon":2}]}""",
        ["lines"] = "{\"now\":1468575000,\"hex\":\"a\",\"lat\":1,\"lon\":2}\n\u001e{\"now\":1468575001,\"hex\":\"a\",\"lat\":1,\"lon\":2}\n",
        ["trace"] = """{"icao":"abc123","timestamp":1468575000,"trace":[[0,1,2,30000,400,0,1,0,{"flight":"ONE","rc":75},"adsb_icao",30500],[1,1,2,"ground",null,0,10,0,null]]}""",
        ["points"] = """{"4acb03":[{"lat":42.9,"lon":28.5,"speed":1,"t":1775944727.2},{"lat":42.9,"lon":28.5,"t":1775944728}],"4acb04":[]}""",
        ["geojson"] = """{"type":"FeatureCollection","features":[{"type":"Feature","id":1,"geometry":{"type":"LineString","coordinates":[[37,36],[37.1,36.1,5]]},"properties":{"name":"x y","coordTimes":["2016-07-15T09:00:00Z",1468573201]}}]}""",
        ["feature"] = """{"type":"Feature","geometry":{"type":"Point","coordinates":[37,36]},"properties":{"icao24":"a","time":1468573201,"type":"a-f-A"}}""",
        ["sbs"] = "START,Fri Jul 15 09:00:00 +0000 UTC 2016\n1500,MSG,3,1,1,ABC123,1,2016/07/15,09:00:00.250,2016/07/15,09:00:01.000,,35000,,,36.2,37.15,,,0,0,0,0\nMSG,4,1,1,ABC123,1,2016/07/15,09:00:00,,,,,100,90,,,0\n",
        ["event"] = "<?xml version='1.0'?><!-- x --><events><event uid='ICAO-ABC123' type='a-f-A' time='2016-07-15T09:00:00Z'><point lat='1' lon='2' hae='9' ce='9'/><detail><contact callsign='&amp;'/><track speed='1'/></detail></event><event/></events>",
        ["igc"] = "AFLASIQ\nHFDTE180710\nHFGIDGliderID:D-KJLH\nI023638FXA3940SIU\nB0857055106070N00623988EA000760007600210\nLxyz\nB0857135106071N00623989EA-00760007600210\n",
        ["gpx"] = "<?xml version=\"1.0\"?><gpx><trk><name>a</name><trkseg><trkpt lat=\"1\" lon=\"2\"><ele>5</ele><time>2016-07-15T09:00:00Z</time></trkpt></trkseg></trk></gpx>",
    };

    private static readonly byte[] Telling = Encoding.UTF8.GetBytes("\"{}[],:<>/='&;-! \n\u001e09.eE\\");

    [Theory]
    [InlineData("aircraft")]
    [InlineData("lines")]
    [InlineData("trace")]
    [InlineData("points")]
    [InlineData("geojson")]
    [InlineData("feature")]
    [InlineData("sbs")]
    [InlineData("event")]
    [InlineData("igc")]
    [InlineData("gpx")]
    [Trait("Requirement", "MON-4")]
    public void Read_MutatedAndTruncated_NeverThrows(string format)
    {
        var original = Encoding.UTF8.GetBytes(Originals[format]);
        Feed.Read(original).ShouldContain(record => record.Content.Refusal == null);
        var octet = Gen.OneOf(Gen.Byte, Gen.Int[0, Telling.Length - 1].Select(index => Telling[index]));
        var mutation = Gen.Select(Gen.Int[0, original.Length - 1], octet, Gen.Int[0, 3], Gen.Int[1, 40]);
        Gen.Select(mutation.Array[1, 6], Gen.Int[0, original.Length * 2]).Sample(
            (mutations, end) =>
            {
                var bytes = original.ToList();
                foreach (var (at, value, kind, length) in mutations)
                {
                    var place = Math.Min(at, Math.Max(0, bytes.Count - 1));
                    if (kind == 0 && bytes.Count > 0) bytes[place] = value;
                    else if (kind == 1) bytes.Insert(place, value);
                    else if (kind == 2) bytes.RemoveRange(place, Math.Min(length, bytes.Count - place));
                    else bytes.InsertRange(place, bytes.Skip(place).Take(length).ToArray());
                }

                Check([.. bytes.Take(end)]);
            },
            iter: 1_000);
    }

    private static void Check(byte[] bytes)
    {
        var records = Feed.Read(bytes);
        records.Count.ShouldBeLessThanOrEqualTo(1_000);
        records.SkipLast(1).Any(record => record.Content.Refusal is { } refusal && FeedRefusals.IsFatal(refusal)).ShouldBeFalse();
        records.Zip(records.Skip(1)).All(pair => pair.First.Place.Number <= pair.Second.Place.Number).ShouldBeTrue();
        using var slow = FeedInput.Over(new SlowStream(bytes), long.MaxValue);
        var start = slow.Peek();
        if (PositionFormats.Find(start) is { } format) PositionLines.Of(format.Read(slow, new("slow", Tansiq.Feeds.Positions.Clocks.ClockRule.Default, Tansiq.Feeds.Positions.Asterix.RadarPlaces.None))).ShouldBe(PositionLines.Of(records));
    }
}
