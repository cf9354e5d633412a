using NodaTime;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Information;
using Tansiq.Coordination.Statements;

namespace Tansiq.Coordination.Tests.Information;

/// <summary>STOP, hotline and flight safety go by every path, climb until a person answers, and have one course at both ends (INF-5).</summary>
public sealed class UrgentStepsTests
{
    private static readonly Duration Second = Duration.FromSeconds(1);

    [Fact, Trait("Requirement", "INF-5")]
    public void Stop_NoDirectLine_GoesByTheOffice()
    {
        var network = new UrgentNetwork(1, "office", "ru", "us");
        network.Cut.Add((new("us"), new("ru")));
        var stop = network.Say("us", "stop-1", UrgentKind.Stop, "ru");
        network.RunUntil(() => network["ru"].Tellings.Count > 0, Second).ShouldBeTrue();
        var delivered = network["ru"].State.Find(stop)!.InOrder()[0];
        delivered.Kind.ShouldBe(UrgentEventKind.Delivered);
        delivered.Path!.Value.ShouldBe("office");
    }

    [Fact, Trait("Requirement", "INF-5")]
    public void Stop_AllLinesCutThenOneHealed_IsThereWithinASecond()
    {
        var network = new UrgentNetwork(2, "office", "ru", "us") { LongestWayMilliseconds = 100 };
        network.Cut.UnionWith([(new("us"), new("ru")), (new("us"), new("office")), (new("office"), new("ru"))]);
        network.Say("us", "stop-1", UrgentKind.Stop, "ru");
        network.Run(Duration.FromMinutes(30));
        network["ru"].Tellings.ShouldBeEmpty();
        network.Cut.Remove((new("us"), new("ru")));
        network.RunUntil(() => network["ru"].Tellings.Count > 0, Second).ShouldBeTrue();
    }

    [Fact, Trait("Requirement", "INF-5")]
    public void Stop_NobodyAnswers_ClimbsTheLadderAndGoesOnUntilSomebodyDoes()
    {
        var network = new UrgentNetwork(3, "office", "ru", "us");
        var stop = network.Say("us", "stop-1", UrgentKind.Stop, "ru");
        network.Run(Duration.FromSeconds(32));
        network["ru"].Tellings.Select(each => each.Role).ShouldBe([OfficerRole.Watch, OfficerRole.Release, OfficerRole.Command]);
        network.Run(Duration.FromMinutes(20));
        network["ru"].Tellings.Count.ShouldBe(3 + 80, "every 15 s again");
        network["ru"].State.Find(stop)!.Events.Count.ShouldBeLessThan(UrgentEvent.MaximumOfOneParty);
        network.Answer("ru", stop);
        var told = network["ru"].Tellings.Count;
        network.RunUntil(() => network.Nodes.All(node => node.State.Settled.ContainsKey(stop)), Duration.FromSeconds(20)).ShouldBeTrue();
        network["ru"].Tellings.Count.ShouldBe(told);
        network["us"].State.Find(stop)!.AnswerOf(new("ru"))!.Officer.ShouldBe("officer-7");
        Says(network["us"].Recorded[stop]).ShouldBe(Says(network["ru"].Recorded[stop]));
        network["office"].Recorded.ShouldBeEmpty("it takes no part");
    }

    [Fact, Trait("Requirement", "INF-5")]
    public void Stop_EndedByItsSender_IsClosedThoughNobodyAnswered()
    {
        var network = new UrgentNetwork(4, "office", "ru", "us");
        var stop = network.Say("us", "stop-1", UrgentKind.Hotline, "ru");
        network.Run(Second);
        network.Close("ru", stop);
        network["us"].State.Find(stop)!.Closing.ShouldBeNull("only its sender ends it");
        network.Close("us", stop);
        network.RunUntil(() => network.Nodes.All(node => node.State.Settled.ContainsKey(stop)), Second * 20).ShouldBeTrue();
        Says(network["us"].Recorded[stop]).ShouldBe(Says(network["ru"].Recorded[stop]));
    }

