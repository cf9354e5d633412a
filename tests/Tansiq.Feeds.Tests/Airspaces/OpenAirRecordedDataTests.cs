using Tansiq.Feeds.Airspaces;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Tests.Airspaces;

/// <summary>The recorded files of shared/data/airspace/openair: how many airspaces they hold and which are refused, and why.</summary>
public sealed class OpenAirRecordedDataTests
{
    [Fact]
    public void ReadFile_Switzerland_ReadsAllButThreeThatCrossOrTouchThemselves()
    {
        var airspaces = Read("Switzerland.txt");
        airspaces.Count.ShouldBe(334);
        Refusals(airspaces).ShouldBe(
        [
            "line 1584 geo.outline-touches-itself",
            "line 2808 geo.outline-crosses-itself",
            "line 3001 geo.outline-crosses-itself",
        ]);
        Remarks(airspaces, AirspaceRemarkKind.LineWidened).ShouldBe(19);
        Remarks(airspaces, AirspaceRemarkKind.SpikeRemoved).ShouldBe(5);
        airspaces.Count(a => a.Refusal is null && a.Value.Class == "P").ShouldBe(162);
    }

    [Fact]
    public void ReadFile_Australia_RefusesOpenHeightsAndOutlinesThatAreNone()
    {
        var airspaces = Read("AirspaceAus-DAA.txt");
        airspaces.Count.ShouldBe(662);
        var refusals = airspaces.Select(a => a.Refusal).OfType<Refusal>().ToList();
        refusals.Where(r => r.Code == AirspaceRefusals.Height).GroupBy(r => r.Found).ToDictionary(g => g.Key, g => g.Count())
            .ShouldBe(new Dictionary<string, int> { ["NOTAM"] = 99, ["BCTA FT"] = 2 });
        Refusals(airspaces).Where(r => r.Contains(" geo.", StringComparison.Ordinal)).ShouldBe(
        [
            "line 2696 geo.outline-crosses-itself",
            "line 4357 geo.outline-crosses-itself",
            "line 7061 geo.outline-crosses-itself",
            "line 9552 geo.outline-crosses-itself",
            "line 9830 geo.outline-too-few-vertices",
        ]);
        refusals.Count.ShouldBe(106);
    }

    [Fact]
    public void ReadFile_Mosel_ReadsAllButFiveThatCrossOrTouchThemselves()
    {
        var airspaces = Read("mosel25.txt");
        airspaces.Count.ShouldBe(799);
        Refusals(airspaces).ShouldBe(
        [
            "line 5179 geo.outline-touches-itself",
            "line 6010 geo.outline-touches-itself",
            "line 8270 geo.outline-crosses-itself",
            "line 10338 geo.outline-crosses-itself",
            "line 13453 geo.outline-crosses-itself",
        ]);
    }

    [Fact]
    public void ReadFile_SampleOfTheFormat_ReadsAllButAnOpenHeightAndACrossing()
    {
        var airspaces = Read("FORMAT.txt");
        Refusals(airspaces).ShouldBe(["line 124 geo.outline-crosses-itself", "line 351 feeds.openair-height"]);
        airspaces.Count.ShouldBe(24);
    }

    [Theory]
    [InlineData("activation-times.txt", "")]
    [InlineData("activation-times-invalid.txt", "")]
    [InlineData("activation-times-none.txt", "")]
    [InlineData("ceiling-definitions-duplicate.txt", "line 4 feeds.openair-repeated")]
    [InlineData("circular.txt", "")]
    [InlineData("circular-invalid.txt", "")]
    [InlineData("coordinate-minutes-60.txt", "line 6 feeds.openair-coordinate")]
    [InlineData("do-not-split-into-multipolygon.txt", "line 1 geo.outline-crosses-itself")]
    [InlineData("flight-level-missing-number.txt", "line 6 feeds.openair-height")]
    [InlineData("in-output-openair.txt", "")]
    [InlineData("inline-comments.txt", "")]
    [InlineData("invalid-coordinates.txt", "line 14 feeds.openair-coordinate")]
    [InlineData("meter-altitude-unit.txt", "")]
    [InlineData("missing-ah-al.txt", "line 3 feeds.openair-missing")]
    [InlineData("round-altitude-values.txt", "")]
    [InlineData("single-airspace-ag-but-missing-af.txt", "")]
    [InlineData("start-end-coordinates-not-equal.txt", "")]
    [InlineData("version-2-warn-if-expired.txt", "")]
    public void ReadFile_ParserCase_IsReadOrRefusedAtItsLine(string file, string refusal)
    {
        var airspace = Read("openaip/" + file).ShouldHaveSingleItem();
        (airspace.Refusal is { } refused ? $"{refused.Where} {refused.Code}" : "").ShouldBe(refusal);
    }

    private static IReadOnlyList<Parsed<Airspace>> Read(string file) => OpenAirReader.ReadFile(SharedData.PathOf("airspace/openair/" + file));

    private static List<string> Refusals(IReadOnlyList<Parsed<Airspace>> airspaces) =>
        [.. airspaces.Select(a => a.Refusal).OfType<Refusal>().Select(r => $"{r.Where} {r.Code}")];

    private static int Remarks(IReadOnlyList<Parsed<Airspace>> airspaces, AirspaceRemarkKind kind) =>
        airspaces.Where(a => a.Refusal is null).Sum(a => a.Value.Remarks.Count(r => r.Kind == kind));
}
