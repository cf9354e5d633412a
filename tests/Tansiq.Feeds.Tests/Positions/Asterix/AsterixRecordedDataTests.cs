using System.Globalization;
using System.Text;
using System.Text.Json;
using NodaTime;
using Tansiq.Feeds.Positions;
using Tansiq.Feeds.Positions.Asterix;
using Tansiq.Feeds.Positions.Clocks;
using Tansiq.Geo;
using Tansiq.Geo.Geodesy;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Tests.Positions.Asterix;

/// <summary>The recorded files of shared/data/asterix, record by record against tests/oracles/asterix.py.</summary>
[Trait("Requirement", "MON-1")]
public sealed class AsterixRecordedDataTests
{
    private static readonly Instant Day = Instant.FromUtc(2016, 5, 5, 12, 0);

    [Theory]
    [InlineData("final_frame_062_30min.ff", 34_957)]
    [InlineData("cat_062_065.pcap", 2)]
    [InlineData("cat062cat065.raw", 2)]
    public void Read_SystemTracks_AgreeWithTheOracle(string name, int count)
    {
        var rows = Oracle(name);
        var records = Reports(name);
        rows.Count.ShouldBe(count);
        records.Count.ShouldBe(count);
        foreach (var (row, record) in rows.Zip(records))
        {
            record.Content.Refusal.ShouldBeNull();
            AgreesWithTheOracle(row, record.Content.Value);
        }
    }

    [Fact]
    public void Read_TracksWithCartesianPositionsOnly_AreRefusedAsWithoutPosition()
    {
        var records = Reports("final_frame_062_one_packet_sample2.FF");
        records.Count.ShouldBe(3);
        records.ShouldAllBe(r => r.Content.Refusal!.Code == FeedRefusals.MissingPosition);
    }

    [Fact]
    public void Read_RadarReportsWithoutPlaces_AreRefusedEach()
    {
        var records = Reports("cat_034_048.pcap");
        Counts(records).ShouldBe(new() { [AsterixRefusals.RadarPlaceUnknown] = 126, [FeedRefusals.MissingPosition] = 2 });
    }

    [Fact]
    public void Read_RadarReportsWithPlaces_AgreeWithTheOracle()
    {
        var rows = Oracle("cat_034_048.pcap");
        var records = Reports("cat_034_048.pcap", Everywhere());
        var centre = GeoPoint.FromDegrees(45, 16);
        records.Count.ShouldBe(rows.Count);
        foreach (var (row, record) in rows.Zip(records).Where(pair => pair.First[6].ValueKind != JsonValueKind.Null))
        {
            var reported = record.Content.Value;
            AgreesWithTheOracle(row, reported);
            var path = Geodesic.Inverse(centre, reported.Position.Place);
            var slantMetres = row[6].GetInt32() * 1852 / 256.0;
            path.StartAzimuthDegrees.ShouldBe(row[7].GetInt32() * 360 / 65536.0, 0.002);
            path.DistanceMetres.ShouldBeInRange(slantMetres - 2_500, slantMetres + 100);
        }
    }

    /// <summary>The decoded output that comes with the capture was made by another decoder.</summary>
    [Fact]
    public void Read_RadarReports_HaveTheTracksOfThePublishedOutput()
    {
        var published = new List<(string Track, string? Callsign)>();
        foreach (var record in File.ReadAllText(SharedData.PathOf("asterix/cat_034_048.txt")).Split("Data Record ").Where(text => text.Contains("Item 040", StringComparison.Ordinal)))
        {
            var track = Value(record, "AircraftAddress: ")?.ToLowerInvariant()
                ?? $"{Value(record, "System Area Code: ")}-{Value(record, "System Identification Code: ")}-{Value(record, "Track Number: ")}";
            published.Add((track, Value(record, "defining target identification: ")));
        }

        var records = Reports("cat_034_048.pcap", Everywhere());
        var read = records.Where(r => r.Content.Refusal is null).Select(r => (r.Content.Value.Track, r.Content.Value.Callsign)).ToList();
        read.Count.ShouldBe(126);
        read.ShouldBe(published);

        static string? Value(string record, string label)
        {
            var start = record.IndexOf(label, StringComparison.Ordinal);
            var value = start < 0 ? "" : record[(start + label.Length)..record.IndexOf('\n', start)].Trim();
            return value.Length == 0 ? null : value;
        }
    }

