using Tansiq.Feeds.Airspaces;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Tests.Airspaces;

/// <summary>The recorded files of shared/data/airspace/openair: how many airspaces they hold and which are refused, and why.</summary>
public sealed class OpenAirRecordedDataTests
{
    [Fact]
    public void ReadFile_Switzerland_ReadsAll()
    {
        var airspaces = Read("Switzerland.txt");
        airspaces.Count.ShouldBe(334);
        Refusals(airspaces).ShouldBeEmpty();
        Remarks(airspaces, AirspaceRemarkKind.LineWidened).ShouldBe(19);
        Remarks(airspaces, AirspaceRemarkKind.SpikeRemoved).ShouldBe(6);
        Splits(airspaces).ShouldBe(["line 1584 split at 1595 into 2", "line 2808 split at 2870 into 2", "line 3001 split at 3006 into 2"]);
        airspaces.Count(a => a.Refusal is null && a.Value.Class == "P").ShouldBe(162);
    }

    [Fact]
    public void ReadFile_Australia_RefusesOpenHeightsAndALineThereAndBack()
    {
        var airspaces = Read("AirspaceAus-DAA.txt");
        airspaces.Count.ShouldBe(662);
        var refusals = airspaces.Select(a => a.Refusal).OfType<Refusal>().ToList();
        refusals.Where(r => r.Code == AirspaceRefusals.Height).GroupBy(r => r.Found).ToDictionary(g => g.Key, g => g.Count())
            .ShouldBe(new Dictionary<string, int> { ["NOTAM"] = 99, ["BCTA FT"] = 2 });
        refusals.Where(r => r.Code != AirspaceRefusals.Height).Select(r => $"{r.Where} {r.Code}").ShouldBe(
        [
            "line 2704 feeds.airspace-area-in-doubt",
            "line 9830 geo.outline-too-few-vertices",
        ]);
        refusals.Count.ShouldBe(103);
        Splits(airspaces).ShouldBe(["line 4357 split at 4387 into 2", "line 7061 split at 7069 into 2", "line 9552 split at 9560 into 2"]);
    }

    [Fact]
    public void ReadFile_Mosel_RefusesOneThatWindsTwiceAroundAThirdOfItself()
    {
        var airspaces = Read("mosel25.txt");
        airspaces.Count.ShouldBe(799);
        Refusals(airspaces).ShouldBe(["line 5183 feeds.airspace-area-in-doubt"]);
        Splits(airspaces).ShouldBe(["line 6010 split at 6014 into 1", "line 8270 split at 8274 into 2", "line 10338 split at 10344 into 1", "line 13453 split at 13468 into 2"]);
    }

    [Fact]
    public void ReadFile_SampleOfTheFormat_ReadsAllButAnOpenHeight()
    {
        var airspaces = Read("FORMAT.txt");
        Refusals(airspaces).ShouldBe(["line 351 feeds.airspace-height"]);
        Splits(airspaces).ShouldBe(["line 124 split at 129 into 2"]);
        airspaces.Count.ShouldBe(24);
    }

    [Theory]
    [InlineData("activation-times.txt", "")]
    [InlineData("activation-times-invalid.txt", "")]
    [InlineData("activation-times-none.txt", "")]
    [InlineData("ceiling-definitions-duplicate.txt", "line 4 feeds.airspace-repeated")]
    [InlineData("circular.txt", "")]
    [InlineData("circular-invalid.txt", "")]
    [InlineData("coordinate-minutes-60.txt", "line 6 feeds.airspace-coordinate")]
    [InlineData("do-not-split-into-multipolygon.txt", "")]
    [InlineData("flight-level-missing-number.txt", "line 6 feeds.airspace-height")]
    [InlineData("in-output-openair.txt", "")]
    [InlineData("inline-comments.txt", "")]
    [InlineData("invalid-coordinates.txt", "line 14 feeds.airspace-coordinate")]
    [InlineData("meter-altitude-unit.txt", "")]
    [InlineData("missing-ah-al.txt", "line 3 feeds.airspace-missing")]
    [InlineData("round-altitude-values.txt", "")]
    [InlineData("single-airspace-ag-but-missing-af.txt", "")]
    [InlineData("start-end-coordinates-not-equal.txt", "")]
    [InlineData("version-2-warn-if-expired.txt", "")]
    public void ReadFile_ParserCase_IsReadOrRefusedAtItsLine(string file, string refusal)
    {
        var airspace = Read("openaip/" + file).ShouldHaveSingleItem();
        (airspace.Refusal is { } refused ? $"{refused.Where} {refused.Code}" : "").ShouldBe(refusal);
    }

    private static IReadOnlyList<Parsed<Airspace>> Read(string file) => AirspaceFile.Read(SharedData.PathOf("airspace/openair/" + file));

    private static List<string> Refusals(IReadOnlyList<Parsed<Airspace>> airspaces) =>
        [.. airspaces.Select(a => a.Refusal).OfType<Refusal>().Select(r => $"{r.Where} {r.Code}")];

    private static List<string> Splits(IReadOnlyList<Parsed<Airspace>> airspaces) =>
        [.. airspaces.Where(a => a.Refusal is null).Select(a => a.Value).SelectMany(a => a.Remarks
            .Where(remark => remark.Kind == AirspaceRemarkKind.SelfCrossingSplit)
            .Select(remark => $"{a.Place} split at {remark.Place["line ".Length..]} into {a.Outlines.Length}"))];

    private static int Remarks(IReadOnlyList<Parsed<Airspace>> airspaces, AirspaceRemarkKind kind) =>
        airspaces.Where(a => a.Refusal is null).Sum(a => a.Value.Remarks.Count(r => r.Kind == kind));
}
