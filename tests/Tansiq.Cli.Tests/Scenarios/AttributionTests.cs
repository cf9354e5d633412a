using System.Text;
using Tansiq.Coordination.Monitoring;
using Tansiq.Coordination.Parties;
using Tansiq.Geo.Text;

namespace Tansiq.Cli.Tests.Scenarios;

/// <summary>What attribution.json takes and what it refuses.</summary>
[Trait("Requirement", "MON-3")]
public class AttributionTests
{
    private static readonly Founding Founding = FoundingReader.Read(Encoding.UTF8.GetBytes(SmallScenario.Founding)).Value;
    private static readonly string Actor = Founding.Actors.Keys.First().Value;
    private static readonly string Rest = $"\"actor\": \"{Actor}\", \"basis\": \"assessed\", \"confidence\": \"low\", \"source\": \"made up\"";

    [Fact]
    public void Read_GoodText_TakesEveryMember()
    {
        var rule = Read($"{{\"tracks\": [\"~ae01c5\"], \"callsigns\": [\"RCH\"], \"blocks\": [{{\"first\": \"ae0000\", \"last\": \"afffff\"}}], {Rest}}}").Value.Rules.ShouldHaveSingleItem();

        rule.Tracks.ShouldBe(["~ae01c5"]);
        rule.Callsigns.ShouldBe(["RCH"]);
        rule.Blocks.ShouldBe([new(0xae0000, 0xafffff)]);
        (rule.Actor.Value, rule.Basis, rule.Confidence, rule.Source).ShouldBe((Actor, AttributionBasis.Assessed, AttributionConfidence.Low, "made up"));
    }

    [Theory]
    [InlineData("\"tracks\": [\"t\"]", "low", "sure", "/attributions/0/confidence", "json.unknown-word")]
    [InlineData("\"tracks\": [\"t\"]", "assessed", "address-block", "/attributions/0/basis", "json.unknown-word")]
    [InlineData("\"tracks\": [\"t\"]", "\"actor\": \"", "\"actor\": \"un", "/attributions/0/actor", "parties.unknown-actor")]
    [InlineData("\"tracks\": [\"t\"]", "made up", "", "/attributions/0/source", "json.wrong-type")]
    [InlineData("\"tracks\": [\"AE01C5\"]", "", "", "/attributions/0/tracks/0", "json.wrong-type")]
    [InlineData("\"callsigns\": [\"rch\"]", "", "", "/attributions/0/callsigns/0", "json.wrong-type")]
    [InlineData("\"callsigns\": [\"ABCDEFGHIJKLMNOPQ\"]", "", "", "/attributions/0/callsigns/0", "json.wrong-type")]
    [InlineData("\"blocks\": [{\"first\": \"ae00\", \"last\": \"afffff\"}]", "", "", "/attributions/0/blocks/0/first", "json.wrong-type")]
    [InlineData("\"blocks\": [{\"first\": \"AE0000\", \"last\": \"afffff\"}]", "", "", "/attributions/0/blocks/0/first", "json.wrong-type")]
    [InlineData("\"blocks\": [{\"first\": \"af0000\", \"last\": \"ae0000\"}]", "", "", "/attributions/0/blocks/0", "scenario.block-reversed")]
    [InlineData("\"tracks\": [\"t\"], \"flights\": []", "", "", "/attributions/0/flights", "json.unknown-member")]
    [InlineData("\"tracks\": null", "", "", "/attributions/0/tracks", "json.missing")]
    public void Read_OneThingWrong_SaysWhatAndWhere(string subject, string good, string bad, string where, string code)
    {
        var refusal = Read($"{{{subject}, {(good.Length == 0 ? Rest : Rest.Replace(good, bad, StringComparison.Ordinal))}}}").Refusal.ShouldNotBeNull();

        (refusal.Code, refusal.Where).ShouldBe((code, where));
    }

    [Theory]
    [InlineData("\"tracks\": [\"t\"]")]
    [InlineData("\"callsigns\": [\"RCH\"]")]
    [InlineData("\"blocks\": [{\"first\": \"ae0000\", \"last\": \"afffff\"}]")]
    public void Read_SameSubjectInTwoRules_IsRefused(string subject) =>
        Read($"{{{subject}, {Rest}}}, {{{subject}, {Rest}}}").Refusal.ShouldNotBeNull().Code.ShouldBe("json.duplicate-value");

    [Theory]
    [InlineData(AttributionReader.MaximumRules, AttributionReader.MaximumBlocks, null)]
    [InlineData(AttributionReader.MaximumRules + 1, AttributionReader.MaximumBlocks, "json.too-many")]
    [InlineData(AttributionReader.MaximumRules, AttributionReader.MaximumBlocks + 1, "json.too-many")]
    public void Read_AtAndAboveItsLimits_IsReadAndRefused(int rules, int blocks, string? code)
    {
        var ranges = string.Join(',', Enumerable.Range(0, blocks).Select(number => $"{{\"first\": \"{number:x6}\", \"last\": \"ffffff\"}}"));
        var others = string.Concat(Enumerable.Range(1, rules - 1).Select(number => $",{{\"tracks\": [\"t{number}\"], {Rest}}}"));

        (Read($"{{\"blocks\": [{ranges}], {Rest}}}{others}").Refusal?.Code).ShouldBe(code);
    }

    private static Parsed<AttributionRules> Read(string rules) =>
        AttributionReader.Read(Encoding.UTF8.GetBytes($"{{\"format\": \"tansiq-attribution/1\", \"attributions\": [{rules}]}}"), Founding);
}