    [Fact, Trait("Requirement", "INF-5")]
    public void Receiver_LostItsMemoryWithAFullDisk_GetsItAgain()
    {
        var network = new UrgentNetwork(5, "office", "ru", "us");
        network["ru"].IsDiskFull = true;
        var stop = network.Say("us", "stop-1", UrgentKind.Stop, "ru");
        network.RunUntil(() => network["ru"].Tellings.Count == 1, Second).ShouldBeTrue("a full disk holds nothing up");
        UrgentNetwork.Crash(network["ru"]);
        network.Run(Second);
        network.Restart(network["ru"]);
        network["ru"].State.Find(stop).ShouldBeNull();
        network.RunUntil(() => network["ru"].State.Find(stop) is { } course && course.Of(new("ru")).Any(), UrgentSteps.OfferingAgain + Second).ShouldBeTrue();
        network.Answer("ru", stop);
        network.Run(Second * 30);
        network["us"].Recorded.ShouldContainKey(stop);
        network["ru"].Recorded.ShouldBeEmpty();
        network["ru"].IsDiskFull = false;
        network.RunUntil(() => network["ru"].Recorded.ContainsKey(stop), Second * 10).ShouldBeTrue("as soon as there is room");
        Says(network["us"].Recorded[stop]).ShouldBe(Says(network["ru"].Recorded[stop]));
    }

    [Fact, Trait("Requirement", "INF-5")]
    public void Network_LossRepetitionDelayCutsAndCrashes_OneCourseAtBothEnds()
    {
        for (var seed = 1; seed <= 20; seed++) Survives(seed);
    }

    private static void Survives(int seed)
    {
        var chance = new Random(seed);
        string[] parties = chance.Next(2) == 0 ? ["office", "ru", "us"] : ["de", "office", "ru", "un-ocha", "us"];
        var network = new UrgentNetwork(seed, parties) { Unreliable = chance.Next(60), LongestWayMilliseconds = chance.Next(5, 600) };
        var sent = new List<(ContentHash Hash, string[] To)>();
        for (var number = 0; number < 3; number++)
        {
            foreach (var node in network.Nodes)
            {
                if (node.IsDown && chance.Next(2) == 0) network.Restart(node);
                else if (chance.Next(6) == 0) UrgentNetwork.Crash(node);
            }

            network.Cut.Clear();
            foreach (var first in network.Nodes)
            {
                foreach (var second in network.Nodes.Where(_ => chance.Next(3) == 0)) network.Cut.Add((first.Who.Self, second.Who.Self));
            }

            string[] to = parties.Length > 3 && chance.Next(2) == 0 ? ["de", "ru"] : ["ru"];
            if (!network["us"].IsDown) sent.Add((network.Say("us", "m-" + number, (UrgentKind)chance.Next(3), to), to));
            network.Run(Duration.FromMilliseconds(chance.Next(50, 20_000)));
        }

        network.Cut.Clear();
        foreach (var node in network.Nodes.Where(each => each.IsDown)) network.Restart(node);
        network.RunUntil(() => sent.All(each => each.To.All(party => network[party].State.Find(each.Hash) is not null)), Second * 60).ShouldBeTrue($"seed {seed}: all delivered");
        foreach (var (hash, to) in sent)
        {
            foreach (var party in to) network.Answer(party, hash);
        }

        network.RunUntil(() => sent.All(each => network.Nodes.All(node => node.State.Settled.ContainsKey(each.Hash))), Second * 120).ShouldBeTrue($"seed {seed}: all settled");
        foreach (var (hash, to) in sent)
        {
            var course = network["us"].Recorded[hash];
            course.InOrder().Count(each => each.Kind == UrgentEventKind.Answered).ShouldBeGreaterThanOrEqualTo(to.Length, $"seed {seed}");
            foreach (var party in to) Says(network[party].Recorded[hash]).ShouldBe(Says(course), $"seed {seed}");
        }
    }

    private static string[] Says(UrgentCourse course) => [.. course.InOrder().Select(each => System.Text.Encoding.UTF8.GetString(UrgentText.Write(each).Span))];
}
