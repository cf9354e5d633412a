using System.Text;
using Tansiq.Feeds.Positions;

namespace Tansiq.Feeds.Tests.Positions;

public sealed class PositionFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tansiq-folder").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    [Trait("Requirement", "MON-1")]
    public void Read_Snapshots_AreOneFeedInTheOrderOfTheirNames()
    {
        Write("history_10.json", Snapshot(1_468_573_230, ("a", 36.3, 0.2), ("b", 40, 25.0)));
        Write("history_2.json", Feed.Gzip(Snapshot(1_468_573_210, ("a", 36.2, 0.1), ("b", 40, 5.3))));
        Write("history_1.json", Snapshot(1_468_573_200, ("a", 36.1, 0.0)));
        Write("sub/later.csv", "time,icao24,lat,lon\n1468573300,a,36.4,37\n");
        Write(".hidden", "what");
        var folder = PositionSource.At(_folder).ShouldBeOfType<PositionFolder>();
        var records = folder.Read().ToList();
        records.Select(record => record.Content.Refusal?.Code ?? $"{record.Content.Value.Track} {record.Content.Value.Position.Place.LatitudeE7 / 1_000_000}")
            .ShouldBe(["a 361", "a 362", "b 400", "a 363", FeedRefusals.Repeated, "a 364"]);
        records[4].Content.Refusal.ShouldNotBeNull().Where.ShouldBe("history_10.json: item 2");
        folder.TotalBytes.ShouldBe(Directory.GetFiles(_folder, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length) - 4);
        folder.BytesRead.ShouldBe(folder.TotalBytes!.Value);
        var ordered = new OrderedPositions([folder]).Read().Where(position => position.Refusal is null).Select(position => position.Value.Position.At).ToList();
        ordered.Count.ShouldBe(5);
        ordered.ShouldBe(ordered.Order());
    }

    [Theory]
    [InlineData(1.0, true)]
    [InlineData(1.1, false)]
    [InlineData(-1.1, false)]
    public void Read_SamePlaceWithinASecond_IsARepetition(double later, bool isRepeated)
    {
        Write("1.json", Snapshot(1_468_573_200, ("a", 36.1, 5)));
        Write("2.json", Snapshot(1_468_573_210, ("a", 36.1, 15 - later)));
        PositionFolder.At(_folder).Read().Last().Content.Refusal?.Code.ShouldBe(isRepeated ? FeedRefusals.Repeated : null);
    }

    [Fact]
    public void Read_SamePlaceInOneFile_IsNoRepetition()
    {
        Write("1.csv", "time,icao24,lat,lon\n1468573300,a,36.4,37\n1468573300.5,a,36.4,37\n");
        PositionFolder.At(_folder).Read().ShouldAllBe(record => record.Content.Refusal == null);
    }

    [Fact]
    [Trait("Requirement", "MON-4")]
    public void Read_FileThatCannotBeRead_IsRefusedAndTheNextRead()
    {
        Write("1.json", """{"now":1468573200,"aircraft":[{"hex":"a","lat":1,"lon":2},""");
        Write("2.txt", "readme");
        Write("3.json", Snapshot(1_468_573_210, ("b", 36.1, 0), ("c", 91, 0)));
        var records = PositionFolder.At(_folder).Read().ToList();
        Feed.Refusals(records).ShouldBe(["1.json: item 2 feeds.file-refused", "2.txt feeds.file-refused", "3.json: item 2 feeds.latitude-out-of-range"]);
        records.Count.ShouldBe(5);
        records.ShouldAllBe(record => record.Content.Refusal == null || !FeedRefusals.IsFatal(record.Content.Refusal));
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(1, true)]
    public void Read_FilesAtTheirLimit_AreReadAndOneMoreRefused(int maximum, bool isRefused)
    {
        Write("1.json", Snapshot(1_468_573_200, ("a", 36.1, 0)));
        Write("2.json", Snapshot(1_468_573_210, ("b", 36.1, 0)));
        var records = PositionFolder.At(_folder).WithMaximumFiles(maximum).Read().ToList();
        string.Join(' ', Feed.Refusals(records)).Trim().ShouldBe(isRefused ? FeedRefusals.TooManyFiles : "");
        records.Count.ShouldBe(isRefused ? 1 : 2);
    }

    [Fact]
    public void Read_FolderThatIsNotThere_IsRefused()
    {
        PositionFolder.At(Path.Combine(_folder, "no")).Read().ShouldHaveSingleItem().Content.Refusal.ShouldNotBeNull().Code.ShouldBe(FeedRefusals.Unreadable);
        PositionSource.At(Path.Combine(_folder, "no")).ShouldBeOfType<PositionFile>();
    }

    [Fact]
    public void Compare_Names_TakesDigitsByTheirValue()
    {
        string[] names = ["a", "a01", "a1b", "a2", "a10", "a10b", "a11", "b1", "99999999999999999999999", "100000000000000000000000"];
        string[] expected = ["99999999999999999999999", "100000000000000000000000", "a", "a01", "a1b", "a2", "a10", "a10b", "a11", "b1"];
        names.Order(NaturalOrder.Instance).ShouldBe(expected);
        names.Reverse().Order(NaturalOrder.Instance).ShouldBe(expected);
        NaturalOrder.Instance.Compare("a1", "a01").ShouldBeGreaterThan(0);
        NaturalOrder.Instance.Compare("a1", "a1").ShouldBe(0);
    }

    /// <summary>Six recorded snapshots of 96 minutes: what the next one repeats is counted in Python.</summary>
    [Fact]
    public void Read_RecordedSnapshots_AgreesWithPython()
    {
        const string oracle = """
            import json, pathlib, sys
            last, given, repeated = {}, 0, 0
            for number, path in enumerate(sorted(pathlib.Path(sys.argv[1]).iterdir())):
                for a in json.loads(path.read_text())['aircraft']:
                    place, at, track = (round(a['lat'] * 1e7), round(a['lng'] * 1e7)), a['time_position'], a['icao24']
                    if track in last and last[track][2] != number and last[track][0] == place and abs(last[track][1] - at) <= 1: repeated += 1
                    else: given, last[track] = given + 1, (place, at, number)
            print(given, repeated)
            """;
        var folder = SharedData.PathOf("tracks/westasia-2026-03-18");
        var records = PositionFolder.At(folder).Read().ToList();
        var repeated = records.Count(record => record.Content.Refusal?.Code == FeedRefusals.Repeated);
        $"{records.Count - repeated} {repeated}".ShouldBe(SharedData.RunPython(oracle, folder).Trim());
        records.Count.ShouldBe(506);
    }

    private static string Snapshot(long now, params (string Track, double Latitude, double Age)[] aircraft) => FormattableString.Invariant(
        $"{{\"now\":{now},\"aircraft\":[{string.Join(',', aircraft.Select(a => FormattableString.Invariant($"{{\"hex\":\"{a.Track}\",\"lat\":{a.Latitude},\"lon\":37,\"seen_pos\":{a.Age}}}")))}]}}");

    private void Write(string name, string content) => Write(name, Encoding.UTF8.GetBytes(content));

    private void Write(string name, byte[] content)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
    }
}
