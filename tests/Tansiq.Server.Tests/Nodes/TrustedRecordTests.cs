using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Record;
using Tansiq.Server.Nodes;

namespace Tansiq.Server.Tests.Nodes;

/// <summary>A centre that really runs follows its own record and no other, and knows it again after an older disk was restored.</summary>
public sealed class TrustedRecordTests
{
    [Fact, Trait("Requirement", "PTY-7"), Trait("Requirement", "REC-5")]
    public async Task Centre_ThatTrustsAnotherFounding_TakesAndCosignsNothing()
    {
        await using var nodes = await ThreeNodes.StartAsync(trusted: name => name == "ru" ? ContentHash.Of("another founding"u8) : null);
        var picture = await ThreeNodes.UntilAsync(nodes.Ru.Node, picture => picture.Findings.Any(finding => finding.Code == RecordFaults.OtherFounding), "the other founding is found");
        picture.Size.ShouldBe(0);
        nodes.Ru.Node.Store.Size.ShouldBe(0);
        nodes.Ru.Node.Store.Witnessed(TestKeys.Origin).ShouldBeNull();
        nodes.Ru.Node.Store.AllEvidence().ShouldContain(evidence => evidence.Fault.Code == RecordFaults.OtherFounding);
        (await ThreeNodes.UntilAsync(nodes.Us.Node, picture => picture.Size >= 2, "us follows")).JointSize.ShouldBe(0);
    }

    [Fact, Trait("Requirement", "PTY-7")]
    public void Beginning_OfARealRecord_NeedsTheSignaturesOfAll()
    {
        var founding = FoundingReader.Read(File.ReadAllBytes(Path.Combine(OneMachine.RepositoryRoot(), "scenarios", "syria-2016", "scenario.json"))).Value;
        RecordBeginning.Unsigned(founding with { Kind = RecordKind.Exercise }).ShouldBeNull();
        RecordBeginning.Unsigned(founding with { Kind = RecordKind.Real }).ShouldNotBeNull().Code.ShouldBe(RecordFaults.UnsignedFounding);
        RecordBeginning.Unsigned(founding with { Kind = RecordKind.Real, Signatures = ["of all: others are not read"] }).ShouldBeNull();
    }

    [Fact, Trait("Requirement", "REC-5"), Trait("Requirement", "PTY-2")]
    public async Task Centre_OnAnOlderDisk_CatchesUpAndSaysSo()
    {
        await using var nodes = await ThreeNodes.StartAsync();
        await ThreeNodes.UntilAsync(nodes.Us.Node, picture => picture.JointSize >= 2, "the founding is joint");
        await nodes.StopAsync("us");
        File.Copy(nodes.PathOf("us", "record.db"), nodes.PathOf("backup", "record.db"));
        await nodes.StartAsync("us");
        foreach (var number in Enumerable.Range(1, 3)) (await nodes.Ru.SayAsync($"s{number}", new Suspension(new SuspensionScope.All()))).ShouldBeOfType<Submission.Accepted>();
        var before = await ThreeNodes.UntilAsync(nodes.Us.Node, picture => picture.Situation.Suspensions.Count == 3 && picture.JointSize == picture.Size, "all three are joint");

        await nodes.StopAsync("us");
        File.Copy(nodes.PathOf("backup", "record.db"), nodes.PathOf("us", "record.db"), overwrite: true);
        await nodes.StartAsync("us");

        var after = await ThreeNodes.UntilAsync(nodes.Us.Node, picture => picture.Situation.Suspensions.Count == 3 && picture.JointSize >= before.JointSize, "it has caught up");
        nodes.Us.Node.Store.AllEvidence().ShouldContain(evidence => evidence.Fault.Code == RecordFaults.RestoredDisk);
        nodes.Us.Told.ShouldContain(line => line.Contains(RecordFaults.RestoredDisk, StringComparison.Ordinal));
        after.Findings.ShouldBeEmpty();

        // It cosigns on from where it was.
        var index = (await nodes.Us.SayAsync("again", new Suspension(new SuspensionScope.All()))).ShouldBeOfType<Submission.Accepted>().Index;
        await ThreeNodes.UntilAsync(nodes.Us.Node, picture => picture.JointSize > index, "joint again");
        (await ThreeNodes.UntilAsync(nodes.Ru.Node, picture => picture.JointSize > index, "joint again")).Findings.ShouldBeEmpty();
    }
}
