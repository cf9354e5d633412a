using NodaTime;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Statements;
using Tansiq.Record;
using Tansiq.Record.Entries;
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

    [Fact, Trait("Requirement", "PTY-2"), Trait("Requirement", "REC-4")]
    public async Task Statements_SaidWhileTheOfficeIsAway_WaitOnTheDiskAndComeInOrderOnce()
    {
        await using var nodes = await ThreeNodes.StartAsync();
        await ThreeNodes.UntilAsync(nodes.Us.Node, picture => picture.JointSize >= 2, "the founding is joint");
        await nodes.StopAsync("office");
        foreach (var number in Enumerable.Range(1, 5)) (await nodes.Us.SayAsync($"s{number}", new Suspension(new SuspensionScope.All()))).ShouldBeOfType<Submission.Waiting>();
        nodes.Us.Node.Picture.JointSize.ShouldBeLessThanOrEqualTo(nodes.Us.Node.Picture.Size);
        var size = nodes.Us.Node.Picture.Size;

        await nodes.StopAsync("us");
        await nodes.StartAsync("us");
        nodes.Us.Node.Picture.Waiting.Select(waiting => waiting.Id.Value).ShouldBe(["s1", "s2", "s3", "s4", "s5"]);
        nodes.Us.Node.Picture.Size.ShouldBe(size);
        await nodes.StartAsync("office");

        var picture = await ThreeNodes.UntilAsync(nodes.Ru.Node, picture => picture.Situation.Suspensions.Count >= 5 && picture.JointSize == picture.Size, "all five are joint");
        var said = nodes.Ru.Node.Store.Entries(0, picture.Size).Select(entry => SignedEntry.Read(entry).Value).Select(IdOf).Where(id => id.StartsWith('s')).ToList();
        said.ShouldBe(["s1", "s2", "s3", "s4", "s5"]);
        await ThreeNodes.UntilAsync(nodes.Us.Node, picture => picture.Waiting.IsEmpty, "nothing waits");
        nodes.Us.Node.Picture.Findings.ShouldBeEmpty();
        (await nodes.Us.SayAsync("s3", new Suspension(new SuspensionScope.All()))).ShouldBeOfType<Submission.Refused>().Refusal.Code.ShouldBe("record.id-reused");
    }

    [Fact, Trait("Requirement", "REC-5"), Trait("Requirement", "REC-2")]
    public async Task Office_ThatShowsTwoHistories_IsFoundByBothAndNothingIsJoint()
    {
        await using var nodes = await ThreeNodes.StartAsync();
        await ThreeNodes.UntilAsync(nodes.Us.Node, picture => picture.JointSize >= 2, "the founding is joint");
        await ThreeNodes.UntilAsync(nodes.Ru.Node, picture => picture.JointSize >= 2, "the founding is joint");

        // The office shows one history to us; then, from a copy of its disk before that, another one to ru.
        await nodes.StopAsync("ru");
        await nodes.StopAsync("office");
        File.Copy(nodes.PathOf("office", "record.db"), nodes.PathOf("fork", "record.db"));
        await nodes.StartAsync("office");
        (await nodes.Us.SayAsync("one", new Suspension(new SuspensionScope.All()))).ShouldNotBeOfType<Submission.Refused>();
        await ThreeNodes.UntilAsync(nodes.Us.Node, picture => picture.Situation.Suspensions.Count == 1, "one history");
        await nodes.StopAsync("office");
        await nodes.StopAsync("us");
        File.Copy(nodes.PathOf("fork", "record.db"), nodes.PathOf("office", "record.db"), overwrite: true);
        await nodes.StartAsync("office");
        await nodes.StartAsync("ru");
        (await nodes.Ru.SayAsync("two", new Suspension(new SuspensionScope.All()))).ShouldNotBeOfType<Submission.Refused>();
        await ThreeNodes.UntilAsync(nodes.Ru.Node, picture => picture.Situation.Suspensions.Count == 1, "another history");
        await nodes.StopAsync("office");

        await nodes.StartAsync("us");
        foreach (var node in (ThreeNodes.TestNode[])[nodes.Us, nodes.Ru])
        {
            var picture = await ThreeNodes.UntilAsync(node.Node, picture => picture.Findings.Any(finding => finding.Code == RecordFaults.SplitView), "the fork is found");
            picture.JointSize.ShouldBe(0);
            node.Node.Store.AllEvidence().ShouldContain(evidence => evidence.Fault.Code == RecordFaults.SplitView);
        }

        await nodes.StopAsync("us");
        (await nodes.StartAsync("us")).Node.Picture.JointSize.ShouldBe(0, "a fork is remembered");
        await nodes.StartAsync("office");
        var refused = await nodes.Ru.SayAsync("three", new Coordination.Flights.Consent(ContentHash.Of("any"u8)));
        refused.ShouldBeOfType<Submission.Refused>().Refusal.Code.ShouldBe(NodeCodes.NothingPermitted);
    }

    [Fact, Trait("Requirement", "REC-6")]
    public async Task Centre_WithAWrongClock_DoesNotCosignAndSaysSo()
    {
        var late = new OffsetClock();
        await using var nodes = await ThreeNodes.StartAsync(clocks: party => party.Value == "ru" ? late : SystemClock.Instance, times: ThreeNodes.Quick with { ClockPatience = Duration.FromMilliseconds(100) });
        await ThreeNodes.UntilAsync(nodes.Us.Node, picture => picture.JointSize >= 2, "the founding is joint");
        late.Offset = Duration.FromSeconds(-40);
        var index = (await nodes.Us.SayAsync("one", new Suspension(new SuspensionScope.All()))).ShouldBeOfType<Submission.Accepted>().Index;
        var picture = await ThreeNodes.UntilAsync(nodes.Ru.Node, picture => picture.Findings.Any(finding => finding.Code == RecordFaults.WrongClock), "the clock is found");
        picture.JointSize.ShouldBeLessThanOrEqualTo(index);
        nodes.Us.Node.Picture.JointSize.ShouldBeLessThanOrEqualTo(index);
        nodes.Us.Node.Picture.Size.ShouldBeGreaterThan(index);
        (await ThreeNodes.UntilAsync(nodes.Us.Node, picture => picture.Lines.Any(line => line.Party.Value == "ru" && line.ClockSkew < Duration.FromSeconds(-30)), "the skew is shown")).Situation.Suspensions.Count.ShouldBe(1);

        late.Offset = Duration.Zero;
        await ThreeNodes.UntilAsync(nodes.Ru.Node, picture => picture.JointSize > index && picture.Findings.IsEmpty, "joint once the clock is right");
    }

    [Fact, Trait("Requirement", "REC-6")]
    public async Task Record_ThatStandsStill_IsShownSoAndNothingIsPermitted()
    {
        var clock = new OffsetClock();
        await using var nodes = await ThreeNodes.StartAsync(clocks: _ => clock);
        await ThreeNodes.UntilAsync(nodes.Us.Node, picture => picture.JointSize >= 2 && picture.StandsStillSince is null, "the record goes on");
        await nodes.StopAsync("office");
        clock.Offset = Duration.FromMinutes(5);
        (await ThreeNodes.UntilAsync(nodes.Us.Node, picture => picture.StandsStillSince is not null, "it stands still")).Lines.Length.ShouldBe(2);
        (await nodes.Us.SayAsync("yes", new Coordination.Flights.Consent(ContentHash.Of("any"u8)))).ShouldBeOfType<Submission.Refused>().Refusal.Code.ShouldBe(NodeCodes.NothingPermitted);
        (await nodes.Us.SayAsync("stop", new Suspension(new SuspensionScope.All()))).ShouldBeOfType<Submission.Waiting>();
    }

    private static string IdOf(SignedEntry entry) => System.Text.Json.JsonDocument.Parse(entry.Text).RootElement.GetProperty("id").GetString()!;

    private sealed class OffsetClock : IClock
    {
        private long _ticks;

        public Duration Offset
        {
            get => Duration.FromTicks(Interlocked.Read(ref _ticks));
            set => Interlocked.Exchange(ref _ticks, value.BclCompatibleTicks);
        }

        public Instant GetCurrentInstant() => SystemClock.Instance.GetCurrentInstant() + Offset;
    }
}
