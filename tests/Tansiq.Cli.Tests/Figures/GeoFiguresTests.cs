using Shouldly;
using Tansiq.Figures;
using Xunit;

namespace Tansiq.Cli.Tests.Figures;

/// <summary>The table of <c>tansiq bench geo</c> compares like with like: every engine finds the same hits in the same data.</summary>
public sealed class GeoFiguresTests
{
    [Fact]
    [Trait("Requirement", "FLT-4")]
    public void Geo_EveryEngine_FindsTheSameHits()
    {
        using var output = new StringWriter();

        var rows = new GeoFigures(new(areas: 1_000, points: 5_000, probes: 500, seed: 7), output).Run(withChanges: false);

        rows.Count.ShouldBe(4);
        foreach (var row in rows)
        {
            row.Own.Hits.ShouldBeGreaterThan(0, output.ToString());
            row.Agrees.ShouldBeTrue(output.ToString());
        }
    }
}
