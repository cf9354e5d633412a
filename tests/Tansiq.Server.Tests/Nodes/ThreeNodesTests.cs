using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Statements;
using Tansiq.Server.Nodes;

namespace Tansiq.Server.Tests.Nodes;

/// <summary>An office and two centres that really run: what one says becomes joint at all, and what must not be is found.</summary>
public sealed class ThreeNodesTests
{
    [Fact, Trait("Requirement", "REC-2")]
    public async Task Statement_SaidAtACentre_IsJointEverywhereWithTheSameDigest()
    {
        await using var nodes = await ThreeNodes.StartAsync();
        var answer = await nodes.Us.SayAsync("first", new Suspension(new SuspensionScope.All()));
        var index = answer.ShouldBeOfType<Submission.Accepted>().Index;
        foreach (var node in (ThreeNodes.TestNode[])[nodes.Us, nodes.Ru, nodes.Office])
        {
            var picture = await ThreeNodes.UntilAsync(node.Node, picture => picture.JointSize > index, "joint");
            picture.Situation.Suspensions.Count.ShouldBe(1);
            picture.Findings.ShouldBeEmpty();
        }

        nodes.Us.Node.Picture.State.Digest.Hex.ShouldBe(nodes.Ru.Node.Picture.State.Digest.Hex);
        (await ThreeNodes.UntilAsync(nodes.Us.Node, picture => picture.Waiting.IsEmpty && picture.Lines.All(line => line.ClockSkew is not null), "nothing waits")).Lines.Length.ShouldBe(2);
    }
}