    [Theory]
    [InlineData("cat_034_048.pcap", 34)]
    [InlineData("cat_062_065.pcap", 1)]
    public void Read_OtherCategories_AreCountedByBlock(string name, int count) =>
        Counts(PositionFile.At(SharedData.PathOf("asterix/" + name)).Read())[AsterixRefusals.CategoryNotRead].ShouldBe(count);

    /// <summary>Its datagrams put a header of another kind before each block.</summary>
    [Fact]
    public void Read_BlocksInAnotherFraming_AreRefused() =>
        Counts(PositionFile.At(SharedData.PathOf("asterix/cat_001_002.pcap")).Read()).ShouldBe(new() { [AsterixRefusals.MalformedBlock] = 1 });

    [Fact]
    public void Read_AnOldEdition_GivesNoPosition()
    {
        var records = PositionFile.At(SharedData.PathOf("asterix/asterix.pcap")).Read().ToList();
        records.ShouldNotBeEmpty();
        records.Where(r => r.Content.Refusal is null).Select(r => r.Content.Value.ToString()).ShouldBeEmpty();
    }

    [Fact]
    public void Read_WithoutAnyDate_IsRefusedAsAWhole()
    {
        var record = PositionFile.At(SharedData.PathOf("asterix/final_frame_062_30min.ff")).Read().ShouldHaveSingleItem();
        record.Content.Refusal!.Code.ShouldBe(AsterixRefusals.DateUnknown);
    }

    private static Dictionary<string, int> Counts(IEnumerable<PositionRecord> records) =>
        records.Select(r => r.Content.Refusal).OfType<Refusal>().GroupBy(r => r.Code).ToDictionary(group => group.Key, group => group.Count());

    private static RadarPlaces Everywhere() =>
        RadarPlaces.Read(Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, 256).Select(sic => FormattableString.Invariant($"25,{sic},45,16,100"))))).Value;

    /// <summary>What is read of the categories that are read.</summary>
    private static List<PositionRecord> Reports(string name, RadarPlaces? radars = null) =>
    [
        .. PositionFile.At(SharedData.PathOf("asterix/" + name))
            .WithClock(new ClockRule { Reference = Day })
            .WithRadars(radars ?? RadarPlaces.None)
            .Read()
            .Where(r => r.Content.Refusal?.Code != AsterixRefusals.CategoryNotRead),
    ];

    private static void AgreesWithTheOracle(JsonElement row, ReportedPosition reported)
    {
        var track = row[4].ValueKind == JsonValueKind.Null
            ? row[1].GetString() + "-" + row[3].GetInt32().ToString(CultureInfo.InvariantCulture)
            : row[4].GetInt32().ToString("x6", CultureInfo.InvariantCulture);
        var sinceMidnight = reported.Position.At - reported.Position.At.InUtc().Date.AtMidnight().InUtc().ToInstant();
        var height = reported.Position.Height is { } known ? FormattableString.Invariant($"[\"{known.Reference}\", {known.Units}]") : "null";
        var place = reported.Position.Place;
        var isTrack = row[0].GetInt32() == 62;
        var expected = (track, row[2].GetInt32() / 128.0, row[5].GetString(), isTrack ? row[6].GetInt32() : place.LatitudeE7, isTrack ? row[7].GetInt32() : place.LongitudeE7, row[8].GetRawText());
        var read = (reported.Track, sinceMidnight.TotalSeconds, reported.Callsign, place.LatitudeE7, place.LongitudeE7, height);
        if (read != expected) read.ShouldBe(expected);
        var speed = row[9].ValueKind == JsonValueKind.Null ? null : (double?)(row[9].GetInt32() / 1000.0);
        if (Math.Abs(reported.GroundSpeedMetresPerSecond - speed ?? 0) > 0.0011 || speed is null != reported.GroundSpeedMetresPerSecond is null)
            reported.GroundSpeedMetresPerSecond.ShouldBe(speed);
    }

    private static List<JsonElement> Oracle(string name)
    {
        var program = File.ReadAllText(SharedData.RepositoryPathOf("tests/oracles/asterix.py"));
        var lines = SharedData.RunPython(program, SharedData.PathOf("asterix/" + name)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
    }
}
