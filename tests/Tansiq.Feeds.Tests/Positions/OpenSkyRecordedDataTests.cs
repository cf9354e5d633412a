using System.Text.Json;
using Tansiq.Feeds.Positions;

namespace Tansiq.Feeds.Tests.Positions;

/// <summary>All recorded files of shared/data/tracks/opensky, against a count made with Python's json module.</summary>
public sealed class OpenSkyRecordedDataTests
{
    private const string CountProgram = """
        import gzip, json, sys
        def place(row):
            return tuple(round(row[name] * 1e7) for name in ('latitude', 'longitude'))
        counts = {}
        for path in sys.argv[1:]:
            rows = json.loads(gzip.open(path).read())
            placed = [row for row in rows if row['latitude'] is not None and row['longitude'] is not None]
            moments = {(row['icao24'].strip().lower(), row['timestamp']) + place(row) for row in placed}
            heights = sum(1 for row in placed if (row.get('altitude') if row.get('altitude') is not None else row.get('geoaltitude')) is not None)
            counts[path] = dict(rows=len(rows), placed=len(placed), distinct=len(moments), tracks=len({m[0] for m in moments}),
                heights=heights, latitudes=sum(m[2] for m in moments), times=sum(m[1] for m in moments))
        print(json.dumps(counts))
        """;

    [Fact]
    [Trait("Requirement", "MON-1")]
    public void Read_EveryFile_AgreesWithPython()
    {
        var folder = SharedData.PathOf("tracks/opensky");
        var files = Directory.GetFiles(folder, "*.gz").Order(StringComparer.Ordinal).ToArray();
        files.Length.ShouldBe(11);
        var expected = JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, long>>>(SharedData.RunPython(CountProgram, files))!;
        expected.Values.Sum(counts => counts["rows"]).ShouldBe(193_171);
        foreach (var file in files) Counts(file).ShouldBe(expected[file], file);
    }

    private static Dictionary<string, long> Counts(string file)
    {
        var source = PositionFile.At(file);
        var records = source.Read().ToList();
        records.Select(r => r.Content.Refusal?.Code).OfType<string>().Distinct().ShouldBeSubsetOf([FeedRefusals.MissingPosition]);
        var ordered = new OrderedPositions([source]).Read().ToList();
        var given = ordered.Where(r => r.Refusal is null).Select(r => r.Value).ToList();
        ordered.Count.ShouldBe(records.Count);
        ordered.Select(r => r.Refusal?.Code).OfType<string>().Distinct().ShouldBeSubsetOf([FeedRefusals.MissingPosition, FeedRefusals.Duplicate]);
        given.Zip(given.Skip(1)).All(pair => pair.First.Position.At <= pair.Second.Position.At).ShouldBeTrue();
        return new()
        {
            ["rows"] = records.Count,
            ["placed"] = records.Count(r => r.Content.Refusal is null),
            ["distinct"] = given.Count,
            ["tracks"] = given.Select(p => p.Track).Distinct().Count(),
            ["heights"] = records.Count(r => r.Content.Refusal is null && r.Content.Value.Position.Height is not null),
            ["latitudes"] = given.Sum(p => (long)p.Position.Place.LatitudeE7),
            ["times"] = given.Sum(p => p.Position.At.ToUnixTimeMilliseconds()),
        };
    }
}
