using System.Globalization;
using System.Text;
using System.Text.Json;
using Tansiq.Feeds.Airspaces;
using Tansiq.Feeds.Airspaces.Notams;
using Tansiq.Geo.Geodesy;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Tests.Airspaces.Notams;

/// <summary>The recorded NOTAM: 791 of 2026 and those of the pynotam tests.</summary>
[Trait("Requirement", "MON-4")]
public sealed class NotamRecordedDataTests
{
    // The text of each, with the circle of the Q line as the collector of the file read it.
    private const string Rows = """
        import csv, json, sys
        csv.field_size_limit(10 ** 9)
        rows = csv.DictReader(open(sys.argv[1], encoding='utf-8'))
        print(json.dumps([[row['raw'], row['lat'], row['lon'], row['radius_nm'], row['from_utc']] for row in rows]))
        """;

    private static readonly Lazy<List<(string[] Row, IReadOnlyList<Parsed<Airspace>> Read)>> Recorded = new(() =>
    [
        .. JsonSerializer.Deserialize<List<string[]>>(SharedData.RunPython(Rows, SharedData.PathOf("notam/notam-whisper_dev.csv")))!
            .Select(row => (row, AirspaceFile.Read(Encoding.UTF8.GetBytes(row[0])))),
    ]);

    [Fact]
    public void Read_RecordedNotams_AreAreasOrSayWhyNot()
    {
        var all = Recorded.Value.SelectMany(recorded => recorded.Read).ToList();
        (Recorded.Value.Count, all.Count).ShouldBe((791, 811));
        var read = all.Where(airspace => airspace.Refusal is null).Select(airspace => airspace.Value).ToList();
        var fromText = read.Count(airspace => !airspace.Remarks.Any(remark => remark.Kind == AirspaceRemarkKind.QualifierTaken));
        (read.Count, fromText).ShouldBe((709, 355));
        all.Select(airspace => airspace.Refusal?.Code).OfType<string>().GroupBy(code => code).ToDictionary(group => group.Key, group => group.Count()).ShouldBe(
            new() { [AirspaceRefusals.NotAnArea] = 88, [AirspaceRefusals.AreaInDoubt] = 3, ["geo.radius-out-of-range"] = 11 });
    }

    /// <summary>What the text says lies in the circle of the Q line, but where the sender's Q line is wrong or of a part.</summary>
    [Fact]
    public void Read_ShapesOfTheText_LieInTheCircleOfTheQLine()
    {
        var (compared, outside) = (0, new List<string>());
        foreach (var (row, read) in Recorded.Value)
        {
            var airspace = read[0];
            if (airspace.Refusal is not null || airspace.Value.Remarks.Any(remark => remark.Kind == AirspaceRemarkKind.QualifierTaken)) continue;
            if (NotamQualifier.Read(NotamFields.Of(row[0])['Q']) is not { Centre: { } centre, RadiusNauticalMiles: < NotamQualifier.WholeRegion and var radius }) continue;
            compared++;
            var farthest = airspace.Value.Outlines.SelectMany(outline => outline.Shell).Max(vertex => Geodesic.Inverse(centre, vertex.ToGeoPoint()).DistanceMetres) / 1852;
            if (farthest > radius * 1.1 + 2) outside.Add(airspace.Value.Name);
        }

        compared.ShouldBe(277);
        outside.ShouldBe(["W5239/25", "P1774/26", "A0923/26", "B1771/26", "A1384/26"], ignoreOrder: true);
    }

    [Fact]
    public void Read_QLinesAndTimes_AgreeWithTheCollector()
    {
        var compared = 0;
        foreach (var (row, read) in Recorded.Value)
        {
            var fields = NotamFields.Of(row[0]);
            if (NotamQualifier.Read(fields['Q']) is not { Centre: { } centre } qualifier || row[1].Length == 0 || row[3].Length == 0) continue;
            compared++;
            centre.LatitudeDegrees.ShouldBe(double.Parse(row[1], CultureInfo.InvariantCulture), 1e-6, row[0]);
            centre.LongitudeDegrees.ShouldBe(double.Parse(row[2], CultureInfo.InvariantCulture), 1e-6, row[0]);
            qualifier.RadiusNauticalMiles.ShouldBe(int.Parse(row[3], CultureInfo.InvariantCulture), row[0]);
            if (read[0] is { Refusal: null } airspace && row[4].Length > 0) airspace.Value.Validity!.Value.Start.ToString().ShouldBe(row[4]);
        }

        compared.ShouldBe(662);
    }

    [Fact]
    public void Read_PynotamSamples_AreNotamEach()
    {
        var files = Directory.GetFiles(SharedData.PathOf("notam/pynotam"));
        var all = files.SelectMany(AirspaceFile.Read).ToList();
        (files.Length, all.Count, all.Count(airspace => airspace.Refusal is null)).ShouldBe((93, 93, 40));
    }
}
